"""All pages of the console under one path, behind its gate."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from litestar import Response, Router, get
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotFoundException
from litestar.handlers import HTTPRouteHandler

from sync.server.console import (
    audit_log,
    codes,
    content,
    devices,
    files,
    overview,
    persons,
    quarantine,
    sign_in,
)
from sync.server.console.desk import provide_desk
from sync.server.console.gate import gate_over, provide_form, refused, seal
from sync.server.console.rendering import BASE, EVERYONE, HERE, AnyRequest
from sync.server.database import Database
from sync.server.indicators import pages

MAX_FORM_BYTES = 256_000

logger = logging.getLogger(__name__)


@get("/konsole.css", opt={"open": True}, sync_to_thread=False)
def style_sheet() -> Response[bytes]:
    """The one style sheet."""
    body = (HERE / "static" / "console.css").read_bytes()
    headers = {"Cache-Control": "no-cache"}
    return Response(body, media_type="text/css; charset=utf-8", headers=headers)


@get("/{rest:path}", opt={"roles": EVERYONE}, sync_to_thread=False)
def show_nothing() -> None:
    """A path that no page has."""
    raise NotFoundException


PAGES: list[HTTPRouteHandler] = [
    style_sheet,
    *sign_in.HANDLERS,
    *overview.HANDLERS,
    *devices.HANDLERS,
    *codes.HANDLERS,
    *persons.HANDLERS,
    *files.HANDLERS,
    *quarantine.HANDLERS,
    *content.HANDLERS,
    *audit_log.HANDLERS,
    *pages.HANDLERS,
    show_nothing,
]


def console_router(database: Database, authority: bytes = b"") -> Router:
    """The console over this database; authority: who vouches for the server, as codes tell it."""
    return Router(
        BASE,
        route_handlers=PAGES,
        dependencies={
            "desk": Provide(provide_desk, sync_to_thread=False),
            "form": Provide(provide_form, sync_to_thread=False),
            "authority": Provide(lambda: authority, sync_to_thread=False),
        },
        before_request=gate_over(database),
        after_request=seal,
        exception_handlers={HTTPException: _http_error, Exception: _unexpected},
        include_in_schema=False,
        request_max_body_size=MAX_FORM_BYTES,
    )


def _http_error(request: AnyRequest, error: HTTPException) -> Response[Any]:
    status = HTTPStatus(error.status_code)
    why = {404: "not_found", 413: "too_large", 429: "too_many"}.get(status, "unreadable")
    return seal(refused(request, why, status))


def _unexpected(request: AnyRequest, error: Exception) -> Response[Any]:
    """A fault of ours: logged with its traceback, never with the request's content."""
    logger.error("unexpected fault in the console", exc_info=error)
    return seal(refused(request, "unexpected", HTTPStatus.INTERNAL_SERVER_ERROR))
