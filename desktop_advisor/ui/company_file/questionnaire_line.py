"""Which questionnaire the case is asked with: a line to change it, a sheet before answers move."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.company_file.move_sheet import MoveSheet
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    ChoiceBox,
    HairLine,
    Label,
    Option,
    Pill,
    QuietButton,
    Segmented,
    SmallText,
    clear,
    column,
    row,
    spacer,
)
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.ui.words import joined, questionnaire_length
from desktop_advisor.usecases.company_file import CompanyFile
from desktop_advisor.usecases.questionnaire_moves import MovePreview, move, preview_move
from desktop_advisor.usecases.questionnaire_returns import last_move, return_to_former
from desktop_advisor.usecases.questionnaires import (
    HasAnswers,
    QuestionnaireView,
    available,
    choose,
    newer_version,
)
from desktop_advisor.usecases.workplace import Workplace

SIDE_BY_SIDE = 2
"""As many titles as fit beside each other; from then on they drop down."""
LONGEST_TITLE = 24
SEGMENT_WIDTH = 120


class QuestionnaireLine(QWidget):
    """Title, length and the others to choose from.

    Signals:
        changed: the case is asked with another one, or another version, from now on.
        asking: the sheet was opened or closed.
    """

    changed = Signal()
    asking = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._case_id: uuid.UUID | None = None
        self._present: QuestionnaireView | None = None
        self._shown: list[QuestionnaireView] = []
        self.choice: Segmented | ChoiceBox | None = None
        self.sheet: MoveSheet | None = None
        self._choice_room, self._sheet_room = QVBoxLayout(), QVBoxLayout()
        self._length = SmallText()
        self._length.setWordWrap(False)
        self._trouble = Banner()
        self._state = Pill("")
        self.newer = QuietButton(self.tr("Ansehen …"))
        self.newer.clicked.connect(lambda _checked: self._preview(self._name()))
        self.former = QuietButton("")
        self.former.clicked.connect(lambda _checked: self._return())
        self.former.hide()
        line = row(gap=spacing.M)
        line.addWidget(Label(self.tr("Fragebogen"), "label"))
        line.addLayout(self._choice_room)
        for part in (self._length, spacer(), self._state, self.newer, self.former):
            if isinstance(part, QWidget):
                line.addWidget(part)
            else:
                line.addStretch(1)
        margins = (spacing.S, spacing.XS, spacing.S, spacing.XS)
        self.setLayout(column(HairLine(), self._trouble, line, self._sheet_room, margins=margins))

    def show_file(self, file: CompanyFile) -> None:
        """The questionnaire of the open case; nothing before the first visit."""
        is_other = self._case_id != file.case_id
        self._case_id, self._present = file.case_id, file.questionnaire
        self.setVisible(file.questionnaire is not None)
        if file.case_id is None or file.questionnaire is None:
            return
        if is_other:
            self._close()
        self._offer(file.questionnaire)
        newer = newer_version(self._place, file.case_id)
        problem = file.questionnaire.problem
        self._length.setText(questionnaire_length(file.questionnaire))
        if problem:
            self._state.say(self.tr("fehlt auf diesem Gerät"), Tone.ATTENTION)
            self._state.setToolTip(problem)
        elif newer is not None:
            self._state.say(self.tr("neue Fassung {0}").format(newer.version), Tone.MAIN)
        show_if(self._state, bool(problem) or newer is not None)
        show_if(self.newer, newer is not None and self.sheet is None)
        moved = last_move(self._place, file.case_id)
        if moved is not None:
            words = self.tr("Zurück zu Fassung {0}").format(moved.old)
            self.former.setText(words)
            self.former.setToolTip(
                self.tr("Nimmt den Wechsel zu Fassung {0} zurück.").format(moved.new)
            )
        show_if(self.former, moved is not None and self.sheet is None)

    # -- within ------------------------------------------------------------------------------

    def _name(self) -> str:
        return self._present.name if self._present else ""

    def _offer(self, present: QuestionnaireView) -> None:
        """The choices anew only where they differ, so that the keyboard stays where it is."""
        views = [view for view in available(self._place) if not view.problem]
        if present.name not in {view.name for view in views}:
            views.append(present)
        if views != self._shown or self.choice is None:
            self._shown = views
            clear(self._choice_room)
            self.choice = self._made(views)
            self.choice.chosen.connect(self._choose)
            self._choice_room.addWidget(self.choice)
        if self.sheet is None:
            self.choice.set_value(present.name)

    def _made(self, views: list[QuestionnaireView]) -> Segmented | ChoiceBox:
        name = self.tr("Fragebogen")
        if len(views) <= SIDE_BY_SIDE:
            options = [
                Option(v.name, v.title, joined(v.title, questionnaire_length(v))) for v in views
            ]
            made = Segmented(name, options)
            made.setMinimumWidth(theme().px(SEGMENT_WIDTH) * len(views))
            return made
        listed = [(v.name, joined(v.title, questionnaire_length(v))) for v in views]
        box = ChoiceBox(listed)
        box.setMinimumContentsLength(LONGEST_TITLE)
        box.setAccessibleName(name)
        return box

    def _choose(self, name: str) -> None:
        if self._case_id is None or name == self._name():
            self._close()
            return
        try:
            choose(self._place, self._case_id, name)
        except HasAnswers:
            self._preview(name)
        except KnownError as error:
            self._fail(error)
        else:
            self._close()
            self.changed.emit()

    def _preview(self, name: str) -> None:
        """What would become of the answers, before anything happens."""
        if self._case_id is None:
            return
        try:
            preview = preview_move(self._place, self._case_id, name)
        except KnownError as error:
            self._fail(error)
            return
        self._trouble.say_nothing()
        clear(self._sheet_room)
        self.sheet = MoveSheet(preview)
        self.sheet.confirmed.connect(self._move)
        self.sheet.dismissed.connect(self._dismiss)
        self._sheet_room.addWidget(self.sheet)
        self.newer.hide()
        self.former.setEnabled(False)
        self.sheet.go.setFocus()
        self.asking.emit()

    def _move(self, preview: MovePreview) -> None:
        if self._case_id is None:
            return
        try:
            move(self._place, self._case_id, preview.name)
        except KnownError as error:
            self._fail(error)
            return
        self._close()
        self.changed.emit()
        if self.choice is not None:
            self.choice.setFocus()

    def _return(self) -> None:
        """Take the last move back; where something is newer by now, only the button goes."""
        if self._case_id is None:
            return
        try:
            return_to_former(self._place, self._case_id)
        except KnownError as error:
            self._fail(error)
            return
        self.changed.emit()
        if self.choice is not None:
            self.choice.setFocus()

    def _dismiss(self) -> None:
        self._close()
        if self.choice is not None:
            self.choice.set_value(self._name())
            self.choice.setFocus()

    def _fail(self, error: KnownError) -> None:
        self._close()
        if self.choice is not None:
            self.choice.set_value(self._name())
        self._trouble.say_error(error)

    def _close(self) -> None:
        self._trouble.say_nothing()
        self.former.setEnabled(True)
        if self.sheet is not None:
            clear(self._sheet_room)
            self.sheet = None
            self.asking.emit()
