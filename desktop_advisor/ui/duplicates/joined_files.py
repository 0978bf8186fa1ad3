"""In the company file: the files that are shown in it, or the file it is shown in."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.domain.german import BERLIN, short_date
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    ListRow,
    QuietButton,
    RowList,
    SmallText,
    Strong,
    clear,
    column,
    row,
)
from desktop_advisor.usecases.merged_files import MergedFile, leading_file, merged_files, part
from desktop_advisor.usecases.workplace import Workplace


class JoinedFiles(Card):
    """Hidden where no file is shown in this one.

    Signals:
        opened: company id and visit id (or None) to go to.
        changed: a file stands by itself again.
    """

    opened = Signal(object, object)
    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.set_title(self.tr("Aus zusammengeführten Akten"))
        self._place = place
        self._trouble = Banner()
        self._trouble.say_nothing()
        self._files = QVBoxLayout()
        self._files.setSpacing(spacing.M)
        self.add(self._trouble, self._files)

    def show_file(self, company_id: uuid.UUID) -> None:
        """What is shown in that file."""
        clear(self._files)
        found = merged_files(self._place, company_id)
        for joined in found:
            self._files.addWidget(self._file(joined))
        self.setVisible(bool(found))

    def _file(self, joined: MergedFile) -> QWidget:
        made = QWidget()
        apart = QuietButton(self.tr("Wieder trennen"))
        apart.setAccessibleName(self.tr("{0} wieder trennen").format(joined.name))
        apart.clicked.connect(lambda _checked: self._part(joined.company_id))
        words = column(Strong(joined.name, wrap=True), SmallText(joined.holds), gap=0)
        head = row(gap=spacing.S)
        head.addLayout(words, 1)
        head.addWidget(apart)
        rows = RowList()
        lines: list[QWidget] = []
        for what, when, visit_id in joined.items:
            day = "" if when is None else short_date(when.astimezone(BERLIN).date())
            line = ListRow(what, day)
            line.pressed.connect(lambda v=visit_id: self.opened.emit(joined.company_id, v))
            lines.append(line)
        if not lines:
            line = ListRow(self.tr("Akte öffnen"))
            line.pressed.connect(lambda: self.opened.emit(joined.company_id, None))
            lines.append(line)
        rows.show_rows(lines)
        made.setLayout(column(head, rows, gap=spacing.XS))
        return made

    def _part(self, company_id: uuid.UUID) -> None:
        part(self._place, company_id)
        self.changed.emit()


class LeadingLine(Banner):
    """Says that this file is shown in another one, and leads there; hidden where it is not.

    Signals:
        wanted: id of the leading file.
    """

    wanted = Signal(object)

    def __init__(self, place: Workplace) -> None:
        super().__init__(action=self.tr("Führende Akte öffnen"))
        self._place = place
        self._lead: uuid.UUID | None = None
        self.action_pressed.connect(lambda: self.wanted.emit(self._lead))
        self.say_nothing()

    def show_file(self, company_id: uuid.UUID) -> None:
        """Whether that file is shown in another."""
        found = leading_file(self._place, company_id)
        self._lead = found[0] if found else None
        words = self.tr("Diese Akte ist mit „{0}“ zusammengeführt und erscheint dort.")
        self.say(words.format(found[1]) if found else "", tone=Tone.MAIN)
