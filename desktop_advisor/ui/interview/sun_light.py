"""The palette for the sun: black on white in the hall, whatever the palette at the desk is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop_advisor.ui.theme.current import Theme, keep_theme, theme
from desktop_advisor.ui.theme.palette import palette
from desktop_advisor.ui.theme.stylesheet import stylesheet
from desktop_advisor.ui.theme.tokens import SUN


class SunLight:
    """Shines on the parts that are seen in the hall; the others need not be styled anew.

    A stylesheet for the whole application would take the better part of a second.
    """

    def __init__(self) -> None:
        self._before: Theme | None = None
        self._lit: list[QWidget] = []

    @property
    def is_on(self) -> bool:
        """Whether the sun palette was asked for."""
        return self._before is not None

    def shine(self, parts: Sequence[QWidget]) -> None:
        """High contrast and no movement; again after the font scale was changed meanwhile."""
        app, now = QApplication.instance(), theme()
        if not isinstance(app, QApplication) or now.tokens == SUN:
            return
        self._before = now
        bright = Theme(SUN, now.scale, calm=True)
        keep_theme(app, bright)
        rules, colours = stylesheet(bright), palette(SUN)
        self._lit = list(parts)
        for part in self._lit:
            part.setProperty("kind", part.property("kind") or "page")
            part.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            part.setPalette(colours)
            part.setStyleSheet(rules)

    def fade(self) -> None:
        """What was in force before."""
        app, before = QApplication.instance(), self._before
        self._before = None
        if not isinstance(app, QApplication) or before is None:
            return
        if theme().tokens == SUN:
            keep_theme(app, before)
        for part in self._lit:
            part.setStyleSheet("")
            part.setPalette(QApplication.palette())
        self._lit = []
