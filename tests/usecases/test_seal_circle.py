"""From the PIN to the proof years later: one report under the network's own certificate.

A real central server certifies the laptop, a real time-stamp service answers on loopback, and every
step is judged by our check, by other programs and by the rules of the archive.
"""

from __future__ import annotations

import shutil
import subprocess
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop_advisor.demo.central import CentralServer, central_server
from desktop_advisor.signing import isolated
from desktop_advisor.signing.verdict import Level, Outcome, Verdict
from desktop_advisor.signing.verification import verify
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases import checking, time_stamping
from desktop_advisor.usecases.certificate import known_anchors, make_certificate
from desktop_advisor.usecases.checking import check_file, check_report
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.network_authority import ASK_AGAIN, known_lists
from desktop_advisor.usecases.network_certificate import certify_key, join_network
from desktop_advisor.usecases.reporting import read_report, seal_report
from desktop_advisor.usecases.synchronising import synchronise
from desktop_advisor.usecases.workplace import Workplace
from sync.server import authority
from sync.server.administration import revoke
from tests.report.conformity import faults
from tests.signing.authorities import Authority
from tests.signing.time_stamp_authority import TimeStampAuthority, serving
from tests.usecases.test_reporting import signature
from tests.workplaces import PIN, workplace

PASSPHRASE = "Siegel am Bergaltar 5"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CentralServer]:
    with central_server(tmp_path / "server", "ITAS", passphrase=PASSPHRASE) as running:
        authority.create(running.database, "ITAS", PASSPHRASE)
        yield running


@pytest.fixture
def colleague(tmp_path: Path) -> Iterator[Workplace]:
    made = workplace(tmp_path / "colleague", "Ute Klein")
    yield replace(made, clock=_today)
    made.close()


def _today() -> datetime:
    """The server's certificates begin when they are issued, by this machine's clock."""
    return datetime.now(UTC)


def test_a_seal_grows_up_at_the_synchronisation_and_survives_its_laptop(
    place: Workplace,
    visit_id: uuid.UUID,
    server: CentralServer,
    colleague: Workplace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laptop = replace(place, clock=_today)
    for each in (laptop, colleague):
        join_network(each, server.url, server.one_time_code(), "Laptop")
    make_certificate(laptop, PIN)
    certify_key(laptop, PIN)
    case_id = Interview(laptop, visit_id).case_id
    model = compose_report(laptop, case_id)
    report_id = seal_report(laptop, case_id, model, [signature()], PIN)
    stages = {Level.BASIC: read_report(laptop, report_id)}
    early = check_report(laptop, report_id).verdict
    assert (early.outcome, early.level) == (Outcome.VALID, Level.BASIC)
    monkeypatch.setattr(isolated, "verify_isolated", _in_this_process)

    with serving(TimeStampAuthority(at=_today())) as service:
        published = Authority("Zeitstempel-CA am Ort", "ort", base=service.url, today=_today())
        service.authority.authority = published
        service.authority.__post_init__()
        laptop.store.save_setting(time_stamping.SETTING, service.url)
        for module in (time_stamping, checking):
            monkeypatch.setattr(module, "trusted_stamps", lambda _place: [published.der])
        published.short = "noch nicht"
        synchronise(laptop)
        stages[Level.TIME_STAMPED] = read_report(laptop, report_id)
        published.short = "ort"
        done = synchronise(laptop)
    assert "1 Bericht hat einen Zeitstempel erhalten." in done.notices
    stages[Level.LONG_TERM] = read_report(laptop, report_id)
    late = check_report(laptop, report_id).verdict
    assert (late.outcome, late.level, late.is_time_trusted) == (
        Outcome.VALID,
        Level.LONG_TERM,
        True,
    )

    _each_is_sound(laptop, stages, tmp_path)
    synchronise(colleague)
    enrolment = StoreChanges(laptop.store).enrolment()
    assert enrolment is not None
    revoke(server.database, enrolment.device_id)
    synchronise(replace(colleague, clock=lambda: _today() + ASK_AGAIN))
    _what_is_left_of_them(colleague, stages, published.der, tmp_path)


def _each_is_sound(laptop: Workplace, stages: dict[Level, bytes], folder: Path) -> None:
    for level, pdf in stages.items():
        assert faults(pdf) == [], level
        _others_agree(pdf, folder)
        copy = _copy(folder, pdf)
        judged = check_file(laptop, copy).verdict
        assert (judged.outcome, judged.level) == (Outcome.VALID, level)
    flipped = bytearray(stages[Level.LONG_TERM])
    flipped[len(flipped) // 3] ^= 1
    assert not check_file(laptop, _copy(folder, bytes(flipped))).verdict.is_intact


def _what_is_left_of_them(
    colleague: Workplace, stages: dict[Level, bytes], service: bytes, folder: Path
) -> None:
    """After the revocation: by the colleague's record, and elsewhere without one."""
    for level, known_by_record, elsewhere in (
        (Level.BASIC, Outcome.VALID, Outcome.VALID_BUT_UNKNOWN_ISSUER),
        (Level.LONG_TERM, Outcome.VALID, Outcome.VALID),
    ):
        pdf = stages[level]
        here = check_file(colleague, _copy(folder, pdf)).verdict
        assert here.outcome is known_by_record
        assert "gesperrt; gesiegelt wurde vorher" in here.points[-1].reason
        there = verify(
            pdf,
            expected_sha256=None,
            anchors=known_anchors(colleague),
            stamp_anchors=[service],
            lists=known_lists(colleague),
        )
        assert there.outcome is elsewhere


def _in_this_process(pdf: bytes, *, cancelled: Any, **asked: Any) -> Verdict:
    """Starting a process takes longer than the check; once is enough here."""
    assert cancelled
    return verify(pdf, **asked)


def _copy(folder: Path, pdf: bytes) -> Path:
    copy = folder / "bericht.pdf"
    copy.write_bytes(pdf)
    return copy


def _others_agree(pdf: bytes, folder: Path) -> None:
    """Poppler and qpdf, where they are installed."""
    path = str(_copy(folder, pdf))
    if shutil.which("pdfsig") is None or shutil.which("qpdf") is None:
        return
    said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, check=False).stdout
    assert said.count(b"Signature is Valid") == 1  # poppler passes over document time stamps
    assert b"Total document signed" in said
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, b"")
