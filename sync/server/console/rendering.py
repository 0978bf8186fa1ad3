"""Pages from templates: who looks, where the page lies, and how times and numbers are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from litestar import Request, Response
from litestar.datastructures import State

from sync.server.console import wording
from sync.server.console.sessions import Visitor
from sync.server.database import now_ms
from sync.server.people import called

AnyRequest = Request[Any, Any, State]
BASE = "/konsole"
HERE = Path(__file__).parent
BERLIN = ZoneInfo("Europe/Berlin")
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
EVERYONE = frozenset({"coordinator", "auditor", "admin"})
"""All roles that may sign in here."""


@dataclass(frozen=True)
class Place:
    """An entry of the navigation: key as templates name it, path, title, who sees it."""

    key: str
    path: str
    title: str
    roles: frozenset[str]


PLACES = (
    Place("overview", BASE, "Übersicht", EVERYONE),
    Place("devices", f"{BASE}/geraete", "Geräte", frozenset({"coordinator", "admin"})),
    Place("codes", f"{BASE}/codes", "Anmeldecodes", frozenset({"admin"})),
    Place("people", f"{BASE}/menschen", "Menschen und Teams", frozenset({"admin"})),
    Place("files", f"{BASE}/akten", "Firmenakten", frozenset({"coordinator"})),
    Place("quarantine", f"{BASE}/quarantaene", "Quarantäne", frozenset({"coordinator"})),
    Place("content", f"{BASE}/inhalte", "Inhalte", frozenset({"admin"})),
    Place(
        "indicators", f"{BASE}/indikatoren", "Indikatoren", frozenset({"coordinator", "auditor"})
    ),
    Place("audit", f"{BASE}/protokoll", "Protokoll", frozenset({"auditor"})),
)
"""Rights follow `people_models.ROLES`."""


def roles_of(key: str) -> frozenset[str]:
    """Who may open the place with this key."""
    return next(place.roles for place in PLACES if place.key == key)


def moment(ms: int | None) -> str:
    """Date and time in Germany, "–" where there is none."""
    if not ms:
        return "–"
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(BERLIN).strftime("%d.%m.%Y, %H:%M")


def day_and_time(ms: int) -> str:
    """A moment of these weeks, as one says it: 26.11., 14:05 Uhr."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(BERLIN).strftime("%d.%m., %H:%M Uhr")


def span(ms: int | None) -> str:
    """How long ago in the nearest unit, as it stands behind vor and seit; "" within a minute."""
    minutes = max(0, now_ms() - (ms or 0)) // 60_000
    hours, days = (minutes + 30) // 60, (minutes + 720) // 1440
    if hours >= 24:
        return f"{days} {'Tag' if days == 1 else 'Tagen'}"
    if minutes >= 60:
        return f"{hours} {'Stunde' if hours == 1 else 'Stunden'}"
    return f"{minutes} {'Minute' if minutes == 1 else 'Minuten'}" if minutes else ""


def ago(ms: int | None) -> str:
    """How long ago: vor 3 Minuten; "nie" where there is no moment."""
    if not ms:
        return "nie"
    return f"vor {span(ms)}" if span(ms) else "gerade eben"


def since(ms: int) -> str:
    """For how long: seit 3 Minuten."""
    return f"seit {span(ms) or 'weniger als einer Minute'}"


def counted(value: int, one: str, many: str) -> str:
    """1 Datei, 2 Dateien."""
    return f"{number(value)} {one if value == 1 else many}"


def number(value: int | float | None) -> str:
    """The number with a dot between thousands, a decimal comma, "–" where it is unknown."""
    if value is None:
        return "–"
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
    return text.translate(str.maketrans(",.", ".,"))


def _environment() -> Environment:
    folders = {
        "console": HERE / "templates",
        "indicators": HERE.parent / "indicators" / "templates",
    }
    made = Environment(
        loader=PrefixLoader({name: FileSystemLoader(path) for name, path in folders.items()}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        moment=moment,
        day_and_time=day_and_time,
        ago=ago,
        since=since,
        number=number,
        counted=counted,
        role=wording.role,
        team=partial(called, "Team"),
    )
    made.globals.update(base=BASE)
    return made


ENVIRONMENT = _environment()


def page_text(template: str, visitor: Visitor | None, **context: Any) -> str:
    """The page as text; `visitor` is None before somebody has signed in."""
    role = visitor.role if visitor else ""
    places = [place for place in PLACES if role in place.roles]
    known = {"visitor": visitor, "places": places, "csrf": visitor.csrf if visitor else ""}
    return ENVIRONMENT.get_template(template).render({**known, **context})


def render(
    request: AnyRequest, template: str, status: int = HTTPStatus.OK, **context: Any
) -> Response[str]:
    """The page "console/….html" or "indicators/….html" for whoever sent the request.

    Templates extend "console/layout.html" and set `place` to a key of PLACES; they know visitor,
    base, the context, and `csrf`, which every form carries by `{{ csrf }}`.
    """
    visitor = request.state.get("visitor")
    text = page_text(template, visitor, **context)
    return Response(text, status_code=status, media_type="text/html; charset=utf-8")


def is_tls(request: AnyRequest) -> bool:
    """Whether the browser came by TLS, here or at a proxy in front that says so.

    Whoever makes this up has only their own cookie sent by TLS alone.
    """
    forwarded = request.headers.get("x-forwarded-proto", "")
    return request.url.scheme == "https" or forwarded.strip().lower() == "https"


def go_to(path: str, cookies: Any = None) -> Response[None]:
    """Send the browser to another page of the console after a form."""
    headers = {"Location": path}
    return Response(None, status_code=HTTPStatus.SEE_OTHER, headers=headers, cookies=cookies)
