"""A test that ends its process is named, and the others still run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.imports import ROOT

HARMLESS = "def test_harmless(): pass\n"
DEADLY = "import os\ndef test_before(): pass\ndef test_deadly(): os._exit(3)\n"
HOW = """
from tests.whole_files import WholeFiles

def pytest_xdist_make_scheduler(config, log):
    return WholeFiles(config, log)
"""


def test_a_process_that_ends_takes_one_test_along_and_not_the_run(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(HOW, encoding="utf-8")
    for number in range(30):
        (tmp_path / f"test_{number:02}.py").write_text(HARMLESS, encoding="utf-8")
    late = tmp_path / "test_99.py"
    late.write_text(DEADLY + HARMLESS, encoding="utf-8")

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "xdist", "-n", "2", str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert run.returncode == 1
    assert "1 failed, 32 passed" in run.stdout
    assert "crashed while running 'test_99.py::test_deadly'" in run.stdout
