"""Attachments over HTTP: in pieces up, by range down."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from litestar import Response, get, head, put
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath
from litestar.response import Stream

from sync.protocol import MAX_CHUNK_BYTES
from sync.server.blobs import BlobShelf, piece_of
from sync.server.intake import AS_DEVICE, BEARER, SHUT_OUT, AnyRequest, Authenticated, problem_spec
from sync.server.openapi import ByteBody, ByteLook, ByteUpload

Shelf = NamedDependency[BlobShelf]
OCTETS = "application/octet-stream"
PATH = "/v1/blobs/{company_id:str}/{sha256:str}"

UNKNOWN_BLOB: Mapping[int, ResponseSpec] = {**SHUT_OUT, 404: problem_spec("No such attachment")}


@head(
    PATH,
    summary="Whether an attachment is here, and where its upload goes on",
    dependencies=AS_DEVICE,
    security=BEARER,
    operation_class=ByteLook,
    responses={
        **UNKNOWN_BLOB,
        200: ResponseSpec(None, description="The attachment is here", generate_examples=False),
    },
)
async def look_for_blob(
    shelf: Shelf, caller: Authenticated, company_id: FromPath[str], sha256: FromPath[str]
) -> Response[None]:
    """200 with Upload-Length when complete; 404 with Upload-Offset when not."""
    size, received = await sync_to_thread(shelf.look, caller, company_id, sha256)
    if size is not None:
        return _empty(HTTPStatus.OK, {"Upload-Length": str(size), "Accept-Ranges": "bytes"})
    return _empty(HTTPStatus.NOT_FOUND, {"Upload-Offset": str(received)})


@put(
    PATH,
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
        400: problem_spec("The Content-Range cannot be read"),
        409: problem_spec("The upload goes on at Upload-Offset"),
        413: problem_spec("The piece or the attachment is too large"),
        422: problem_spec("The bytes do not have this hash, or not this Content-Range"),
    },
)
async def put_blob(
    request: AnyRequest,
    shelf: Shelf,
    caller: Authenticated,
    company_id: FromPath[str],
    sha256: FromPath[str],
) -> Response[None]:
    """201 once the whole is here and its hash is right, 202 with Upload-Offset before."""
    piece = piece_of(request.headers.get("content-range", ""), await request.body())
    received = await sync_to_thread(shelf.put, caller, company_id, sha256, piece)
    if received is None:
        return _empty(HTTPStatus.CREATED, {})
    return _empty(HTTPStatus.ACCEPTED, {"Upload-Offset": str(received)})


@get(
    PATH,
    summary="Receive an attachment, or a part of it by Range",
    dependencies=AS_DEVICE,
    security=BEARER,
    sync_to_thread=True,
    operation_class=ByteBody,
    responses={
        **UNKNOWN_BLOB,
        200: ResponseSpec(
            bytes, description="The whole attachment", media_type=OCTETS, generate_examples=False
        ),
        206: ResponseSpec(
            bytes, description="The part asked for", media_type=OCTETS, generate_examples=False
        ),
        416: problem_spec("There are no such bytes"),
    },
    media_type=OCTETS,
)
def get_blob(
    request: AnyRequest,
    shelf: Shelf,
    caller: Authenticated,
    company_id: FromPath[str],
    sha256: FromPath[str],
) -> Stream:
    """The bytes; 206 when a Range was asked for."""
    wanted = request.headers.get("range", "")
    stretch = shelf.stretch(caller, company_id, sha256, wanted)
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(stretch.end - stretch.start)}
    if wanted:
        headers["Content-Range"] = f"bytes {stretch.start}-{stretch.end - 1}/{stretch.size}"
    status = HTTPStatus.PARTIAL_CONTENT if wanted else HTTPStatus.OK
    return Stream(iter(stretch), status_code=status, headers=headers, media_type=OCTETS)


def _empty(status: HTTPStatus, headers: dict[str, str]) -> Response[None]:
    return Response(None, status_code=status, headers=headers, media_type=MediaType.TEXT)


HANDLERS: list[HTTPRouteHandler] = [look_for_blob, put_blob, get_blob]
