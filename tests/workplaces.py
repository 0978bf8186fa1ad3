"""A real workplace for tests: real store, real content, a cheap key."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop_advisor.bootstrap import find_resources
from desktop_advisor.questionnaire.authoring.building import build_forms
from desktop_advisor.storage.key_file import KeyCost
from desktop_advisor.usecases.setting_up import set_up
from desktop_advisor.usecases.workplace import Resources, Workplace

CHEAP = KeyCost(iterations=1, memory_kib=64, lanes=1)
PASSPHRASE = "Muldental am Morgen 3"
PIN = "240711"


class SteppingClock:
    """A clock that moves on by a second each time it is read."""

    def __init__(self, start: datetime = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def resources() -> Resources:
    """The program's own content, compiled if it is not."""
    found = find_resources()
    if not (found.forms / "kurzcheck.json").exists() and "PYTEST_XDIST_WORKER" not in os.environ:
        build_forms(found.root / "forms", found.forms)
    return found


def workplace(folder: Path, name: str = "Jana Vogel", profile: str = "itas") -> Workplace:
    """An unlocked workplace in `folder`."""
    return set_up(
        resources(),
        folder,
        name=name,
        profile_id=profile,
        passphrase=PASSPHRASE,
        pin=PIN,
        clock=SteppingClock(),
        cost=CHEAP,
    )
