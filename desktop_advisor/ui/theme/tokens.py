"""The colours of the program, light and dark: the only place where a colour is written down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.theme.contrast import READABLE, contrast, mixed, readable


class Tone(StrEnum):
    """What a coloured thing means; a word or symbol always says it too."""

    NEUTRAL = "neutral"
    MAIN = "main"
    BR = "br"
    GOOD = "good"
    ATTENTION = "attention"
    DANGER = "danger"


class UnreadableColours(KnownError):
    """A network profile brings colours that cannot be read."""


@dataclass(frozen=True)
class Tokens:
    """One palette. Tints are grounds; `text_on_tint` gives the text that is readable on them."""

    is_dark: bool
    ink: str
    soft: str
    paper: str
    card: str
    line: str
    main: str
    main_tint: str
    br: str
    br_tint: str
    attention: str
    attention_tint: str
    danger: str
    danger_tint: str
    good: str
    good_tint: str

    def stroke(self, tone: Tone) -> str:
        """The full colour of a tone, for lines, dots and symbols."""
        return {
            Tone.NEUTRAL: self.soft,
            Tone.MAIN: self.main,
            Tone.BR: self.br,
            Tone.GOOD: self.good,
            Tone.ATTENTION: self.attention,
            Tone.DANGER: self.danger,
        }[tone]

    def tint(self, tone: Tone) -> str:
        """The ground of a tone."""
        return {
            Tone.NEUTRAL: self.paper,
            Tone.MAIN: self.main_tint,
            Tone.BR: self.br_tint,
            Tone.GOOD: self.good_tint,
            Tone.ATTENTION: self.attention_tint,
            Tone.DANGER: self.danger_tint,
        }[tone]

    def text_on_tint(self, tone: Tone) -> str:
        """The tone as text on its own tint, at least 4.5 : 1."""
        return readable(self.stroke(tone), self.tint(tone))

    @property
    def on_main(self) -> str:
        """Text on a filled main button: white or the darkest paper, whichever reads better."""
        return max(("#ffffff", "#12181e"), key=lambda colour: contrast(colour, self.main))

    @property
    def main_pressed(self) -> str:
        """The main button while the mouse is over it."""
        return mixed(self.main, "#000000", 0.14)

    @property
    def control_line(self) -> str:
        """The edge of things one can type into: a bit stronger than a hairline."""
        return mixed(self.line, self.soft, 0.25)


LIGHT = Tokens(
    is_dark=False,
    ink="#17212b",
    soft="#5b6875",
    paper="#f4f6f8",
    card="#ffffff",
    line="#dfe4e9",
    main="#0e5a6b",
    main_tint="#e4f0f2",
    br="#8a4b8f",
    br_tint="#f4eaf5",
    attention="#b26a00",
    attention_tint="#fdf1dd",
    danger="#a8261d",
    danger_tint="#fbe9e7",
    good="#22663f",
    good_tint="#e5f2ea",
)

DARK = Tokens(
    is_dark=True,
    ink="#e8edf1",
    soft="#9aa7b3",
    paper="#12181e",
    card="#1a222a",
    line="#2c3843",
    main="#5fb6c7",
    main_tint="#173540",
    br="#cf9ad4",
    br_tint="#35213a",
    attention="#e5a63f",
    attention_tint="#3a2c12",
    danger="#f08a80",
    danger_tint="#3c1b18",
    good="#74c596",
    good_tint="#163324",
)

SUN = Tokens(
    is_dark=False,
    ink="#000000",
    soft="#27313a",
    paper="#ffffff",
    card="#ffffff",
    line="#6b7680",
    main="#003d4c",
    main_tint="#cfe8ee",
    br="#5a1f60",
    br_tint="#f0dcf2",
    attention="#6b3d00",
    attention_tint="#ffe9c2",
    danger="#8a0f08",
    danger_tint="#fddcd8",
    good="#0d4a28",
    good_tint="#cdeed9",
)
"""Hallenmodus: black on white whatever the palette, because a screen in the sun loses its greys."""
SHEET = "#ffffff"
"""A printed page that is not drawn yet: white in every palette."""


def with_network_colours(tokens: Tokens, main: str, main_tint: str) -> Tokens:
    """The palette with the network's own main colour and tint.

    Raises:
        UnreadableColours: main on its tint, on card or on paper is under 4.5 : 1.
    """
    worst = min(contrast(main, ground) for ground in (main_tint, tokens.card, tokens.paper))
    if worst < READABLE:
        raise UnreadableColours(
            f"Die Hausfarbe {main} ist nicht lesbar (Kontrast {worst:.1f} statt 4,5).",
            safe="Das Programm verwendet seine eigene Farbe.",
            todo="Bitte im Netzwerkprofil eine kräftigere Farbe eintragen.",
        )
    return replace(tokens, main=main, main_tint=main_tint)
