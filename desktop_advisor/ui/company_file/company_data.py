"""Company data that saves itself: each field as soon as it is left or the typing pauses."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.companies.fields import (
    MUNICIPALITY,
    company_fields,
    draft_from,
    shown_texts,
)
from desktop_advisor.ui.widgets import Banner, Card, FieldForm, Label
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.usecases.companies import (
    CompanyDraft,
    InvalidFields,
    edit_company,
    remarks_on,
)
from desktop_advisor.usecases.company_file import CompanyFile
from desktop_advisor.usecases.workplace import Workplace

REMARKED = ("wz_code", "register_number", "vat_id", "establishment_number", MUNICIPALITY)
"""Fields that are remarked on as they are typed; nothing of it keeps them from being saved."""
_NUMBER_OF = {MUNICIPALITY: "ags"}


class CompanyData(Card):
    """The form of one company.

    Signals:
        typing: something is typed that is not saved yet.
        saved: it is committed.
        failed: it could not be committed; the text stays in the field.
    """

    typing = Signal()
    saved = Signal()
    failed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.set_title(self.tr("Unternehmensdaten"))
        self._place = place
        self._file: CompanyFile | None = None
        self._draft = CompanyDraft()
        self.form = FieldForm(company_fields(), columns=2)
        self._trouble = Banner()
        self.add(self._trouble, self.form)
        self.remarks = {key: Label(kind="small", wrap=True) for key in REMARKED}
        for key, label in self.remarks.items():
            show_if(label, False)
            self.form.put_below(key, label)
        self.form.typed.connect(lambda _key: self.typing.emit())
        self.form.typed.connect(lambda _key: self._remark())
        self.form.settled.connect(self._save)

    def show_file(self, file: CompanyFile) -> None:
        """The stored data; what is being typed right now is left alone."""
        self._file, self._draft = file, file.draft
        texts = shown_texts(file.draft)
        for key, line in self.form.lines.items():
            if not line.is_waiting():
                line.put(texts[key])
        self._remark()

    def _remark(self) -> None:
        """What is to be said of the official numbers as they stand in the fields right now."""
        typed = {key: line.raw() for key, line in self.form.lines.items()}
        said = remarks_on(draft_from(typed))
        for key, label in self.remarks.items():
            number = said[_NUMBER_OF.get(key, key)]
            is_shown = key != MUNICIPALITY or bool(typed[key])
            label.setText((number.problem or number.meaning) if is_shown else "")
            label.set_kind("error" if number.problem else "small")
            show_if(label, bool(label.text()))
            self.form.edit(key).setAccessibleDescription(label.text())

    def flush(self) -> bool:
        """Commit what is typed; False when a field cannot be saved as it stands."""
        self.form.settle()
        return not any(line.complaint() for line in self.form.lines.values())

    def _save(self, key: str, _value: object) -> None:
        """Only the field that settled: another one may still be half typed."""
        if self._file is None:
            return
        draft = draft_from({key: self.form.texts()[key]}, self._draft)
        try:
            edit_company(self._place, self._file.company_id, draft)
        except InvalidFields as error:
            for name, words in error.errors.items():
                self.form.say(name, words)
            self.failed.emit()
        except KnownError as error:
            self._trouble.say_error(error)
            self.failed.emit()
        else:
            self._trouble.say_nothing()
            self._draft = draft
            self.saved.emit()
