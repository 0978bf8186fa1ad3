"""Attachment bytes, up and down, piece by piece; a bad one never stops the others."""

from __future__ import annotations

from collections.abc import Callable

from sync.client.calls import Calls
from sync.client.errors import ServerSaysNoError
from sync.client.port import ChangeStore, Enrolment

NEVER_TAKEN = frozenset({413, 422})
"""Too large, or bytes that do not have their hash: trying again does not help."""
IDLE_PIECES = 3
"""Answers in a row that bring an upload no further, after which the run ends."""


def send_blob(
    store: ChangeStore,
    calls: Calls,
    enrolment: Enrolment,
    sha256: str,
    pause: Callable[[], None],
) -> bool:
    """Whether the server has the attachment now; False when it will never take it."""
    try:
        content = store.read_blob(sha256)
    except KeyError:
        return False
    offset = calls.blob_offset(sha256, enrolment)
    idle = 0
    while offset is not None:
        pause()
        before = offset
        try:
            offset = calls.put_blob(sha256, content, before, enrolment)
        except ServerSaysNoError as error:
            if error.status in NEVER_TAKEN:
                return False
            raise
        idle = idle + 1 if offset is not None and offset <= before else 0
        if idle == IDLE_PIECES:
            raise ServerSaysNoError("the upload does not get on")
    store.blob_sent(sha256)
    return True


def fetch_blob(
    store: ChangeStore,
    calls: Calls,
    enrolment: Enrolment,
    sha256: str,
    pause: Callable[[], None],
) -> bool:
    """Whether the attachment is here now; False when the server has no such bytes."""
    content = bytearray()
    while True:
        pause()
        answer = calls.get_blob(sha256, len(content), enrolment)
        if answer is None:
            return False
        piece, total = answer
        content += piece
        if len(content) >= total:
            break
        if not piece:
            raise ServerSaysNoError("the download does not get on")
    try:
        store.write_blob(sha256, bytes(content))
    except ValueError:
        return False
    return True
