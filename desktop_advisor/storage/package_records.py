"""What stands inside a hand-over package: a manifest, changes, attachment bytes, an end mark.

Each record is one letter, its length (32 bits) and a body: M manifest (JSON); C changesets (JSON,
zstd), in the order in which they stand in the log; B a piece of an attachment, in the order of the
manifest; E nothing.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta, Struct

from desktop_advisor.storage.package_errors import DamagedPackage, NewerPackage, PackageTooLarge
from sync import wire
from sync.protocol import (
    MAX_BLOB_BYTES,
    MAX_CHANGE_BYTES,
    Change,
    Changeset,
    PlainName,
    Position,
    Reason,
    Sha256,
    Stamp,
    Uuid,
    read_change,
)

if TYPE_CHECKING:
    from desktop_advisor.storage.sealed_stream import SealedReader, SealedWriter

FORMAT = 1
MOST_FILES = 5000
MOST_BLOBS = 100_000
MOST_CHANGES = 5_000_000
MOST_BYTES = 16 * 1024**3
"""Of attachments, and of the package as a whole; our choice: a full USB stick."""
PIECE_BYTES = 1024 * 1024
RECORD_BYTES = 512 * 1024
"""What the writer aims at before compression; a single change may be larger."""
_LARGEST_MANIFEST = 16 * 1024 * 1024
_LARGEST_PLAIN = 2 * MAX_CHANGE_BYTES + RECORD_BYTES
_FRAME = struct.Struct(">cI")


class PackedFile(Struct, frozen=True, kw_only=True):
    """One company file. changes: how many, its whole history."""

    company_id: Uuid
    name: Annotated[str, Meta(max_length=500)]
    changes: Position


class PackedBlob(Struct, frozen=True, kw_only=True):
    """The bytes of one attachment."""

    sha256: Sha256
    size: Annotated[int, Meta(ge=0, le=MAX_BLOB_BYTES)]


class Manifest(Struct, frozen=True, kw_only=True):
    """Who packed what. missing: attachments whose bytes were not on the writing laptop."""

    format: Annotated[int, Meta(ge=1)] = FORMAT
    author: PlainName
    device: Annotated[str, Meta(max_length=200)]
    network: Annotated[str, Meta(max_length=200)]
    written_ms: Stamp
    files: Annotated[tuple[PackedFile, ...], Meta(max_length=MOST_FILES)]
    blobs: Annotated[tuple[PackedBlob, ...], Meta(max_length=MOST_BLOBS)]
    missing: Position = 0


class _RawChangeset(Struct, frozen=True):
    company_id: Uuid
    changes: tuple[msgspec.Raw, ...]


class _Format(Struct):
    format: int


@dataclass(frozen=True)
class Blob:
    """An attachment that has come whole."""

    sha256: str
    content: bytes


def write_manifest(writer: SealedWriter, manifest: Manifest) -> None:
    """The first record. Raises PackageTooLarge."""
    changes = sum(file.changes for file in manifest.files)
    bytes_in_all = sum(blob.size for blob in manifest.blobs)
    fits = (
        len(manifest.files) <= MOST_FILES
        and len(manifest.blobs) <= MOST_BLOBS
        and changes <= MOST_CHANGES
        and bytes_in_all <= MOST_BYTES
    )
    if not fits:
        raise PackageTooLarge("So viel passt nicht in ein Übergabepaket.")
    _write(writer, b"M", msgspec.json.encode(manifest))


def write_changes(writer: SealedWriter, changesets: Sequence[Changeset]) -> None:
    """Some of the history."""
    _write(writer, b"C", wire.compress(msgspec.json.encode(changesets)))


def write_blob(writer: SealedWriter, content: bytes) -> None:
    """One attachment; they come in the manifest's order."""
    for start in range(0, len(content), PIECE_BYTES):
        _write(writer, b"B", content[start : start + PIECE_BYTES])


def write_end(writer: SealedWriter) -> None:
    """The last record."""
    _write(writer, b"E", b"")
    writer.finish()


def read_manifest(reader: SealedReader) -> Manifest:
    """The first record. Raises DamagedPackage, NewerPackage, PackageTooLarge."""
    kind, length = _frame(reader)
    if kind != b"M" or length > _LARGEST_MANIFEST:
        raise DamagedPackage
    raw = reader.read(length)
    try:
        if msgspec.json.decode(raw, type=_Format).format > FORMAT:
            raise NewerPackage
        manifest = msgspec.json.decode(raw, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedPackage from error
    too_many = sum(file.changes for file in manifest.files) > MOST_CHANGES
    if too_many or sum(blob.size for blob in manifest.blobs) > MOST_BYTES:
        raise PackageTooLarge
    names = {file.company_id for file in manifest.files}
    hashes = {blob.sha256 for blob in manifest.blobs}
    if len(names) != len(manifest.files) or len(hashes) != len(manifest.blobs):
        raise DamagedPackage
    return manifest


def read_records(reader: SealedReader, manifest: Manifest) -> Iterator[list[Change] | Blob]:
    """All changes, then all attachments, each checked; afterwards the counts, then the end.

    Holds one record or one attachment at a time. Raises DamagedPackage, TruncatedPackage.
    """
    left = {file.company_id: file.changes for file in manifest.files}
    kind, length = _frame(reader)
    while kind == b"C":
        changes = _changes(reader.read(_bounded(length, _LARGEST_PLAIN)))
        for change in changes:
            left[change.company_id] = left.get(change.company_id, 0) - 1
        if any(count < 0 for count in left.values()):
            raise DamagedPackage
        yield changes
        kind, length = _frame(reader)
    if any(left.values()):
        raise DamagedPackage
    for blob in manifest.blobs:
        content = bytearray()
        while len(content) < blob.size:
            if kind != b"B" or not 0 < length <= min(PIECE_BYTES, blob.size - len(content)):
                raise DamagedPackage
            content += reader.read(length)
            kind, length = _frame(reader)
        if hashlib.sha256(content).hexdigest() != blob.sha256:
            raise DamagedPackage
        yield Blob(blob.sha256, bytes(content))
    if kind != b"E" or length:
        raise DamagedPackage
    reader.finish()


def _changes(body: bytes) -> list[Change]:
    try:
        plain = wire.unpack(body, "zstd", _LARGEST_PLAIN)
        found = wire.decode(plain, tuple[_RawChangeset, ...])
    except (wire.BodyTooLargeError, wire.BodyUnreadableError) as error:
        raise DamagedPackage from error
    changes = []
    for some in found:
        for raw in some.changes:
            change = read_change(raw, some.company_id)
            if isinstance(change, Reason):
                raise DamagedPackage
            changes.append(change)
    return changes


def _write(writer: SealedWriter, kind: bytes, body: bytes) -> None:
    writer.write(_FRAME.pack(kind, len(body)) + body)


def _frame(reader: SealedReader) -> tuple[bytes, int]:
    kind, length = _FRAME.unpack(reader.read(_FRAME.size))
    return kind, length


def _bounded(length: int, most: int) -> int:
    if length > most:
        raise DamagedPackage
    return length
