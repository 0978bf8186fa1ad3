"""Shareholdings of the group, one row each, indented by distance from the company."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from desktop_advisor.domain.enterprise_group import INVESTORS
from desktop_advisor.domain.german import THIN_SPACE, figure
from desktop_advisor.ui.company_file.rows_with_form import Entry, RowsWithForm
from desktop_advisor.ui.widgets import Field, Kind
from desktop_advisor.ui.widgets.field import Value
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.group_structure import (
    AffiliateDraft,
    AffiliateView,
    GroupView,
    add_affiliate,
    edit_affiliate,
    remove_affiliate,
)
from desktop_advisor.usecases.workplace import Workplace

translate = QCoreApplication.translate
_NUMBERS = ("capital", "votes", "staff_units", "turnover_million", "balance_million")


def _percent(value: Value) -> str:
    is_over = isinstance(value, Decimal) and value > 100
    return translate("group", "Höchstens 100 %.") if is_over else ""


class Affiliates(RowsWithForm):
    """Verbundene und Partnerunternehmen."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(
            translate("group", "Unternehmen oder Beteiligte"),
            translate("group", "Keine Beteiligungen erfasst: gerechnet wird als eigenständig."),
        )
        self._place = place
        self._company_id: uuid.UUID | None = None
        self._views: tuple[AffiliateView, ...] = ()

    def show_group(self, company_id: uuid.UUID, group: GroupView) -> None:
        """The rows of the group."""
        self._company_id, self._views = company_id, group.affiliates
        self.show_entries([self._entry(view) for view in group.affiliates])

    def _entry(self, view: AffiliateView) -> Entry:
        draft = view.draft
        share = max((s for s in (draft.capital, draft.votes) if s is not None), default=None)
        held = self.tr("Anteil unbekannt") if share is None else f"{figure(share)}{THIN_SPACE}%"
        if draft.controls:
            held = self.tr("beherrschender Einfluss")
        words = self.tr("hält {0}") if draft.is_owner else self.tr("gehalten zu {0}")
        staff = "" if draft.staff_units is None else f"{figure(draft.staff_units)} JAE"
        values: dict[str, Value] = {name: getattr(draft, name) for name in _NUMBERS}
        values |= {
            "name": draft.name,
            "side": "owner" if draft.is_owner else "owned",
            "controls": draft.controls,
            "is_public": draft.is_public,
            "investor": draft.investor,
        }
        public = self.tr("öffentlich") if draft.is_public else ""
        detail = joined(words.format(held), staff, public)
        name = draft.name or self.tr("ohne Namen")
        return Entry(view.affiliate_id, name, detail, values, view.level - 1)

    def fields(self, entry: Entry | None) -> Sequence[Field]:
        sides = (
            ("owner", self.tr("hält Anteile")),
            ("owned", self.tr("wird gehalten")),
        )
        kinds = tuple((str(kind), words) for kind, words in INVESTORS.items())
        return (
            Field("name", self.tr("Name"), required=True, wide=True),
            *(() if entry is not None else (self._parent(),)),
            Field("side", self.tr("Verhältnis dazu"), Kind.CHOICE, options=sides),
            Field("capital", self.tr("Kapital (%)"), Kind.DECIMAL, "30", check=_percent),
            Field("votes", self.tr("Stimmen (%)"), Kind.DECIMAL, "30", check=_percent),
            Field("controls", self.tr("Beherrschender Einfluss"), Kind.YES_NO),
            Field("is_public", self.tr("Öffentliche Stelle"), Kind.YES_NO),
            Field("staff_units", self.tr("Jahresarbeitseinheiten"), Kind.DECIMAL),
            Field("turnover_million", self.tr("Jahresumsatz (Mio. €)"), Kind.DECIMAL),
            Field("balance_million", self.tr("Bilanzsumme (Mio. €)"), Kind.DECIMAL),
            Field("investor", self.tr("Ausnahme"), Kind.CHOICE, options=kinds, wide=True),
        )

    def _parent(self) -> Field:
        """Where a new one hangs; an old one stays where it is."""
        known = [
            (str(view.affiliate_id), view.draft.name or self.tr("ohne Namen"))
            for view in self._views
        ]
        options = [("", self.tr("dem Unternehmen selbst")), *known]
        return Field("parent", self.tr("Beteiligung bei"), Kind.CHOICE, options=options)

    def save(self, key: object | None, values: dict[str, Value]) -> None:
        if self._company_id is None:
            return
        parent = str(values.get("parent") or "")
        draft = AffiliateDraft(
            name=str(values["name"]),
            parent_id=uuid.UUID(parent) if parent else None,
            is_owner=values["side"] != "owned",
            controls=values["controls"] is True,
            is_public=values["is_public"] is True,
            investor=str(values["investor"] or ""),
            **{name: _number(values[name]) for name in _NUMBERS},
        )
        if isinstance(key, uuid.UUID):
            edit_affiliate(self._place, key, draft)
        else:
            add_affiliate(self._place, self._company_id, draft)

    def remove(self, key: object) -> None:
        if isinstance(key, uuid.UUID):
            remove_affiliate(self._place, key)


def _number(value: Value) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
