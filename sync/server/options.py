"""What OPTIONS answers: all methods of a path.

The framework's own answer names only those of the handler that was registered first at a path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from http import HTTPStatus

from litestar import Response, route
from litestar.enums import HttpMethod, MediaType
from litestar.handlers import HTTPRouteHandler


def options_of(handlers: Sequence[HTTPRouteHandler]) -> list[HTTPRouteHandler]:
    """One handler for each path of these; to be registered before them."""
    methods: defaultdict[str, set[str]] = defaultdict(lambda: {HttpMethod.OPTIONS.value})
    for handler in handlers:
        for path in handler.paths:
            methods[path] |= {str(getattr(m, "value", m)) for m in handler.http_methods}
    return [_options(path, ", ".join(sorted(names))) for path, names in methods.items()]


def _options(path: str, allowed: str) -> HTTPRouteHandler:
    @route(path, http_method=HttpMethod.OPTIONS, include_in_schema=False, sync_to_thread=False)
    def show_methods() -> Response[None]:
        return Response(
            None,
            status_code=HTTPStatus.NO_CONTENT,
            headers={"Allow": allowed},
            media_type=MediaType.TEXT,
        )

    return show_methods
