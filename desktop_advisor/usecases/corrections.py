"""Why the next version of a report is made: it stands in the report and above its signatures."""

from __future__ import annotations

import uuid

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.usecases.workplace import Workplace

LONGEST_REASON = 300


class ReasonMissing(KnownError):
    """A correction that does not say what it corrects."""

    def __init__(self) -> None:
        super().__init__(
            "Es fehlt der Grund für die neue Fassung.",
            safe="Die gesiegelte Fassung bleibt unverändert.",
            todo="Bitte nennen Sie ihn in einem Satz; er steht im Bericht.",
        )


def give_reason(place: Workplace, case_id: uuid.UUID, reason: str) -> None:
    """Remember it until the next version is sealed. Raises ReasonMissing."""
    said = " ".join(reason.split())[:LONGEST_REASON]
    if not said:
        raise ReasonMissing
    place.store.save_setting(_name(case_id), said)


def reason_given(place: Workplace, case_id: uuid.UUID) -> str:
    """The reason for the version under way, "" where none was given."""
    return place.store.setting(_name(case_id)) or ""


def forget_reason(place: Workplace, case_id: uuid.UUID) -> None:
    """The version is sealed; the next one has a reason of its own."""
    place.store.save_setting(_name(case_id), None)


def _name(case_id: uuid.UUID) -> str:
    return f"correction.{case_id}"
