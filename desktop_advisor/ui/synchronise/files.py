"""The company files and where each stands: filtered, sorted, one press opens the file."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.synchronise.wording import file_detail, file_state
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import (
    Card,
    ChoiceBox,
    ListRow,
    Option,
    Pill,
    RowList,
    Segmented,
    SmallText,
    SoftText,
    row,
    spacer,
)
from desktop_advisor.usecases.sync_state import CompanySyncState, Standing, SyncOverview
from desktop_advisor.usecases.workplace import Workplace

MOST_FILES = 60
_NEVER = datetime.max.replace(tzinfo=UTC)


class Files(Card):
    """All company files, those with something open first.

    Signals:
        opened: id of the company file whose row was pressed.
    """

    opened = Signal(object)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.set_title(self.tr("Firmenakten"))
        self._place = place
        self._overview = SyncOverview("", "", ())
        self.filter = Segmented(
            self.tr("Welche Akten"),
            (
                Option("all", self.tr("Alle")),
                Option("open", self.tr("Offen")),
                Option("aside", self.tr("Zurückgestellt")),
            ),
            "all",
        )
        self.order = ChoiceBox(
            (
                ("unsent", self.tr("Meiste zuerst")),
                ("oldest", self.tr("Älteste zuerst")),
                ("name", self.tr("Nach Namen")),
            )
        )
        self.order.setAccessibleName(self.tr("Reihenfolge"))
        self.order.set_value("unsent")
        self.filter.chosen.connect(lambda _key: self._build())
        self.order.chosen.connect(lambda *_key: self._build())
        self._ways = QWidget()
        self._ways.setLayout(row(self.filter, spacer(), self.order, gap=spacing.M))
        self.list = RowList()
        self.add(self._ways, self.list)

    def show_files(self, overview: SyncOverview) -> None:
        """These, in the chosen order."""
        self._overview = overview
        self._ways.setVisible(len(overview.companies) > 1)
        self._build()

    def _build(self) -> None:
        shown = self._chosen()
        rows: list[QWidget] = [self._row(state) for state in shown[:MOST_FILES]]
        hidden = len(shown) - MOST_FILES if len(shown) > MOST_FILES else 0
        hidden += self._overview.hidden if self.filter.value() == "all" else 0
        if hidden:
            rows.append(SmallText(self.tr("{0} weitere ohne offene Änderungen").format(hidden)))
        self.list.show_rows(rows or [SoftText(self._nothing())])

    def _nothing(self) -> str:
        if not self._overview.companies:
            return self.tr("Noch ist keine Firmenakte auf diesem Gerät.")
        if self.filter.value() == "aside":
            return self.tr("Der Server hat nichts zurückgestellt.")
        return self.tr("Nichts ist offen.")

    def _chosen(self) -> Sequence[CompanySyncState]:
        rows = self._overview.companies
        wanted = self.filter.value()
        if wanted != "all":
            rows = tuple(r for r in rows if (r.is_open if wanted == "open" else r.quarantined))
        match self.order.value():
            case "name":
                return sorted(rows, key=lambda r: r.name.casefold())
            case "oldest":
                return sorted(rows, key=lambda r: (r.since or _NEVER, r.name.casefold()))
            case _:
                needs = [r for r in rows if r.conflicts or r.quarantined]
                return [*needs, *(r for r in rows if not (r.conflicts or r.quarantined))]

    def _row(self, state: CompanySyncState) -> ListRow:
        is_enrolled = bool(self._overview.server_url)
        is_accepted = self._overview.standing is Standing.ACCEPTED
        pill = Pill(*file_state(state, is_enrolled=is_enrolled, is_accepted=is_accepted))
        made = ListRow(state.name, file_detail(state, self._place.clock()), trail=[pill])
        made.setAccessibleName(f"{made.accessibleName()}. {pill.text()}")
        made.pressed.connect(lambda: self._open(state.company_id))
        return made

    def _open(self, company_id: uuid.UUID) -> None:
        self.opened.emit(company_id)
