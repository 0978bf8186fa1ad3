"""What a synchronisation makes of sealed reports when a time-stamp service is configured."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from desktop_advisor.demo.central import CentralServer, central_server
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.signing.upgrading import Level, level_of
from desktop_advisor.signing.verdict import Outcome
from desktop_advisor.storage.models import Attachment, Report
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases import time_stamp_line
from desktop_advisor.usecases.certificate import unlock_key
from desktop_advisor.usecases.reporting import read_report, verify_report
from desktop_advisor.usecases.stored_reports import on_record
from desktop_advisor.usecases.sync_phases import RunView, Step, StepState, StepView, running
from desktop_advisor.usecases.synchronising import enrol_device, synchronise
from desktop_advisor.usecases.time_stamp_line import TimeStampLine
from desktop_advisor.usecases.time_stamping import SETTING, Stamped, service_url, stamp_reports
from desktop_advisor.usecases.workplace import Workplace
from sync.client.outcome import Outcome as SyncOutcome
from sync.client.port import Enrolment
from tests.signing.authorities import Authority
from tests.signing.sealed import make_sealed, sample_pdf
from tests.signing.time_stamp_authority import STAMPED_AT, Server, TimeStampAuthority, serving
from tests.workplaces import PIN

RUNS = StepState.RUNNING


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A service on loopback whose certificates name a list on the same server."""
    with serving(TimeStampAuthority()) as begun:
        authority = Authority("Zeitstempel-CA am Ort", "ort", base=begun.url)
        begun.authority.authority = authority
        begun.authority.__post_init__()
        yield begun


@pytest.fixture(autouse=True)
def good(server: Server) -> None:
    """Each test begins with a service in good health."""
    server.status, server.pause_s = 200, 0.0
    server.authority.mood, server.authority.asked = "good", 0


@pytest.fixture
def later(place: Workplace, server: Server) -> Workplace:
    """The laptop in the evening, with the service configured."""
    place.store.save_setting(SETTING, server.url)
    return replace(place, clock=lambda: STAMPED_AT)


def keep_sealed(place: Workplace, company_id: uuid.UUID, by: str = "", pages: int = 1) -> uuid.UUID:
    """A small sealed file as a report of the company file."""
    now = place.clock()
    pdf = make_sealed(key=unlock_key(place, PIN), at=now, pdf=sample_pdf(pages))
    attachment = Attachment(
        id=new_id(now),
        company_id=company_id,
        sha256=place.store.files.add(pdf),
        size=len(pdf),
        media_type="application/pdf",
        file_name="Beratungsbericht.pdf",
    )
    report = Report(
        id=new_id(now),
        company_id=company_id,
        file_hash=sha256(pdf).hexdigest(),
        attachment_id=attachment.id,
        sealed_at=now,
        sealed_by=by or place.author,
    )
    with place.store.edit(place.author) as session:
        session.add_all([attachment, report])
        return report.id


def row(place: Workplace, report_id: uuid.UUID) -> Report:
    with place.store.read() as session:
        found = session.get_one(Report, report_id)
        session.expunge(found)
        return found


def original(place: Workplace, report_id: uuid.UUID) -> bytes:
    with place.store.read() as session:
        held = session.get_one(Attachment, row(place, report_id).attachment_id)
        return place.store.files.read(held.sha256)


def test_an_own_report_gets_time_stamp_and_proofs_and_the_sealed_file_stays(
    later: Workplace, company_id: uuid.UUID
) -> None:
    report_id = keep_sealed(later, company_id)
    sealed = read_report(later, report_id)
    result = stamp_reports(later)
    assert result == Stamped(upgraded=1)
    assert result.words == "1 Bericht hat einen Zeitstempel erhalten."
    pdf = read_report(later, report_id)
    assert level_of(pdf) is Level.LONG_TERM
    assert original(later, report_id) == sealed
    kept = row(later, report_id)
    assert (kept.level, kept.upgrade_note, kept.upgraded_at) == ("B-LT", "", STAMPED_AT)
    assert kept.file_hash == sha256(sealed).hexdigest()
    assert kept.upgraded_hash == sha256(pdf).hexdigest()
    assert on_record(later, sealed) == kept.file_hash
    assert on_record(later, pdf) == kept.upgraded_hash
    verdict = verify_report(later, report_id)
    assert verdict.outcome is Outcome.VALID
    assert verdict.points[0].holds


