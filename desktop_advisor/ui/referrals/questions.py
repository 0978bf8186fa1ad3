"""What is asked before a referral goes on: who agrees, when it was handed over, what came back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.widgets import (
    Field,
    FieldForm,
    Kind,
    Label,
    QuietButton,
    SecondaryButton,
    column,
    row,
    spacer,
)
from desktop_advisor.ui.widgets.field import Value
from desktop_advisor.usecases.referrals import (
    ReferralView,
    agree_referral,
    note_feedback,
    send_referral,
)

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace

translate = QCoreApplication.translate
NOTE_HEIGHT = 96
Values = dict[str, Value]


class Question(QWidget):
    """A few fields with their buttons, right under what they are about.

    Signals:
        saved: what writes the values down, to be called.
        cancelled: nothing is to be written.
    """

    saved = Signal(object)
    cancelled = Signal()

    def __init__(
        self, fields: Sequence[Field], save: Callable[[Values], object], words: str = ""
    ) -> None:
        super().__init__()
        self._save = save
        self.form = FieldForm(fields, columns=2)
        self.take = SecondaryButton(self.tr("Speichern"))
        cancel = QuietButton(self.tr("Abbrechen"))
        self.take.clicked.connect(self._take)
        cancel.clicked.connect(self.cancelled)
        for line in self.form.lines.values():
            if line.field.kind is Kind.NOTE:
                line.edit.setMaximumHeight(theme().px(NOTE_HEIGHT))
        hint = Label(words, "small-ink", wrap=True) if words else None
        buttons = row(self.take, cancel, spacer(), gap=S)
        self.setLayout(column(hint, self.form, buttons, gap=S))

    def _take(self) -> None:
        values = self.form.values()
        if values is not None:
            self.saved.emit(lambda: self._save(values))


def ask_consent(place: Workplace, view: ReferralView, today: date) -> Question:
    """Who agrees, and on which day; and what exactly is passed on."""
    words = translate(
        "referrals",
        "Bitte vorlesen: An „{0}“ werden weitergegeben: Name und Ort des Unternehmens, Name und "
        "Kontaktdaten der einwilligenden Person, das Anliegen, die Tage der Termine und die "
        "Maßnahmen dazu. Die Einwilligung ist freiwillig und kann widerrufen werden.",
    ).format(view.recipient)
    fields = (
        Field(
            "by",
            translate("referrals", "Wer willigt für das Unternehmen ein?"),
            hint=translate("referrals", "Vor- und Nachname"),
            required=True,
        ),
        Field("on", translate("referrals", "am"), Kind.DAY),
    )

    def save(values: Values) -> None:
        agree_referral(place, view.referral_id, str(values["by"]), _day(values["on"]))

    question = Question(fields, save, words)
    question.form.put({"on": today})
    return question


def ask_sent(place: Workplace, view: ReferralView, today: date) -> Question:
    """On which day it was handed over."""
    day = Field("on", translate("referrals", "Übergeben am"), Kind.DAY, required=True)
    question = Question(
        (day,), lambda values: send_referral(place, view.referral_id, _day(values["on"]))
    )
    question.form.put({"on": today})
    return question


def ask_feedback(place: Workplace, view: ReferralView, today: date) -> Question:
    """What the body answered, and when."""
    fields = (
        Field(
            "words",
            translate("referrals", "Was hat die Stelle zurückgemeldet?"),
            Kind.NOTE,
            required=True,
            wide=True,
        ),
        Field("on", translate("referrals", "am"), Kind.DAY),
    )

    def save(values: Values) -> None:
        note_feedback(place, view.referral_id, str(values["words"]), _day(values["on"]))

    question = Question(fields, save)
    question.form.put({"on": today})
    return question


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None
