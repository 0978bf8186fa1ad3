"""Which colours and sizes are in force: the settings, the system and the network profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.tokens import (
    DARK,
    LIGHT,
    Tokens,
    UnreadableColours,
    with_network_colours,
)

if TYPE_CHECKING:
    from desktop_advisor.advice.network_profile import NetworkProfile
    from desktop_advisor.usecases.workplace import Workplace

PALETTES = ("light", "dark", "system")


def is_system_dark() -> bool:
    """Whether the system asks for dark windows."""
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def base_tokens(palette: str) -> Tokens:
    """The tokens of "light", "dark" or "system"."""
    is_dark = palette == "dark" or (palette == "system" and is_system_dark())
    return DARK if is_dark else LIGHT


def network_tokens(palette: str, profile: NetworkProfile) -> Tokens:
    """The tokens with the network's own colours, where it has some that can be read."""
    tokens = base_tokens(palette)
    main, tint = (
        (profile.main_color_dark, profile.tint_dark)
        if tokens.is_dark
        else (profile.main_color, profile.tint)
    )
    if not main or not tint:
        return tokens
    try:
        return with_network_colours(tokens, main, tint)
    except UnreadableColours:
        return tokens


def apply_settings(app: QApplication, place: Workplace) -> None:
    """Palette and font scale as saved in the store."""
    from desktop_advisor.usecases.settings import show_settings

    settings = show_settings(place)
    apply_theme(app, network_tokens(settings.palette, place.profile), settings.scale_percent / 100)
