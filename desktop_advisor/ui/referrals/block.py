"""One referral: whom, what for, how far, and the one thing to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.domain.german import short_date
from desktop_advisor.ui.referrals.wording import happened, next_step, referral_state
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Label,
    Pill,
    QuietButton,
    SecondaryButton,
    SmallText,
    column,
    row,
)
from desktop_advisor.ui.widgets.buttons import Button
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.referrals import ReferralView


class ReferralBlock(QWidget):
    """Words and buttons of one referral; `below` has room for what a button asks.

    Signals:
        pressed: agree, send, feedback, note, edit or drop.
    """

    pressed = Signal(str)

    def __init__(self, view: ReferralView, *, is_late: bool = False) -> None:
        super().__init__()
        self.view = view
        self.buttons: dict[str, Button] = {}
        self.below: QVBoxLayout = column(self._head(is_late), gap=S)
        for words in (view.concern, happened(view)):
            if words:
                self.below.addWidget(Label(words, "small-ink", wrap=True))
        detail = self._detail()
        if detail:
            self.below.addWidget(SmallText(detail))
        self._add_buttons()
        self.setLayout(self.below)
        self.setAccessibleName(f"{view.recipient}. {referral_state(view)[0]}")

    def _head(self, is_late: bool) -> QWidget:
        word, tone = referral_state(self.view)
        pills = [Pill(self.tr("überfällig"), Tone.DANGER)] if is_late else []
        pills.append(Pill(word, tone))
        line = row(gap=S)
        line.addWidget(Label(self.view.recipient, "strong", wrap=True), 1)
        for pill in pills:
            line.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    def _detail(self) -> str:
        """The measure it serves, and how the body is reached and how old that is."""
        view, reach = self.view, ""
        measure = self.tr("Maßnahme: {0}").format(view.measure_title) if view.measure_title else ""
        if view.contact is not None:
            offer = view.contact
            checked = self.tr("Stand {0}").format(short_date(offer.checked_on))
            reach = joined(offer.provider, offer.phone, offer.email, offer.website, checked)
        return "\n".join(part for part in (measure, reach) if part)

    def _add_buttons(self) -> None:
        step = next_step(self.view)
        if step is not None:
            self._button(step[0], SecondaryButton(step[1]))
        if self.view.has_consent and self.view.state != "dropped":
            self._button("note", QuietButton(self.tr("Übergabenotiz …")))
        if self.view.state == "planned":
            self._button("edit", QuietButton(self.tr("Ändern …")))
        if self.view.state in ("planned", "agreed", "sent"):
            self._button("drop", QuietButton(self.tr("Verwerfen")))
        if self.buttons:
            self.below.addLayout(FlowLayout(*self.buttons.values()))

    def _button(self, key: str, button: Button) -> None:
        button.setAccessibleName(f"{self.view.recipient}: {button.text()}")
        button.clicked.connect(lambda: self.pressed.emit(key))
        self.buttons[key] = button
