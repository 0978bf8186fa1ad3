"""The HTTP face of the server: what each path takes and gives."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec

from sync import wire
from sync.protocol import (
    OLDEST_PROTOCOL,
    PROTOCOL_VERSION,
    Authority,
    CertificateReply,
    CertificateRequest,
    DeviceRegistration,
    EnrolRequest,
    Health,
    RenewRequest,
    SyncReply,
    SyncRequest,
)
from sync.server import (
    authority,
    blob_routes,
    content_routes,
    devices,
    exchange,
    part_routes,
    problems,
    reply,
    wiping,
)
from sync.server.arrival import Speech, read_request
from sync.server.database import now_ms
from sync.server.intake import (
    AS_DEVICE,
    BEARER,
    REFUSALS,
    SHUT_OUT,
    TOO_MANY,
    UNREADABLE,
    AnyRequest,
    Authenticated,
    OpenDatabase,
    OpenRates,
    plain_body,
    problem_spec,
    read_message,
)
from sync.server.openapi import exchange_body, message_body

__all__ = ["HANDLERS", "OpenDatabase"]

Passphrase = NamedDependency[str]


@get("/v1/health", sync_to_thread=True, summary="Which server answers here")
def health(database: OpenDatabase) -> Health:
    """Who answers; needs no token, changes nothing."""
    with database.reading() as session:
        identity = database.identity(session)
        return Health(
            service="advisor-server",
            server_id=identity.server_id,
            server_epoch=identity.epoch,
            server_time_ms=now_ms(),
            protocol_oldest=OLDEST_PROTOCOL,
            protocol_newest=PROTOCOL_VERSION,
        )


@post(
    "/v1/devices",
    summary="Exchange a one-time code for a device",
    status_code=HTTPStatus.CREATED,
    operation_class=message_body(EnrolRequest),
    responses={
        **TOO_MANY,
        **UNREADABLE,
        201: ResponseSpec(DeviceRegistration, description="Registered", generate_examples=False),
        403: problem_spec("The code is not valid"),
        409: problem_spec("The token is somebody's already"),
    },
)
async def enrol(
    request: AnyRequest, database: OpenDatabase, rates: OpenRates
) -> Response[DeviceRegistration]:
    """Register a device; the same code with the same token is answered alike."""
    rates.take_from_address("enrolment", request)
    message = await read_message(request, EnrolRequest)
    registered = await sync_to_thread(devices.enrol, database, message)
    return Response(registered, status_code=HTTPStatus.CREATED)


@post(
    "/v1/devices/renewal",
    summary="Register a restored or cloned device anew",
    status_code=HTTPStatus.CREATED,
    dependencies=AS_DEVICE,
    security=BEARER,
    operation_class=message_body(RenewRequest),
    responses={
        **REFUSALS,
        201: ResponseSpec(DeviceRegistration, description="Registered", generate_examples=False),
    },
)
async def renew(
    request: AnyRequest, database: OpenDatabase, caller: Authenticated
) -> Response[DeviceRegistration]:
    """A new device of the same lineage, which needs no new code."""
    await read_message(request, RenewRequest)
    registered = await sync_to_thread(devices.renew, database, caller)
    return Response(registered, status_code=HTTPStatus.CREATED)


@post(
    "/v1/certificates",
    summary="Have the device's sealing key certified by its network",
    status_code=HTTPStatus.CREATED,
    dependencies=AS_DEVICE,
    security=BEARER,
    operation_class=message_body(CertificateRequest),
    responses={
        **REFUSALS,
        201: ResponseSpec(CertificateReply, description="Certified", generate_examples=False),
        404: problem_spec("The network has no certificate authority"),
        422: problem_spec("This request for a certificate is not granted"),
    },
)
async def certify(
    request: AnyRequest, database: OpenDatabase, caller: Authenticated, passphrase: Passphrase
) -> Response[CertificateReply]:
    """A certificate for the key whose PKCS#10 request came."""
    message = await read_message(request, CertificateRequest)
    made = await sync_to_thread(authority.issue, database, caller, message.request, passphrase)
    return Response(made, status_code=HTTPStatus.CREATED)


@get(
    "/v1/certificates/authority",
    summary="Who vouches for sealing keys here, and which are revoked",
    dependencies=AS_DEVICE,
    security=BEARER,
    sync_to_thread=True,
    responses={**SHUT_OUT, 404: problem_spec("The network has no certificate authority")},
)
def show_authority(
    database: OpenDatabase, caller: Authenticated, passphrase: Passphrase
) -> Authority:
    """The authority's certificate and a fresh revocation list."""
    return authority.show(database, caller, passphrase)


@post(
    "/v1/sync",
    summary="Send changes and receive what others sent",
    status_code=HTTPStatus.OK,
    dependencies=AS_DEVICE,
    security=BEARER,
    operation_class=exchange_body(SyncRequest, SyncReply),
    responses={
        **REFUSALS,
        200: ResponseSpec(SyncReply, description="Verdicts and changes", generate_examples=False),
        409: problem_spec("The two ends do not fit together; the type says how"),
    },
)
async def sync(
    request: AnyRequest, database: OpenDatabase, caller: Authenticated
) -> Response[bytes]:
    """One round: verdicts on what was sent, then others' changes after the cursor."""
    plain = await plain_body(request)
    accepted = request.headers.get("accept-encoding", "")
    speech: Speech = msgspec.msgpack if is_named(request, "content-type") else msgspec.json
    encoded, media = (
        (reply.as_msgpack, wire.MSGPACK)
        if is_named(request, "accept")
        else (reply.as_json, MediaType.JSON)
    )

    def exchanged() -> tuple[bytes, str]:
        try:
            message = read_request(plain, speech)
        except wire.BodyUnreadableError as error:
            raise problems.malformed(str(error)) from error
        said = encoded(exchange.answer(database, caller, message, speech))
        return wire.pack(said) if "zstd" in accepted else (said, "identity")

    body, encoding = await sync_to_thread(exchanged)
    headers = {} if encoding == "identity" else {"Content-Encoding": encoding}
    return Response(body, media_type=media, headers=headers)


def is_named(request: AnyRequest, header: str) -> bool:
    """Whether this header names MessagePack; JSON is what is spoken else."""
    named = request.headers.get(header, "").lower().split(",")
    return any(one.partition(";")[0].strip() == wire.MSGPACK for one in named)


HANDLERS: list[HTTPRouteHandler] = [
    health,
    enrol,
    renew,
    certify,
    show_authority,
    sync,
    *part_routes.HANDLERS,
    *blob_routes.HANDLERS,
    *wiping.HANDLERS,
    *content_routes.HANDLERS,
]
