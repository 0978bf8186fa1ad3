"""What every path begins with: who asks, how often, and what the body says."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, TypeVar

import msgspec
from litestar import Request
from litestar.concurrency import sync_to_thread
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.openapi.datastructures import ResponseSpec

from sync import wire
from sync.protocol import (
    MAX_PLAIN_BYTES,
    OLDEST_PROTOCOL,
    PROTOCOL_VERSION,
    Problem,
    ProblemType,
)
from sync.server import devices, problems
from sync.server.database import Database
from sync.server.devices import Caller
from sync.server.problems import RefusalError
from sync.server.rates import Rates

OpenDatabase = NamedDependency[Database]
Authenticated = NamedDependency[Caller]
OpenRates = NamedDependency[Rates]
AnyRequest = Request[Any, Any, State]
T = TypeVar("T", bound=msgspec.Struct)
BEARER: list[dict[str, list[str]]] = [{"deviceToken": []}]


def problem_spec(description: str) -> ResponseSpec:
    """How a problem document is described in the OpenAPI document."""
    return ResponseSpec(
        data_container=Problem,
        description=description,
        media_type=problems.MEDIA_TYPE,
        generate_examples=False,
    )


TOO_MANY: Mapping[int, ResponseSpec] = {
    429: problem_spec("Too many requests; Retry-After says when to come again")
}
SHUT_OUT: Mapping[int, ResponseSpec] = {
    **TOO_MANY,
    401: problem_spec("The token is missing or not accepted"),
}
UNREADABLE: Mapping[int, ResponseSpec] = {
    400: problem_spec("The request cannot be read"),
    413: problem_spec("The body is too large"),
    415: problem_spec("The Content-Encoding is not spoken"),
}
REFUSALS: Mapping[int, ResponseSpec] = {**SHUT_OUT, **UNREADABLE}
"""Of what takes a message from a laptop; SHUT_OUT alone of what takes none."""


def provide_caller(request: AnyRequest, database: OpenDatabase, rates: OpenRates) -> Caller:
    """The device that this request's token belongs to."""
    try:
        caller = devices.authenticate(database, request.headers.get("authorization", ""))
    except RefusalError:
        rates.take_from_address("refused", request)
        raise
    rates.take("registration", caller.registration_id)
    return caller


AS_DEVICE = {"caller": Provide(provide_caller, sync_to_thread=True)}


async def plain_body(request: AnyRequest) -> bytes:
    """The request's body, unpacked within its limit. Raises RefusalError."""
    body = await request.body()
    encoding = request.headers.get("content-encoding", "")
    try:
        if not encoding:  # nothing to do that would be worth a thread
            return wire.unpack(body, encoding, MAX_PLAIN_BYTES)
        return await sync_to_thread(wire.unpack, body, encoding, MAX_PLAIN_BYTES)
    except wire.BodyTooLargeError as error:
        raise problems.too_large("The unpacked body is too large.") from error
    except wire.UnknownEncodingError as error:
        status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        title = "This Content-Encoding is not spoken here."
        raise problems.refusal(
            ProblemType.ENCODING, status, title, Accept_Encoding="zstd, gzip"
        ) from error
    except wire.BodyUnreadableError as error:
        raise problems.malformed() from error


class _Versioned(msgspec.Struct):
    protocol: int


async def read_message(request: AnyRequest, kind: type[T]) -> T:
    """The message in the body, which has a `protocol`, looked at first. Raises RefusalError."""
    plain = await plain_body(request)
    try:
        check_protocol(wire.decode(plain, _Versioned).protocol)
        return wire.decode(plain, kind)
    except wire.BodyUnreadableError as error:
        raise problems.malformed(str(error)) from error


def check_protocol(version: int) -> None:
    """Raises RefusalError where this version is not spoken."""
    if not OLDEST_PROTOCOL <= version <= PROTOCOL_VERSION:
        raise problems.protocol_not_spoken()
