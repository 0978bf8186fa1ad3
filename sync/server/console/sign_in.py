"""Signing in by name, network and passphrase, and signing out. All failures answer alike."""

from __future__ import annotations

import os
import secrets
import threading
from functools import cache
from http import HTTPStatus

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromQuery
from sqlalchemy import select

from sync.server.console import sessions
from sync.server.console.gate import COOKIE, FORM_COOKIE, SentForm
from sync.server.console.rendering import BASE, EVERYONE, AnyRequest, go_to, render
from sync.server.database import Database
from sync.server.models import Network
from sync.server.people_models import Advisor
from sync.server.routes import OpenDatabase

PATH = f"{BASE}/anmelden"
AT_ONCE = threading.Semaphore(2)
"""Each check takes 64 MiB: more at once would let strangers fill the memory."""


@get("/anmelden", opt={"open": True}, sync_to_thread=True)
def show_sign_in(request: AnyRequest, hinweis: FromQuery[str] = "") -> Response[str]:
    """The form by which one signs in."""
    return _form(request, hinweis if hinweis in {"abgelaufen", "abgemeldet"} else "")


@post("/anmelden", opt={"open": True}, sync_to_thread=True)
def sign_in(
    request: AnyRequest, database: OpenDatabase, form: SentForm
) -> Response[str] | Response[None]:
    """Begin a session, or show the form again without saying what was wrong."""
    name, network = form.text("name"), form.text("netzwerk")
    advisor_id = _checked(database, network, name, form.text("passphrase"))
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
        secure=request.url.scheme == "https",
    )


def _checked(database: Database, network: str, name: str, passphrase: str) -> str | None:
    """The id of whoever proved to be this person; takes equally long for nobody."""
    with database.reading() as session:
        found = session.execute(
            select(Advisor.id, Advisor.secret, Advisor.role, Advisor.disabled_ms)
            .join(Network, Network.id == Advisor.network_id)
            .where(Network.name == network, Advisor.name == name)
        ).one_or_none()
    is_welcome = bool(
        found and found.secret and found.role in EVERYONE and found.disabled_ms is None
    )
    secret = found.secret if found is not None and is_welcome else _nobodys_secret()
    is_right = _verify(secret, passphrase)
    return found.id if found is not None and is_welcome and is_right else None


def _verify(secret: bytes, passphrase: str) -> bool:
    with AT_ONCE:
        try:
            Argon2id.verify_phc_encoded(passphrase.encode(), secret.decode())
        except InvalidKey:
            return False
    return True


@cache
def _nobodys_secret() -> bytes:
    made = Argon2id(salt=os.urandom(16), length=32, iterations=3, lanes=4, memory_cost=65536)
    return made.derive_phc_encoded(secrets.token_bytes(16)).encode()


HANDLERS = [show_sign_in, sign_in, sign_out]
