"""Attachment bytes: whole or absent, encrypted, checked."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_advisor.storage.attachments import AttachmentFiles
from desktop_advisor.storage.errors import DamagedStore, DiskFull

KEY = bytes(range(32))


@given(content=st.binary(max_size=2000))
@settings(deadline=None, max_examples=30)
def test_bytes_come_back_as_they_went_in(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    files = AttachmentFiles(tmp_path_factory.mktemp("a"), KEY)
    sha256 = files.add(content)
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert files.has(sha256)
    assert files.read(sha256) == content


def test_a_file_shows_nothing_of_its_content(tmp_path: Path) -> None:
    content = b"Bilanz 2025 " * 50
    AttachmentFiles(tmp_path, KEY).add(content)
    raw = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert b"Bilanz" not in raw


@pytest.mark.parametrize("position", [0, 5, 20, -1])
def test_one_changed_byte_is_noticed(tmp_path: Path, position: int) -> None:
    files = AttachmentFiles(tmp_path, KEY)
    sha256 = files.add(b"Unterschrift")
    path = next(p for p in tmp_path.rglob("*") if p.is_file())
    raw = bytearray(path.read_bytes())
    raw[position] ^= 1
    path.write_bytes(raw)
    with pytest.raises(DamagedStore):
        files.read(sha256)


def test_one_attachment_cannot_pass_for_another(tmp_path: Path) -> None:
    files = AttachmentFiles(tmp_path, KEY)
    first, second = files.add(b"eins"), files.add(b"zwei")
    (tmp_path / first[:2] / first).replace(tmp_path / second[:2] / second)
    with pytest.raises(DamagedStore):
        files.read(second)


def test_an_absent_file_and_a_name_that_is_no_hash_are_not_here(tmp_path: Path) -> None:
    files = AttachmentFiles(tmp_path / "anlagen", KEY)
    (tmp_path / "geheim").write_bytes(b"x")
    for name in ("0" * 64, "", "../geheim", "A" * 64):
        assert not files.has(name)
        with pytest.raises(KeyError):
            files.read(name)


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "simulated")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        AttachmentFiles(tmp_path, KEY).add(b"Foto")


def test_an_interrupted_write_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def battery_death(_handle: int) -> None:
        raise OSError("simulated")

    files = AttachmentFiles(tmp_path, KEY)
    monkeypatch.setattr(os, "fsync", battery_death)
    with pytest.raises(OSError, match="simulated"):
        files.add(b"halb")
    assert not files.has(hashlib.sha256(b"halb").hexdigest())
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
