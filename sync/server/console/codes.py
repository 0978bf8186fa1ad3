"""Enrolment codes: made here, shown once, read by the laptop as text or by its QR code."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import segno
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from markupsafe import Markup

from sync.server import administration, people
from sync.server.audit import AdministrationError
from sync.server.console import wording
from sync.server.console.gate import SentForm, SignedIn
from sync.server.console.rendering import BASE, AnyRequest, go_to, is_tls, render, roles_of
from sync.server.console.sessions import Visitor
from sync.server.database import Database
from sync.server.intake import OpenDatabase
from sync.server.open_codes import open_codes, revoke_code

PATH = f"{BASE}/codes"
ADMINS = {"roles": roles_of("codes")}
VALID_HOURS = {24: "1 Tag", 72: "3 Tage", 168: "7 Tage"}


def enrolment_text(server: str, code: str) -> str:
    """What the QR code holds: an address that the laptop's enrolment can take apart."""
    return "advisor://enrol?" + urlencode({"server": server, "code": code})


def qr_code(text: str) -> Markup:
    """The text as SVG; M corrects 15 %, enough for a screen and a print-out."""
    svg: str = segno.make_qr(text, error="m").svg_inline(scale=4, border=2, omitsize=True)
    return Markup(svg)  # noqa: S704 segno writes shapes only, never the text


@get("/codes", opt=ADMINS, sync_to_thread=True)
def show_codes(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, getan: FromQuery[str] = ""
) -> Response[str]:
    """The form for a new code, and the codes that are still open."""
    return _page(request, database, visitor, done=wording.done(getan))


@post("/codes", opt=ADMINS, sync_to_thread=True)
def make_code(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, form: SentForm
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
    text = enrolment_text(server, code.text)
    return render(
        request,
        "console/code_issued.html",
        code=code.text,
        person=person,
        server=server,
        expires_ms=code.expires_ms,
        text=text,
        qr=qr_code(text),
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
