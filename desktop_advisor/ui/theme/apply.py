"""Puts a palette, a font and the stylesheet on the application."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop_advisor.ui.theme import typography
from desktop_advisor.ui.theme.current import Theme, keep_theme, theme
from desktop_advisor.ui.theme.palette import palette
from desktop_advisor.ui.theme.stylesheet import stylesheet
from desktop_advisor.ui.theme.tokens import Tokens

SCALE_MIN, SCALE_MAX = 1.0, 2.0


def apply_theme(
    app: QApplication, tokens: Tokens, scale: float = 1.0, *, calm: bool = False
) -> Theme:
    """The theme now in force; `scale` is held between 100 and 200 %.

    calm: no movement at all (Hallenmodus, or the system asks for less).
    """
    chosen = Theme(tokens, min(max(scale, SCALE_MIN), SCALE_MAX), calm)
    if app.styleSheet() and theme() == chosen:
        return chosen  # a stylesheet set anew restyles every widget there is
    keep_theme(app, chosen)
    if app.style().name().lower() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(palette(tokens))
    app.setFont(typography.font(scale=chosen.scale))
    app.setStyleSheet(stylesheet(chosen))
    return chosen
