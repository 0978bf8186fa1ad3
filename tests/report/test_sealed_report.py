"""The real report stays what an archive and a screen reader want, on every level of its seal."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from desktop_advisor.report.drawing import draw_report
from desktop_advisor.report.seal_mark import draw_seal_mark, seal_lines
from desktop_advisor.signing.verdict import Outcome
from desktop_advisor.signing.verification import verify
from tests.report.conformity import faults
from tests.report.conformity_bytes import byte_faults
from tests.report.conformity_signatures import signature_faults
from tests.report.sample import FONTS, sample_report
from tests.signing.authorities import NOW
from tests.signing.sealed import anchors, completed, make_sealed, stamp_anchors
from tests.signing.time_stamp_authority import STAMPED_AT

LEVELS = ("B-B", "B-T", "B-LT")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The report as drawn ("") and on each level."""
    model = sample_report()
    drawn = draw_report(model, FONTS)
    lines = seal_lines(model, "Mareike Sonntag", NOW)

    def mark(width: float, height: float) -> bytes:
        return draw_seal_mark(lines, FONTS, model.network.main_color, width, height)

    stamped = make_sealed("B-T", pdf=drawn, mark=mark)
    sealed = make_sealed("B-B", pdf=drawn, mark=mark)
    return {"": drawn, "B-B": sealed, "B-T": stamped, "B-LT": completed(stamped)}


@pytest.mark.parametrize("level", LEVELS)
def test_signing_breaks_no_rule_of_archive_or_accessibility(
    files: dict[str, bytes], level: str
) -> None:
    assert faults(files[level]) == []


def test_each_byte_of_each_revision_is_as_an_archive_wants_it(files: dict[str, bytes]) -> None:
    assert byte_faults(files["B-LT"]) == []
    assert signature_faults(files["B-LT"]) == signature_faults(files["B-B"]) == []


def test_signing_touches_neither_pages_nor_structure_nor_metadata(files: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(files[""])) as before, pikepdf.open(BytesIO(files["B-LT"])) as after:
        assert files["B-LT"].startswith(files["B-T"])
        assert files["B-T"].startswith(files[""])
        assert before.Root.Metadata.read_raw_bytes() == after.Root.Metadata.read_raw_bytes()
        assert before.Root.StructTreeRoot.objgen == after.Root.StructTreeRoot.objgen
        for old, new in zip(before.pages, after.pages, strict=True):
            assert old.obj.objgen == new.obj.objgen
            assert set(old.obj.keys()) == set(new.obj.keys())
        for name, field in zip(("Siegel", "Zeitstempel"), after.Root.AcroForm.Fields, strict=True):
            assert str(field.T) == name
            assert str(field.TU)
            assert "/V" in field


@pytest.mark.parametrize("level", LEVELS)
def test_our_check_and_poppler_find_the_report_intact(
    files: dict[str, bytes], level: str, tmp_path: Path
) -> None:
    verdict = verify(
        files[level],
        expected_sha256=None,
        anchors=anchors(),
        stamp_anchors=stamp_anchors(),
        now=STAMPED_AT,
    )
    assert verdict.outcome is Outcome.VALID
    assert str(verdict.level) == level
    if shutil.which("pdfsig") is None or shutil.which("qpdf") is None:
        pytest.skip("poppler-utils or qpdf are not installed")
    file = tmp_path / "bericht.pdf"
    file.write_bytes(files[level])
    said = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, check=False)
    assert b"Signature is Valid" in said.stdout
    checked = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, b"")
