"""A laptop that is not accepted any more asks whether it is to erase itself, and says what went."""

from __future__ import annotations

from http import HTTPStatus

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.protocol import ProblemType, WipeOrder, WipeReport
from sync.server.audit import note
from sync.server.database import Database, now_ms
from sync.server.devices import bearer_token, hash_of
from sync.server.intake import (
    BEARER,
    REFUSALS,
    AnyRequest,
    OpenDatabase,
    OpenRates,
    problem_spec,
    read_message,
)
from sync.server.models import Registration
from sync.server.openapi import message_body
from sync.server.problems import RefusalError, refusal, token_not_accepted
from sync.server.rates import Rates


@get(
    "/v1/devices/order",
    summary="Whether this laptop is to erase itself",
    security=BEARER,
    sync_to_thread=True,
    responses=REFUSALS,
)
def show_order(request: AnyRequest, database: OpenDatabase, rates: OpenRates) -> WipeOrder:
    """For any token that was ever given out; an unknown one is refused like everywhere."""
    with database.reading() as session:
        return WipeOrder(wipe=_known(session, request, rates).wipe_ms is not None)


@post(
    "/v1/devices/order",
    summary="Report the erasure, before it and after it",
    status_code=HTTPStatus.NO_CONTENT,
    security=BEARER,
    operation_class=message_body(WipeReport),
    responses={
        **REFUSALS,
        204: ResponseSpec(None, description="Written down", generate_examples=False),
        409: problem_spec("No erasure was ordered"),
    },
)
async def take_report(
    request: AnyRequest, database: OpenDatabase, rates: OpenRates
) -> Response[None]:
    """What is lost with the laptop, and in the end that it is gone."""
    report = await read_message(request, WipeReport)
    await sync_to_thread(_write_down, database, request, rates, report)
    return Response(None, status_code=HTTPStatus.NO_CONTENT, media_type=MediaType.TEXT)


def _write_down(database: Database, request: AnyRequest, rates: Rates, report: WipeReport) -> None:
    with database.writing() as session:
        registration = _known(session, request, rates)
        if registration.wipe_ms is None:
            raise refusal(
                ProblemType.ABOUT_BLANK, HTTPStatus.CONFLICT, "No erasure was ordered here."
            )
        if report.done:
            registration.wiped_ms = registration.wiped_ms or now_ms()
        else:
            registration.unsent = report.unsent
        note(
            session,
            registration.network_id,
            f"Gerät {registration.name}",
            "device wiped" if report.done else "device wipe begun",
            registration.id,
            {"unsent": report.unsent, "files": report.files},
        )


def _known(session: Session, request: AnyRequest, rates: Rates) -> Registration:
    """Whose token this is, accepted or not. Raises RefusalError."""
    try:
        token = bearer_token(request.headers.get("authorization", ""))
        found = session.scalar(
            select(Registration).where(Registration.token_hash == hash_of(token))
        )
        if found is None:
            raise token_not_accepted()
    except RefusalError:
        rates.take_from_address("refused", request)
        raise
    rates.take("registration", found.id)
    return found


HANDLERS: list[HTTPRouteHandler] = [show_order, take_report]
