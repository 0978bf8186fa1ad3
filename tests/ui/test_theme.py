"""Colours are readable, written down once, and sizes stay within bounds."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

import desktop_advisor.ui
from desktop_advisor.ui.appearance import network_tokens
from desktop_advisor.ui.theme import typography
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.contrast import READABLE, contrast, readable
from desktop_advisor.ui.theme.tokens import (
    DARK,
    LIGHT,
    Tokens,
    Tone,
    UnreadableColours,
    with_network_colours,
)
from tests.ui.sample import RESOURCES

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
UI = Path(desktop_advisor.ui.__file__).parent


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", list(Tone))
def test_a_tone_is_readable_on_its_tint(tokens: Tokens, tone: Tone) -> None:
    assert contrast(tokens.text_on_tint(tone), tokens.tint(tone)) >= READABLE


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable_on_every_ground_it_stands_on(tokens: Tokens) -> None:
    texts = (tokens.ink, tokens.soft, tokens.main, tokens.danger)
    for text, ground in itertools.product(texts, (tokens.paper, tokens.card)):
        assert contrast(text, ground) >= READABLE
    assert contrast(tokens.on_main, tokens.main) >= READABLE


@given(COLOURS, COLOURS)
def test_any_colour_is_moved_until_it_can_be_read(text: str, ground: str) -> None:
    assert contrast(readable(text, ground), ground) >= READABLE


@given(COLOURS, COLOURS)
def test_contrast_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.01


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_network_colours_replace_main_and_its_tint() -> None:
    tokens = with_network_colours(LIGHT, "#5a1e6b", "#f3e8f6")
    assert (tokens.main, tokens.main_tint) == ("#5a1e6b", "#f3e8f6")
    assert tokens.br == LIGHT.br


def test_network_colours_that_cannot_be_read_are_refused_in_german() -> None:
    with pytest.raises(UnreadableColours) as caught:
        with_network_colours(LIGHT, "#ffcc00", "#fff8e0")
    assert "nicht lesbar" in caught.value.what


@pytest.mark.parametrize("palette", ["light", "dark"])
def test_every_network_profile_gives_a_readable_palette(palette: str) -> None:
    for profile in RESOURCES.profiles():
        tokens = network_tokens(palette, profile)
        for ground in (tokens.main_tint, tokens.card, tokens.paper):
            assert contrast(tokens.main, ground) >= READABLE, profile.id


def test_colours_are_written_down_in_one_place_only() -> None:
    colour = re.compile(r"[\"']#[0-9a-fA-F]{3,8}[\"']|rgba?\(|Qt\.GlobalColor\.(?!transparent)")
    homes = {UI / "theme" / "tokens.py", UI / "theme" / "contrast.py"}
    strays = {
        file.relative_to(UI): colour.findall(file.read_text("utf-8"))
        for file in UI.rglob("*.py")
        if file not in homes and colour.search(file.read_text("utf-8"))
    }
    assert strays == {}


def test_the_program_brings_its_own_font() -> None:
    styles = QFontDatabase.styles(typography.FAMILY)
    assert {"Regular", "SemiBold", "Bold"} <= set(styles)
    for weight in (typography.REGULAR, typography.SEMIBOLD, typography.BOLD):
        info = QFontInfo(typography.font(weight=weight))
        assert (info.family(), info.weight()) == (typography.FAMILY, weight)


@pytest.mark.parametrize(("wanted", "held"), [(0.5, 1.0), (1.5, 1.5), (3.0, 2.0)])
def test_the_font_scale_is_held_between_100_and_200_percent(
    qapp: QApplication, wanted: float, held: float
) -> None:
    assert apply_theme(qapp, LIGHT, wanted).scale == held
    assert qapp.font().pixelSize() == round(typography.Size.TEXT * held)
