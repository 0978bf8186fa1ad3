"""Enrolment codes: made here, shown once, read by the laptop as text or by its QR code."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

import segno
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from markupsafe import Markup

from sync.server import administration, people
from sync.server.console.desk import Answer, AtDesk, Desk, NotHereError, done_at
from sync.server.console.rendering import BASE, AnyRequest, is_tls, roles_of
from sync.server.enrolment_text import enrolment_text
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
def show_codes(desk: AtDesk) -> Response[str]:
    """The form for a new code, and the codes that are still open."""
    return _page(desk)


@post("/codes", opt=ADMINS, sync_to_thread=True)
def make_code(desk: AtDesk, authority: Authority) -> Answer:
    """Make a code and show it, this once."""
    form, visitor = desk.sent, desk.visitor
    person, server = form.text("person"), form.text("server").rstrip("/")

    def act() -> Answer:
        hours = form.number("stunden")
        if hours not in VALID_HOURS:
            raise NotHereError("Bitte wählen Sie, wie lange der Code gilt.")
        if not _is_address(server):
            raise NotHereError("Die Adresse des Servers muss mit https:// oder http:// beginnen.")
        code = administration.enrolment_code(
            desk.database, visitor.network, hours, person, form.text("team"), actor=visitor.name
        )
        text = enrolment_text(server, code.text, authority)
        return desk.page(
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

    return desk.tried(act, lambda wrong: _page(desk, wrong))


@post("/codes/{code_id:int}/zurueckziehen", opt=ADMINS, sync_to_thread=True)
def revoke(desk: AtDesk, code_id: FromPath[int]) -> Answer:
    """Call back a code that nobody has used yet."""

    def act() -> Answer:
        revoke_code(desk.database, desk.network_id, code_id, desk.visitor.name)
        return done_at(PATH, "zurueckgezogen")

    return desk.tried(act, lambda wrong: _page(desk, wrong))


def _page(desk: Desk, wrong: str = "") -> Response[str]:
    persons = people.advisors(desk.database, desk.network_id)
    return desk.page(
        "console/codes.html",
        wrong,
        codes=open_codes(desk.database, desk.network_id),
        people=[person for person in persons if not person.disabled_ms],
        teams=people.teams(desk.database, desk.network_id),
        choices=VALID_HOURS,
        person=desk.sent.text("person"),
        server=desk.sent.text("server") or _own_address(desk.request),
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
