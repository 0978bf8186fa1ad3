"""What the synchronisation says: states of a file, results of a run, ages, records and fields."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop_advisor.storage.fields import shape
from desktop_advisor.storage.models import ENTITIES
from desktop_advisor.ui.synchronise.record_words import field_words
from desktop_advisor.ui.synchronise.wording import file_state
from desktop_advisor.ui.words import age_words
from desktop_advisor.usecases.run_outcome import restored_words
from desktop_advisor.usecases.synchronising import CompanySyncState, SyncResult, result_words


def result(sent: int = 0, received: int = 0, quarantined: int = 0) -> SyncResult:
    return SyncResult(sent, received, quarantined, files_sent=0, files_received=0, seconds=0.4)


UNSAID = {"case_id", "visit_id", "assessment_id", "report_id", "parent_id", "measure_id"}
UNSAID |= {"recommendation_id", "attachment_id", "snapshot_id", "replaces_id", "image_id", "key"}
UNSAID |= {"form_id", "form_version", "form_hash", "text_version", "rule", "audience", "fired_by"}
UNSAID |= {"is_current", "sha256", "size", "media_type", "version", "content_hash", "file_hash"}
UNSAID |= {"forms", "catalogue_version", "scoring_version", "upgraded_id", "upgraded_hash"}
UNSAID |= {"upgraded_at", "upgrade_note"}
UNSAID |= {"started_at", "written_at", "added_at", "sealed_at", "sealed_by", "signed_at"}
"""Set once by the program or computed from the rest: two people never set them differently."""


@pytest.mark.parametrize(
    ("unsent", "quarantined", "conflicts", "words"),
    [
        (0, 0, 0, "✓ bestätigt"),
        (3, 0, 0, "3 noch nicht gesendet"),
        (3, 2, 0, "2 zurückgestellt"),
        (3, 2, 1, "1 Konflikt"),
    ],
)
def test_a_file_says_first_what_needs_a_person(
    unsent: int, quarantined: int, conflicts: int, words: str
) -> None:
    state = CompanySyncState(uuid.UUID(int=1), "Gießerei", unsent, quarantined, conflicts)
    assert file_state(state, is_enrolled=True)[0] == words


def test_a_run_that_moved_nothing_says_so() -> None:
    assert "Nichts Neues" in result_words(result())


def test_a_run_that_only_received_is_told_in_a_whole_sentence() -> None:
    words = result_words(result(received=2))
    assert words == "2 Änderungen empfangen."


@pytest.mark.parametrize(
    ("sent", "files_sent", "received", "files_received", "words"),
    [
        (
            3,
            1,
            0,
            0,
            "3 Änderungen und 1 Datei gesendet und bestätigt, keine Änderungen empfangen.",
        ),
        (0, 0, 616, 7, "616 Änderungen und 7 Dateien empfangen."),
        (0, 2, 0, 1, "2 Dateien gesendet, 1 Datei empfangen."),
    ],
)
def test_files_are_told_with_the_changes_they_came_with(
    sent: int, files_sent: int, received: int, files_received: int, words: str
) -> None:
    moved = replace(result(sent, received), files_sent=files_sent, files_received=files_received)
    assert result_words(moved) == words


def test_a_run_that_brought_back_what_a_server_lacked_does_not_say_that_nothing_is_new() -> None:
    words = result_words(replace(result(), notices=(restored_words(7),)))
    assert words.startswith("Auf beiden Seiten ist alles gleich. Der Server wurde")
    assert "Nichts Neues" not in words


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=20), "eben"),
        (timedelta(minutes=1), "1 Minute"),
        (timedelta(hours=23, minutes=59), "23 Stunden"),
        (timedelta(days=3, hours=5), "3 Tage"),
    ],
)
def test_an_age_is_said_in_one_unit(passed: timedelta, words: str) -> None:
    now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    assert age_words(now - passed, now) == words


def test_every_record_and_what_two_people_may_set_differently_has_words() -> None:
    for name in ENTITIES:
        shown = shape(name)
        assert shown is not None
        unnamed = {f for f in shown.fields if field_words(name, f).endswith(f": {f}")}
        assert not field_words(name, "deleted").startswith(name)
        assert unnamed <= UNSAID


def test_an_unknown_field_is_still_named() -> None:
    assert field_words("contact", "fax") == "Ansprechperson: fax"
