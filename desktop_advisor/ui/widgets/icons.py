"""Line icons on a 24 × 24 grid, drawn in whatever colour a token gives."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QWidget

from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.tokens import Tone

_PATHS = {
    "home": "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
    "company": "M4 21V5h9v16M13 10h7v11M2.5 21h19M7 9h3M7 13h3M7 17h3M16.5 14v0M16.5 17.5v0",
    "book": "M12 6c-2-1.6-5-2-8-2v14c3 0 6 .4 8 2 2-1.6 5-2 8-2V4c-3 0-6 .4-8 2zM12 6v14",
    "sync": "M20 11a8 8 0 0 0-14.5-4M5 3v4.5h4.5M4 13a8 8 0 0 0 14.5 4M19 21v-4.5h-4.5",
    "gear": (
        "M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM12 2.5v3M12 18.5v3M2.5 12h3M18.5 12h3"
        "M5.3 5.3l2.1 2.1M16.6 16.6l2.1 2.1M5.3 18.7l2.1-2.1M16.6 7.4l2.1-2.1"
    ),
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20.5 20.5",
    "back": "M14.5 5l-7 7 7 7",
    "next": "M9.5 5l7 7-7 7",
    "down": "M6 9.5l6 6 6-6",
    "plus": "M12 5v14M5 12h14",
    "close": "M6 6l12 12M18 6L6 18",
    "dash": "M7 12h10",
    "ring": "M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
    "check": "M4.5 12.5l5 5L19.5 7",
    "calendar": "M4 6h16v14H4zM4 10.5h16M8 3.5v4M16 3.5v4",
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5c.6-4 3.4-6 7.5-6s6.9 2 7.5 6",
    "document": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "note": "M5 4h14v11l-5 5H5zM14 20v-5h5M8.5 9h7M8.5 13h4",
    "list": "M9 6h11M9 12h11M9 18h11M4.5 6v0M4.5 12v0M4.5 18v0",
    "sort": "M8 4v16M4.5 7.5L8 4l3.5 3.5M16 20V4M12.5 16.5L16 20l3.5-3.5",
    "chart": "M4 20h16M7 20v-7M12 20V5M17 20v-10",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "network": (
        "M3 9.5c5-4.6 13-4.6 18 0M6 13c3.4-3 8.6-3 12 0M9 16.5c1.7-1.5 4.3-1.5 6 0M12 20v0"
    ),
    "offline": (
        "M3 9.5c2-1.8 4.3-2.9 6.7-3.3M14 6.2c2.6.4 5 1.5 7 3.3M6 13c1.2-1 2.6-1.7 4-2"
        "M9 16.5c1.7-1.5 4.3-1.5 6 0M12 20v0M4 4l16 16"
    ),
    "warning": "M12 4L2.5 20h19zM12 10v5M12 17.5v0",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.5v0",
    "camera": "M4 8h4l1.5-3h5L16 8h4v11H4zM12 10a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
    "folder": "M3.5 6h6l2 2.5h9V19h-17z",
    "pen": "M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19z",
    "eye": "M2.5 12c5-8.5 14-8.5 19 0-5 8.5-14 8.5-19 0zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
    "printer": "M7 8V3.5h10V8M7 16H4V8h16v8h-3M7 13.5h10v7H7zM16.5 11v0",
    "trash": "M5 7h14M9.5 7V4h5v3M7 7l1 13h8l1-13",
    "mail": "M3.5 6h17v12.5h-17zM3.5 7l8.5 6.5L20.5 7",
    "phone": "M6 4h3.5l1.5 4.5-2.3 1.6c1 2.3 2.8 4.1 5.2 5.2l1.6-2.3L20 14.5V18c0 1-1 2-2 2C11 20 4 13 4 6c0-1 1-2 2-2z",  # noqa: E501
}
"""Name → SVG path; a zero-length line is a dot, because line ends are round."""

NAMES = frozenset(_PATHS)


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, side: int, ratio: float) -> QPixmap:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
        f'<path d="{_PATHS[name]}" fill="none" stroke="{colour}" stroke-width="1.7"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
    pixels = QPixmap(round(side * ratio), round(side * ratio))
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    pixels.setDevicePixelRatio(ratio)
    return pixels


def pixmap(name: str, colour: str, side: int = 20) -> QPixmap:
    """The icon in a colour; `side` in logical pixels, sharp on every screen."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return _pixmap(name, colour, side, ratio)


def icon(name: str, colour: str) -> QIcon:
    """The icon for a button or field, drawn large enough for every font scale.

    Raises:
        KeyError: no icon of that name.
    """
    return QIcon(pixmap(name, colour, theme().px(24)))


class IconLabel(QLabel):
    """An icon that carries a tone and follows the theme; say in words beside it what it means."""

    def __init__(
        self,
        name: str,
        tone: Tone = Tone.NEUTRAL,
        side: int = 20,
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._tone, self._side = name, tone, side
        self.setAccessibleName(spoken)
        self._draw()

    def show_icon(self, name: str, tone: Tone) -> None:
        """Another icon from now on."""
        self._name, self._tone = name, tone
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        side = theme().px(self._side)
        self.setPixmap(pixmap(self._name, tokens().stroke(self._tone), side))
        self.setFixedSize(QSize(side, side))
