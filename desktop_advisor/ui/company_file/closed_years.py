"""Earlier closed years for the two-year rule, and the year the company data's figures are of."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from desktop_advisor.domain.german import figure, million_euro
from desktop_advisor.ui.company_file.rows_with_form import Entry, RowsWithForm
from desktop_advisor.ui.widgets import Field, Kind
from desktop_advisor.ui.widgets.field import Value
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.group_structure import (
    GroupView,
    YearDraft,
    record_year,
    remove_year,
)
from desktop_advisor.usecases.workplace import Workplace

translate = QCoreApplication.translate
EARLIEST, LATEST = 1990, 2100


def _year(value: Value) -> str:
    is_year = isinstance(value, int) and EARLIEST <= value <= LATEST
    return "" if is_year else translate("group", "Bitte ein Jahr mit vier Ziffern, etwa 2024.")


class ClosedYears(RowsWithForm):
    """Abgeschlossene Geschäftsjahre."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(
            translate("group", "Geschäftsjahr"),
            translate("group", "Nur die Unternehmensdaten: ohne Vorjahre keine Zwei-Jahres-Regel."),
        )
        self._place = place
        self._company_id: uuid.UUID | None = None

    def show_group(self, company_id: uuid.UUID, group: GroupView) -> None:
        """The years of the group."""
        self._company_id = company_id
        years = [*([group.current] if group.current else []), *group.years]
        self.show_entries([self._entry(year) for year in years])

    def _entry(self, year: YearDraft) -> Entry:
        staff = "" if year.staff_units is None else f"{figure(year.staff_units)} JAE"
        money = [
            f"{name} {million_euro(value)}"
            for name, value in (
                (self.tr("Umsatz"), year.turnover_million),
                (self.tr("Bilanz"), year.balance_million),
            )
            if value is not None
        ]
        changed = self.tr("Eigentümerwechsel") if year.owner_changed else ""
        own = "" if year.has_figures else self.tr("Zahlen wie in den Unternehmensdaten")
        values: dict[str, Value] = {
            "year": year.year,
            "staff_units": year.staff_units,
            "turnover_million": year.turnover_million,
            "balance_million": year.balance_million,
            "owner_changed": year.owner_changed,
        }
        return Entry(year.year, str(year.year), joined(staff, *money, own, changed), values)

    def fields(self, entry: Entry | None) -> Sequence[Field]:
        return (
            Field("year", self.tr("Jahr"), Kind.WHOLE, "2024", required=True, check=_year),
            Field("staff_units", self.tr("Jahresarbeitseinheiten"), Kind.DECIMAL, "105"),
            Field("turnover_million", self.tr("Jahresumsatz (Mio. €)"), Kind.DECIMAL, "16"),
            Field("balance_million", self.tr("Bilanzsumme (Mio. €)"), Kind.DECIMAL, "9"),
            Field("owner_changed", self.tr("Eigentümerwechsel in dem Jahr"), Kind.YES_NO),
        )

    def save(self, key: object | None, values: dict[str, Value]) -> None:
        year = values["year"]
        if self._company_id is None or not isinstance(year, int):
            return
        draft = YearDraft(
            year,
            _number(values["staff_units"]),
            _number(values["turnover_million"]),
            _number(values["balance_million"]),
            owner_changed=values["owner_changed"] is True,
        )
        record_year(self._place, self._company_id, draft)
        if isinstance(key, int) and key != year:
            remove_year(self._place, self._company_id, key)

    def remove(self, key: object) -> None:
        if self._company_id is not None and isinstance(key, int):
            remove_year(self._place, self._company_id, key)


def _number(value: Value) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
