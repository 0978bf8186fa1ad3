"""Enrolment codes: made here, shown once, read by the laptop as text or by its QR code."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

import segno
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from markupsafe import Markup

from sync.server import administration, people
from sync.server.audit import AdministrationError
from sync.server.console import wording
from sync.server.console.gate import SentForm, SignedIn
from sync.server.console.rendering import BASE, AnyRequest, go_to, is_tls, render, roles_of
from sync.server.console.sessions import Visitor
from sync.server.database import Database
from sync.server.enrolment_text import enrolment_text
from sync.server.intake import OpenDatabase
from sync.server.open_codes import open_codes, revoke_code

PATH = f"{BASE}/codes"
ADMINS = {"roles": roles_of("codes")}
DENSE = 300
"""Characters from which on a QR code is drawn larger."""
VALID_HOURS = {24: "1 Tag", 72: "3 Tage", 168: "7 Tage"}


Authority = NamedDependency[bytes]


def qr_code(text: str) -> Markup:
    """The text as SVG, "" where it is too long for one.

    Correcting 15 % (M) is enough for a screen and a print-out; one with a certificate in it is so
    dense that it corrects 7 % (L).
    """
    try:
        code = segno.make_qr(text, error="m" if len(text) < DENSE else "l", boost_error=False)
    except segno.DataOverflowError:
        return Markup()
    svg: str = code.svg_inline(scale=4, border=2, omitsize=True)
    return Markup(svg)  # noqa: S704 segno writes shapes only, never the text


@get("/codes", opt=ADMINS, sync_to_thread=True)
def show_codes(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, getan: FromQuery[str] = ""
) -> Response[str]:
    """The form for a new code, and the codes that are still open."""
    return _page(request, database, visitor, done=wording.done(getan))


@post("/codes", opt=ADMINS, sync_to_thread=True)
def make_code(
    request: AnyRequest,
    database: OpenDatabase,
    visitor: SignedIn,
    form: SentForm,
    authority: Authority,
) -> Response[str]:
    """Make a code and show it, this once."""
    person, team, hours = form.text("person"), form.text("team"), form.number("stunden")
    server = form.text("server").rstrip("/")
    if hours not in VALID_HOURS:
        return _page(request, database, visitor, "Bitte wählen Sie, wie lange der Code gilt.")
    if not _is_address(server):
        return _page(
            request,
            database,
            visitor,
            "Die Adresse des Servers muss mit https:// oder http:// beginnen.",
        )
    try:
        code = administration.enrolment_code(
            database, visitor.network, hours, person, team, actor=visitor.name
        )
    except AdministrationError as error:
        return _page(request, database, visitor, wording.wrong(error))
    text = enrolment_text(server, code.text, authority)
    return render(
        request,
        "console/code_issued.html",
        code=code.text,
        person=person,
        server=server,
        expires_ms=code.expires_ms,
        text=text,
        qr=qr_code(text),
        is_dense=len(text) >= DENSE,
        pinned=_fingerprint(authority) if "&ca=" in text else "",
    )


@post("/codes/{code_id:int}/zurueckziehen", opt=ADMINS, sync_to_thread=True)
def revoke(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, code_id: FromPath[int]
) -> Response[str] | Response[None]:
    """Call back a code that nobody has used yet."""
    try:
        revoke_code(database, visitor.network_id, code_id, visitor.name)
    except AdministrationError as error:
        return _page(request, database, visitor, wording.wrong(error))
    return go_to(f"{PATH}?getan=zurueckgezogen")


def _page(
    request: AnyRequest, database: Database, visitor: Visitor, wrong: str = "", *, done: str = ""
) -> Response[str]:
    form = request.state.get("form")
    return render(
        request,
        "console/codes.html",
        409 if wrong else 200,
        codes=open_codes(database, visitor.network_id),
        people=[p for p in people.advisors(database, visitor.network_id) if not p.disabled_ms],
        teams=people.teams(database, visitor.network_id),
        choices=VALID_HOURS,
        person=form.text("person") if form else "",
        server=form.text("server") if form else _own_address(request),
        done=done,
        wrong=wrong,
    )


def _fingerprint(authority: bytes) -> str:
    """SHA-256 in the groups in which browsers show it."""
    return hashlib.sha256(authority).digest().hex(":").upper()


def _own_address(request: AnyRequest) -> str:
    """Where the browser found this server, which mostly is where the laptops find it."""
    return f"{'https' if is_tls(request) else 'http'}://{request.base_url.netloc}"


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and bool(parts.hostname) and text.isprintable()


HANDLERS = [show_codes, make_code, revoke]
