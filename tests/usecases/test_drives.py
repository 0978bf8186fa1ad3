"""Files on a drive: whole, read back, never over another file; what a drive may do in between."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from desktop_advisor.usecases import drives
from desktop_advisor.usecases.drives import (
    DriveFaulty,
    DriveFull,
    DriveMissing,
    DriveReadOnly,
    allowed_name,
    put_file,
)


def _names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_another_file_of_that_name_is_kept(tmp_path: Path) -> None:
    (tmp_path / "bericht.pdf").write_bytes(b"somebody's")
    first = put_file(tmp_path, "bericht.pdf", b"ours")
    second = put_file(tmp_path, "bericht.pdf", b"newer")
    assert (first.name, second.name) == ("bericht (2).pdf", "bericht (3).pdf")
    assert (tmp_path / "bericht.pdf").read_bytes() == b"somebody's"


def test_the_same_file_is_not_copied_twice(tmp_path: Path) -> None:
    (tmp_path / "bericht.pdf").write_bytes(b"somebody's")
    assert put_file(tmp_path, "bericht.pdf", b"ours") == put_file(tmp_path, "bericht.pdf", b"ours")
    assert _names(tmp_path) == ["bericht (2).pdf", "bericht.pdf"]


def test_a_drive_without_links_gets_the_file_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: Any) -> None:
        raise OSError(errno.EPERM, "FAT")

    monkeypatch.setattr(os, "link", no_links)
    (tmp_path / "a.pdf").write_bytes(b"other")
    assert put_file(tmp_path, "a.pdf", b"ours").name == "a (2).pdf"
    assert _names(tmp_path) == ["a (2).pdf", "a.pdf"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, DriveFull),
        (errno.EROFS, DriveReadOnly),
        (errno.EACCES, DriveReadOnly),
        (errno.ENODEV, DriveMissing),
        (errno.EIO, DriveFaulty),
    ],
)
def test_what_a_drive_reports_is_said_in_words_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: type[Exception]
) -> None:
    def broken(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(expected):
        put_file(tmp_path, "a.pdf", b"x" * 3_000_000)
    assert _names(tmp_path) == []


def test_a_full_drive_is_noticed_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": 10})
    monkeypatch.setattr(drives.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(DriveFull, match="2 MB Platz"):
        put_file(tmp_path, "a.pdf", b"x" * 1_500_000)
    assert _names(tmp_path) == []


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(DriveMissing):
        put_file(tmp_path / "stick", "a.pdf", b"x")
    assert _names(tmp_path) == []


def test_bytes_that_come_back_changed_are_not_handed_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drives, "_read_back", lambda path: path.read_bytes()[:-1] + b"?")
    with pytest.raises(DriveFaulty):
        put_file(tmp_path, "a.pdf", b"content")
    assert _names(tmp_path) == []


def test_progress_ends_with_all_bytes(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    put_file(tmp_path, "a.pdf", b"x" * 2_500_000, lambda done, whole: told.append((done, whole)))
    assert told[-1] == (2_500_000, 2_500_000)
    assert len(told) == 3


@pytest.mark.parametrize(
    ("wanted", "allowed"),
    [
        ('a<b>:"c"/d\\e|f?g*.pdf', "a-b---c--d-e-f-g-.pdf"),
        ("  .. .pdf", "Datei.pdf"),
        ("ä" * 300 + ".pdf", "ä" * 98 + ".pdf"),
        ("zeile\numbruch.pdf", "zeile-umbruch.pdf"),
    ],
)
def test_any_name_becomes_one_that_a_drive_takes(wanted: str, allowed: str) -> None:
    assert allowed_name(wanted) == allowed
