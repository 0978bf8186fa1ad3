"""Which report a checked file is, and whether its data are the printed ones."""

from __future__ import annotations

import uuid
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from desktop_advisor.report.frozen import content_hash
from desktop_advisor.signing import isolated
from desktop_advisor.signing.isolated import CheckCancelled
from desktop_advisor.signing.upgrading import add_time_stamp
from desktop_advisor.signing.verdict import Outcome, Verdict
from desktop_advisor.signing.verification import verify
from desktop_advisor.storage.models import Report
from desktop_advisor.usecases import checking
from desktop_advisor.usecases.certificate import unlock_key
from desktop_advisor.usecases.checking import AboutReport, about, check_file, check_report
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.reporting import read_report, seal_report
from desktop_advisor.usecases.workplace import Workplace
from tests.signing.sealed import make_sealed, sample_pdf, service
from tests.usecases.test_reporting import signature
from tests.usecases.test_time_stamping import keep_sealed
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


def test_another_file_that_calls_itself_our_report_is_a_changed_one(
    place: Workplace, company_id: uuid.UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_id = keep_sealed(place, company_id)
    key, now = unlock_key(place, PIN), place.clock()
    sealed = read_report(place, report_id)
    stamped = add_time_stamp(sealed, service())
    forged = make_sealed(key=key, at=now, pdf=sample_pdf(2))
    other = {"calls": report_id}
    monkeypatch.setattr(isolated, "verify_isolated", _in_this_process)
    monkeypatch.setattr(
        checking,
        "about",
        lambda _verdict: AboutReport("Guss", 1, "", None, str(other["calls"])),
    )

    def judge(pdf: bytes) -> tuple[Outcome, bool | None]:
        copy = tmp_path / "bericht.pdf"
        copy.write_bytes(pdf)
        verdict = check_file(place, copy).verdict
        return verdict.outcome, verdict.points[0].holds

    assert judge(sealed) == (Outcome.VALID, True)
    assert judge(stamped) == (Outcome.VALID, None)
    assert judge(forged) == (Outcome.CHANGED, False)
    with place.store.edit("Jemand mit einem anderen Gerät") as session:
        session.get_one(Report, report_id).upgraded_hash = sha256(forged).hexdigest()
    assert judge(forged) == (Outcome.CHANGED, False)
    with place.store.edit(place.author) as session:
        session.get_one(Report, report_id).upgraded_hash = sha256(stamped).hexdigest()
    assert judge(stamped) == (Outcome.VALID, True)
    other["calls"] = uuid.uuid4()
    assert judge(forged) == (Outcome.VALID, None)


def _in_this_process(pdf: bytes, *, cancelled: Any, **asked: Any) -> Verdict:
    """Starting a process takes longer than the check."""
    assert cancelled
    return verify(pdf, **asked)


@pytest.mark.parametrize("data", [b"", b"no json", b"[1]", b"[" * 100_000, b'{"version":"x"}'])
def test_foreign_data_say_nothing(data: bytes) -> None:
    assert about(Verdict(Outcome.VALID, (), attached=data)) is None
