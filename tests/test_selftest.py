"""The self-test says what works, and says so when something does not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_advisor.questionnaire.authoring.building import build_forms
from desktop_advisor.selftest import Selftest, run_selftest
from tests.architecture.imports import ROOT


def test_every_part_of_the_program_works(tmp_path: Path) -> None:
    resources = tmp_path / "resources"
    resources.mkdir()
    for folder in (ROOT / "resources").iterdir():
        if folder.name != "forms":
            (resources / folder.name).symlink_to(folder)
    build_forms(ROOT / "resources" / "forms", resources / "forms" / "compiled")
    code = (
        "import sys, pathlib\n"
        "from desktop_advisor.selftest import run_selftest\n"
        "sys.exit(run_selftest(pathlib.Path(sys.argv[1])))"
    )

    run = subprocess.run(
        [sys.executable, "-c", code, str(resources)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )

    assert run.returncode == 0, run.stdout + run.stderr
    lines = run.stdout.splitlines()
    assert len(lines) == len(Selftest(resources, tmp_path).parts())
    assert all(line.startswith("OK ") for line in lines)


def test_missing_resources_fail_the_parts_that_need_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run_selftest(tmp_path)

    lines = capsys.readouterr().out.splitlines()
    assert code == 1
    assert [line.split()[1] for line in lines if line.startswith("FAILED")] == [
        *("store", "form", "pdf", "seal", "verify", "preview", "window"),
    ]
