"""A laptop whose requests are written by hand, in JSON or MessagePack."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

import msgspec

from sync import wire
from sync.blocks import block_of, frame_of
from sync.client.port import Enrolment
from sync.client.transport import Answer
from sync.protocol import Change, SyncReply
from tests.sync.central import COMPANY, NETWORK, Central
from tests.sync.memory_store import MemoryStore


class Desk:
    """One enrolled laptop; last_reply is that of the last answer that `verdicts` read."""

    def __init__(self, central: Central, network: str = NETWORK) -> None:
        self.central = central
        store = MemoryStore()
        central.enrol(store, network)
        enrolment = store.enrolment()
        assert isinstance(enrolment, Enrolment)
        self.enrolment = enrolment
        self.last_reply = ""

    def message(self, *changesets: Any, **members: Any) -> dict[str, Any]:
        """A request with these changesets."""
        return {
            "protocol": 1,
            "device": self.enrolment.device_id,
            "server_id": self.enrolment.server_id,
            "server_epoch": self.enrolment.server_epoch,
            "cursor": 0,
            "last_reply": self.last_reply,
            "batch": {"batch_id": secrets.token_hex(16), "changesets": changesets},
            **members,
        }

    def post(self, *changesets: Any, **members: Any) -> Answer:
        """The raw answer to a request with these changesets."""
        return self.raw(msgspec.json.encode(self.message(*changesets, **members)))

    def raw(self, body: bytes, **headers: str) -> Answer:
        """The answer to these bytes."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("POST", "/v1/sync", body, **named)

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """The answer to any request of this laptop."""
        sent = {"Authorization": f"Bearer {self.enrolment.token}", **headers}
        return self.central.transport.request(method, path, headers=sent, body=body)

    def verdicts(self, *changesets: Any) -> list[dict[str, Any]]:
        """The verdicts, each without the members that say nothing."""
        answer = self.post(*changesets)
        assert answer.status == 200, answer.body
        reply = wire.decode(answer.body, dict)
        self.last_reply = reply["reply_id"]
        return [{k: v for k, v in verdict.items() if v} for verdict in reply["verdicts"]]

    def send(self, *frames: bytes, parts: Sequence[str] = (), **members: Any) -> Answer:
        """The raw answer to a batch of frames, in MessagePack both ways."""
        batch = {"batch_id": secrets.token_hex(16), "frames": frames, "parts": parts}
        message = self.message(**{"batch": batch, **members})
        headers = {"Content_Type": wire.MSGPACK, "Accept": wire.MSGPACK}
        return self.raw(msgspec.msgpack.encode(message), **headers)

    def sent(self, *frames: bytes, **members: Any) -> SyncReply:
        """The reply to a batch of frames, which the laptop has stored."""
        answer = self.send(*frames, **members)
        assert answer.status == 200, answer.body
        assert answer.headers["content-type"] == wire.MSGPACK
        reply = msgspec.msgpack.decode(answer.body, type=SyncReply)
        self.last_reply = reply.reply_id
        return reply

    def stage(self, part: bytes, sha256: str = "") -> Answer:
        """The answer to a part that is sent ahead."""
        name = sha256 or hashlib.sha256(part).hexdigest()
        return self.ask("PUT", f"/v1/parts/{name}", part)


def change(n: int = 1, company: str = COMPANY, **members: Any) -> dict[str, Any]:
    """A valid change as JSON, except for `members`."""
    return {
        "writer": "a" * 32,
        "n": n,
        "company_id": company,
        "entity": "company",
        "entity_id": company,
        "field": "name",
        "value": n,
        **members,
    }


def changeset(*changes: Any, company: str = COMPANY) -> dict[str, Any]:
    """A changeset as JSON."""
    return {"company_id": company, "changes": changes}


def frame(*changes: dict[str, Any]) -> bytes:
    """Valid changes of one company file as a frame."""
    return frame_of(block_of([msgspec.convert(one, Change) for one in changes]))


def many_names(count: int) -> bytes:
    """A frame of few bytes that names its company file so often, within one edit."""
    block = block_of([msgspec.convert(change(), Change)])
    return frame_of(
        msgspec.structs.replace(
            block,
            runs=((0, 1, count),),
            made=((count, *block.made[0][1:]),),
            shapes=((0,) * count,),
            values=["n"] * count,
        )
    )
