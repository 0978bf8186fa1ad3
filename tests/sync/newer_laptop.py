"""A laptop with a newer program: it speaks JSON and says more of a change than this version knows.

It keeps nothing, so what it sent lives at the server and at whoever has pulled it.
"""

from __future__ import annotations

import secrets
from typing import Any

import msgspec

from sync.client.port import Enrolment
from sync.client.transport import Answer, Transport
from sync.protocol import PROTOCOL_VERSION, Change, ChangeName, Problem, ProblemType

MEMBER = "unit"
"""What this version does not know of a change."""
MOST_PAGES = 40


class StalledError(AssertionError):
    """The server lets a well-behaved laptop get nowhere."""


class NewerLaptop:
    """Sends single changes over a line that works.

    sent: what the server got, and has not lost since.
    """

    def __init__(self, enrolment: Enrolment, transport: Transport, writer: str) -> None:
        self._enrolment = enrolment
        self._transport = transport
        self._writer = writer
        self._n = 0
        self.sent: dict[ChangeName, Change] = {}

    def send(self, change: Change) -> Change:
        """The change as the server got it: its name is given here."""
        self._n += 1
        named = msgspec.structs.replace(change, writer=self._writer, n=self._n)
        row = msgspec.to_builtins(named) | {MEMBER: {"in": ["kWh", named.n]}}
        changeset = {"company_id": named.company_id, "changes": [row]}
        batch = {"batch_id": secrets.token_hex(16), "changesets": [changeset]}
        self._exchange(batch)
        self.sent[named.name] = named
        return named

    def with_the_member(self) -> set[ChangeName]:
        """Changes that the server gives with what only the newer program knows."""
        self._renew()
        found: set[ChangeName] = set()
        for _page in range(MOST_PAGES):
            reply = self._exchange(None)
            for changeset in reply["pulled"]:
                for row in changeset["changes"]:
                    if row.get(MEMBER) == {"in": ["kWh", row["n"]]}:
                        found.add((row["writer"], row["n"]))
            if not reply["more"]:
                return found
        raise StalledError("nothing stalls on its way to a newer laptop")

    def _exchange(self, batch: dict[str, Any] | None) -> dict[str, Any]:
        for _attempt in range(4):
            answer = self._post("/v1/sync", self._request(batch))
            if answer.status == 200:
                reply: dict[str, Any] = msgspec.json.decode(answer.body)
                self._note(cursor=reply["cursor"], last_reply=reply["reply_id"])
                return reply
            problem = msgspec.json.decode(answer.body, type=Problem)
            if problem.type == ProblemType.SERVER_RESTORED:
                self._note(server_epoch=problem.server_epoch, cursor=0, last_reply="")
            else:
                self._renew()
        raise StalledError("nothing stalls on its way from a newer laptop")

    def _request(self, batch: dict[str, Any] | None) -> dict[str, Any]:
        request = {
            "protocol": PROTOCOL_VERSION,
            "device": self._enrolment.device_id,
            "server_id": self._enrolment.server_id,
            "server_epoch": self._enrolment.server_epoch,
            "cursor": self._enrolment.cursor,
            "last_reply": self._enrolment.last_reply,
            "colour": "blue",
        }
        return request if batch is None else request | {"batch": batch}

    def _renew(self) -> None:
        answer = self._post("/v1/devices/renewal", {"protocol": PROTOCOL_VERSION})
        given = msgspec.json.decode(answer.body)
        self._note(
            device_id=given["device_id"],
            server_epoch=given["server_epoch"],
            cursor=0,
            last_reply="",
        )

    def _post(self, path: str, message: dict[str, Any]) -> Answer:
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Authorization": f"Bearer {self._enrolment.token}",
        }
        return self._transport.request(
            "POST", path, headers=headers, body=msgspec.json.encode(message)
        )

    def _note(self, **members: Any) -> None:
        self._enrolment = msgspec.structs.replace(self._enrolment, **members)
