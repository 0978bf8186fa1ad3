"""A content bundle: forms, catalogues and a network's profile, as both ends understand it.

The signed part is the manifest, JSON: it names network, version and the SHA-256 of every file. The
files travel as one ZIP file. Which paths there may be is fixed here, so that no bundle writes
anywhere else, and a bundle never brings program code, certificates or fonts.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from sync.protocol import Count, Sha256, Stamp

MAX_FILES = 500
MAX_FILE_BYTES = 8 * 1024 * 1024
MAX_CONTENT_BYTES = 48 * 1024 * 1024
"""Of all files once unpacked."""
MAX_ARCHIVE_BYTES = 16 * 1024 * 1024
"""As it travels; our choice: a hundred questionnaires with their lists."""
_NAME = r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}"
_PATHS = re.compile(
    rf"forms/{_NAME}\.(?:xlsx|md|csv|geojson)"
    r"|catalogues/(?:offers|dependencies)\.json"
    r"|networks/[a-z0-9][a-z0-9-]{0,39}/(?:benchmarks\.(?:json|sig)|profile\.json|offers\.json|logo\.png)"
)
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(NotImplementedError, RuntimeError, OSError, EOFError),
)
"""What reading a damaged ZIP file raises, by its kind of compression."""
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The same files make the same archive."""


class ContentError(ValueError):
    """The bundle is not one; the message says why, in English."""


class Manifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is signed. files: path → SHA-256 in hex."""

    network: Annotated[str, Meta(max_length=200)]
    version: Count
    published_ms: Stamp
    files: Annotated[dict[str, Sha256], Meta(min_length=1, max_length=MAX_FILES)]


def is_allowed(path: str) -> bool:
    """Whether a bundle may hold a file of that name, "/" between folders."""
    return _PATHS.fullmatch(path) is not None


def check_files(files: Mapping[str, bytes]) -> None:
    """Raises ContentError: no file, too many, too large, a path that is not allowed."""
    if not files:
        raise ContentError("There is no form, catalogue or network profile in it.")
    if len(files) > MAX_FILES:
        raise ContentError(f"More than {MAX_FILES} files.")
    for path, content in files.items():
        if not is_allowed(path):
            raise ContentError(f"{path}: no such file belongs into a bundle.")
        if len(content) > MAX_FILE_BYTES:
            raise ContentError(f"{path}: larger than {MAX_FILE_BYTES // 2**20} MiB.")
    if sum(map(len, files.values())) > MAX_CONTENT_BYTES:
        raise ContentError(f"More than {MAX_CONTENT_BYTES // 2**20} MiB in all.")
    if len({path.casefold() for path in files}) != len(files):
        raise ContentError("Two files whose names differ in case only.")


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files as ZIP. Raises ContentError."""
    check_files(files)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            archive.writestr(zipfile.ZipInfo(path, _ZIP_DATE), files[path], zipfile.ZIP_DEFLATED)
    if packed.tell() > MAX_ARCHIVE_BYTES:
        raise ContentError(f"More than {MAX_ARCHIVE_BYTES // 2**20} MiB packed.")
    return packed.getvalue()


def unpack(archive: bytes, wanted: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """Path → content, never more than the bounds, whatever the archive promises.

    wanted: path → SHA-256; then exactly these files have to be in it. Raises ContentError.
    """
    if len(archive) > MAX_ARCHIVE_BYTES:
        raise ContentError("The archive is too large.")
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            entries = [entry for entry in opened.infolist() if not entry.is_dir()]
            _check_entries(entries)
            for entry in entries:
                with opened.open(entry) as file:
                    files[entry.filename] = file.read(MAX_FILE_BYTES + 1)
                check_files(files)
    except _UNREADABLE as error:
        raise ContentError("The archive cannot be read.") from error
    except ValueError as error:
        raise ContentError(str(error)) from error
    if wanted is not None:
        found = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
        if found != dict(wanted):
            raise ContentError("The files are not those of the manifest.")
    return files


def read_manifest(encoded: bytes) -> Manifest:
    """The manifest with every path allowed. Raises ContentError."""
    try:
        manifest = msgspec.json.decode(encoded, type=Manifest)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise ContentError("The manifest cannot be read.") from error
    if not all(map(is_allowed, manifest.files)):
        raise ContentError("The manifest names a file that does not belong into a bundle.")
    return manifest


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Raises ContentError by what the archive says of itself, before anything is unpacked."""
    if len(entries) > MAX_FILES:
        raise ContentError(f"More than {MAX_FILES} files.")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise ContentError("A file is there twice.")
    for name in names:
        if not is_allowed(name):
            raise ContentError(f"{name}: no such file belongs into a bundle.")
    if sum(entry.file_size for entry in entries) > MAX_CONTENT_BYTES:
        raise ContentError("The files are too large.")
