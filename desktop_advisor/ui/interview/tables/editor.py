"""A repeat of the form as an editable table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import counted
from desktop_advisor.domain.staff_list import has_staff_columns
from desktop_advisor.ui.interview.tables.paste_page import PastePage
from desktop_advisor.ui.interview.tables.row_form import RowForm, bring_to_sight
from desktop_advisor.ui.interview.tables.row_model import RowModel
from desktop_advisor.ui.interview.tables.source import TableSource, targets_of
from desktop_advisor.ui.interview.tables.staff_page import StaffPage
from desktop_advisor.ui.interview.tables.table_page import TablePage
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.widgets import Banner, column


class TableEditor(QWidget):
    """Shows one table of an interview and commits every change of it at once.

    Attributes:
        current: the page at the front: the table, a row's form, or one of the two pastings.

    Signals:
        changed: something was saved; progress, scores and other questions may differ now.
        failed: the error that kept something from being saved; what was typed stays.
        covered: whether a page of its own (row, pasting) stands in place of the table, with a
            primary button of its own.
    """

    changed = Signal()
    failed = Signal(object)
    covered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: TableSource | None = None
        self.key = ""
        self.model = RowModel(self._commit, self)
        self.page = TablePage(self.model)
        self.form = RowForm(self.model)
        self.pasting = PastePage()
        self.staff = StaffPage()
        # No stack: a stack is as tall as its tallest page, shown or not.
        self.banner = Banner()
        self.banner.say_nothing()
        self._pages = (self.page, self.form, self.pasting, self.staff)
        self.setLayout(column(self.banner, *self._pages, gap=S))
        self._put_in_front(self.page)
        self._connect()

    def _connect(self) -> None:
        page, grid = self.page, self.page.grid
        page.add.clicked.connect(self.add_row)
        page.paste.clicked.connect(self.paste)
        page.staff.clicked.connect(self.read_staff)
        page.more.clicked.connect(lambda: self.open_row(max(0, grid.currentIndex().row())))
        page.problems.wanted.connect(self.go_to)
        grid.row_wanted.connect(self._on_row_wanted)
        grid.row_opened.connect(self.open_row)
        grid.row_removed.connect(self.remove_row)
        grid.table_pasted.connect(self.paste)
        self.model.edited.connect(self._on_edited)
        self.form.left.connect(self.back)
        for asking in (self.pasting, self.staff):
            asking.dismissed.connect(self.back)
        self.pasting.taken.connect(self._fill)
        self.staff.taken.connect(self._fill_staff)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    # -- show --------------------------------------------------------------------------------

    def show_table(self, interview: TableSource, key: str) -> None:
        """The table `key` of an interview, from its own page; again after any other change."""
        is_other = key != self.key or interview is not self._source
        self._source, self.key = interview, key
        if is_other:
            self.page.notice.say_nothing()
        self.refresh()
        if is_other:
            self.back()

    def refresh(self) -> None:
        """What the interview has now."""
        if self._source is None:
            return
        view = self._source.table(self.key)
        self.model.show_view(view)
        self.page.refresh(has_staff=has_staff_columns(c.name for c in view.columns))
        self.form.refresh()
        self.setAccessibleName(view.label)
        self.page.grid.setAccessibleName(view.label)

    def back(self) -> None:
        """From a page of its own to the table; a personnel list is forgotten."""
        self.staff.forget()
        self._put_in_front(self.page)
        self.covered.emit(False)
        if self.form.row >= 0 and self.model.rowCount() > self.form.row:
            self.page.grid.setCurrentIndex(self.model.index(self.form.row, 0))
            self.page.grid.setFocus()
        self.form.row = -1

    def focus_answer(self) -> None:
        """Keyboard to the table, or to the button that makes its first row."""
        (self.page.grid if self.model.rowCount() else self.page.add).setFocus()

    def settle(self) -> bool:
        """Commit what is being typed; False where a cell holds a text that could not be taken."""
        self.page.grid.commit_open()
        self.form.settle()
        return not self.model.has_drafts()

    # -- rows --------------------------------------------------------------------------------

    def add_row(self) -> None:
        """An empty last row with the keyboard in it."""
        if self._source is None:
            return
        source = self._source
        if self._try(lambda: source.add_row(self.key)):
            self.page.notice.say_nothing()
            self._saved()
            self.page.grid.edit_row(self.model.rowCount() - 1)

    def _on_row_wanted(self) -> None:
        """Behind the last cell; an empty last row is filled first."""
        rows = self.model.view.rows
        if not self.model.view.can_change_rows:
            return
        if rows and not any(cell.value for cell in rows[-1].cells):
            self.page.grid.edit_row(len(rows) - 1)
        else:
            self.add_row()

    def remove_row(self, number: int) -> None:
        """Take a row away and offer to bring it back."""
        if self._source is None or not self.model.view.can_change_rows:
            return
        if not 0 <= number < self.model.rowCount():
            return
        source, key = self._source, self.model.row_at(number).key
        name = self.model.text(self.model.index(number, 0))
        if self._try(lambda: source.remove_row(key)):
            self._saved()
            words = self.tr("Zeile {0} entfernt.").format(f"„{name}“" if name else number + 1)
            self.page.notice.say(words, self.tr("Rückgängig"), self._undo)
            self._keep_place(number)

    def _keep_place(self, number: int) -> None:
        left = self.model.rowCount()
        if left:
            self.page.grid.setCurrentIndex(self.model.index(min(number, left - 1), 0))
            self.page.grid.setFocus()
        else:
            self.page.add.setFocus()

    def open_row(self, number: int, focus: str = "") -> None:
        """The form with all fields of a row."""
        if not 0 <= number < self.model.rowCount():
            return
        self._show_page(self.form)
        self.form.show_row(number, self._source, focus)

    def go_to(self, row_key: str, name: str) -> None:
        """Keyboard into a cell, in the table or in the row's form."""
        keys = [row.key for row in self.model.view.rows]
        names = [column.name for column in self.model.columns]
        if row_key not in keys or name not in names:
            return
        index = self.model.index(keys.index(row_key), names.index(name))
        if index.column() in self.page.grid.fitting.widths and self.model.is_editable(index):
            self.page.grid.edit_cell(index)
        else:
            self.open_row(index.row(), name)

    # -- pasting -----------------------------------------------------------------------------

    def paste(self) -> None:
        """Ask where the columns of the clipboard go."""
        self._ask(self.pasting)

    def read_staff(self) -> None:
        """Ask which columns of the personnel list are job and birth."""
        self._ask(self.staff)

    def _ask(self, page: PastePage | StaffPage) -> None:
        if not self.model.view.can_change_rows:
            return
        text = QGuiApplication.clipboard().text()
        self.banner.say_nothing()
        try:
            if isinstance(page, PastePage):
                page.show_text(text, targets_of(self.model.view))
            else:
                page.show_text(text, [column.name for column in self.model.view.columns])
        except KnownError as error:
            self.banner.say_error(error)
            return
        self._show_page(page)

    def _fill(self, rows: Sequence[Mapping[str, str]]) -> None:
        if self._take_rows(rows):
            many = counted(len(rows), self.tr("Zeile"), self.tr("Zeilen"))
            words = self.tr("{0} eingefügt.").format(many)
            self.page.notice.say(words, self.tr("Rückgängig"), self._undo)

    def _fill_staff(self, rows: Sequence[Mapping[str, str]]) -> None:
        if self._take_rows(rows):
            words = self.tr(
                "{0} übernommen. Die Liste mit den Namen liegt noch in der Zwischenablage."
            )
            many = counted(len(rows), self.tr("Tätigkeit"), self.tr("Tätigkeiten"))
            clear = QGuiApplication.clipboard().clear
            self.page.notice.say(words.format(many), self.tr("Zwischenablage leeren"), clear)

    def _take_rows(self, rows: Sequence[Mapping[str, str]]) -> bool:
        """All rows as one edit; a lonely empty row makes room for them."""
        if self._source is None:
            return False
        source = self._source
        empty = [
            row.key for row in self.model.view.rows if not any(cell.value for cell in row.cells)
        ]

        def fill() -> None:
            for key in empty:
                source.remove_row(key)
            source.fill_rows(self.key, rows)

        if not self._try(fill):
            return False
        self.back()
        self._saved()
        return True

    # -- within ------------------------------------------------------------------------------

    def _put_in_front(self, page: QWidget) -> None:
        self.current = page
        for other in self._pages:
            other.setVisible(other is page)
        if isinstance(page, PastePage | StaffPage):
            QTimer.singleShot(0, page, partial(bring_to_sight, page.heading))

    def _show_page(self, page: QWidget) -> None:
        self._put_in_front(page)
        self.covered.emit(True)

    def _undo(self) -> None:
        if self._source is not None and self._try(self._source.undo):
            self._saved()

    def _commit(self, key: str, form_value: str) -> bool:
        if self._source is None:
            return False
        source = self._source
        return self._try(lambda: source.answer(key, form_value))

    def _try(self, act: Callable[[], object]) -> bool:
        """Whether it worked; a known error is said above the table and handed on."""
        try:
            act()
        except KnownError as error:
            self.banner.say_error(error)
            self.failed.emit(error)
            return False
        self.banner.say_nothing()
        return True

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        """What is edited elsewhere would be undone instead of what the line offers."""
        if now is not None and now.window() is self.window() and not self.isAncestorOf(now):
            self.page.notice.say_nothing()

    def _on_edited(self) -> None:
        self.page.notice.say_nothing()
        self._saved()

    def _saved(self) -> None:
        self.refresh()
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.page.grid.lay_out()
        super().changeEvent(event)
