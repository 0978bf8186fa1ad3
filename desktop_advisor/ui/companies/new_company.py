"""The form for a new company: what one knows at the door; the rest is filled in the file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.companies.fields import company_fields, draft_from
from desktop_advisor.ui.duplicates.hint import AlreadyThere
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import Banner, Card, FieldForm, SoftText, column, row, spacer
from desktop_advisor.usecases.companies import CompanyDraft, InvalidFields, create_company
from desktop_advisor.usecases.workplace import Workplace

FORM_WIDTH = 720


class NewCompany(QWidget):
    """Only the name is needed; Enter in any field creates the file.

    Signals:
        created: the id of the new company.
        known: the id of a company that looks like it, to be opened instead.
        cancelled: closed without one.
    """

    created = Signal(object)
    known = Signal(object)
    cancelled = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.form = FieldForm(company_fields(brief=True), columns=2)
        self._trouble = Banner()
        self.there = AlreadyThere(place)
        card = Card()
        card.setMaximumWidth(FORM_WIDTH)
        card.add(
            SoftText(self.tr("Nur der Name ist nötig. Alles Weitere ergänzen Sie in der Akte.")),
            self._trouble,
            self.form,
            self.there,
        )
        edge = spacing.XXL
        line = row(gap=0)
        line.addWidget(card, 4)
        line.addStretch(1)
        self.setLayout(column(line, spacer(), margins=(edge, 22, edge, 22)))
        self.there.opened.connect(self._open_known)
        self.form.settled.connect(lambda _key, _value: self._look())
        for field in self.form.lines.values():
            if isinstance(field.edit, QLineEdit):
                field.edit.returnPressed.connect(self.save)

    def start(self, name: str = "") -> None:
        """The form as it was left, else an empty one; `name` was searched for in vain."""
        if not any(self.form.texts().values()):
            self.form.put({"name": name})
        self._trouble.say_nothing()
        self.form.focus_first()

    def _look(self) -> None:
        self.there.look(draft_from(self.form.texts()))

    def _open_known(self, company_id: object) -> None:
        self.forget()
        self.known.emit(company_id)

    def forget(self) -> None:
        """Empty the form: the company was created, or is not wanted."""
        draft = CompanyDraft()
        self.form.put({key: getattr(draft, key) for key in self.form.lines})
        self.there.look(draft)

    def save(self) -> None:
        """Create the company file, or say beside the field what is wrong."""
        if self.form.values() is None:
            return
        try:
            company_id = create_company(self._place, draft_from(self.form.texts()))
        except InvalidFields as error:
            for key, words in error.errors.items():
                self.form.say(key, words)
        except KnownError as error:
            self._trouble.say_error(error)
        else:
            self.forget()
            self.created.emit(company_id)
