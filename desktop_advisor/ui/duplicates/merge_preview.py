"""What joining two files would do: which leads, and whose master data hold."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_advisor.domain.german import BERLIN, short_date
from desktop_advisor.ui.companies.fields import company_fields
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    Label,
    Option,
    Segmented,
    SmallText,
    SoftText,
    Strong,
    clear,
    column,
    spacer,
)
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.merged_files import FieldOfMerge, MergePreview, SideOfMerge

_LONGEST = 34
"""Our choice: what fits a segment; the whole value stands in its tool tip."""


class MergeForm(QWidget):
    """Nothing is written here; `lead` and `chosen` are what was decided."""

    def __init__(self) -> None:
        super().__init__()
        self.preview: MergePreview | None = None
        self.leading: Segmented | None = None
        self.values: dict[str, Segmented] = {}
        self.trouble = Banner()
        self.trouble.say_nothing()
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(spacing.L)
        edge = spacing.XXL
        margins = (edge, 22, edge, 22)
        self.setLayout(column(self.trouble, self._body, spacer(), gap=spacing.L, margins=margins))

    def show_preview(self, preview: MergePreview) -> None:
        """Another pair, with the proposed values chosen."""
        clear(self._body)
        self.trouble.say_nothing()
        self.preview = preview
        self._body.addWidget(self._lead_card(preview))
        self._body.addWidget(self._data_card(preview))

    @property
    def lead(self) -> uuid.UUID:
        """The file that stays; the other is shown in it."""
        if self.leading is None:
            raise ValueError("no preview is shown")
        return uuid.UUID(self.leading.value())

    @property
    def chosen(self) -> dict[str, uuid.UUID]:
        """Field → the file whose value holds."""
        return {name: uuid.UUID(made.value()) for name, made in self.values.items()}

    def _lead_card(self, preview: MergePreview) -> Card:
        card = Card(self.tr("Welche Akte führt?"))
        sides = (preview.first, preview.second)
        options = [Option(str(s.company_id), _cut(s.name), s.name) for s in sides]
        self.leading = Segmented(self.tr("Führende Akte"), options, options[0].key)
        explanation = self.tr(
            "Die andere Akte erscheint künftig in der führenden. Ihre Fälle, Termine und Berichte"
            " bleiben unverändert, ebenso die Historie beider. Es lässt sich wieder trennen."
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(spacing.L)
        for at, side in enumerate(sides):
            grid.addWidget(self._side(side), 0, at)
            grid.setColumnStretch(at, 1)
        return card.add(SoftText(explanation), self.leading, grid)

    def _side(self, side: SideOfMerge) -> QWidget:
        made = QWidget()
        begun = ""
        if side.created is not None:
            day = short_date(side.created.astimezone(BERLIN).date())
            begun = self.tr("angelegt am {0}").format(day)
        made.setLayout(
            column(Strong(side.name, wrap=True), SmallText(joined(side.holds, begun)), gap=2)
        )
        return made

    def _data_card(self, preview: MergePreview) -> Card:
        card = Card(self.tr("Welche Stammdaten gelten?"))
        if not preview.fields:
            return card.add(SoftText(self.tr("Die Stammdaten beider Akten sind gleich.")))
        known = {field.key: field.label for field in company_fields()}
        words = self.tr("Vorgeschlagen ist, was ausgefüllt ist, sonst das zuletzt Geänderte.")
        self.values = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(spacing.L)
        grid.setVerticalSpacing(spacing.S)
        grid.setColumnStretch(1, 1)
        for at, field in enumerate(preview.fields):
            label = Label(known.get(field.field, field.field), "text", wrap=True)
            made = self._field(preview, field, label.text())
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(made, at, 1)
            self.values[field.field] = made
        return card.add(SoftText(words), grid)

    def _field(self, preview: MergePreview, field: FieldOfMerge, label: str) -> Segmented:
        options = [
            Option(str(key), _cut(self._said(text)), self._said(text))
            for key, text in (
                (preview.first.company_id, field.first),
                (preview.second.company_id, field.second),
            )
        ]
        return Segmented(label, options, str(field.default))

    def _said(self, text: str) -> str:
        words = {"": self.tr("leer"), "yes": self.tr("ja"), "no": self.tr("nein")}
        return words.get(text, text)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2].rstrip()} …"