def test_what_is_complete_is_left_alone_by_the_next_run(
    later: Workplace, company_id: uuid.UUID, server: Server
) -> None:
    report_id = keep_sealed(later, company_id)
    stamp_reports(later)
    before, asked = read_report(later, report_id), server.authority.asked
    assert stamp_reports(later) == Stamped()
    assert (read_report(later, report_id), server.authority.asked) == (before, asked)


def test_without_a_service_nothing_happens(place: Workplace, company_id: uuid.UUID) -> None:
    report_id = keep_sealed(place, company_id)
    assert service_url(place) == ""
    assert stamp_reports(place) == Stamped()
    assert row(place, report_id).upgrade_note == ""


def test_the_network_names_the_service_unless_the_workplace_does(place: Workplace) -> None:
    profile = msgspec.structs.replace(place.profile, time_stamp_url="https://stempel.example/")
    named = replace(place, profile=profile)
    assert service_url(named) == "https://stempel.example/"
    named.store.save_setting(SETTING, "https://anders.example/")
    assert service_url(named) == "https://anders.example/"


def test_a_colleague_s_report_is_the_colleague_s_to_stamp(
    later: Workplace, company_id: uuid.UUID, server: Server
) -> None:
    keep_sealed(later, company_id, by="Ralf Kunz")
    assert stamp_reports(later) == Stamped()
    assert server.authority.asked == 0


@pytest.mark.parametrize(
    ("mood", "status", "why"),
    [
        ("good", 500, "nicht erreichbar"),
        ("good", 302, "nicht erreichbar"),
        ("garbage", 200, "nicht lesbar"),
        ("refusing", 200, "abgelehnt"),
        ("wrong_nonce", 200, "nicht zu dieser Anfrage"),
    ],
)
def test_a_failing_service_leaves_b_b_and_a_plain_note(
    later: Workplace, company_id: uuid.UUID, server: Server, mood: str, status: int, why: str
) -> None:
    report_id = keep_sealed(later, company_id)
    sealed = read_report(later, report_id)
    server.authority.mood, server.status = mood, status
    result = stamp_reports(later)
    assert (result.upgraded, result.waiting) == (0, 1)
    assert why in result.why
    assert "1 Bericht wartet noch" in result.words
    kept = row(later, report_id)
    assert (kept.level, kept.upgraded_id) == ("B-B", None)
    assert kept.upgrade_note == result.why
    assert read_report(later, report_id) == sealed
    server.authority.mood, server.status = "good", 200
    assert stamp_reports(later).upgraded == 1
    assert row(later, report_id).upgrade_note == ""


def test_a_slow_service_is_given_up_once_for_all_reports(
    later: Workplace, company_id: uuid.UUID, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time_stamp_line, "READ_TIMEOUT_S", 0.05)
    server.pause_s = 0.5
    reports = [keep_sealed(later, company_id) for _ in range(2)]
    result = stamp_reports(later)
    assert (result.upgraded, result.waiting) == (0, 2)
    assert server.authority.asked <= 1
    assert all("nicht erreichbar" in row(later, each).upgrade_note for each in reports)


def test_no_more_is_read_than_such_answers_have(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time_stamp_line, "MOST_BYTES", 1000)
    server.authority.mood = "huge"
    with TimeStampLine() as line, pytest.raises(OSError, match="too long"):
        line.post(server.url, b"", "application/timestamp-query")


@pytest.mark.parametrize(
    "url", ["http://stempel.example/", "ftp://x/", "gar keine Adresse", "http://["]
)
def test_an_address_that_is_not_secure_is_not_asked(
    later: Workplace, company_id: uuid.UUID, url: str
) -> None:
    report_id = keep_sealed(later, company_id)
    later.store.save_setting(SETTING, url)
    assert stamp_reports(later).waiting == 1
    assert "nicht sicher" in row(later, report_id).upgrade_note


