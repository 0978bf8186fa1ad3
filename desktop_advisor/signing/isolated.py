"""The check in a process of its own: a hostile file may crash or exhaust that one only.

A request goes in by standard input, the verdict comes back by standard output, both as JSON. The
process limits its own memory and computing time; whoever started it limits the time on the wall.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec

from desktop_advisor.signing.confinement import confine, quiet_start
from desktop_advisor.signing.verdict import Verdict, not_checkable

SWITCH = "--check-seal"
"""Starts the check instead of the window; the frozen program has no other way in."""
LONGEST_S = 20.0
MOST_MEMORY_BYTES = 1024 * 1024 * 1024
"""Of addresses; a large report takes a fifth of that (our choice)."""
_LOOK_EVERY_S = 0.05
_TITLE = "Prüfung"

Cancelled = Callable[[], bool]


class CheckCancelled(Exception):
    """The person who asked does not want to know any more."""


class _Request(msgspec.Struct, frozen=True):
    size: int
    expected_sha256: str | None
    anchors: Sequence[bytes]
    stamp_anchors: Sequence[bytes]
    lists: Sequence[bytes]
    now: datetime
    seconds: float
    memory: int


def verify_isolated(
    pdf: bytes,
    *,
    expected_sha256: str | None,
    anchors: Sequence[bytes],
    stamp_anchors: Sequence[bytes] = (),
    lists: Sequence[bytes] = (),
    now: datetime | None = None,
    cancelled: Cancelled = lambda: False,
    seconds: float = LONGEST_S,
    memory: int = MOST_MEMORY_BYTES,
) -> Verdict:
    """As `verification.verify`, bounded in time and memory, and in spite of crashes.

    cancelled: asked again and again while the check runs. Raises CheckCancelled.
    """
    moment = now or datetime.now(UTC)
    asked = _Request(
        len(pdf), expected_sha256, anchors, stamp_anchors, lists, moment, seconds, memory
    )
    process = subprocess.Popen(  # noqa: S603 - our own program
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        **quiet_start(),
    )
    try:
        answer = _answer(process, msgspec.json.encode(asked) + b"\n" + pdf, seconds, cancelled)
    except subprocess.TimeoutExpired:
        return not_checkable(_TITLE, _TOO_LONG.format(round(seconds)))
    finally:
        process.kill()
        process.communicate()
    return _verdict(answer)


_TOO_LONG = (
    "Die Prüfung war nach {0} Sekunden nicht fertig. Ein Bericht braucht wenige; die Datei ist "
    "fehlerhaft oder soll die Prüfung behindern."
)
_CRASHED = (
    "Die Prüfung ist an dieser Datei gescheitert oder brauchte zu viel Speicher. Die Datei ist "
    "fehlerhaft oder soll die Prüfung behindern."
)


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, SWITCH]
    return [sys.executable, "-m", "desktop_advisor", SWITCH]


def _answer(
    process: subprocess.Popen[bytes], question: bytes, seconds: float, cancelled: Cancelled
) -> bytes:
    feeder = threading.Thread(target=_feed, args=(process.stdin, question), daemon=True)
    process.stdin = None  # the feeder's; `communicate` cannot resume input after a timeout
    feeder.start()
    until = time.monotonic() + seconds
    while True:
        try:
            return process.communicate(timeout=_LOOK_EVERY_S)[0]
        except subprocess.TimeoutExpired:
            if cancelled():
                raise CheckCancelled from None
            if time.monotonic() > until:
                raise


def _feed(pipe: IO[bytes] | None, question: bytes) -> None:
    assert pipe is not None  # noqa: S101 - it was asked for
    with suppress(OSError), pipe:  # the process may have ended before it has heard everything
        pipe.write(question)


def _verdict(answer: bytes) -> Verdict:
    try:
        return msgspec.json.decode(answer, type=Verdict)
    except msgspec.MsgspecError:
        return not_checkable(_TITLE, _CRASHED)


def answer_request() -> int:
    """The process's side: read one request, write the verdict, and end."""
    asked = msgspec.json.decode(sys.stdin.buffer.readline(), type=_Request)
    confine(asked.memory, asked.seconds)
    from desktop_advisor.signing.verification import verify

    verdict = verify(
        sys.stdin.buffer.read(asked.size),
        expected_sha256=asked.expected_sha256,
        anchors=asked.anchors,
        stamp_anchors=asked.stamp_anchors,
        lists=asked.lists,
        now=asked.now,
    )
    sys.stdout.buffer.write(msgspec.json.encode(verdict))
    return 0


def read_certificate(path: Path) -> bytes:
    """A certificate file as DER, whether it is PEM or DER. Raises OSError, ValueError."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    content = path.read_bytes()
    is_text = b"-----BEGIN" in content
    load = x509.load_pem_x509_certificate if is_text else x509.load_der_x509_certificate
    return load(content).public_bytes(Encoding.DER)
