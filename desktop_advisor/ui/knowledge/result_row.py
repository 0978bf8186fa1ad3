"""One hit in the list: what it is called, what kind of thing it is, and why it was found."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from desktop_advisor.ui.knowledge.marked import marked_html
from desktop_advisor.ui.knowledge.wording import kind_word, standing_words
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.typography import Size
from desktop_advisor.ui.widgets.labels import restyle
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.offers import OfferRow
from desktop_advisor.usecases.searching import Hit

_OPEN_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class ResultRow(QLabel):
    """A row that is one widget: eighty rows of several parts would take seconds to lay out.

    Signals:
        pressed: by mouse, Enter or Space.
    """

    pressed = Signal()

    def __init__(self, hit: Hit) -> None:
        super().__init__()
        self.hit = hit
        self.setProperty("kind", "row")
        self.setProperty("pressable", True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setContentsMargins(spacing.S, 6, spacing.S, 6)
        self.setMinimumHeight(spacing.TARGET + 4)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._say()

    def show_hit(self, hit: Hit) -> None:
        """Another hit in the same row."""
        if hit != self.hit:
            self.hit = hit
            self._say()

    @property
    def key(self) -> str:
        """What the row leads to."""
        return self.hit.key

    @property
    def about(self) -> str:
        """How far it can be relied on, what kind it is, and whose."""
        return joined(self._state, kind_word(self.hit.kind), self.hit.source)

    @property
    def is_chosen(self) -> bool:
        """Whether its detail is open."""
        return bool(self.property("chosen"))

    def set_chosen(self, chosen: bool) -> None:
        """Show that this row is the one whose detail is open."""
        if self.is_chosen != chosen:
            self.setProperty("chosen", chosen)
            restyle(self)

    @property
    def _state(self) -> str:
        item = self.hit.item
        return standing_words(item.standing)[0] if isinstance(item, OfferRow) else ""

    def _say(self) -> None:
        hit, colours, small = self.hit, tokens(), theme().px(Size.SMALL)
        title = marked_html(hit.title or kind_word(hit.kind), hit.title_marks)
        about = escape(joined(kind_word(hit.kind), hit.source))
        item = hit.item
        if isinstance(item, OfferRow):
            word, tone = standing_words(item.standing)
            about = (
                f'<span style="color:{colours.text_on_tint(tone)};'
                f'background-color:{colours.tint(tone)}">&nbsp;{escape(word)}&nbsp;</span> {about}'
            )
        lines = [f'<span style="color:{colours.ink}">{title}</span>']
        faint = f'<span style="font-size:{small}px;color:{colours.soft}">'
        lines.append(f"{faint}{about}</span>")
        if hit.words:
            lines.append(f"{faint}{marked_html(hit.words, hit.word_marks)}</span>")
        self.setText("<br>".join(lines))
        self.setAccessibleName(". ".join(p for p in (hit.title, self.about, hit.words) if p))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "hit"):
            self._say()
        super().changeEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPEN_KEYS:
            self.pressed.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)
