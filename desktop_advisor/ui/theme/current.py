"""The theme in force, which Qt keeps on the application beside its palette."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from desktop_advisor.ui.theme.tokens import LIGHT, Tokens

_PROPERTY = "advisor_theme"


@dataclass(frozen=True)
class Theme:
    """Colours, font scale (1.0 to 2.0) and whether movement is welcome."""

    tokens: Tokens = LIGHT
    scale: float = 1.0
    calm: bool = False

    def px(self, size: int) -> int:
        """A type size or a distance that grows with the type."""
        return round(size * self.scale)


def theme() -> Theme:
    """What `apply_theme` set last; the light palette at 100 % before that."""
    app = QApplication.instance()
    held = app.property(_PROPERTY) if app is not None else None
    return held if isinstance(held, Theme) else Theme()


def keep_theme(app: QApplication, chosen: Theme) -> None:
    """Remember what is in force."""
    app.setProperty(_PROPERTY, chosen)


def tokens() -> Tokens:
    """The colours in force, for whoever paints by hand."""
    return theme().tokens
