"""One visit: its end, who takes part, and what they consent to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.company_file.visit_end import VisitEnd
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    ChoiceBox,
    Label,
    Option,
    QuietButton,
    SecondaryButton,
    Segmented,
    SmallText,
    Text,
    clear,
    column,
    row,
)
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.company_file import (
    ConsentView,
    ParticipantView,
    VisitView,
    consenting,
)
from desktop_advisor.usecases.visits import (
    ROLES,
    Person,
    add_participant,
    record_consent,
    remove_participant,
)
from desktop_advisor.usecases.workplace import Workplace

LONGEST_ROLE = 15


class VisitPanel(QWidget):
    """Participants with a quick line to add one, then one line per purpose.

    Signals:
        changed: something was committed.
    """

    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._visit: VisitView | None = None
        self._said: dict[str, tuple[Segmented, SmallText]] = {}
        people = QWidget()
        self._people, self._consents = QVBoxLayout(people), QVBoxLayout()
        self._people.setContentsMargins(0, 0, 0, 0)
        self._people.setSpacing(0)
        self._consents.setSpacing(spacing.M)
        self._trouble = Banner()
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Name der teilnehmenden Person"))
        self.role = ChoiceBox(tuple(ROLES.items()))
        self.role.setAccessibleName(self.tr("Rolle der teilnehmenden Person"))
        self.enter = SecondaryButton(self.tr("Hinzufügen"))
        self.enter.clicked.connect(lambda _checked: self._add_person())
        self.name.returnPressed.connect(self._add_person)
        self.end = VisitEnd(place)
        self.end.ended.connect(self.changed)
        self.setLayout(
            column(
                self._trouble,
                self.end,
                Label(self.tr("Beteiligte"), "label"),
                people,
                self._quick_line(),
                spacing.S,
                Label(self.tr("Datenschutz: jede Einwilligung ist freiwillig"), "label"),
                self._consents,
                margins=(spacing.M, spacing.S, spacing.M, spacing.M),
            )
        )

    def _quick_line(self) -> QHBoxLayout:
        line = row(gap=spacing.S)
        self.role.setMinimumContentsLength(LONGEST_ROLE)
        line.addWidget(self.name, 1)
        line.addWidget(self.role)
        line.addWidget(self.enter)
        return line

    def show_visit(self, visit: VisitView) -> None:
        """The people and consents of a visit; a half-typed name stays."""
        self._visit = visit
        self.end.show_visit(visit)
        clear(self._people)
        for person in visit.people:
            self._people.addWidget(self._person(person))
        if not visit.people:
            self._people.addWidget(SmallText(self.tr("Noch niemand eingetragen.")))
        if [consent.purpose for consent in visit.consents] != list(self._said):
            clear(self._consents)
            for consent in visit.consents:
                self._consents.addWidget(self._consent(consent))
        for consent in visit.consents:
            choice, words = self._said[consent.purpose]
            choice.set_value({True: "yes", False: "no", None: ""}[consent.granted])
            by = self.tr("erklärt von {0}").format(consent.given_by) if consent.given_by else ""
            words.setText(joined(by, consent.text))

    def _person(self, person: ParticipantView) -> QWidget:
        made = QWidget()
        remove = QuietButton("", "close")
        remove.setAccessibleName(self.tr("{0} entfernen").format(person.name))
        remove.setToolTip(remove.accessibleName())
        remove.clicked.connect(lambda _checked: self._remove(person))
        line = row(gap=spacing.S)
        line.addWidget(Text(joined(person.name, person.function or person.role_text)), 1)
        line.addWidget(remove)
        made.setLayout(line)
        return made

    def _consent(self, consent: ConsentView) -> QWidget:
        made = QWidget()
        options = (
            Option("yes", self.tr("erteilt"), tone=Tone.MAIN),
            Option("no", self.tr("nicht erteilt"), tone=Tone.MAIN),
        )
        choice = Segmented(consent.title, options)
        choice.setFixedWidth(theme().px(240))
        choice.chosen.connect(lambda key: self._record(consent, key == "yes"))
        words = SmallText()
        self._said[consent.purpose] = (choice, words)
        line = row(gap=spacing.L)
        line.addWidget(Text(consent.title), 1)
        line.addWidget(choice)
        made.setLayout(column(line, words, gap=2))
        return made

    def _add_person(self) -> None:
        name = self.name.text().strip()
        if self._visit is None or not name:
            self.name.setFocus()
            return
        add_participant(self._place, self._visit.visit_id, Person(name, self.role.value()))
        self.name.clear()
        self.name.setFocus()
        self.changed.emit()

    def _remove(self, person: ParticipantView) -> None:
        remove_participant(self._place, person.participant_id)
        self.changed.emit()

    def _record(self, consent: ConsentView, granted: bool) -> None:
        if self._visit is None:
            return
        try:
            record_consent(
                self._place,
                self._visit.visit_id,
                consent.purpose,
                granted=granted,
                given_by=consenting(self._visit),
            )
        except KnownError as error:
            self._trouble.say_error(error)
            return
        self.changed.emit()
