"""The HTTP face of the server: what each path takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from litestar import Response, get, head, post, put
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath
from litestar.response import Stream

from sync import wire
from sync.protocol import (
    MAX_CHUNK_BYTES,
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
from sync.server import authority, content_routes, devices, exchange, problems, wiping
from sync.server.admission import read_request
from sync.server.blobs import SHA256, BlobShelf, piece_of
from sync.server.database import now_ms
from sync.server.intake import (
    AS_DEVICE,
    BEARER,
    REFUSALS,
    AnyRequest,
    Authenticated,
    OpenDatabase,
    OpenRates,
    plain_body,
    problem_spec,
    read_message,
)
from sync.server.openapi import ByteBody, ByteUpload, message_body

__all__ = ["HANDLERS", "OpenDatabase"]

Shelf = NamedDependency[BlobShelf]
Passphrase = NamedDependency[str]
OCTETS = "application/octet-stream"


UNKNOWN_BLOB: Mapping[int, ResponseSpec] = {
    **REFUSALS,
    404: problem_spec("No such attachment"),
}


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
        **REFUSALS,
        201: ResponseSpec(DeviceRegistration, description="Registered", generate_examples=False),
        403: problem_spec("The code is not valid"),
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
        415: problem_spec("The Content-Encoding is not spoken"),
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
    responses={**REFUSALS, 404: problem_spec("The network has no certificate authority")},
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
    operation_class=message_body(SyncRequest),
    responses={
        **REFUSALS,
        200: ResponseSpec(SyncReply, description="Verdicts and changes", generate_examples=False),
        409: problem_spec("The two ends do not fit together; the type says how"),
        415: problem_spec("The Content-Encoding is not spoken"),
    },
)
async def sync(
    request: AnyRequest, database: OpenDatabase, caller: Authenticated
) -> Response[bytes]:
    """One round: verdicts on what was sent, then others' changes after the cursor."""
    plain = await plain_body(request)
    accepted = request.headers.get("accept-encoding", "")

    def exchanged() -> tuple[bytes, str]:
        try:
            message = read_request(plain)
        except wire.BodyUnreadableError as error:
            raise problems.malformed(str(error)) from error
        reply = exchange.answer(database, caller, message)
        return wire.pack(reply) if "zstd" in accepted else (reply, "identity")

    body, encoding = await sync_to_thread(exchanged)
    headers = {} if encoding == "identity" else {"Content-Encoding": encoding}
    return Response(body, media_type=MediaType.JSON, headers=headers)


@head(
    "/v1/blobs/{sha256:str}",
    summary="Whether an attachment is here, and where its upload goes on",
    dependencies=AS_DEVICE,
    security=BEARER,
    responses={
        **UNKNOWN_BLOB,
        200: ResponseSpec(None, description="The attachment is here", generate_examples=False),
    },
)
async def look_for_blob(
    shelf: Shelf, caller: Authenticated, sha256: FromPath[str]
) -> Response[None]:
    """200 with Upload-Length when complete; 404 with Upload-Offset when not."""

    def looked() -> tuple[int | None, int]:
        if not SHA256.fullmatch(sha256):
            return None, 0
        return shelf.size(caller, sha256), shelf.received(caller, sha256)

    size, received = await sync_to_thread(looked)
    if size is not None:
        return _empty(HTTPStatus.OK, {"Upload-Length": str(size), "Accept-Ranges": "bytes"})
    return _empty(HTTPStatus.NOT_FOUND, {"Upload-Offset": str(received)})


@put(
    "/v1/blobs/{sha256:str}",
    summary="Send an attachment, or a piece of it by Content-Range",
    status_code=HTTPStatus.CREATED,
    dependencies=AS_DEVICE,
    security=BEARER,
    request_max_body_size=MAX_CHUNK_BYTES,
    operation_class=ByteUpload,
    responses={
        **UNKNOWN_BLOB,
        201: ResponseSpec(None, description="The attachment is complete", generate_examples=False),
        202: ResponseSpec(None, description="Go on at Upload-Offset", generate_examples=False),
        409: problem_spec("The upload goes on at Upload-Offset"),
        422: problem_spec("The bytes do not have this hash"),
    },
)
async def put_blob(
    request: AnyRequest, shelf: Shelf, caller: Authenticated, sha256: FromPath[str]
) -> Response[None]:
    """201 once the whole is here and its hash is right, 202 with Upload-Offset before."""
    piece = piece_of(request.headers.get("content-range", ""), await request.body())
    received = await sync_to_thread(shelf.put, caller, sha256, piece)
    if received is None:
        return _empty(HTTPStatus.CREATED, {})
    return _empty(HTTPStatus.ACCEPTED, {"Upload-Offset": str(received)})


@get(
    "/v1/blobs/{sha256:str}",
    summary="Receive an attachment, or a part of it by Range",
    dependencies=AS_DEVICE,
    security=BEARER,
    sync_to_thread=True,
    operation_class=ByteBody,
    responses={
        **UNKNOWN_BLOB,
        206: ResponseSpec(
            bytes, description="The part asked for", media_type=OCTETS, generate_examples=False
        ),
        416: problem_spec("There are no such bytes"),
    },
    media_type=OCTETS,
)
def get_blob(
    request: AnyRequest, shelf: Shelf, caller: Authenticated, sha256: FromPath[str]
) -> Stream:
    """The bytes; 206 when a Range was asked for."""
    wanted = request.headers.get("range", "")
    stretch = shelf.stretch(caller, sha256, wanted)
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(stretch.end - stretch.start)}
    if wanted:
        headers["Content-Range"] = f"bytes {stretch.start}-{stretch.end - 1}/{stretch.size}"
    status = HTTPStatus.PARTIAL_CONTENT if wanted else HTTPStatus.OK
    return Stream(iter(stretch), status_code=status, headers=headers, media_type=OCTETS)


def _empty(status: HTTPStatus, headers: dict[str, str]) -> Response[None]:
    return Response(None, status_code=status, headers=headers, media_type=MediaType.TEXT)


HANDLERS: list[HTTPRouteHandler] = [
    health,
    enrol,
    renew,
    certify,
    show_authority,
    sync,
    look_for_blob,
    put_blob,
    get_blob,
    *wiping.HANDLERS,
    *content_routes.HANDLERS,
]
