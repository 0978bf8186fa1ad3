"""What a laptop does that its server does not accept any more: ask whether to erase itself."""

from __future__ import annotations

import msgspec

from sync import wire
from sync.client.errors import ServerSaysNoError
from sync.client.port import Enrolment
from sync.client.transport import Answer, Transport
from sync.protocol import PROTOCOL_VERSION, WipeOrder, WipeReport

PATH = "/v1/devices/order"


def ask_order(transport: Transport, enrolment: Enrolment) -> bool:
    """Whether an administrator ordered that this laptop erases itself.

    False as well where the server does not know the token at all: nothing is ever erased for want
    of an order. Raises: SyncError.
    """
    answer = transport.request("GET", PATH, headers=_bearer(enrolment))
    if answer.status == 401:
        return False
    media_type = answer.headers.get("content-type", "").partition(";")[0].strip()
    if answer.status != 200 or media_type != "application/json":
        raise _unexpected(answer)
    try:
        return wire.decode(answer.body, WipeOrder).wipe
    except wire.BodyUnreadableError as error:
        raise ServerSaysNoError(str(error), answer.status) from error


def report_wipe(
    transport: Transport, enrolment: Enrolment, *, unsent: int, files: int, done: bool
) -> None:
    """Say before the erasure what goes with it, and after it that it is done.

    unsent: changes that the server never got. files: company files on the laptop.

    Raises: SyncError.
    """
    report = WipeReport(protocol=PROTOCOL_VERSION, unsent=unsent, files=files, done=done)
    headers = {**_bearer(enrolment), "Content-Type": "application/json"}
    answer = transport.request("POST", PATH, headers=headers, body=msgspec.json.encode(report))
    if answer.status != 204:
        raise _unexpected(answer)


def _bearer(enrolment: Enrolment) -> dict[str, str]:
    return {"Authorization": f"Bearer {enrolment.token}"}


def _unexpected(answer: Answer) -> ServerSaysNoError:
    return ServerSaysNoError("no answer about an erasure", answer.status)
