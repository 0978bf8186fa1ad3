"""The list that the modules of attacks enter themselves in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from tests.signing.authorities import NOW

ATTACKS: list[Attack] = []


@dataclass(frozen=True)
class Attack:
    """A file that must never be accepted.

    needs_record: nothing but the recorded hash gives it away. now: when somebody checks.
    is_resealed: the pages are as sealed, but by whom or when is forged; never valid all the same.
    """

    name: str
    build: Callable[[], bytes]
    needs_record: bool = False
    is_resealed: bool = False
    now: datetime = NOW


def attack(
    *, needs_record: bool = False, is_resealed: bool = False, now: datetime = NOW
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Enter a function that makes an attacked file; its name is the attack's."""

    def enter(build: Callable[[], bytes]) -> Callable[[], bytes]:
        name = build.__name__.replace("_", " ")
        ATTACKS.append(Attack(name, cache(build), needs_record, is_resealed, now))
        return build

    return enter
