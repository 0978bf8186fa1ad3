"""Put files on somebody's drive: whole or not at all, read back, never over another file.

KnownError
└── DriveFull, DriveMissing, DriveReadOnly, DriveFaulty
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.storage.durable_files import sync_folder

Progress = Callable[[int, int], object]
"""Told (bytes done, bytes in all)."""
_PIECE = 1024 * 1024
_MOST_BYTES = 200
"""Of a file name; 255 is what drives take (ext4, exFAT, NTFS), and numbers are put behind it."""
_FORBIDDEN = '<>:"/\\|?*'
"""In names on FAT and NTFS."""
_MOST_NAMES = 999
_SAFE = "Die Firmenakte ist unverändert; auf dem Laufwerk ist keine halbe Datei geblieben."


class DriveFull(KnownError):
    """The drive has no room for the file."""

    def __init__(self, folder: Path, needed: int) -> None:
        super().__init__(
            f"Auf dem Laufwerk von „{folder}“ ist zu wenig Platz.",
            safe=_SAFE,
            todo=f"Bitte schaffen Sie {max(1, -(-needed // _PIECE))} MB Platz "
            "oder wählen Sie ein anderes Laufwerk.",
        )


class DriveMissing(KnownError):
    """The folder is not there, or the stick was pulled out."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Der Ordner „{folder}“ ist nicht erreichbar.",
            safe="Die Firmenakte ist unverändert.",
            todo="Bitte stecken Sie das Laufwerk wieder an oder wählen Sie einen anderen Ordner.",
        )


class DriveReadOnly(KnownError):
    """Nothing may be written there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"In „{folder}“ darf nicht geschrieben werden.",
            safe=_SAFE,
            todo="Bitte heben Sie den Schreibschutz auf oder wählen Sie einen anderen Ordner.",
        )


class DriveFaulty(KnownError):
    """What was written is not what is read, or the drive reports a fault."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Die Datei ließ sich in „{folder}“ nicht fehlerfrei schreiben.",
            safe=_SAFE,
            todo="Das Laufwerk ist vielleicht beschädigt. Bitte nehmen Sie ein anderes.",
        )


def put_file(
    folder: Path, name: str, content: bytes, progress: Progress = lambda _done, _all: None
) -> Path:
    """The file's path; another name where that one is taken by other bytes.

    Raises DriveFull, DriveMissing, DriveReadOnly, DriveFaulty.
    """
    if not folder.is_dir():
        raise DriveMissing(folder)
    with _drive_errors(folder, len(content)):
        if shutil.disk_usage(folder).free < len(content):
            raise DriveFull(folder, len(content))
        kept = next((p for p in _names(folder, name) if _is_same(p, content)), None)
        return kept or _written(folder, name, content, progress)


def write_file(folder: Path, name: str, write: Callable[[BinaryIO], str]) -> Path:
    """A file too large for the memory; its path, another name where that one is taken.

    write: fills the file and says the SHA-256 of what it wrote. Where it raises, nothing stays.
    Raises DriveFull, DriveMissing, DriveReadOnly, DriveFaulty.
    """
    if not folder.is_dir():
        raise DriveMissing(folder)
    temporary = folder / f".desktop-advisor-{os.urandom(6).hex()}.tmp"
    with _drive_errors(folder, 0):
        try:
            with temporary.open("xb") as file:
                digest = write(file)
                file.flush()
                os.fsync(file.fileno())
            if _digest_back(temporary) != digest:
                raise DriveFaulty(folder)
            for target in _candidates(folder, name):
                if _took_name(temporary, target):
                    sync_folder(folder)
                    return target
            raise DriveFull(folder, 0)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def allowed_name(name: str) -> str:
    """The name as any drive takes it, short enough, with its ending."""
    plain = "".join("-" if c in _FORBIDDEN or not c.isprintable() else c for c in name)
    ending = Path(plain).suffix
    room = _MOST_BYTES - len(ending.encode())
    stem = (
        plain.removesuffix(ending).encode()[:room].decode("utf-8", "ignore").strip(" .") or "Datei"
    )
    return stem + ending


def _names(folder: Path, name: str) -> Iterator[Path]:
    """Names that exist already: the wanted one and those numbered after it."""
    for candidate in _candidates(folder, name):
        if not candidate.exists():
            return
        yield candidate


def _candidates(folder: Path, name: str) -> Iterator[Path]:
    first = folder / allowed_name(name)
    yield first
    for number in range(2, _MOST_NAMES):
        yield first.with_name(f"{first.stem} ({number}){first.suffix}")


def _is_same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content


def _written(folder: Path, name: str, content: bytes, progress: Progress) -> Path:
    temporary = folder / f".desktop-advisor-{os.urandom(6).hex()}.tmp"
    try:
        _write(temporary, content, progress)
        if _read_back(temporary) != content:
            raise DriveFaulty(folder)
        for target in _candidates(folder, name):
            if _took_name(temporary, target):
                sync_folder(folder)
                return target
        raise DriveFull(folder, len(content))
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write(path: Path, content: bytes, progress: Progress) -> None:
    with path.open("xb") as file:
        for start in range(0, len(content), _PIECE):
            file.write(content[start : start + _PIECE])
            progress(min(start + _PIECE, len(content)), len(content))
        file.flush()
        os.fsync(file.fileno())


def _read_back(path: Path) -> bytes:
    """From the drive itself where the system lets its own memory of the file go."""
    with path.open("rb") as file:
        _let_go(file)
        return file.read()


def _digest_back(path: Path) -> str:
    """SHA-256 of what is on the drive, a piece at a time."""
    with path.open("rb") as file:
        _let_go(file)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _let_go(file: BinaryIO) -> None:
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _took_name(temporary: Path, target: Path) -> bool:
    """Whether the name was free; a link cannot replace a file, but FAT has no links."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        return False
    except OSError:
        if target.exists():
            return False
        temporary.rename(target)
    return True


@contextlib.contextmanager
def _drive_errors(folder: Path, needed: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise DriveFull(folder, needed) from error
        if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
            raise DriveReadOnly(folder) from error
        if error.errno in {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR}:
            raise DriveMissing(folder) from error
        raise DriveFaulty(folder) from error
