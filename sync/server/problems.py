"""What the server answers when it cannot do what was asked: problem documents (RFC 9457)."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException

from sync.protocol import OLDEST_PROTOCOL, PROTOCOL_VERSION, Problem, ProblemType

MEDIA_TYPE = "application/problem+json"

logger = logging.getLogger(__name__)


class RefusalError(Exception):
    """A request that is answered by a problem document; headers go along with it."""

    def __init__(self, problem: Problem, headers: dict[str, str] | None = None) -> None:
        super().__init__(problem.title)
        self.problem = problem
        self.headers = headers or {}


def token_not_accepted() -> RefusalError:
    """One answer for a missing, unknown, revoked or somebody else's token."""
    problem = Problem(
        type=ProblemType.TOKEN_NOT_ACCEPTED,
        title="This device is not registered here, or no longer.",
        status=HTTPStatus.UNAUTHORIZED,
    )
    return RefusalError(problem, {"WWW-Authenticate": "Bearer"})


def code_not_accepted() -> RefusalError:
    """One answer for an unknown, used or expired enrolment code."""
    return RefusalError(
        Problem(
            type=ProblemType.CODE_NOT_ACCEPTED,
            title="This enrolment code is not valid, or no longer.",
            status=HTTPStatus.FORBIDDEN,
        )
    )


def foreign_server(server_id: str) -> RefusalError:
    """The device belongs to another server."""
    return RefusalError(
        Problem(
            type=ProblemType.FOREIGN_SERVER,
            title="This is not the server that the device was registered at.",
            status=HTTPStatus.CONFLICT,
            server_id=server_id,
        )
    )


def server_restored(server_id: str, epoch: str) -> RefusalError:
    """The server was restored from a copy since the device was here."""
    return RefusalError(
        Problem(
            type=ProblemType.SERVER_RESTORED,
            title="The server was restored from a copy; offer all changes again.",
            status=HTTPStatus.CONFLICT,
            server_id=server_id,
            server_epoch=epoch,
        )
    )


def server_behind() -> RefusalError:
    """The log is shorter than what the device has pulled: restored without a new epoch."""
    return RefusalError(
        Problem(
            type=ProblemType.SERVER_BEHIND,
            title="The server holds less than this device has received from it.",
            status=HTTPStatus.CONFLICT,
            detail="An administrator has to run 'advisor-server restored'.",
        )
    )


def device_restored() -> RefusalError:
    """The device does not know the last reply that was stored for it."""
    return RefusalError(
        Problem(
            type=ProblemType.DEVICE_RESTORED,
            title="This device was restored from a copy or cloned; register it anew.",
            status=HTTPStatus.CONFLICT,
        )
    )


def protocol_not_spoken() -> RefusalError:
    """The two ends have no protocol version in common."""
    return RefusalError(
        Problem(
            type=ProblemType.PROTOCOL_NOT_SPOKEN,
            title="This protocol version is not spoken here.",
            status=HTTPStatus.BAD_REQUEST,
            protocol_oldest=OLDEST_PROTOCOL,
            protocol_newest=PROTOCOL_VERSION,
        )
    )


def refusal(
    kind: ProblemType, status: HTTPStatus, title: str, *, detail: str = "", **headers: str
) -> RefusalError:
    """Any other problem; underscores in header names stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return RefusalError(Problem(type=kind, title=title, status=status, detail=detail), named)


def token_taken() -> RefusalError:
    """The token that a laptop drew is known already."""
    title = "This token is somebody's already; draw another one."
    return refusal(ProblemType.TOKEN_TAKEN, HTTPStatus.CONFLICT, title)


def too_large(title: str) -> RefusalError:
    """More than is taken at once."""
    return refusal(ProblemType.TOO_LARGE, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, title)


def malformed(detail: str = "") -> RefusalError:
    """The request cannot be read at all."""
    return RefusalError(
        Problem(
            type=ProblemType.MALFORMED,
            title="The request cannot be read.",
            status=HTTPStatus.BAD_REQUEST,
            detail=detail,
        )
    )


def _document(problem: Problem, headers: dict[str, str] | None = None) -> Response[bytes]:
    return Response(
        msgspec.json.encode(problem),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers=headers or {},
    )


def answer_refusal(_request: Request[Any, Any, Any], error: RefusalError) -> Response[bytes]:
    """The problem document of a refusal of ours."""
    return _document(error.problem, error.headers)


def answer_http_error(_request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """The problem document of what the framework refuses: no such path, method, too large."""
    status = HTTPStatus(error.status_code)
    kind = ProblemType.TOO_LARGE if status == 413 else ProblemType.ABOUT_BLANK
    headers = {k: v for k, v in (error.headers or {}).items() if k.lower() == "allow"}
    return _document(Problem(type=kind, title=status.phrase, status=status), headers)


def answer_unexpected(_request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A fault of ours: logged with its traceback, never with the request's content."""
    logger.error("unexpected fault", exc_info=error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _document(Problem(type=ProblemType.ABOUT_BLANK, title=status.phrase, status=status))
