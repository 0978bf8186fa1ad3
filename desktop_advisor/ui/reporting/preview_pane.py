"""The page view with its small bar: which page, how large."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.reporting.page_view import ZOOM_STEP, PageView
from desktop_advisor.ui.theme.spacing import TARGET, S
from desktop_advisor.ui.widgets import QuietButton, SmallText, column, row


class PreviewPane(QWidget):
    """Pages above; page number and zoom below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = PageView()
        self._where = SmallText("", wrap=False)
        self.smaller = QuietButton("−")
        self.larger = QuietButton("+")
        for button in (self.smaller, self.larger):
            button.setMinimumWidth(TARGET)
        self.smaller.setAccessibleName(self.tr("Verkleinern"))
        self.larger.setAccessibleName(self.tr("Vergrößern"))
        self.smaller.clicked.connect(lambda: self.pages.zoom(1 / ZOOM_STEP))
        self.larger.clicked.connect(lambda: self.pages.zoom(ZOOM_STEP))
        self.pages.page_changed.connect(lambda _: self._say())
        self.pages.pages_shown.connect(self._say)
        bar = row(gap=S)
        bar.addStretch(1)
        bar.addWidget(self.smaller)
        bar.addWidget(self._where, 0, Qt.AlignmentFlag.AlignVCenter)
        bar.addWidget(self.larger)
        bar.addStretch(1)
        whole = column(gap=0)
        whole.addWidget(self.pages, 1)
        whole.addLayout(bar)
        self.setLayout(whole)

    def _say(self) -> None:
        count = self.pages.count()
        if count:
            words = self.tr("Seite {0} von {1}")
            self._where.setText(words.format(self.pages.current_page() + 1, count))
