"""The model as frozen JSON, its hash, its arithmetic."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest

from desktop_advisor.assessment.scores import Verdict
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report import phrases
from desktop_advisor.report.arithmetic import working
from desktop_advisor.report.frozen import content_hash, from_json, short_hash, to_json
from desktop_advisor.report.model import Result, SignatureSlot
from tests.report.sample import empty_report, sample_report


@pytest.mark.parametrize("report", [sample_report(), empty_report()])
def test_json_gives_the_model_back(report) -> None:  # type: ignore[no-untyped-def]
    assert from_json(to_json(report)) == report


def test_json_of_something_else_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        from_json(b'{"report_id": 1}')


def test_the_hash_stays_while_people_sign_and_the_draft_mark_goes() -> None:
    report = sample_report()
    slot = SignatureSlot(name="Neu", signed_at=datetime(2026, 1, 1, tzinfo=UTC))
    signed = msgspec.structs.replace(report, signatures=(slot,), is_draft=True)
    assert content_hash(signed) == content_hash(report)


def test_the_hash_changes_with_any_content() -> None:
    report = sample_report()
    assert content_hash(msgspec.structs.replace(report, occasion="anders")) != content_hash(report)


def test_the_hash_is_read_in_groups_of_four() -> None:
    assert short_hash("7f3a91c022deffff") == "7F3A 91C0 22DE"


def test_the_working_can_be_recomputed_by_hand() -> None:
    first = sample_report().dimensions[0]
    line = working(first, Perspective.MANAGEMENT)
    assert line.startswith("(2·2 + 1·1 + 3·1) / 4 = 2,0 · Abdeckung 4 / 4 = 100")


def test_the_working_of_too_little_coverage_names_no_value() -> None:
    energy = sample_report().dimensions[4]
    assert energy.results[0].verdict is Verdict.TOO_LITTLE
    assert working(energy, Perspective.MANAGEMENT).startswith("Abdeckung 2 / 4")


def test_a_value_under_sixty_percent_is_not_printable() -> None:
    result = Result(
        perspective=Perspective.MANAGEMENT, verdict=Verdict.TOO_LITTLE, value=Decimal(4)
    )
    assert result.printable is None
    assert phrases.result_line(result) == "keine belastbare Aussage"


def test_the_clock_of_a_signature_is_the_german_one() -> None:
    assert phrases.moment(datetime(2026, 7, 1, 10, 0, tzinfo=UTC)) == "01.07.2026, 12:00 Uhr"
