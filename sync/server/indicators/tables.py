"""The published numbers as tables in words: one-way, without cross tables and without filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sync.server.indicators.facts import COUNTED, MEANS, SIZES, UNKNOWN, USED, CellKey
from sync.server.indicators.names import dimension_label, form_label, label_of
from sync.server.indicators.release import STEP, Cell

FEWEST_COMPARED = 10
"""Companies of one size behind a mean, as the consent form promises (domain §3)."""
_TITLES: Mapping[str, str] = {
    "district": "Unternehmen nach Kreis",
    "branch": "Unternehmen nach Branche (Abteilung der WZ)",
    "size": "Unternehmen nach Größe (KMU-Klasse)",
    "month": "Unternehmen nach Monat des Berichts",
    "offer": "Unternehmen nach gewähltem Angebot",
    "referral": "Unternehmen nach Art der Verweise",
    MEANS: "Reifegrad je Handlungsfeld",
}


@dataclass(frozen=True)
class Published:
    """What may be shown. as_of: when a cell's number last changed, in ms; absent where never."""

    cells: Mapping[CellKey, Cell]
    as_of: Mapping[CellKey, int]


@dataclass(frozen=True)
class Group:
    """A mean over companies of one size. mean: 0 to 5, one decimal."""

    form: str
    size: str
    dimension: str
    n: int
    total: int

    @property
    def mean(self) -> Decimal:
        """As a maturity from 0 to 5."""
        return _maturity(self.total, self.n)


@dataclass(frozen=True)
class Row:
    """A row. n: companies. mean: maturity 0 to 5, None where companies are only counted."""

    label: str
    n: int
    mean: Decimal | None = None


@dataclass(frozen=True)
class Table:
    """rows: () while there are too few. total: None where a company may be in several rows.

    fewest: companies from which on a row appears. as_of_ms: None while nothing is shown.
    """

    key: str
    title: str
    rows: tuple[Row, ...]
    total: int | None
    fewest: int
    as_of_ms: int | None

    @property
    def is_measured(self) -> bool:
        """Whether its rows have means."""
        return self.key == MEANS


def tables_of(published: Published, offers: Mapping[str, str]) -> tuple[Table, ...]:
    """All tables, in the order in which they are shown; always the same ones.

    offers: titles by their ids, as far as they are known.
    """
    return (*(_counts(published, key, offers) for key in COUNTED), _means(published))


def groups_of(published: Published) -> Iterator[Group]:
    """The means by form, size and dimension over at least ten companies each."""
    for key, cell in published.cells.items():
        if key.table == MEANS and cell.n >= FEWEST_COMPARED:
            form, size, dimension = key.row.split(" ")
            yield Group(form, size, dimension, cell.n, cell.total)


def _counts(published: Published, table: str, offers: Mapping[str, str]) -> Table:
    shown = {
        key: cell for key, cell in published.cells.items() if key.table == table and cell.n >= STEP
    }
    ordered = sorted(shown, key=lambda key: (key.row == UNKNOWN, _rank(key)))
    is_partition = table not in (*USED, "month")
    return Table(
        key=table,
        title=_TITLES[table],
        rows=tuple(Row(label_of(table, key.row, offers), shown[key].n) for key in ordered),
        total=sum(cell.n for cell in shown.values()) if is_partition else None,
        fewest=STEP,
        as_of_ms=max((published.as_of[key] for key in shown), default=None),
    )


def _rank(key: CellKey) -> str:
    return str(SIZES.index(key.row)) if key.row in SIZES else key.row


def _means(published: Published) -> Table:
    sums: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    moments = []
    for group in groups_of(published):
        n, total = sums[group.form, group.dimension]
        sums[group.form, group.dimension] = (n + group.n, total + group.total)
        row = f"{group.form} {group.size} {group.dimension}"
        moments.append(published.as_of[CellKey(MEANS, row)])
    forms = sorted({form for form, _ in sums})
    asked = f" ({form_label(forms[0])})" if len(forms) == 1 else ""
    return Table(
        key=MEANS,
        title=_TITLES[MEANS] + asked,
        rows=tuple(
            Row(dimension_label(code, form if len(forms) > 1 else ""), n, _maturity(total, n))
            for (form, code), (n, total) in sorted(sums.items())
        ),
        total=None,
        fewest=FEWEST_COMPARED,
        as_of_ms=max(moments, default=None),
    )


def _maturity(total: int, n: int) -> Decimal:
    """Hundredths of 100 points as a level from 0 to 5, half up."""
    value = Decimal(total) / n * 5 / 10_000
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
