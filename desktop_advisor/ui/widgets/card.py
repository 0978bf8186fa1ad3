"""White sheets on grey paper, and the hairline between their rows."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets.labels import Heading, show_if
from desktop_advisor.ui.widgets.layout import Part, column, row, spacer


class HairLine(QFrame):
    """One pixel of line colour across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "line")


class Card(QFrame):
    """A card with an optional heading, parts at the right of it, and a `body` column.

    fill: the body takes all the height there is; otherwise it stays at the top.
    """

    def __init__(
        self,
        title: str = "",
        *head: QWidget,
        fill: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        edge = spacing.XL
        self.body = QVBoxLayout()
        self.body.setSpacing(spacing.S)
        self.heading = Heading(title)
        show_if(self.heading, bool(title))
        self._head = QWidget()
        self._head.setLayout(row(self.heading, spacer(), *head, gap=spacing.S))
        show_if(self._head, bool(title or head))
        outer = column(
            self._head, self.body, gap=spacing.M, margins=(edge, edge - 4, edge, edge - 2)
        )
        if not fill:
            outer.addStretch(1)
        self.setLayout(outer)
        if title:
            self.setAccessibleName(title)

    def set_title(self, title: str) -> None:
        """Another heading."""
        self.heading.setText(title)
        show_if(self.heading, bool(title))
        show_if(self._head, bool(title))
        self.setAccessibleName(title)

    def set_margins(self, edge: int) -> None:
        """The same distance on all sides, where the content brings its own."""
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(edge, edge, edge, edge)

    def add(self, *parts: Part) -> Card:
        """Append parts to the body; returns the card, so that it reads as one expression."""
        for part in parts:
            if isinstance(part, QWidget):
                self.body.addWidget(part)
            elif isinstance(part, QLayout):
                self.body.addLayout(part)
            elif isinstance(part, int):
                self.body.addSpacing(part)
            elif part is not None:
                self.body.addStretch(1)
        return self


def clear(layout: QLayout) -> None:
    """Take everything out of `layout` and delete the widgets."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
            inner.deleteLater()
