"""The plain stage of everything before the window: one narrow card in the middle."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.widgets import Card, Label, SmallText, column, scrolling, spacer

CARD_WIDTH = 520


class Stage(QWidget):
    """Brand over a card; the card is what the page adds to."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.card = Card()
        brand = Label("Desktop Advisor", "brand")
        promise = SmallText(self.tr("Transformationsberatung vor Ort, auch ohne Netz"))
        middle = QWidget()
        parts = (spacer(), brand, promise, spacing.L, self.card, spacer())
        middle.setLayout(column(*parts, gap=2, margins=(0, spacing.XXL, 0, spacing.XXL)))
        middle.setFixedWidth(theme().px(CARD_WIDTH))
        area = scrolling(middle)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(column(area))
