"""A run as the advisor reads it: its phases, each with its state, and a way to stop."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from desktop_advisor.domain.german import figure
from desktop_advisor.ui.synchronise.run import SyncRun
from desktop_advisor.ui.synchronise.wording import size_words
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Card, IconLabel, Label, ProgressLine, SmallText, Text
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.sync_phases import RunView, Step, StepState, StepView, running, share

translate = QCoreApplication.translate


def step_name(step: Step) -> str:
    """What a phase is called."""
    return {
        Step.HELLO: translate("synchronise", "Server begrüßen"),
        Step.CONTENT: translate("synchronise", "Inhalte"),
        Step.FILES_UP: translate("synchronise", "Dateien senden"),
        Step.CHANGES_UP: translate("synchronise", "Änderungen senden"),
        Step.CHANGES_DOWN: translate("synchronise", "Änderungen empfangen"),
        Step.FILES_DOWN: translate("synchronise", "Dateien empfangen"),
        Step.CHECK: translate("synchronise", "Abgleich prüfen"),
        Step.SORT: translate("synchronise", "Einsortieren"),
        Step.STAMPS: translate("synchronise", "Zeitstempel"),
        Step.DONE: translate("synchronise", "Fertig"),
    }[step]


def state_word(state: StepState) -> str:
    """Where a phase stands, in a word."""
    return {
        StepState.WAITING: translate("synchronise", "wartet"),
        StepState.RUNNING: translate("synchronise", "läuft"),
        StepState.DONE: translate("synchronise", "fertig"),
        StepState.NOTHING: translate("synchronise", "nichts zu tun"),
        StepState.FAILED: translate("synchronise", "fehlgeschlagen"),
    }[state]


def step_detail(view: StepView) -> str:
    """How far a phase is: files, changes, bytes; "" where there is nothing to count."""
    if view.state in {StepState.WAITING, StepState.NOTHING}:
        return ""
    if view.step in {Step.CHANGES_UP, Step.CHANGES_DOWN}:
        if view.total > view.done:
            of = translate("synchronise", "{0} von {1}")
            return joined(of.format(view.done, view.total), size_words(view.size))
        if not view.done:
            return ""
        return joined(figure(view.done), size_words(view.size))
    if view.step in {Step.FILES_UP, Step.FILES_DOWN, Step.STAMPS} and view.total:
        files = translate("synchronise", "{0} von {1}").format(view.done, view.total)
        return joined(files, size_words(view.size))
    return ""


def running_words(view: RunView | None) -> str:
    """What is being done right now, in one line."""
    step = running(view) if view else None
    if step is None:
        return translate("synchronise", "Verbindung wird aufgebaut …")
    return joined(step_name(step.step), step_detail(step))


_LOOKS = {
    StepState.WAITING: ("ring", Tone.NEUTRAL),
    StepState.RUNNING: ("sync", Tone.MAIN),
    StepState.DONE: ("check", Tone.GOOD),
    StepState.NOTHING: ("dash", Tone.NEUTRAL),
    StepState.FAILED: ("warning", Tone.DANGER),
}
"""State → icon and tone; the word beside it says the same."""


class Phases(Card):
    """The run under way or the last one; hidden before the first."""

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Ablauf"))
        self.progress = ProgressLine()
        self._run: SyncRun | None = None
        self._lines: dict[Step, tuple[IconLabel, QLabel, QLabel]] = {}
        table = QGridLayout()
        table.setHorizontalSpacing(spacing.M)
        table.setVerticalSpacing(spacing.XS)
        table.setColumnStretch(1, 1)
        for number, step in enumerate(Step):
            icon, detail = IconLabel("ring", side=16), SmallText("", wrap=False)
            word = Label("", "small")
            table.addWidget(icon, number, 0, Qt.AlignmentFlag.AlignVCenter)
            table.addWidget(Text(step_name(step)), number, 1)
            table.addWidget(detail, number, 2, Qt.AlignmentFlag.AlignRight)
            table.addWidget(word, number, 3)
            self._lines[step] = (icon, detail, word)
        self.add(self.progress, spacing.XS, table)
        self.hide()

    def follow(self, run: SyncRun) -> None:
        """Show this run from now on."""
        self._run = run
        self.progress.cancelled.connect(run.cancel)
        run.moved.connect(self.show_run)
        self.show_run()

    def show_run(self) -> None:
        """The phases as they stand."""
        run = self._run
        if run is None or run.view is None:
            self.hide()
            return
        for view in run.view:
            icon, detail, word = self._lines[view.step]
            icon.show_icon(*_LOOKS[view.state])
            detail.setText(step_detail(view))
            word.setText(state_word(view.state))
        self.progress.setVisible(run.is_running)
        self.progress.stop.setEnabled(not run.is_stopping)
        ending = self.tr("Wird beendet …")
        words = ending if run.is_stopping else running_words(run.view)
        self.progress.advance(share(run.view), words)
        self.show()
