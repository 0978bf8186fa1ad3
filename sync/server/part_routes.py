"""Parts of a batch over HTTP: sent ahead of it."""

from __future__ import annotations

from http import HTTPStatus

from litestar import Response, put
from litestar.concurrency import sync_to_thread
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath

from sync.protocol import MAX_PART_BYTES
from sync.server import parts
from sync.server.intake import (
    AS_DEVICE,
    BEARER,
    SHUT_OUT,
    AnyRequest,
    Authenticated,
    OpenDatabase,
    problem_spec,
)
from sync.server.openapi import PartUpload


@put(
    "/v1/parts/{sha256:str}",
    summary="Send a part of a batch ahead of it",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=AS_DEVICE,
    security=BEARER,
    request_max_body_size=MAX_PART_BYTES,
    operation_class=PartUpload,
    responses={
        **SHUT_OUT,
        204: ResponseSpec(None, description="The part is here", generate_examples=False),
        400: problem_spec("The part is no MessagePack array of frames"),
        413: problem_spec("The part is too large, or too many wait for their batch"),
        422: problem_spec("The bytes do not have this hash"),
    },
)
async def put_part(
    request: AnyRequest, database: OpenDatabase, caller: Authenticated, sha256: FromPath[str]
) -> Response[None]:
    """Kept for a day, for a batch of the same laptop that names it; a repetition changes nothing"""
    body = await request.body()
    await sync_to_thread(parts.stage, database, caller, sha256, body)
    return Response(None, status_code=HTTPStatus.NO_CONTENT, media_type=MediaType.TEXT)


HANDLERS: list[HTTPRouteHandler] = [put_part]
