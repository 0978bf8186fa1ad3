"""What the laptops wrote of their cases, company by company, and into which cells it falls.

Pure. A value that cannot be is left out rather than shown: the text came from outside.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from sync.server.indicators.joined import ALONE, Leads
from sync.server.indicators.release import FULL, STEP, Contribution, Contributions

SIZES = ("micro", "small", "medium", "large")
COUNTED = ("district", "branch", "size", "month", "offer", "referral")
"""Tables of counts, in the order in which they are shown."""
USED = ("offer", "referral")
"""Tables of what a company may have used or not."""
MEANS = "mean"
UNKNOWN = "?"
"""Cell of companies that agreed but whose property is not known."""
_SHAPES = {
    "month": re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])"),
    "district": re.compile(r"(0[1-9]|1[0-6])[0-9]{3}"),
    "branch": re.compile(r"[A-U][0-9]{2}"),
    "size": re.compile("|".join(SIZES)),
    "offer": re.compile(r"[a-z0-9][a-z0-9._-]{0,63}"),
    "referral": re.compile(r"[A-Za-zÄÖÜäöüß][A-Za-zÄÖÜäöüß,\- ]{1,59}"),
    "form": re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"),
    "dimension": re.compile(r"[A-Z][A-Z0-9]{0,7}"),
}


class _Body(msgspec.Struct, kw_only=True):
    """Schema 1 of the field `figures`; {} after a withdrawal. Points 0 to 100 per dimension.

    month "": the company did not agree to statistics. dimensions {}: nor to be compared.
    """

    schema: int = 1
    month: str = ""
    district: str = ""
    branch: str = ""
    size: str = ""
    form: str = ""
    dimensions: dict[str, float] = {}
    offers: list[str] = []
    referrals: list[str] = []


@dataclass(frozen=True)
class KeptFigure:
    """A row of case_figure. hlc orders them in time."""

    case_id: str
    company_id: str
    hlc: int
    body: bytes


@dataclass(frozen=True)
class CellKey:
    """A cell: of which table and which row; for means "form size dimension"."""

    table: str
    row: str

    @property
    def is_measured(self) -> bool:
        """Whether it holds values rather than a count."""
        return self.table == MEANS


Cells = Mapping[CellKey, Contributions]


def cells_of(kept: Iterable[KeptFigure], leads: Leads = ALONE) -> Cells:
    """Every cell with the companies that belong into it today, joined ones as the leading one.

    Kreis, branch, size and means: a company's newest case. Month, offers, referrals: all its cases.
    """
    cases: dict[str, list[tuple[KeptFigure, _Body]]] = defaultdict(list)
    for figure in kept:
        body = _read(figure.body)
        if body is not None:
            cases[leads.get(figure.company_id, figure.company_id)].append((figure, body))
    found: dict[CellKey, dict[str, Contribution]] = defaultdict(dict)
    for company, items in cases.items():
        items.sort(key=lambda item: (item[1].month, item[0].hlc))
        for key, contribution in _of_company(items):
            found[key][company] = contribution
    return found


def closed_cells(cells: Cells) -> frozenset[CellKey]:
    """Offers and referrals that fewer than five have not used; who is new there stays out."""
    counted = {c for key, cell in cells.items() if key.table == "size" for c in cell}
    return frozenset(
        key
        for key, cell in cells.items()
        if key.table in USED and len(counted - cell.keys()) < STEP
    )


def _of_company(
    items: list[tuple[KeptFigure, _Body]],
) -> Iterable[tuple[CellKey, Contribution]]:
    counted = [body for _, body in items if _SHAPES["month"].fullmatch(body.month)]
    if counted:
        newest = counted[-1]
        yield CellKey("district", _known("district", newest.district)), Contribution()
        yield CellKey("branch", _known("branch", newest.branch)), Contribution()
        yield CellKey("size", _known("size", newest.size)), Contribution()
    for body in counted:
        yield CellKey("month", body.month), Contribution()
        for table, names in (("offer", body.offers), ("referral", body.referrals)):
            for name in names:
                if _known(table, name) != UNKNOWN:
                    yield CellKey(table, name), Contribution()
    compared = [(figure, body) for figure, body in items if body.dimensions]
    if compared:
        yield from _means(*compared[-1])


def _means(figure: KeptFigure, body: _Body) -> Iterable[tuple[CellKey, Contribution]]:
    if UNKNOWN in (_known("form", body.form), _known("size", body.size)):
        return
    for code, points in body.dimensions.items():
        if _known("dimension", code) != UNKNOWN and 0 <= points <= 100:
            version = f"{figure.case_id}:{figure.hlc}"
            value = min(FULL, round(points * 100))
            yield (
                CellKey(MEANS, f"{body.form} {body.size} {code}"),
                Contribution(version, value),
            )


def _known(shape: str, text: str) -> str:
    return text if _SHAPES[shape].fullmatch(text) else UNKNOWN


def _read(body: bytes) -> _Body | None:
    try:
        found = msgspec.json.decode(body, type=_Body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found if found.schema == 1 else None
