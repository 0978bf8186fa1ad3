"""Who one talks to at the company: a list, and a form that opens in its place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import (
    Card,
    Field,
    FieldForm,
    Kind,
    ListRow,
    QuietButton,
    RowList,
    SecondaryButton,
    SoftText,
    clear,
    column,
    row,
    spacer,
)
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.company_file import (
    CompanyFile,
    ContactView,
    add_contact,
    edit_contact,
    remove_contact,
)
from desktop_advisor.usecases.visits import ROLES
from desktop_advisor.usecases.workplace import Workplace


class Contacts(Card):
    """Ansprechpersonen.

    Signals:
        changed: somebody was added, edited or removed.
    """

    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        self.plus = QuietButton("", "plus")
        super().__init__("", self.plus)
        self.set_title(self.tr("Ansprechpersonen"))
        self.plus.setText(self.tr("Person"))
        self.plus.setAccessibleName(self.tr("Person hinzufügen"))
        self.plus.clicked.connect(lambda _checked: self._open(None))
        self._place = place
        self._file: CompanyFile | None = None
        self.list = RowList()
        self._room = QVBoxLayout()
        self.form: FieldForm | None = None
        self.add(self._room, self.list)

    def show_file(self, file: CompanyFile) -> None:
        """The people of the file."""
        self._file = file
        self.list.show_rows(
            [self._row(contact) for contact in file.contacts]
            or [SoftText(self.tr("Noch niemand eingetragen."))]
        )

    def _row(self, contact: ContactView) -> ListRow:
        role = ROLES.get(contact.role, contact.role)
        made = ListRow(
            contact.name or self.tr("ohne Namen"),
            joined(contact.function or role, contact.phone, contact.email),
        )
        made.pressed.connect(lambda: self._open(contact))
        return made

    def _open(self, contact: ContactView | None) -> None:
        clear(self._room)
        self.form = form = FieldForm(self._fields(), columns=2)
        if contact is not None:
            form.put({field.key: getattr(contact, field.key) for field in self._fields()})
        save = SecondaryButton(
            self.tr("Person eintragen") if contact is None else self.tr("Übernehmen")
        )
        save.clicked.connect(lambda _checked: self._save(contact))
        close = QuietButton(self.tr("Abbrechen"))
        close.clicked.connect(lambda _checked: self._close())
        remove = QuietButton(self.tr("Entfernen"), "trash") if contact is not None else None
        if remove is not None and contact is not None:
            remove.clicked.connect(lambda _checked: self._remove(contact))
        buttons = row(remove, spacer(), close, save)
        self._room.addLayout(column(form, buttons, gap=spacing.M, margins=(0, 0, 0, spacing.L)))
        form.focus_first()

    def _fields(self) -> tuple[Field, ...]:
        return (
            Field("name", self.tr("Name"), required=True),
            Field("role", self.tr("Rolle"), Kind.CHOICE, options=tuple(ROLES.items())),
            Field("function", self.tr("Funktion"), hint=self.tr("Werkleitung")),
            Field("phone", self.tr("Telefon")),
            Field("email", self.tr("E-Mail"), wide=True),
        )

    def _save(self, contact: ContactView | None) -> None:
        form, file = self.form, self._file
        if form is None or file is None or form.values() is None:
            return
        texts = form.texts()
        if contact is None:
            add_contact(self._place, file.company_id, **texts)
        else:
            for key, text in texts.items():
                if getattr(contact, key) != text:
                    edit_contact(self._place, contact.contact_id, key, text)
        self._close()
        self.changed.emit()

    def _remove(self, contact: ContactView) -> None:
        remove_contact(self._place, contact.contact_id)
        self._close()
        self.changed.emit()

    def _close(self) -> None:
        clear(self._room)
        self.form = None
