"""KMU-Selbsterklärung, drawn: company, type, group, figures, class, statements, signature."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.platypus import KeepTogether, Spacer

from desktop_advisor.domain.german import THIN_SPACE, figure
from desktop_advisor.report import theme as look
from desktop_advisor.report.documents import declaration_parts as parts
from desktop_advisor.report.documents.facts_table import headed
from desktop_advisor.report.documents.sme_declaration_model import (
    KINDS,
    TITLE,
    GroupLine,
    SmeDeclaration,
    Sums,
    YearLine,
)
from desktop_advisor.report.documents.tick_box import tick_box
from desktop_advisor.report.fonts import register
from desktop_advisor.report.single_page import WIDTH, SinglePage
from desktop_advisor.report.tables import bare, boxes, ruled
from desktop_advisor.report.theme import Theme, clean, markup, text

Story = list[Any]
_LEAD = (
    "Erklärung nach der Empfehlung 2003/361/EG der Kommission zur Definition der kleinen und "
    "mittleren Unternehmen."
)
_STATEMENT = (
    "Wir erklären, dass diese Angaben vollständig und richtig sind und auf dem letzten genehmigten "
    "Jahresabschluss beruhen. Änderungen, die die Klasse berühren, teilen wir der Bewilligungs"
    "stelle mit."
)
_LEGAL_NOTE = (
    "Selbsterklärung, keine Rechtsprüfung. Beschäftigte zählen als Jahresarbeitseinheiten (JAE), "
    "ohne Auszubildende; der Umsatz ohne Umsatzsteuer. Verbundene Unternehmen zählen ganz, Partner "
    "nach dem höheren Anteil an Kapital oder Stimmrechten (Anhang Art. 2 bis 6). Über den Antrag "
    "entscheidet die Bewilligungsstelle; sie kann Nachweise verlangen."
)
_FIGURES = (48.0, 62.0, 62.0)
"""Widths of staff, turnover and balance, wherever they stand."""
_HEAD = ("JAE", "Umsatz, Mio. €", "Bilanz, Mio. €")
_NOTHING = "–"


def draw_sme_declaration(declaration: SmeDeclaration, fonts: Path) -> bytes:
    """The PDF of the declaration. fonts: the folder with the Source Sans 3 files."""
    register(fonts)
    network = declaration.network
    day, who = declaration.created_on, declaration.declarant.name
    sheet = SinglePage(title=TITLE, network=network, created_on=day, about=who)
    return sheet.draw(_story(declaration, look.theme(network)))[0]


def _story(declaration: SmeDeclaration, theme: Theme) -> Story:
    return [
        text(_LEAD, theme.body),
        *parts.gaps(declaration.gaps, theme),
        *headed("1  Unternehmen", theme),
        parts.company(declaration.declarant, theme),
        *_kinds(declaration, theme),
        *_group(declaration, theme),
        *_years(declaration, theme),
        *_class(declaration, theme),
        parts.signature(declaration.declarant, _signed(declaration, theme), theme),
    ]


def _signed(declaration: SmeDeclaration, theme: Theme) -> Story:
    """What stands on one page with the signature."""
    return [
        *_statements(declaration, theme),
        Spacer(1, 7),
        text(_STATEMENT, theme.body),
        text(_LEGAL_NOTE, theme.small),
    ]


def _kinds(declaration: SmeDeclaration, theme: Theme) -> Story:
    rows = [
        [
            tick_box(is_ticked=kind in declaration.kinds),
            markup(f"<b>{clean(word)}</b>  {clean(meaning)}", theme.cell),
        ]
        for kind, word, meaning in KINDS
    ]
    story = [*headed("2  Art des Unternehmens", theme), bare(rows, (17, WIDTH - 17), middle=False)]
    if not declaration.kinds:
        words = "Nicht angekreuzt, weil nicht alle Anteile bekannt sind."
        story.append(text(words, theme.cell_bold))
    elif not declaration.group:
        words = (
            "In der Firmenakte ist keine Beteiligung erfasst; mit der Unterschrift wird bestätigt, "
            "dass keine von 25 % oder mehr besteht."
        )
        story.append(text(words, theme.small))
    return story


def _group(declaration: SmeDeclaration, theme: Theme) -> Story:
    if not declaration.group:
        return []
    rows = [_member(line, theme) for line in declaration.group]
    name = (WIDTH - sum(_FIGURES) - 46) * 0.5
    widths = (name, WIDTH - sum(_FIGURES) - 46 - name, *_FIGURES, 46)
    header = ("Unternehmen", "Verhältnis und Anteile", *_HEAD, "zählt zu")
    table = ruled(rows, widths, header=header, theme=theme, padding=2.6, right=(2, 3, 4, 5))
    return [*headed("3  Partner- und verbundene Unternehmen", theme), table]


def _member(line: GroupLine, theme: Theme) -> list[Any]:
    counted = f"{figure(line.counted)}{THIN_SPACE}%" if line.counted else "nicht"
    return [
        text(line.name, theme.dense_bold),
        [text(line.relation, theme.dense), text(line.ties, theme.dense_soft)],
        *_cells(line.figures, theme),
        text(counted, theme.dense_right),
    ]


def _cells(sums: Sums, theme: Theme, *, bold: bool = False) -> list[Any]:
    style = theme.dense_bold_right if bold else theme.dense_right
    values = (sums.staff, sums.turnover, sums.balance)
    return [text(_NOTHING if v is None else figure(v), style) for v in values]


def _years(declaration: SmeDeclaration, theme: Theme) -> Story:
    """Own figures and the sum of each closed year, and what it alone would say."""
    rows = [row for year in declaration.years for row in _year(year, declaration, theme)]
    widths = (WIDTH - sum(_FIGURES) - 128, *_FIGURES, 128)
    header = ("Geschäftsjahr", *_HEAD, "für sich allein")
    table = ruled(rows, widths, header=header, theme=theme, padding=2.6, right=(1, 2, 3))
    return [*headed(f"{_after(declaration)}  Zahlen der abgeschlossenen Jahre", theme), table]


def _after(declaration: SmeDeclaration) -> int:
    return 4 if declaration.group else 3


def _year(year: YearLine, declaration: SmeDeclaration, theme: Theme) -> list[list[Any]]:
    name = f"Jahr {parts.MISSING}" if year.year is None else str(year.year)
    name += " (angenommen)" if year.is_assumed else ""
    size = text(year.size, theme.dense)
    if not declaration.group:
        return [[text(name, theme.dense_bold), *_cells(year.own, theme, bold=True), size]]
    own = text(f"{name}, eigene Zahlen", theme.dense)
    total = text(f"{name}, mit allen, die zählen", theme.dense_bold)
    return [
        [own, *_cells(year.own, theme), ""],
        [total, *_cells(year.total, theme, bold=True), size],
    ]


def _class(declaration: SmeDeclaration, theme: Theme) -> Story:
    """What follows, and why."""
    result: Story = [text("Das Unternehmen ist", theme.label), Spacer(1, 2)]
    if declaration.size:
        name = f"{'ein ' if declaration.is_sme else ''}{declaration.size}"
        result.append(text(name, theme.section_tight))
    else:
        result.append(text("nicht bestimmbar: Es wird keine Klasse erklärt.", theme.entry))
    result += [Spacer(1, 4), text(declaration.reason, theme.cell)]
    number = _after(declaration) + 1
    block = [
        text(f"{number}  Klasse und Herleitung", theme.section),
        boxes((result,), theme, width=WIDTH),
    ]
    return [KeepTogether(block)]


def _statements(declaration: SmeDeclaration, theme: Theme) -> Story:
    number = _after(declaration) + 2
    said = (
        ("Andere Klasse als im Vorjahr?", declaration.change),
        ("Zwei-Jahres-Regel (Art. 4 Abs. 2)", declaration.two_years),
    )
    rows = [[text(label, theme.cell_bold), text(words, theme.cell)] for label, words in said]
    table = ruled(rows, (176, WIDTH - 176), theme=theme, padding=3)
    return [text(f"{number}  Veränderung", theme.section), table]
