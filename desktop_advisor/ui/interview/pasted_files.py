"""Files and pictures that come by drag and drop or from the clipboard."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMimeData
from PySide6.QtGui import QImage

from desktop_advisor.domain.german import BERLIN
from desktop_advisor.ui.interview.file_intake import Item

translate = QCoreApplication.translate


def can_take(data: QMimeData) -> bool:
    """Whether there is a file or a picture among it; nothing is read for that."""
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())


def items_of(data: QMimeData) -> list[Item]:
    """The files; where there are none, the picture."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    files = [path for path in paths if path.is_file()]
    if files:
        return [Item(path.name, path) for path in files]
    image = data.imageData() if data.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return []
    now = datetime.now(BERLIN)
    name = translate("FilesCard", "Bild {0}.png").format(f"{now:%d.%m.%Y %H.%M.%S}")
    return [Item(name, _png(image))]


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes
    return bytes(buffer.data().data())
