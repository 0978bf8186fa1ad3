"""The demo visit as a customer would start it, and the same with the power cut off."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from desktop_advisor.demo import story
from desktop_advisor.domain.clock import system_clock
from desktop_advisor.storage.models import Answer, Company, Measure
from desktop_advisor.usecases.reporting import verify_report
from desktop_advisor.usecases.setting_up import unlock
from desktop_advisor.usecases.synchronising import show_sync
from desktop_advisor.usecases.workplace import Workplace
from tests.workplaces import resources

STAGES = ("company", "answer", "measure", "report", "synced")
"""What has just been acknowledged when the power goes, a moment later."""


def start(out: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "desktop_advisor", "demo", "--out", str(out), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("demo")
    process = start(out)
    said, complaints = process.communicate(timeout=200)
    assert process.returncode == 0, said + complaints
    assert "WARN" not in complaints.upper(), complaints
    return out


def test_the_demo_leaves_report_pictures_and_the_second_laptops_file(played: Path) -> None:
    assert (played / "bericht.pdf").read_bytes().startswith(b"%PDF")
    assert len(list((played / "shots").glob("*.png"))) >= 10
    received = json.loads((played / "second-device.json").read_text(encoding="utf-8"))
    assert received["company"][0]["name"] == story.COMPANY.name
    assert len(received["answer"]) >= len(story.MANAGEMENT) + len(story.WORKS_COUNCIL)
    assert len(received["report"]) == 1


def test_a_foreign_reader_finds_the_seal_valid(played: Path) -> None:
    if shutil.which("pdfsig") is None:
        pytest.skip("poppler-utils is not installed")
    done = subprocess.run(
        ["pdfsig", "-nocert", str(played / "bericht.pdf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Signature is Valid" in done.stdout
    assert "Total document signed" in done.stdout


def test_every_font_of_the_report_is_embedded(played: Path) -> None:
    if shutil.which("pdffonts") is None:
        pytest.skip("poppler-utils is not installed")
    done = subprocess.run(
        ["pdffonts", str(played / "bericht.pdf")], capture_output=True, text=True, check=True
    )
    fonts = done.stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), done.stdout


def test_the_report_is_clean_to_a_strict_reader(played: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    subprocess.run(
        ["qpdf", "--check", str(played / "bericht.pdf")], check=True, capture_output=True
    )


def acknowledged(out: Path) -> list[dict[str, str]]:
    try:
        lines = (out / "acknowledged.jsonl").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in lines]


def is_kept(place: Workplace, edit: dict[str, str]) -> bool:
    """Whether what was acknowledged is there after the restart."""
    if edit["kind"] == "synced":
        return show_sync(place).unsent == int(edit["unsent"])
    if edit["kind"] == "report":
        return verify_report(place, uuid.UUID(edit["id"])).is_intact
    with place.store.read() as session:
        if edit["kind"] == "company":
            return session.get_one(Company, uuid.UUID(edit["id"])).name == edit["name"]
        if edit["kind"] == "measure":
            return session.get_one(Measure, uuid.UUID(edit["id"])).title == edit["title"]
        answer = session.get_one(Answer, (uuid.UUID(edit["assessment"]), edit["question"]))
        return answer.response.form_value == edit["value"]


@pytest.mark.parametrize("stage", STAGES)
def test_nothing_acknowledged_is_lost_when_the_power_goes(tmp_path: Path, stage: str) -> None:
    chance = random.Random(stage)
    process = start(tmp_path, "--no-pictures")
    deadline = time.monotonic() + 120
    while stage not in {edit["kind"] for edit in acknowledged(tmp_path)}:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 0.3))
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()

    promised = acknowledged(tmp_path)
    place = unlock(resources(), tmp_path / "laptop-1", story.PASSPHRASE, clock=system_clock)
    try:
        for edit in promised:
            assert is_kept(place, edit), edit
    finally:
        place.close()
