"""The Qt palette made from tokens, for whatever the stylesheet does not reach."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from desktop_advisor.ui.theme.contrast import mixed
from desktop_advisor.ui.theme.tokens import Tokens

_Role = QPalette.ColorRole


def palette(tokens: Tokens) -> QPalette:
    """Every role Fusion draws with, active and disabled."""
    roles = {
        _Role.Window: tokens.paper,
        _Role.WindowText: tokens.ink,
        _Role.Base: tokens.card,
        _Role.AlternateBase: tokens.paper,
        _Role.Text: tokens.ink,
        _Role.Button: tokens.card,
        _Role.ButtonText: tokens.ink,
        _Role.BrightText: tokens.danger,
        _Role.Highlight: tokens.main,
        _Role.HighlightedText: tokens.on_main,
        _Role.Link: tokens.main,
        _Role.LinkVisited: tokens.br,
        _Role.PlaceholderText: tokens.soft,
        _Role.ToolTipBase: tokens.card,
        _Role.ToolTipText: tokens.ink,
        _Role.Light: tokens.card,
        _Role.Midlight: tokens.line,
        _Role.Mid: tokens.line,
        _Role.Dark: tokens.soft,
        _Role.Shadow: tokens.line,
    }
    made = QPalette()
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    faint = QColor(mixed(tokens.soft, tokens.card, 0.35))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, faint)
    return made
