"""What the sides said to one question: covered until it may be shown, then beside each other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.ui.interview.autosave import AutosavedNote
from desktop_advisor.ui.interview.sides import said, shortened, side, who_answered
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XS, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    IconLabel,
    Label,
    QuietButton,
    SecondaryButton,
    SmallText,
    clear,
    column,
    row,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.question_views import Comparison, SideView

LARGE_TYPE = 1.4
"""From this font scale on two tiles stand side by side instead of four."""


class Cover(QWidget):
    """Who has answered covertly, and the way to look.

    Signals:
        reveal: the covered answers are to be shown. Before both sides have answered it takes a
            second press, because nobody answers covertly afterwards.
    """

    reveal = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_early = False
        self._is_before_answer = False
        self._is_armed = False
        self._words = SmallText("")
        self._whose = SmallText(
            self.tr(
                "Ob aufgedeckt wird, entscheidet der Betriebsrat. Es gilt für diese Frage im "
                "Gespräch und ist keine Freigabe für Auswertung und Bericht."
            )
        )
        self._warning = Label("", "small-ink", wrap=True)
        self.button = SecondaryButton("")
        self.button.clicked.connect(self._press)
        self.keep = QuietButton(self.tr("Verdeckt lassen"))
        self.keep.clicked.connect(self._keep_covered)
        for button in (self.button, self.keep):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        buttons = FlowLayout(self.button, self.keep)
        self.setLayout(column(self._words, self._whose, self._warning, buttons, gap=S))

    def show_hidden(
        self, hidden: tuple[Perspective, ...], own: Perspective | None, *, can_reveal: bool
    ) -> None:
        """Say who is covered; own: the side asked now if it has answered, else None."""
        both = {Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL}
        self._is_early, self._is_armed = not both <= {own, *hidden}, False
        self._is_before_answer = own is None
        self._words.setText(who_answered(hidden))
        council = Perspective.WORKS_COUNCIL
        self._whose.setVisible(can_reveal and (council in hidden or own is council))
        self.button.setVisible(can_reveal)
        self._show_step()
        self.setVisible(bool(hidden))

    def _press(self) -> None:
        if self._is_early and not self._is_armed:
            self._is_armed = True
            self._show_step()
            return
        self._is_armed = False
        self.reveal.emit()

    def _keep_covered(self) -> None:
        self._is_armed = False
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_step()

    def _show_step(self) -> None:
        self.button.setText(self._what_a_press_does())
        warning = self.tr("Danach antwortet auf diese Frage niemand mehr verdeckt.")
        self._warning.setText(warning if self._is_armed else "")
        self._warning.setVisible(self._is_armed)
        self.keep.setVisible(self._is_armed)

    def _what_a_press_does(self) -> str:
        if self._is_armed:
            return self.tr("Wirklich aufdecken")
        if not self._is_early:
            return self.tr("Aufdecken")
        if self._is_before_answer:
            return self.tr("Vor der Antwort aufdecken")
        return self.tr("Vorzeitig aufdecken")


class ComparisonCard(QWidget):
    """The sides beside each other, never averaged; from two levels on a Gesprächsanlass.

    Signals:
        settle_jointly: the table wants to set a value together.
    """

    settle_jointly = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Sichtweisen nebeneinander"))
        self._tiles = QGridLayout()
        self._tiles.setSpacing(XS)
        self._tiles.setContentsMargins(0, 0, 0, 0)
        self._lines = column(gap=XS)
        self._apart = Label("", "small-ink", wrap=True)
        self._mark = _banner(Tone.ATTENTION)
        self._mark.setLayout(
            row(IconLabel("info", Tone.ATTENTION, 18), self._apart, gap=S, margins=(S, S, S, S))
        )
        self.note = AutosavedNote(2)
        self.note.setAccessibleName(self.tr("Notiz zum Gesprächsanlass"))
        self.note.setPlaceholderText(self.tr("Was das Gespräch dazu ergab"))
        self.joint = SecondaryButton(self.tr("Gemeinsam festlegen"))
        self.joint.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.joint.clicked.connect(self.settle_jointly)
        parts = column(gap=S)
        parts.addLayout(self._tiles)
        parts.addLayout(self._lines)
        for part in (self._mark, self.note, self.joint):
            parts.addWidget(part)
        self.setLayout(parts)

    def show_sides(self, comparison: Comparison, *, has_levels: bool, is_joint: bool) -> None:
        """The sides that may be shown.

        has_levels: the answers are levels 0–5 and stand on tiles; else only their words.
        is_joint: the table is setting its value now, so nothing leads there any more.
        """
        self.note.setMaximumHeight(theme().px(80))
        self._show_tiles(comparison.sides if has_levels else ())
        clear(self._lines)
        for view in comparison.sides:
            self._lines.addWidget(_line(view))
        self._apart.setText(self._distance(comparison))
        self._mark.setVisible(comparison.is_dissent)
        if not self.note.is_pending():
            self.note.put(comparison.note)
        self.note.setVisible(comparison.is_dissent or bool(comparison.note))
        self.joint.setVisible(not is_joint)

    def _show_tiles(self, sides: tuple[SideView, ...]) -> None:
        clear(self._tiles)
        columns = 2 if len(sides) == 4 and theme().scale > LARGE_TYPE else max(len(sides), 1)
        for number, view in enumerate(sides):
            self._tiles.addWidget(self._tile(view), number // columns, number % columns)

    def _tile(self, view: SideView) -> QFrame:
        words = side(view.perspective)
        tile = _banner(words.tone)
        answered = view.response.state is AnswerState.ANSWERED
        level = view.response.value if answered else "–"
        parts = (Label(words.short, "small-ink"), Label(level, "heading"))
        for part in parts:
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        tile.setLayout(column(*parts, gap=0, margins=(XS, XS, XS, XS)))
        spoken = self.tr("{0}: Stufe {1}") if answered else self.tr("{0}: {1}")
        tile.setAccessibleName(spoken.format(words.name, level if answered else said(view)))
        return tile

    def _distance(self, comparison: Comparison) -> str:
        """How far management and works council are apart; "" unless both gave a level."""
        levels = [
            int(view.response.value)
            for view in comparison.sides
            if view.perspective in (Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL)
            and view.response.value.isdigit()
        ]
        if len(levels) != 2:
            return self.tr("Gesprächsanlass")
        apart = abs(levels[0] - levels[1])
        return self.tr("Gesprächsanlass: {0} Stufen auseinander").format(apart)


def _banner(tone: Tone) -> QFrame:
    made = QFrame()
    made.setProperty("kind", "banner")
    made.setProperty("tone", str(tone))
    return made


def _line(view: SideView) -> Label:
    """'GF: Für mindestens einen Bereich liegt …', the whole in the tool tip."""
    words = said(view)
    made = Label(f"{side(view.perspective).short}: {shortened(words)}", "small-ink", wrap=True)
    made.setToolTip(words if shortened(words) != words else "")
    return made
