"""A kept picture, looked at inside the program, so that it never lies open on the disk."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QSizePolicy, QWidget

from desktop_advisor.ui.theme.spacing import TARGET, M, S
from desktop_advisor.ui.widgets import PrimaryButton, SecondaryButton, column, row, spacer
from desktop_advisor.ui.widgets.labels import ElidedLabel


class _Canvas(QWidget):
    """The picture, as large as fits and never larger than it is."""

    def __init__(self, picture: QPixmap, name: str) -> None:
        super().__init__()
        self._picture = picture
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return self._picture.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        size = self._picture.size().boundedTo(
            self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        painter.drawPixmap(left, top, size.width(), size.height(), self._picture)


class PictureViewer(QDialog):
    """Esc closes it.

    Signals:
        save_wanted: a readable copy is asked for.
    """

    save_wanted = Signal()

    def __init__(self, name: str, content: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picture = QPixmap()
        picture.loadFromData(content)
        title = ElidedLabel(name, "text")
        self.save = SecondaryButton(self.tr("Speichern unter …"))
        self.save.clicked.connect(self.save_wanted)
        self.done_button = PrimaryButton(self.tr("Schließen"))
        self.done_button.clicked.connect(self.close)
        below = row(gap=S)
        below.addWidget(title, 1)
        below.addItem(spacer())
        below.addWidget(self.save)
        below.addWidget(self.done_button)
        whole = column(gap=M, margins=(M, M, M, M))
        whole.addWidget(_Canvas(picture, name), 1)
        whole.addLayout(below)
        self.setLayout(whole)
        room = (parent.window() if parent else self).screen().availableSize()
        shown = picture.size().scaled(room * 0.85, Qt.AspectRatioMode.KeepAspectRatio)
        self.resize(shown.boundedTo(picture.size()) + QSize(2 * M, 3 * M + TARGET))
        self.done_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys stay here: a digit must not answer the question behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
