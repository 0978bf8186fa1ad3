"""Indikatoren: the page of the console, and the same tables as files."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from sync.server.console.desk import AtDesk, Desk
from sync.server.console.rendering import moment, roles_of
from sync.server.indicators.charts import bars, said
from sync.server.indicators.offer_names import offer_names
from sync.server.indicators.published import look
from sync.server.indicators.sheets import as_csv, workbook
from sync.server.indicators.tables import Table, tables_of

READERS = {"roles": roles_of("indicators")}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
METHOD = (
    "Gezählt sind Unternehmen mit gesiegeltem Beratungsbericht, die der Statistik zugestimmt "
    "haben; in die Mittelwerte gehen Unternehmen ein, die dem Vergleich zugestimmt haben. "
    "Zusammengeführte Firmenakten zählen als ein Unternehmen.",
    "Zum Schutz der Unternehmen ändert sich jede Zahl nur um fünf oder mehr auf einmal. Je Zeile "
    "fehlen deshalb meist bis zu vier Unternehmen noch, und ausgeschiedene können noch enthalten "
    "sein. Zeilen unter fünf Unternehmen erscheinen nicht.",
    "Mittelwerte gibt es je Größenklasse erst ab zehn Unternehmen; über die Klassen hinweg sind "
    "nur diese zusammengefasst.",
    "Summen zählen nur die gezeigten Zeilen. Bei Monaten, Angeboten und Verweisen kann ein "
    "Unternehmen in mehreren Zeilen stehen. Es gibt keine Kreuztabellen und keine Filter.",
)


@dataclass(frozen=True)
class Shown:
    """A table with its bars, SVG that needs no escaping, and its numbers in words."""

    table: Table
    svg: str
    rows: tuple[tuple[str, int, str], ...]


@get("/indikatoren", opt=READERS, sync_to_thread=True)
def show_indicators(desk: AtDesk) -> Response[str]:
    """All tables of the network, always the same ones."""
    shown = [
        Shown(table, bars(table), tuple((row.label, row.n, said(row)) for row in table.rows))
        for table in _tables(desk)
    ]
    return desk.page("indicators/indikatoren.html", shown=shown, method=METHOD)


@get("/indikatoren.csv", opt=READERS, sync_to_thread=True)
def download_csv(desk: AtDesk) -> Response[bytes]:
    """The tables as CSV."""
    content = as_csv(_tables(desk), moment)
    return _file(content, "text/csv; charset=utf-8", "csv")


@get("/indikatoren.xlsx", opt=READERS, sync_to_thread=True)
def download_workbook(desk: AtDesk) -> Response[bytes]:
    """The tables as a workbook."""
    tables = _tables(desk)
    return _file(workbook(tables, desk.visitor.network, METHOD, moment), XLSX, "xlsx")


def _tables(desk: Desk) -> tuple[Table, ...]:
    published = look(desk.database, desk.network_id)
    return tables_of(published, offer_names(desk.database, desk.network_id))


def _file(content: bytes, media_type: str, ending: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="indikatoren.{ending}"'}
    return Response(content, media_type=media_type, headers=headers)


HANDLERS: list[HTTPRouteHandler] = [show_indicators, download_csv, download_workbook]
