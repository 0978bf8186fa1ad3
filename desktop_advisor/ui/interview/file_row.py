"""One file of an answer: a small picture or a sheet of paper, its name and its size."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from desktop_advisor.domain.german import THIN_SPACE
from desktop_advisor.ui.interview.inputs.answer_input import LARGE_TARGET, make_square
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import XS, S
from desktop_advisor.ui.widgets import QuietButton, column, row
from desktop_advisor.ui.widgets.icons import pixmap
from desktop_advisor.ui.widgets.labels import ElidedLabel
from desktop_advisor.ui.words import day_and_time, joined
from desktop_advisor.usecases.evidence import AttachmentView

SIDE = 44
"""Pixels of a small picture at 100 %."""


def size_in_words(size: int) -> str:
    """1,2 MB; 340 kB; 12 B."""
    if size >= 1_000_000:
        return f"{size / 1_000_000:.1f}{THIN_SPACE}MB".replace(".", ",")
    return f"{round(size / 1000)}{THIN_SPACE}kB" if size >= 1000 else f"{size}{THIN_SPACE}B"


class FileRow(QFrame):
    """Pressed anywhere it opens the file; the button at the right takes it away.

    Signals:
        open_wanted: by mouse, Enter or Space.
        remove_wanted: by the button or the Delete key.
    """

    open_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, file: AttachmentView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = file
        self.setProperty("kind", "row")
        self.setProperty("pressable", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._show_icon()
        name, detail = ElidedLabel(file.name, "text"), ElidedLabel(self._detail(), "small")
        self.remove = QuietButton("", "close")
        self.remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.remove.setAccessibleName(self.tr("{0} entfernen").format(file.name))
        self.remove.setToolTip(self.remove.accessibleName())
        self.remove.clicked.connect(self.remove_wanted)
        line = row(self.picture, gap=S, margins=(2, XS, 2, XS))
        line.addLayout(column(name, detail, gap=0), 1)
        line.addWidget(self.remove)
        self.setLayout(line)
        self.setAccessibleName(joined(file.name, self._detail()))
        self.set_size(large=False)

    def set_size(self, large: bool) -> None:
        """Targets of at least 72 px, for the hall."""
        side = theme().px(LARGE_TARGET if large else SIDE)
        self.picture.setFixedSize(QSize(side, side))
        make_square(self.remove, large)

    def _detail(self) -> str:
        here = "" if self.file.is_here else self.tr("noch nicht auf diesem Gerät")
        added = day_and_time(self.file.added_at) if self.file.added_at else ""
        return joined(here or size_in_words(self.file.size), added)

    def _show_icon(self) -> None:
        name = "camera" if self.file.is_picture else "document"
        self.picture.setPixmap(pixmap(name, tokens().soft, theme().px(24)))

    def show_picture(self, png: bytes) -> None:
        """Its small picture, made elsewhere; b"" leaves the sign."""
        made = QPixmap()
        if png and made.loadFromData(png):
            side = self.picture.width()
            mode, smooth = Qt.AspectRatioMode, Qt.TransformationMode.SmoothTransformation
            scaled = made.scaled(side, side, mode.KeepAspectRatioByExpanding, smooth)
            left, top = (scaled.width() - side) // 2, (scaled.height() - side) // 2
            self.picture.setPixmap(scaled.copy(left, top, side, side))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.button() is Qt.MouseButton.LeftButton:
            self.open_wanted.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.open_wanted.emit()
        elif key == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)
