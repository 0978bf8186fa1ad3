"""Signing in by name, network and passphrase, and signing out. All failures answer alike."""

from __future__ import annotations

import secrets
import threading
from http import HTTPStatus

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromQuery

from sync.server import passphrases
from sync.server.console import sessions
from sync.server.console.gate import COOKIE, FORM_COOKIE, SentForm
from sync.server.console.rendering import BASE, EVERYONE, AnyRequest, go_to, is_tls, render
from sync.server.database import Database
from sync.server.intake import OpenDatabase, OpenRates
from sync.server.problems import RefusalError

PATH = f"{BASE}/anmelden"
AT_ONCE = threading.Semaphore(2)
"""Each check takes 19 MiB and a core: more at once would let strangers stop everybody else."""


@get("/anmelden", opt={"open": True}, sync_to_thread=True)
def show_sign_in(request: AnyRequest, hinweis: FromQuery[str] = "") -> Response[str]:
    """The form by which one signs in."""
    return _form(request, hinweis if hinweis in {"abgelaufen", "abgemeldet"} else "")


@post("/anmelden", opt={"open": True}, sync_to_thread=True)
def sign_in(
    request: AnyRequest, database: OpenDatabase, rates: OpenRates, form: SentForm
) -> Response[str] | Response[None]:
    """Begin a session, or show the form again without saying what was wrong."""
    name, network = form.text("name"), form.text("netzwerk")
    try:
        rates.take_from_address("sign_in", request)
    except RefusalError as error:
        response = _form(request, "zu_oft", name, network, HTTPStatus.TOO_MANY_REQUESTS)
        response.headers.update(error.headers)
        return response
    advisor_id = _checked(database, network, name, form.exactly("passphrase"))
    if advisor_id is None:
        return _form(request, "falsch", name, network, HTTPStatus.FORBIDDEN)
    token = sessions.begin(database, advisor_id)
    return go_to(BASE, [_cookie(request, COOKIE, token, sessions.LONGEST_MS // 1000)])


@post("/abmelden", opt={"roles": EVERYONE}, sync_to_thread=True)
def sign_out(request: AnyRequest, database: OpenDatabase) -> Response[None]:
    """End the session."""
    sessions.end(database, request.cookies.get(COOKIE, ""))
    return go_to(f"{PATH}?hinweis=abgemeldet", [_cookie(request, COOKIE, "", 0)])


def _form(
    request: AnyRequest, notice: str, name: str = "", network: str = "", status: int = HTTPStatus.OK
) -> Response[str]:
    guard = request.cookies.get(FORM_COOKIE, "") or secrets.token_urlsafe(32)
    response = render(
        request,
        "console/sign_in.html",
        status,
        notice=notice,
        name=name,
        network=network,
        csrf=sessions.csrf_of(guard),
    )
    response.set_cookie(_cookie(request, FORM_COOKIE, guard, None))
    return response


def _cookie(request: AnyRequest, key: str, value: str, max_age_s: int | None) -> Cookie:
    return Cookie(
        key=key,
        value=value,
        path=BASE,
        max_age=max_age_s,
        httponly=True,
        samesite="strict",
        secure=is_tls(request),
    )


def _checked(database: Database, network: str, name: str, passphrase: str) -> str | None:
    """The id of whoever proved to be this person and may be here."""
    with AT_ONCE:
        found = passphrases.signed_in(database, network, name, passphrase)
    return found[1].id if found is not None and found[1].role in EVERYONE else None


HANDLERS = [show_sign_in, sign_in, sign_out]
