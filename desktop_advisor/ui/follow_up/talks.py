"""The follow-up talks of a case: take or leave what is proposed, hold, move, add."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.domain.german import BERLIN, long_day, short_date
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    Field,
    FieldForm,
    HairLine,
    Kind,
    Label,
    Pill,
    QuietButton,
    SecondaryButton,
    SmallText,
    SoftText,
    clear,
    column,
    row,
    spacer,
)
from desktop_advisor.ui.widgets.field import Value
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.follow_ups import (
    Talk,
    accept_talk,
    add_talk,
    drop_talk,
    finish_talk,
    list_talks,
    move_talk,
    skip_talk,
)
from desktop_advisor.usecases.worklist import talk_title

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


NOTE_HEIGHT = 110
"""Most pixels of the note at 100 %; it scrolls within."""


class Talks(Card):
    """One block per talk; at most one of them asks something at a time.

    Signals:
        changed: something was saved.
    """

    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.set_title(self.tr("Wiedervorlage"))
        self._place = place
        self._case_id: uuid.UUID | None = None
        self.talks: tuple[Talk, ...] = ()
        self.form: FieldForm | None = None
        self._question: QWidget | None = None
        self.buttons: dict[tuple[uuid.UUID, str], SecondaryButton] = {}
        self.trouble = Banner()
        self.trouble.say_nothing()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(S)
        self._below: dict[uuid.UUID, QVBoxLayout] = {}
        self._asked = QVBoxLayout()
        self.plus = QuietButton(self.tr("Gespräch hinzufügen"), "plus")
        self.plus.clicked.connect(self._ask_day)
        self.add(self.trouble, self._lines, self._asked)
        self.body.addWidget(self.plus, 0, Qt.AlignmentFlag.AlignLeft)

    def show_case(self, case_id: uuid.UUID | None) -> None:
        """The talks of this case; None before there is one."""
        self._case_id = case_id
        self.talks = () if case_id is None else list_talks(self._place, case_id)
        self.buttons, self._below = {}, {}
        self._close()
        clear(self._lines)
        shown = [talk for talk in self.talks if talk.state != "dropped"]
        if not shown:
            self._lines.addWidget(SoftText(self._nothing()))
        for number, talk in enumerate(shown):
            if number:
                self._lines.addWidget(HairLine())
            self._lines.addWidget(self._block(talk))
        self.plus.setVisible(case_id is not None)

    def _nothing(self) -> str:
        if self.talks:
            return self.tr("Kein Gespräch vorgemerkt.")
        return self.tr(
            "Nach dem Siegeln des Berichts werden Gespräche nach 3, 6 und 12 Monaten vorgeschlagen."
        )

    # -- one talk ----------------------------------------------------------------------------

    def _block(self, talk: Talk) -> QWidget:
        word, tone = self._state(talk)
        head = row(gap=S)
        title = talk_title(talk.months, talk.due_on)
        head.addWidget(Label(title, "strong", wrap=True), 1)
        head.addWidget(Pill(word, tone), 0, Qt.AlignmentFlag.AlignTop)
        lines = column(head, SmallText(joined(self._when(talk), talk.note)), gap=S)
        actions = self._actions(talk)
        if actions:
            lines.addLayout(FlowLayout(*(self._button(talk, *action) for action in actions)))
        self._below[talk.talk_id] = lines
        holder = QWidget()
        holder.setLayout(lines)
        return holder

    def _state(self, talk: Talk) -> tuple[str, Tone]:
        if talk.state == "open" and talk.due_on < self._today():
            return self.tr("überfällig"), Tone.DANGER
        return {
            "proposed": (self.tr("Vorschlag"), Tone.ATTENTION),
            "open": (self.tr("vorgemerkt"), Tone.MAIN),
            "done": (self.tr("geführt"), Tone.GOOD),
        }.get(talk.state, (talk.state, Tone.NEUTRAL))

    def _today(self) -> date:
        return self._place.clock().astimezone(BERLIN).date()

    def _when(self, talk: Talk) -> str:
        if talk.done_on is not None:
            return self.tr("geführt am {0}").format(short_date(talk.done_on))
        return f"{long_day(talk.due_on)} {talk.due_on.year}"

    def _actions(self, talk: Talk) -> list[tuple[str, str, Callable[[], None]]]:
        if talk.state == "proposed" and talk.months is not None:
            months = talk.months
            return [
                ("accept", self.tr("Vormerken"), lambda: self._accept(talk, months)),
                ("skip", self.tr("Entfällt"), lambda: self._skip(talk, months)),
            ]
        if talk.state == "open":
            return [
                ("hold", self.tr("Geführt …"), lambda: self._ask_note(talk)),
                ("move", self.tr("Verschieben …"), lambda: self._ask_move(talk)),
                ("drop", self.tr("Entfällt"), lambda: self._save(self._drop(talk))),
            ]
        return []

    def _button(
        self, talk: Talk, key: str, words: str, action: Callable[[], None]
    ) -> SecondaryButton:
        button = SecondaryButton(words)
        button.setAccessibleName(f"{talk_title(talk.months, talk.due_on)}: {words}")
        button.clicked.connect(action)
        self.buttons[talk.talk_id, key] = button
        return button

    # -- saving ------------------------------------------------------------------------------

    def _accept(self, talk: Talk, months: int) -> None:
        case_id = self._case_id
        if case_id is not None:
            self._save(lambda: accept_talk(self._place, case_id, months, talk.due_on))

    def _skip(self, talk: Talk, months: int) -> None:
        case_id = self._case_id
        if case_id is not None:
            self._save(lambda: skip_talk(self._place, case_id, months, talk.due_on))

    def _drop(self, talk: Talk) -> Callable[[], object]:
        return lambda: drop_talk(self._place, talk.talk_id)

    def _save(self, save: Callable[[], object]) -> None:
        try:
            save()
        except Exception as error:  # noqa: BLE001  shown; what is typed stays in its field
            self.trouble.say_error(error)
            return
        self.trouble.say_nothing()
        self.show_case(self._case_id)
        self.changed.emit()

    # -- asking ------------------------------------------------------------------------------

    def _ask_note(self, talk: Talk) -> None:
        note = Field("note", self.tr("Was wurde besprochen?"), Kind.NOTE)
        day = Field("next_on", self.tr("Nächstes Gespräch"), Kind.DAY)

        def save(values: dict[str, Value]) -> None:
            said, again = str(values["note"] or ""), _day(values["next_on"])
            finish_talk(self._place, talk.talk_id, said, again)

        self._ask(self._below[talk.talk_id], (note, day), save)

    def _ask_move(self, talk: Talk) -> None:
        day = Field("day", self.tr("Neuer Tag"), Kind.DAY, required=True)

        def save(values: dict[str, Value]) -> None:
            if (wanted := _day(values["day"])) is not None:
                move_talk(self._place, talk.talk_id, wanted)

        self._ask(self._below[talk.talk_id], (day,), save)

    def _ask_day(self) -> None:
        case_id = self._case_id
        if case_id is None:
            return
        day = Field("day", self.tr("Tag"), Kind.DAY, required=True)
        note = Field("note", self.tr("Worum geht es?"))

        def save(values: dict[str, Value]) -> None:
            if (wanted := _day(values["day"])) is not None:
                add_talk(self._place, case_id, wanted, str(values["note"] or ""))

        self._ask(self._asked, (day, note), save)

    def _ask(
        self,
        where: QVBoxLayout,
        fields: tuple[Field, ...],
        save: Callable[[dict[str, Value]], None],
    ) -> None:
        """The fields right under what they are about, with the keyboard in the first."""
        self._close()
        self.form = form = FieldForm(fields)
        self.take = SecondaryButton(self.tr("Speichern"))
        cancel = QuietButton(self.tr("Abbrechen"))

        def take() -> None:
            values = form.values()
            if values is not None:
                self._save(lambda: save(values))

        self.take.clicked.connect(take)
        cancel.clicked.connect(self._close)
        for line in form.lines.values():
            if line.field.kind is Kind.NOTE:
                line.edit.setMaximumHeight(theme().px(NOTE_HEIGHT))
        self._question = QWidget()
        self._question.setLayout(column(form, row(self.take, cancel, spacer(), gap=S), gap=S))
        where.addWidget(self._question)
        self.plus.hide()
        form.focus_first()

    def _close(self) -> None:
        if self._question is not None:
            self._question.hide()
            self._question.deleteLater()
        self._question, self.form = None, None
        self.trouble.say_nothing()
        self.plus.show()

    def may_go(self) -> bool:
        """False, and said, while something is typed that would go with the card."""
        if self.form is None or not any(self.form.texts().values()):
            return True
        self.trouble.say(
            self.tr("Das Gespräch ist noch nicht gespeichert."),
            todo=self.tr("Bitte speichern Sie es, oder brechen Sie ab."),
            tone=Tone.ATTENTION,
        )
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back the question, not the whole screen."""
        if event.key() == Qt.Key.Key_Escape and self.form is not None:
            self._close()
        else:
            super().keyPressEvent(event)


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None
