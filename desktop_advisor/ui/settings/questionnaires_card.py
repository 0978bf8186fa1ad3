"""The questionnaires on this device: the program's, and those the advisor brought along."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    Label,
    ListRow,
    Pill,
    QuietButton,
    RowList,
    SecondaryButton,
    SmallText,
    clear,
    column,
    row,
    spacer,
)
from desktop_advisor.ui.words import joined, questionnaire_length
from desktop_advisor.usecases.own_questionnaires import (
    SHOWN,
    Place,
    Refused,
    add_questionnaire,
    remove_questionnaire,
)
from desktop_advisor.usecases.questionnaires import QuestionnaireView, available
from desktop_advisor.usecases.workplace import Workplace


class QuestionnairesCard(Card):
    """Fragebögen.

    Signals:
        changed: one was added or removed.
    """

    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.set_title(self.tr("Fragebögen"))
        self._place = place
        self.message = Banner()
        self._findings = QVBoxLayout()
        self._findings.setSpacing(spacing.S)
        self.list = RowList()
        self.bring = SecondaryButton(self.tr("Fragebogen hinzufügen …"))
        self.bring.clicked.connect(lambda _checked: self._choose_file())
        hint = SmallText(
            self.tr(
                "Eigene Fragebögen sind XLSForm-Arbeitsmappen (.xlsx oder .md). Begonnene"
                " Gespräche behalten ihre Fassung."
            )
        )
        self.add(self.list, hint, self.message, self._findings, row(spacer(), self.bring))

    def show_questionnaires(self) -> None:
        """Those that can be chosen now."""
        self.list.show_rows([self._row(view) for view in available(self._place)])

    def _row(self, view: QuestionnaireView) -> ListRow:
        version = self.tr("Fassung {0}").format(view.version) if view.version else ""
        detail = view.problem or joined(version, questionnaire_length(view))
        trail: list[QWidget] = []
        if view.is_own:
            remove = QuietButton("", "trash")
            remove.setAccessibleName(self.tr("{0} entfernen").format(view.title))
            remove.setToolTip(remove.accessibleName())
            remove.clicked.connect(lambda _checked: self._remove(view))
            trail = [Pill(self.tr("eigener")), remove]
        return ListRow(view.title, detail, trail=trail, pressable=False)

    # -- another one -------------------------------------------------------------------------

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Fragebogen hinzufügen"),
            "",
            self.tr("Arbeitsmappen (*.xlsx *.md)"),
        )
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Check and add a workbook, off the GUI thread, as that takes a moment."""
        self._say_nothing()
        self.bring.setEnabled(False)
        self.message.say(self.tr("„{0}“ wird geprüft …").format(path.name), tone=Tone.MAIN)

        def work(_control: Control) -> QuestionnaireView:
            return add_questionnaire(self._place, path)

        run_task(self, work, on_done=self._taken, on_failed=self._refused)

    def _taken(self, view: QuestionnaireView) -> None:
        self.bring.setEnabled(True)
        words = self.tr("„{0}“, Fassung {1}, kann jetzt in der Firmenakte gewählt werden.")
        self.message.say(words.format(view.title, view.version or "–"), tone=Tone.GOOD)
        self.show_questionnaires()
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        self.bring.setEnabled(True)
        if isinstance(error, Refused) and error.places:
            self.message.say(error.headline, safe=error.safe, todo=error.todo)
            for place in error.places[:SHOWN]:
                self._findings.addLayout(self._finding(place))
            more = len(error.places) - SHOWN
            if more > 0:
                self._findings.addWidget(SmallText(self.tr("… und {0} weitere").format(more)))
        else:
            self.message.say_error(error)

    def _finding(self, place: Place) -> QVBoxLayout:
        where = Label(place.where, "label")
        said = Label(place.what, "small-ink", wrap=True)
        advice = SmallText(f"→ {place.advice}") if place.advice else None
        return column(where, said, advice, gap=0)

    def _remove(self, view: QuestionnaireView) -> None:
        self._say_nothing()
        try:
            remove_questionnaire(self._place, view.name)
        except KnownError as error:
            self.message.say_error(error)
            return
        self.bring.setFocus()
        self.show_questionnaires()
        self.changed.emit()

    def _say_nothing(self) -> None:
        clear(self._findings)
        self.message.say_nothing()
