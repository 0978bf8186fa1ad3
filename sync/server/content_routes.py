"""The path at which laptops fetch their network's content."""

from __future__ import annotations

from litestar import get
from litestar.handlers import HTTPRouteHandler

from sync.protocol import ContentReply
from sync.server import content
from sync.server.intake import (
    AS_DEVICE,
    BEARER,
    SHUT_OUT,
    Authenticated,
    OpenDatabase,
    problem_spec,
)


@get(
    "/v1/content",
    summary="The network's newest forms, catalogues and profile",
    dependencies=AS_DEVICE,
    security=BEARER,
    sync_to_thread=True,
    responses={**SHUT_OUT, 404: problem_spec("The network has not published any content")},
)
def show_content(database: OpenDatabase, caller: Authenticated) -> ContentReply:
    """The bundle with its manifest and the authority's signature."""
    return content.show(database, caller)


HANDLERS: list[HTTPRouteHandler] = [show_content]
