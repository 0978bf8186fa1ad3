"""What a screen reader gets: an order that makes sense, headings, lists, tables over pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from reportlab.platypus import KeepTogether, PageBreak

from desktop_advisor.report import drawing
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.pages import heading
from desktop_advisor.report.pdf.structure import Node, Tree
from desktop_advisor.report.sketches import Sketch
from desktop_advisor.report.tables import bare, boxes, ruled
from desktop_advisor.report.theme import Theme, markup, text
from tests.report.conformity import faults
from tests.report.sample import FONTS, empty_report, sample_report
from tests.report.spoken import spoken

_LONG = " ".join(f"lang{n:03d}" for n in range(900))
_SUMMARY = Path(__file__).with_name("summary_spoken.txt")


def _drawn(chapter: Callable[[ReportModel, Theme], list[Any]], **changed: Any) -> bytes:
    model = msgspec.structs.replace(empty_report(), **changed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "CHAPTERS", {"only": chapter})
        return drawing.draw_report(model, FONTS)


def _everything(_model: ReportModel, theme: Theme) -> list[Any]:
    """Whatever may nest, with cells that go over pages."""
    inner = ruled([[text("innen", theme.cell), text("1", theme.cell)]], (80, 40), theme=theme)
    steps = [text(f"Schritt {n}", theme.step, bullet=f"{n}.") for n in (1, 2)]
    rows = [
        [text(f"Zeile {n}", theme.cell), [*steps] if n == 2 else text(f"Wert {n}", theme.cell)]
        for n in range(1, 60)
    ]
    tall = [[text("hohe Zeile", theme.cell), [text(_LONG, theme.cell), inner]]]
    side = [[text("links " + _LONG, theme.cell)], "", [text("rechts " + _LONG, theme.cell)]]
    return [
        heading("Kapitel", theme.chapter),
        heading("Abschnitt", theme.section, 1),
        text("• kein Punkt", theme.body),
        *(text(words, theme.step, bullet="•") for words in ("eins", "zwei")),
        *steps,
        *(text(f"nochmals {n}", theme.step, bullet=f"{n}.") for n in (1, 2)),
        KeepTogether([boxes([[text("Kasten A", theme.label)], [text("B", theme.label)]], theme)]),
        ruled(rows, (90, 200), header=("Name", "Inhalt"), theme=theme),
        ruled(tall, (90, 300), header=("Name", "Inhalt"), theme=theme),
        ruled([[text("nur eine Spalte", theme.cell)]], (200,), theme=theme),
        ruled([[text("Zelle", theme.cell)]], (200,), header=("Spalte",), theme=theme),
        PageBreak(),
        bare([side], (200, 20, 200), middle=False),
        Sketch(40, 20, lambda canvas: canvas.rect(0, 0, 40, 20), alt="ein Kasten"),
        Sketch(40, 20, lambda canvas: canvas.drawString(0, 0, "Zierde")),
        markup("<b>fett</b> &amp; normal", theme.tinted),
        text(_LONG + _LONG, theme.body),
    ]


@pytest.fixture(scope="module")
def everything() -> bytes:
    return _drawn(_everything, is_draft=True)


@pytest.fixture(scope="module")
def lines(everything: bytes) -> list[str]:
    return spoken(everything)


def test_whatever_nests_and_breaks_conforms(everything: bytes) -> None:
    assert faults(everything) == []


def test_the_summary_is_read_as_a_person_would_say_it() -> None:
    said = spoken(drawing.draw_report(sample_report(), FONTS), "Zusammenfassung")
    assert said == _SUMMARY.read_text(encoding="utf-8").splitlines()


def test_headings_never_skip_a_level(lines: list[str]) -> None:
    tree = Tree()
    made = [tree.title(), tree.heading(0), tree.heading(3), tree.heading(1), tree.heading(0)]
    assert [node.kind for node in made] == ["H1", "H2", "H3", "H3", "H2"]
    assert [line for line in lines if line.startswith("#")][-2:] == ["## Kapitel", "### Abschnitt"]


def test_consecutive_bullets_are_one_list_and_a_new_one_begins_another(everything: bytes) -> None:
    tree = Tree()
    for label in ("1.", "2.", "1.", "2."):
        tree.list_item(label)
    assert [len(made.nodes()) for made in tree.here.nodes()[1:]] == [2, 2]
    assert "  • eins" in spoken(everything)
    assert "  2. Schritt 2" in spoken(everything)


def test_a_table_over_three_pages_is_one_with_its_header_read_once(lines: list[str]) -> None:
    assert [line for line in lines if line.startswith("| Name: Zeile")][::58] == [
        "| Name: Zeile 1; Inhalt: Wert 1",
        "| Name: Zeile 59; Inhalt: Wert 59",
    ]


def test_a_row_over_two_pages_is_one_and_holds_the_table_within(lines: list[str]) -> None:
    row = next(line for line in lines if "hohe Zeile" in line)
    assert "lang000 lang001" in row
    assert "lang898 lang899 | innen; 1" in row


def test_one_column_without_a_header_is_no_table(lines: list[str]) -> None:
    assert "nur eine Spalte" in lines
    assert "| Spalte: Zelle" in lines


def test_columns_over_two_pages_are_read_one_after_the_other(lines: list[str]) -> None:
    left = next(n for n, line in enumerate(lines) if line.startswith("links"))
    assert lines[left] == f"links {_LONG}"
    assert lines[left + 1] == f"rechts {_LONG}"


def test_a_paragraph_over_pages_is_one(lines: list[str]) -> None:
    assert _LONG + _LONG in lines


def test_words_do_not_run_together_where_a_text_looks_like_a_font() -> None:
    words = " ".join(f"Bedarf +1 von {n}" for n in range(60))
    others = "".join(map(chr, (*range(0xA1, 0x180), *range(0x391, 0x3A2))))
    said = spoken(
        _drawn(
            lambda _model, theme: [
                heading("Zeichen", theme.chapter),
                text(words, theme.body),
                *(text(char, theme.body) for char in others),
                text(f"{others[-3:]} " + words, theme.body),
            ]
        )
    )
    assert words in said
    assert any(line.endswith(" " + words) for line in said)


def test_a_drawing_is_read_by_its_words_and_ornament_not_at_all(lines: list[str]) -> None:
    assert "[Bild: ein Kasten]" in lines
    assert not [line for line in lines if "Zierde" in line]


def test_the_mark_of_a_draft_and_the_page_furniture_are_read_once(lines: list[str]) -> None:
    assert lines.count("VORLÄUFIG") == 1
    assert not [line for line in lines if "Seite 2 von" in line]


def test_the_contents_lead_to_each_chapter(lines: list[str]) -> None:
    assert "-> Kapitel 2" in lines


def test_missing_characters_are_shown_as_a_box_and_invisible_ones_not_at_all() -> None:
    said = _drawn(
        lambda _model, theme: [
            heading("Zeichen", theme.chapter),
            text("漢 \ue000 ☺\ufe0f u\u0308 \u200d\x01 Ω", theme.body),
            Sketch(90, 20, lambda c: c.drawString(0, 0, "Maß 漢\x02"), alt="Maß"),
        ]
    )
    assert faults(said) == []
    assert "□ □ ☺ ü Ω" in [" ".join(line.split()) for line in spoken(said)]


def test_empty_layers_leave_no_trace() -> None:
    tree = Tree()
    tree.front.add("P")
    group = tree.root.add("Div")
    group.add("Div")
    single = tree.root.add("Div").add("P")
    tree.mark(single, 0)
    assert [node.kind for node in tree.finished().walk()] == ["Document", "P"]
    assert isinstance(tree.root.kids[0], Node)