def test_without_revocation_lists_it_stays_at_b_t_and_says_so(
    later: Workplace, company_id: uuid.UUID, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_id = keep_sealed(later, company_id)
    monkeypatch.setattr(server.authority.authority, "short", "verschwunden")
    result = stamp_reports(later)
    assert (result.upgraded, result.waiting) == (1, 1)
    kept = row(later, report_id)
    assert (kept.level, level_of(read_report(later, report_id))) == ("B-T", Level.TIME_STAMPED)
    assert "keine Auskunft zu Sperren" in kept.upgrade_note
    monkeypatch.undo()
    assert stamp_reports(later) == Stamped(upgraded=1)
    assert row(later, report_id).level == "B-LT"


def test_a_run_can_be_cancelled_between_reports(later: Workplace, company_id: uuid.UUID) -> None:
    first, second = (keep_sealed(later, company_id) for _ in range(2))
    seen: list[int] = []
    stamp_reports(
        later, progress=lambda done, _all: seen.append(done), cancelled=lambda: bool(seen)
    )
    assert seen == [0]
    assert {row(later, each).level for each in (first, second)} == {"B-B", "B-LT"}


def test_a_file_that_our_own_check_refuses_is_not_kept(
    later: Workplace, company_id: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_advisor.signing import upgrading

    report_id = keep_sealed(later, company_id)
    monkeypatch.setattr(
        upgrading,
        "upgrade",
        lambda pdf, *_a, **_k: upgrading.Upgraded(pdf + b"\n", Level.TIME_STAMPED),
    )
    assert stamp_reports(later).waiting == 1
    with later.store.read() as session:
        assert len(session.scalars(select(Attachment.id)).all()) == 1
    assert "Prüfung danach" in row(later, report_id).upgrade_note


def test_another_document_never_stands_in_for_the_sealed_one(
    later: Workplace, company_id: uuid.UUID
) -> None:
    one, other = (keep_sealed(later, company_id, pages=pages) for pages in (1, 2))
    sealed = read_report(later, one)
    stamp_reports(later)
    assert read_report(later, one) != sealed
    with later.store.edit("Jemand mit einem anderen Gerät") as session:
        swapped = session.get_one(Report, other)
        report = session.get_one(Report, one)
        report.upgraded_id, report.upgraded_hash = swapped.upgraded_id, swapped.upgraded_hash
    assert read_report(later, one) == sealed


def test_a_synchronisation_ends_with_time_stamps_and_says_so(
    later: Workplace, company_id: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_id = keep_sealed(later, company_id)
    enrolment = Enrolment(
        server_url="http://127.0.0.1:9",
        server_id="s",
        server_epoch="e",
        device_id="d",
        token="t",
        network="ITAS",
    )
    monkeypatch.setattr(StoreChanges, "enrolment", lambda _self: enrolment)
    monkeypatch.setattr("sync.client.session.run", lambda *_a, **_k: SyncOutcome())
    views: list[RunView] = []
    result = synchronise(later, progress=views.append)
    assert "1 Bericht hat einen Zeitstempel erhalten." in result.notices
    stamps = [(v.state, v.done, v.total) for view in views for v in view if v.step is Step.STAMPS]
    assert (StepState.RUNNING, 0, 1) in stamps
    assert stamps[-1] == (StepState.DONE, 1, 1)
    assert row(later, report_id).level == "B-LT"


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralServer]:
    with central_server(tmp_path / "server", "ITAS") as running:
        yield running


def test_time_stamps_go_up_with_the_run_that_brought_them(
    later: Workplace, company_id: uuid.UUID, central: CentralServer
) -> None:
    keep_sealed(later, company_id)
    enrol_device(later, central.url, central.one_time_code(), "Laptop")
    views: list[RunView] = []
    result = synchronise(later, progress=views.append)
    changes = StoreChanges(later.store)
    assert (changes.waiting(), changes.blobs_to_send()) == (0, [])
    assert result.files_sent == 2
    done = {view.step: view for view in views[-1]}
    assert all(view.state in {StepState.DONE, StepState.NOTHING} for view in done.values())
    assert done[Step.STAMPS].size > 0
    assert done[Step.CHANGES_UP].done == result.sent
    begun = next(i for i, view in enumerate(views) if running(view) == StepView(Step.STAMPS, RUNS))
    assert all(running(view).step is Step.STAMPS for view in views[begun:-1])  # type: ignore[union-attr]


def test_without_anything_stamped_there_is_one_exchange_only(
    later: Workplace, company_id: uuid.UUID, central: CentralServer, server: Server
) -> None:
    keep_sealed(later, company_id)
    enrol_device(later, central.url, central.one_time_code(), "Laptop")
    synchronise(later)
    heard: list[RunView] = []
    synchronise(later, progress=heard.append)
    assert sum(view[0].state is StepState.RUNNING for view in heard) == 1
    server.status = 500
    keep_sealed(later, company_id)
    synchronise(later)
    assert StoreChanges(later.store).waiting() == 0
