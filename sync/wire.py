"""Bodies as they travel: JSON, compressed, and never unpacked past a limit."""

from __future__ import annotations

import io
import re
import threading
import zlib
from typing import TypeVar

import msgspec
import zstandard

MSGPACK = "application/vnd.msgpack"
ZSTD_LEVEL = 3
"""250 assessments of German answers shrink to an eighth; higher levels cost more than they save."""
SMALLEST_COMPRESSED = 400
"""Bytes under which compression saves nothing."""
MAX_WINDOW_BYTES = 8 * 1024 * 1024
"""Window that RFC 8878 §3.1.1.1.2 asks every decoder to support; bounds memory."""
GZIP = zlib.MAX_WBITS | 16
MAX_DEPTH = 100
"""Arrays and objects within each other. What a reader can take depends on how deep its own stack is
just then, so that a message just below one end's limit would be unreadable for another."""
_STRUCTURE = bytes(set(range(256)) - set(b'"[]{}'))
_STRING = re.compile(rb'"[^"]*"')

T = TypeVar("T")
_OF_THREAD = threading.local()


class BodyTooLargeError(ValueError):
    """The body is larger than agreed, as it travels or once unpacked."""


class BodyUnreadableError(ValueError):
    """The body is not what its headers say."""


class UnknownEncodingError(ValueError):
    """A content coding that this end does not speak."""


def pack(plain: bytes) -> tuple[bytes, str]:
    """The body to send and its Content-Encoding; "identity" when it is small."""
    if len(plain) < SMALLEST_COMPRESSED:
        return plain, "identity"
    return compress(plain), "zstd"


def compress(plain: bytes, level: int = ZSTD_LEVEL) -> bytes:
    """`plain` as one zstd frame, which says how long it is."""
    return zstandard.ZstdCompressor(level=level).compress(plain)


def plain_size(frame: bytes) -> int:
    """Bytes that a frame of `compress` unpacks to. Raises BodyUnreadableError."""
    try:
        size: int = zstandard.frame_content_size(frame)
    except zstandard.ZstdError as error:
        raise BodyUnreadableError from error
    if size < 0:
        raise BodyUnreadableError("a frame that does not say its length")
    return size


def unframe(frame: bytes, limit_bytes: int) -> bytes:
    """What `compress` was given, found in one step because the frame says its length.

    Raises: BodyTooLargeError, BodyUnreadableError.
    """
    size = plain_size(frame)
    if size > limit_bytes:
        raise BodyTooLargeError
    try:
        return _reader().decompress(frame, allow_extra_data=False) if size else b""
    except zstandard.ZstdError as error:
        raise BodyUnreadableError from error


def _reader() -> zstandard.ZstdDecompressor:
    """This thread's own: making one costs as much as unpacking a frame."""
    reader: zstandard.ZstdDecompressor | None = getattr(_OF_THREAD, "reader", None)
    if reader is None:
        reader = _OF_THREAD.reader = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES)
    return reader


def unpack(body: bytes, encoding: str, limit_bytes: int) -> bytes:
    """The plain body, at most `limit_bytes` of it.

    Raises: BodyTooLargeError (a decompression bomb included), BodyUnreadableError,
    UnknownEncodingError.
    """
    match encoding.strip().lower():
        case "" | "identity":
            plain = body
        case "zstd":
            plain = _unzstd(body, limit_bytes)
        case "gzip":
            plain = _gunzip(body, limit_bytes)
        case _:
            raise UnknownEncodingError(encoding)
    if len(plain) > limit_bytes:
        raise BodyTooLargeError
    return plain


def _unzstd(body: bytes, limit_bytes: int) -> bytes:
    decompressor = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES)
    try:
        with decompressor.stream_reader(io.BytesIO(body)) as reader:
            return reader.read(limit_bytes + 1)
    except zstandard.ZstdError as error:
        raise BodyUnreadableError from error


def _gunzip(body: bytes, limit_bytes: int) -> bytes:
    decompressor = zlib.decompressobj(GZIP)
    try:
        return decompressor.decompress(body, limit_bytes + 1)
    except zlib.error as error:
        raise BodyUnreadableError from error


def nests_deeply(encoded: bytes) -> bool:
    """Whether arrays and objects of this JSON, which can be read, lie deeper than `MAX_DEPTH`.

    Each step takes out the innermost ones, so that it costs next to nothing for what is shallow.
    """
    if b"\\" in encoded:
        encoded = encoded.replace(b"\\\\", b"").replace(b'\\"', b"")
    left = encoded.translate(None, _STRUCTURE).replace(b'""', b"")
    if b'"' in left:  # brackets in texts
        left = _STRING.sub(b"", encoded).translate(None, _STRUCTURE)
    for _ in range(MAX_DEPTH):
        if not left:
            break
        left = left.replace(b"[]", b"").replace(b"{}", b"")
    return bool(left)


def decode(plain: bytes, kind: type[T]) -> T:
    """The message in `plain`. Raises BodyUnreadableError."""
    try:
        return msgspec.json.decode(plain, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BodyUnreadableError(str(error)) from error
