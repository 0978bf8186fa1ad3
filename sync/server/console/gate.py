"""The gate of the console: nothing opens without a session, a fitting role and a form's token."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from litestar import Response
from litestar.concurrency import sync_to_thread
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency

from sync.server.console import sessions
from sync.server.console.rendering import BASE, EVERYONE, HEADERS, AnyRequest, go_to, render
from sync.server.database import Database

COOKIE = "konsole"
FORM_COOKIE = "konsole_formular"
"""Guards the form by which one signs in, before there is a session."""
CSRF_FIELD = "pruefwert"
MOST_FIELDS = 50


@dataclass(frozen=True)
class Form:
    """What a form sent: text fields and at most a few files."""

    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, UploadFile] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The field's text without outer blanks, "" where it is missing."""
        return self.exactly(name).strip()

    def exactly(self, name: str) -> str:
        """The field's text as it was typed: a passphrase may begin or end with a blank."""
        return self.fields.get(name, "")

    def number(self, name: str) -> int | None:
        """The field as a whole number, None where it is none."""
        text = self.text(name)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


SentForm = NamedDependency[Form]


def provide_form(request: AnyRequest) -> Form:
    """The form that the gate has read and checked."""
    form: Form = request.state["form"]
    return form


def gate_over(database: Database) -> Callable[[AnyRequest], Awaitable[Response[Any] | None]]:
    """What runs before every handler of the console.

    A handler says by opt who may call it: `opt={"roles": frozenset}`, or `opt={"open": True}`
    before signing in. One that says neither stays shut.
    """

    async def admit(request: AnyRequest) -> Response[Any] | None:
        opt = request.route_handler.opt
        token = request.cookies.get(COOKIE, "")
        if opt.get("open", False):
            guarding = request.cookies.get(FORM_COOKIE, "")
        else:
            guarding = token
            visitor = await sync_to_thread(sessions.visitor_of, database, token, EVERYONE)
            if visitor is None:
                return go_to(f"{BASE}/anmelden" + ("?hinweis=abgelaufen" if token else ""))
            request.state["visitor"] = visitor
            if visitor.role not in opt.get("roles", frozenset()):
                return refused(request, "not_allowed")
        if request.method == "POST":
            request.state["form"] = form = await _form(request)
            if not _is_ours(request, form, guarding):
                return refused(request, "stale_form")
        return None

    return admit


def refused(request: AnyRequest, why: str, status: int = HTTPStatus.FORBIDDEN) -> Response[str]:
    """A page that says what is wrong and where to go on; why: a key of problem.html."""
    return render(request, "console/problem.html", status, why=why)


def seal(response: Response[Any]) -> Response[Any]:
    """The response with the headers that every page of the console has."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


async def _form(request: AnyRequest) -> Form:
    kind, _ = request.content_type
    if kind == "multipart/form-data":
        sent = await request.form()
        files = {k: v for k, v in sent.items() if isinstance(v, UploadFile)}
        return Form({k: str(v) for k, v in sent.items() if k not in files}, files)
    body = (await request.body()).decode("utf-8", "replace")
    try:
        pairs = parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        pairs = []
    return Form(dict(pairs))


def _is_ours(request: AnyRequest, form: Form, token: str) -> bool:
    """Whether one of our own pages, shown to this very session, sent the form."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    expected = sessions.csrf_of(token)
    return bool(token) and hmac.compare_digest(form.text(CSRF_FIELD).encode(), expected.encode())
