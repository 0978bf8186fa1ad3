"""The plain stage of everything before the window: one narrow card in the middle."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import Card, Label, SmallText, column, row, scrolling, spacer

CARD_WIDTH = 520


class Stage(QWidget):
    """Brand over a card; the card is what the page adds to."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.card = Card()
        self.card.setFixedWidth(CARD_WIDTH)
        brand = Label("Desktop Advisor", "brand")
        promise = SmallText(self.tr("Transformationsberatung vor Ort, auch ohne Netz"))
        middle = QWidget()
        inner = column(brand, promise, spacing.L, self.card, gap=2)
        line = row(spacer(), inner, spacer(), gap=0)
        edge = spacing.XXL
        middle.setLayout(column(spacer(), line, spacer(), margins=(edge, edge, edge, edge)))
        self.setLayout(column(scrolling(middle)))
