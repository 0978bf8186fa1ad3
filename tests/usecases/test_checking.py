"""Which report a checked file is, and whether its data are the printed ones."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from desktop_advisor.report.frozen import content_hash
from desktop_advisor.signing.isolated import CheckCancelled
from desktop_advisor.signing.verdict import Outcome, Verdict
from desktop_advisor.usecases.checking import about, check_file, check_report
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.reporting import read_report, seal_report
from desktop_advisor.usecases.workplace import Workplace
from tests.usecases.test_reporting import signature
from tests.workplaces import PIN


def test_a_checked_report_says_whose_it_is_and_that_its_data_are_the_printed_ones(
    place: Workplace, visit_id: uuid.UUID, tmp_path: Path
) -> None:
    talk = Interview(place, visit_id)
    model = compose_report(place, talk.case_id)
    report_id = seal_report(place, talk.case_id, model, [signature()], PIN)
    checked = check_report(place, report_id)
    assert checked.verdict.outcome is Outcome.VALID
    assert [point.holds for point in checked.verdict.points] == [True] * 4
    assert checked.about is not None
    assert (checked.about.company, checked.about.version) == (model.company.name, 1)
    assert checked.about.content_hash == content_hash(model)
    assert checked.about.is_printed
    copy = tmp_path / "bericht.pdf"
    copy.write_bytes(read_report(place, report_id))
    assert check_file(place, copy) == checked
    with pytest.raises(CheckCancelled):
        check_file(place, copy, lambda: True)


@pytest.mark.parametrize("data", [b"", b"no json", b"[1]", b"[" * 100_000, b'{"version":"x"}'])
def test_foreign_data_say_nothing(data: bytes) -> None:
    assert about(Verdict(Outcome.VALID, (), attached=data)) is None
