"""A reply on its way out and while it is kept: what it brings stays packed."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from sync import wire
from sync.blocks import block_of, frame_of
from sync.protocol import MAX_REPLY_BYTES, Change, FileTally, Gone, Verdict


class PackedReply(Struct, frozen=True, kw_only=True):
    """`protocol.SyncReply` before it is encoded. pulled: (company file, JSON array of changes)."""

    reply_id: str
    server_id: str
    server_epoch: str
    server_time_ms: int
    verdicts: tuple[Verdict, ...]
    pulled: tuple[tuple[str, bytes], ...]
    cursor: int
    more: bool
    gone: tuple[Gone, ...] = ()
    tallies: tuple[FileTally, ...] = ()
    content: int = 0
    frames: tuple[bytes, ...] = ()


class KeptReply(Struct, frozen=True, kw_only=True):
    """A reply that may have to be given again. frame_files: the company file of each frame."""

    reply: PackedReply
    frame_files: tuple[str, ...]

    def packed(self) -> bytes:
        """As the database keeps it; company files stand in it as text once it is unpacked."""
        return wire.compress(msgspec.msgpack.encode(self))

    @classmethod
    def unpacked(cls, body: bytes) -> KeptReply:
        """What was kept."""
        return msgspec.msgpack.decode(plain_of_kept(body), type=cls)

    def named(self) -> set[str]:
        """The company files that it brings something of."""
        pulled = {company_id for company_id, _ in self.reply.pulled}
        return pulled | {*self.frame_files} | {t.company_id for t in self.reply.tallies}

    def only_of(self, files: AbstractSet[str]) -> PackedReply:
        """The reply without what it brings of other company files.

        The cursor stays: the loss of a file, and any later grant, have their own places further on
        in the log.
        """
        reply = self.reply
        frames = zip(self.frame_files, reply.frames, strict=True)
        return replace(
            reply,
            pulled=tuple(some for some in reply.pulled if some[0] in files),
            frames=tuple(frame for company_id, frame in frames if company_id in files),
            tallies=tuple(t for t in reply.tallies if t.company_id in files),
        )


def plain_of_kept(body: bytes) -> bytes:
    """A kept reply's bytes before compression."""
    return wire.unpack(body, "zstd", MAX_REPLY_BYTES)


def as_json(reply: PackedReply) -> bytes:
    """The encoded SyncReply; frames in Base64."""
    return msgspec.json.encode(
        replace(reply, pulled=[_changeset(company_id, raw) for company_id, raw in reply.pulled])
    )


def as_msgpack(reply: PackedReply) -> bytes:
    """The encoded SyncReply; frames as they are.

    Changes with an integer that MessagePack has no room for go as a frame, whose JSON has; so do
    those with an unknown member that cannot be read, which is left out.
    """
    pulled: list[Any] = []
    frames = list(reply.frames)
    for company_id, raw in reply.pulled:
        try:
            encoded = msgspec.msgpack.encode(wire.decode(raw, list))
        except (OverflowError, wire.BodyUnreadableError):
            frames += _as_frame(raw)
        else:
            pulled.append(_changeset(company_id, encoded))
    return msgspec.msgpack.encode(replace(reply, pulled=pulled, frames=frames))


def _as_frame(raw: bytes) -> list[bytes]:
    """The changes as a frame; none rather than a reply that nobody gets."""
    try:
        return [frame_of(block_of(wire.decode(raw, list[Change])))]
    except wire.BodyUnreadableError:
        return []


def _changeset(company_id: str, encoded: bytes) -> dict[str, Any]:
    return {"company_id": company_id, "changes": Raw(encoded)}
