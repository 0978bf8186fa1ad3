"""A laptop that is not accepted any more asks whether it is to erase itself, and says what went."""

from __future__ import annotations

from http import HTTPStatus

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from sqlalchemy import select

from sync.protocol import ProblemType, WipeOrder, WipeReport
from sync.server.audit import note
from sync.server.database import Database, now_ms
from sync.server.devices import SEEN_STEP_MS, bearer_token, hash_of
from sync.server.intake import (
    BEARER,
    REFUSALS,
    SHUT_OUT,
    AnyRequest,
    OpenDatabase,
    OpenRates,
    problem_spec,
    read_message,
)
from sync.server.models import Registration
from sync.server.openapi import message_body
from sync.server.problems import RefusalError, refusal, token_not_accepted

Known = NamedDependency[str]


def provide_known(request: AnyRequest, database: OpenDatabase, rates: OpenRates) -> str:
    """Id of the registration that this request's token was given to, accepted or not."""
    try:
        token = bearer_token(request.headers.get("authorization", ""))
        query = select(Registration.id).where(Registration.token_hash == hash_of(token))
        with database.reading() as session:
            found = session.scalar(query)
        if found is None:
            raise token_not_accepted()
    except RefusalError:
        rates.take_from_address("refused", request)
        raise
    rates.take("registration", found)
    return found


AS_KNOWN = {"known": Provide(provide_known, sync_to_thread=True)}


@get(
    "/v1/devices/order",
    summary="Whether this laptop is to erase itself",
    dependencies=AS_KNOWN,
    security=BEARER,
    sync_to_thread=True,
    responses=SHUT_OUT,
)
def show_order(database: OpenDatabase, known: Known) -> WipeOrder:
    """For any token that was ever given out; an unknown one is refused like everywhere.

    That it was asked for is written down: a laptop that was here since the order shows it.
    """
    with database.reading() as session:
        registration = session.get_one(Registration, known)
        wipe_ms, seen_ms = registration.wipe_ms, registration.seen_ms
    if seen_ms < (wipe_ms or 0) or now_ms() - seen_ms > SEEN_STEP_MS:
        with database.writing() as session:
            session.get_one(Registration, known).seen_ms = now_ms()
    return WipeOrder(wipe=wipe_ms is not None)


@post(
    "/v1/devices/order",
    summary="Report the erasure, before it and after it",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=AS_KNOWN,
    security=BEARER,
    operation_class=message_body(WipeReport),
    responses={
        **REFUSALS,
        204: ResponseSpec(None, description="Written down", generate_examples=False),
        409: problem_spec("No erasure was ordered"),
    },
)
async def take_report(request: AnyRequest, database: OpenDatabase, known: Known) -> Response[None]:
    """What is lost with the laptop, and in the end that it is gone."""
    report = await read_message(request, WipeReport)
    await sync_to_thread(_write_down, database, known, report)
    return Response(None, status_code=HTTPStatus.NO_CONTENT, media_type=MediaType.TEXT)


def _write_down(database: Database, known: str, report: WipeReport) -> None:
    with database.writing() as session:
        registration = session.get_one(Registration, known)
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


HANDLERS: list[HTTPRouteHandler] = [show_order, take_report]
