"""The audit log: who did what, to read, to filter and to take along as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from litestar import Response, get
from litestar.params import FromQuery

from sync.server import audit, laptops, people
from sync.server.audit import AuditLine
from sync.server.console import wording
from sync.server.console.desk import AtDesk
from sync.server.console.rendering import BASE, moment, roles_of
from sync.server.database import Database

AUDITORS = {"roles": roles_of("audit")}
PAGE = 100
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is taken for a formula by spreadsheet programs (OWASP CSV injection)."""


@dataclass(frozen=True)
class Act:
    """One entry in German. subject: the laptop's or person's name where it is known."""

    id: int
    at_ms: int
    actor: str
    action: str
    subject: str
    detail: str


def acts(
    database: Database, network_id: int, *, search: str = "", kind: str = "", before: int = 0
) -> Iterator[Act]:
    """Entries newest first. search: part of any column; kind: exactly this action.

    before: only entries with a smaller id, 0 for all.
    """
    names = {d.device_id: d.name for d in laptops.devices(database, network_id)}
    names.update({p.id: p.name for p in people.advisors(database, network_id)})
    wanted = search.casefold()
    for line in _lines(database, network_id, before or None):
        act = _act(line, names)
        text = f"{act.actor}\n{act.action}\n{act.subject}\n{act.detail}".casefold()
        if wanted in text and kind in {"", line.action}:
            yield act


@get("/protokoll", opt=AUDITORS, sync_to_thread=True)
def show_audit_log(
    desk: AtDesk,
    suche: FromQuery[str] = "",
    vorgang: FromQuery[str] = "",
    vor: FromQuery[int] = 0,
) -> Response[str]:
    """A page of the log."""
    search = suche.strip()
    found = acts(desk.database, desk.network_id, search=search, kind=vorgang, before=vor)
    shown = list(islice(found, PAGE + 1))
    query = {"suche": suche, "vorgang": vorgang}
    return desk.page(
        "console/audit_log.html",
        acts=shown[:PAGE],
        search=suche,
        kind=vorgang,
        kinds=wording.ACTIONS,
        older=urlencode({**query, "vor": shown[PAGE - 1].id}) if len(shown) > PAGE else "",
        csv_path=f"{BASE}/protokoll.csv?{urlencode(query)}",
    )


@get("/protokoll.csv", opt=AUDITORS, sync_to_thread=True)
def audit_log_csv(
    desk: AtDesk, suche: FromQuery[str] = "", vorgang: FromQuery[str] = ""
) -> Response[bytes]:
    """The filtered log as a spreadsheet program of a German desk reads it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Nr.", "Zeit", "Wer", "Vorgang", "Betrifft", "Einzelheiten"])
    for act in acts(desk.database, desk.network_id, search=suche.strip(), kind=vorgang):
        cells = (moment(act.at_ms), act.actor, act.action, act.subject, act.detail)
        writer.writerow([act.id, *map(_harmless, cells)])
    return Response(
        ("\ufeff" + text.getvalue()).encode(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="protokoll.csv"'},
    )


def _lines(database: Database, network_id: int, before: int | None) -> Iterator[AuditLine]:
    while lines := audit.entries(database, network_id, before=before):
        yield from lines
        before = lines[-1].id


def _act(line: AuditLine, names: Mapping[str, str]) -> Act:
    subject = names.get(line.subject, line.subject)
    return Act(
        id=line.id,
        at_ms=line.at_ms,
        actor=line.actor,
        action=wording.action(line.action),
        subject=f"{wording.SUBJECTS.get(line.action, '')} {subject}".strip(),
        detail=_detail(line.detail),
    )


def _detail(text: str) -> str:
    """The JSON object in German words; unknown keys and values as they were written."""
    parts = json.loads(text)
    return ", ".join(f"{wording.detail(key)}: {_value(key, value)}" for key, value in parts.items())


def _value(key: str, value: object) -> str:
    if key.endswith("_ms") and isinstance(value, int):
        return moment(value)
    if key == "reason":
        return wording.reason(str(value))
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if value is None or value == "":
        return "–"
    return wording.ROLES.get(str(value), str(value))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


HANDLERS = [show_audit_log, audit_log_csv]
