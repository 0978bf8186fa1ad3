"""Where the data lie, and what this program is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices

from desktop_advisor.ui.widgets import Card, QuietButton, SmallText, Text, row, spacer


class DataFolder(Card):
    """The path of the encrypted store."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.set_title(self.tr("Datenordner"))
        path = Text(str(folder).replace("/", "/\u200b"))
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        show = QuietButton(self.tr("Ordner zeigen"), "folder")
        url = QUrl.fromLocalFile(str(folder))
        show.clicked.connect(lambda _checked: QDesktopServices.openUrl(url))
        self.add(
            path,
            SmallText(self.tr("Alles darin ist verschlüsselt (SQLCipher, AES-256).")),
            row(spacer(), show),
        )


class About(Card):
    """Version and licence."""

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Über dieses Programm"))
        self.add(
            Text(self.tr("Desktop Advisor {0}").format(_version())),
            SmallText(
                self.tr(
                    "Freie Software unter der Apache-Lizenz 2.0. Schrift: Source Sans 3"
                    " (SIL Open Font License)."
                )
            ),
        )


def _version() -> str:
    try:
        return version("desktop-advisor")
    except PackageNotFoundError:
        return ""
