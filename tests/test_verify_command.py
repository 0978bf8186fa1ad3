"""`desktop-advisor verify`: words, JSON and exit codes, without a store."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from desktop_advisor import bootstrap, verify_command
from desktop_advisor.cli import main
from desktop_advisor.usecases import checking
from desktop_advisor.usecases.checking import Checked
from desktop_advisor.usecases.workplace import Resources
from tests.signing import hostile, sealed
from tests.signing.authorities import NOW


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of PDFs and certificates; the check runs in this process, on a fixed day."""
    from desktop_advisor.signing.verification import verify

    def here(pdf: bytes, **asked: object) -> Checked:
        verdict = verify(
            pdf,
            expected_sha256=asked["expected"],  # type: ignore[arg-type]
            anchors=asked["anchors"],  # type: ignore[arg-type]
            stamp_anchors=asked["stamp_anchors"],  # type: ignore[arg-type]
            now=NOW,
        )
        return Checked(verdict, checking.about(verdict))

    monkeypatch.setattr(checking, "check_bytes", here)
    monkeypatch.setattr(bootstrap, "find_resources", lambda: Resources(tmp_path / "resources"))
    (tmp_path / "netz.cer").write_bytes(sealed.anchors()[0])
    (tmp_path / "stempel.cer").write_bytes(sealed.stamp_anchors()[0])
    return tmp_path


def _pdf(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def _trusting(folder: Path) -> list[str]:
    return [
        *("--anchor", str(folder / "netz.cer")),
        *("--stamp-anchor", str(folder / "stempel.cer")),
    ]


def test_an_unchanged_report_of_a_known_issuer_is_zero(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _pdf(folder, "bericht.pdf", hostile.stamped())
    assert main(["verify", path, *_trusting(folder)]) == 0
    said = capsys.readouterr().out
    assert f"{path}: unverändert\n" in said
    assert "Stufe B-T: Siegel mit Zeitstempel." in said
    assert "Belegt: Das Siegel bestand am 24.11.2026 um 15:42" in said


def test_a_changed_one_is_one_an_unreadable_one_two_an_unknown_one_three(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = hostile.appended(hostile.basic(), lambda w: w.update_root())
    known = _trusting(folder)
    assert main(["verify", _pdf(folder, "a.pdf", changed), *known]) == 1
    assert main(["verify", _pdf(folder, "b.pdf", b"no pdf"), *known]) == 2
    assert main(["verify", str(folder / "fehlt.pdf"), *known]) == 2
    assert main(["verify", _pdf(folder, "c.pdf", hostile.basic())]) == 3
    said = capsys.readouterr().out
    assert "verändert\n" in said
    assert "fehlt.pdf“ kann nicht geprüft werden" in said


def test_of_a_folder_the_gravest_verdict_counts_and_each_file_is_one_line_of_json(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _pdf(folder, "eins.pdf", hostile.basic())
    _pdf(folder, "zwei.PDF", hostile.basic()[:-9])
    assert main(["verify", str(folder), "--json", *_trusting(folder)]) == 2
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["outcome"] for one in found] == ["valid", "not_checkable"]
    assert found[0]["level"] == "B-B"
    assert found[0]["about"] is None


def test_another_hash_than_given_is_changed(folder: Path) -> None:
    path = _pdf(folder, "a.pdf", hostile.basic())
    right = hashlib.sha256(hostile.basic()).hexdigest()
    assert main(["verify", path, "--sha256", right.upper(), *_trusting(folder)]) == 0
    assert main(["verify", path, "--sha256", "0" * 64, *_trusting(folder)]) == 1


def test_the_certificates_in_the_networks_folders_are_trusted(folder: Path) -> None:
    for kind, der in (("anchors", sealed.anchors()), ("stamp_anchors", sealed.stamp_anchors())):
        inside = folder / "resources" / "networks" / "itas" / kind
        inside.mkdir(parents=True)
        (inside / "ca.cer").write_bytes(der[0])
        (inside / "kaputt.pem").write_text("no certificate")
    path = _pdf(folder, "a.pdf", hostile.stamped())
    assert main(["verify", path]) == 0
    assert main(["verify", path, "--network", "neutral"]) == 3


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--anchor", "fehlt.pem"], "kein lesbares Zertifikat"),
        (["leer.pdf", "--sha256", "0" * 64], "angegeben sind mehrere"),
    ],
)
def test_a_call_that_means_nothing_is_refused(
    folder: Path, arguments: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _pdf(folder, "a.pdf", hostile.basic())
    assert main(["verify", path, *arguments]) == 2
    assert why in capsys.readouterr().err


def test_every_outcome_has_its_own_exit_code() -> None:
    assert sorted(verify_command.CODES.values()) == [0, 1, 2, 3]
