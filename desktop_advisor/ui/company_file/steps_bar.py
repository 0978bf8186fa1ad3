"""The five stations as a bar: what is done, where one is, each a way in."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop_advisor.domain.german import BERLIN, counted, short_date
from desktop_advisor.ui.company_file.next_step import Step, Way
from desktop_advisor.ui.theme import spacing, typography
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import row
from desktop_advisor.ui.widgets.icons import pixmap


class StepButton(QAbstractButton):
    """One station: a ring (ticked when done), its name and one line below."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(words)
        self._detail = ""
        self._is_done = self._is_next = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, detail: str, *, is_done: bool, is_next: bool, is_reachable: bool) -> None:
        """What to draw; an unreachable station cannot be pressed."""
        self._detail, self._is_done, self._is_next = detail, is_done, is_next
        self.setEnabled(is_reachable)
        shape = Qt.CursorShape.PointingHandCursor if is_reachable else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        state = self.tr("erledigt") if is_done else self.tr("als Nächstes") if is_next else ""
        self.setAccessibleName(", ".join(p for p in (self.text(), state, detail) if p))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        small = typography.font(typography.Size.SMALL, scale=theme().scale)
        detail = QFontMetrics(small).horizontalAdvance(self._detail)
        return QSize(self._around(max(self._name_width(), detail)), theme().px(56))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._around(self._name_width()), theme().px(56))

    def _around(self, words: int) -> int:
        return words + theme().px(20) + 3 * spacing.S

    def _name_width(self) -> int:
        return QFontMetrics(self._name_font()).horizontalAdvance(self.text())

    def _name_font(self) -> QFont:
        weight = typography.SEMIBOLD if self._is_next else typography.REGULAR
        return typography.font(typography.Size.TEXT, weight, theme().scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self.rect().adjusted(1, 1, -1, -1)
        if self._is_next:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.main_tint))
            painter.drawRoundedRect(frame, spacing.CONTROL_RADIUS, spacing.CONTROL_RADIUS)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.main), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, spacing.CONTROL_RADIUS, spacing.CONTROL_RADIUS)
        self._draw_mark(painter)
        self._draw_words(painter)

    def _name_top(self) -> int:
        """In the middle where nothing stands below it."""
        return theme().px(5) if self._detail else (self.height() - theme().px(24)) // 2

    def _draw_mark(self, painter: QPainter) -> None:
        colours, side = theme().tokens, theme().px(18)
        x, y = spacing.S, self._name_top() + theme().px(3)
        if self._is_done:
            painter.drawPixmap(x, y, pixmap("check", colours.good, side))
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        colour = colours.main if self._is_next else colours.control_line
        painter.setPen(QPen(QColor(colour), 2.4))
        painter.drawEllipse(x + 2, y + 2, side - 4, side - 4)

    def _draw_words(self, painter: QPainter) -> None:
        colours = theme().tokens
        left = spacing.S + theme().px(18) + 6
        width = self.width() - left - 2
        name = colours.text_on_tint(Tone.MAIN) if self._is_next else colours.ink
        painter.setFont(self._name_font())
        painter.setPen(QColor(name if self.isEnabled() else colours.soft))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(left, self._name_top(), width, theme().px(24), flags, self.text())
        painter.setFont(typography.font(typography.Size.SMALL, scale=theme().scale))
        painter.setPen(QColor(colours.soft))
        mode = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(self._detail, mode, width)
        painter.drawText(left, theme().px(28), width, theme().px(22), flags, shown)


class StepsBar(QWidget):
    """All five.

    Signals:
        chosen: the Step pressed.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = {
            Step.VISIT: self.tr("Termin"),
            Step.INTERVIEW: self.tr("Gespräch"),
            Step.RESULTS: self.tr("Auswertung"),
            Step.ADVICE: self.tr("Empfehlungen"),
            Step.REPORT: self.tr("Bericht"),
        }
        self.buttons = {step: StepButton(name) for step, name in words.items()}
        for step, button in self.buttons.items():
            button.clicked.connect(lambda _checked, step=step: self.chosen.emit(step))
        self.setLayout(row(*self.buttons.values(), gap=spacing.XS))
        self.setAccessibleName(self.tr("Weg der Beratung"))

    def show_way(self, way: Way, measures: int, reports: int) -> None:
        """Where the file stands."""
        details = {
            Step.VISIT: self._day(way),
            Step.INTERVIEW: self._answers(way),
            Step.ADVICE: counted(measures, self.tr("Maßnahme"), self.tr("Maßnahmen"))
            if measures
            else "",
            Step.REPORT: self.tr("Fassung {0}").format(reports) if reports else "",
        }
        for step, button in self.buttons.items():
            button.show_state(
                details.get(step) or (self.tr("als Nächstes") if step is way.next else ""),
                is_done=step in way.done,
                is_next=step is way.next,
                is_reachable=way.is_reachable(step),
            )

    def _day(self, way: Way) -> str:
        moment = way.visit.starts_at if way.visit else None
        return short_date(moment.astimezone(BERLIN).date()) if moment else ""

    def _answers(self, way: Way) -> str:
        if not way.answered:
            return ""
        return self.tr("{0} von {1}").format(way.answered, max(way.asked, way.answered))
