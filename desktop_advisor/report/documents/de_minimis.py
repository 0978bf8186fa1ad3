"""De-minimis-Erklärung, drawn: who is one undertaking, the aids, what is left, what is declared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.platypus import KeepTogether, Spacer

from desktop_advisor.domain.german import euro, short_date
from desktop_advisor.report import theme as look
from desktop_advisor.report.documents import declaration_parts as parts
from desktop_advisor.report.documents.blank_line import blank_line
from desktop_advisor.report.documents.de_minimis_model import TITLE, AidLine, DeMinimisDeclaration
from desktop_advisor.report.documents.facts_table import headed
from desktop_advisor.report.fonts import register
from desktop_advisor.report.single_page import WIDTH, SinglePage
from desktop_advisor.report.tables import bare, boxes, ruled
from desktop_advisor.report.theme import Theme, text

Story = list[Any]
_LEAD = (
    "Erklärung über bereits erhaltene De-minimis-Beihilfen nach der Verordnung (EU) 2023/2831 der "
    "Kommission vom 13. Dezember 2023. Einem einzigen Unternehmen dürfen in drei Jahren höchstens "
    "{ceiling} gewährt werden (Art. 3 Abs. 2)."
)
_SINGLE = (
    "Als ein einziges Unternehmen gelten alle Unternehmen, die durch Mehrheit der Stimmrechte oder "
    "beherrschenden Einfluss miteinander verbunden sind (Art. 2 Abs. 2). Partnerunternehmen "
    "gehören nicht dazu."
)
_ALONE = "In der Firmenakte ist kein verbundenes Unternehmen erfasst."
_NO_AIDS = "In diesem Zeitraum ist keine De-minimis-Beihilfe erfasst."
_STATEMENT = (
    "Wir erklären, dass dem Unternehmen und allen oben genannten verbundenen Unternehmen außer den "
    "aufgeführten Beihilfen im genannten Zeitraum keine De-minimis-Beihilfen bewilligt wurden. "
    "Beihilfen übernommener oder abgespaltener Unternehmen sind berücksichtigt."
)
_DUTIES = (
    "Jede De-minimis-Beihilfe, die nach dieser Erklärung beantragt oder bewilligt wird, melden wir "
    "der Bewilligungsstelle vor deren Entscheidung; ebenso jede Änderung im Kreis der verbundenen "
    "Unternehmen.",
    "Es zählt der Tag der Bewilligung, nicht der Auszahlung, und der Betrag als "
    "Bruttosubventionsäquivalent laut Bescheid oder Bescheinigung.",
    "Beihilfen nach anderen De-minimis-Verordnungen (Agrar, Fischerei, Dienstleistungen von "
    "allgemeinem wirtschaftlichem Interesse) geben wir gesondert an.",
    "Bescheide und Bescheinigungen bewahren wir zehn Jahre auf. Seit 01.01.2026 stehen neue "
    "Beihilfen auch im zentralen Register; damit ist die Liste vor der Unterschrift abzugleichen.",
)
_FRAUD = (
    "Diese Angaben können subventionserheblich sein. Wer darüber falsche oder unvollständige "
    "Angaben macht oder Änderungen verschweigt, kann sich wegen Subventionsbetrugs strafbar machen "
    "(§ 264 StGB), auch bei Leichtfertigkeit. Was subventionserheblich ist, bezeichnet die "
    "Bewilligungsstelle."
)
_WIDTHS = (62.0, 138.0, WIDTH - 62 - 138 - 70 - 76, 76.0, 70.0)
_HEADER = ("bewilligt am", "Beihilfegeber", "Zweck", "Betrag", "zählt bis")
_PLANNED = (("Beihilfegeber und Programm", 0.5), ("Betrag (€)", 0.2), ("Antrag vom", 0.2))


def draw_de_minimis(declaration: DeMinimisDeclaration, fonts: Path) -> bytes:
    """The PDF of the declaration. fonts: the folder with the Source Sans 3 files."""
    register(fonts)
    network = declaration.network
    day, who = declaration.created_on, declaration.declarant.name
    sheet = SinglePage(title=TITLE, network=network, created_on=day, about=who)
    return sheet.draw(_story(declaration, look.theme(network)))[0]


def _story(declaration: DeMinimisDeclaration, theme: Theme) -> Story:
    return [
        text(_LEAD.format(ceiling=euro(declaration.ceiling)), theme.body),
        *([text(declaration.notice, theme.warning)] if declaration.notice else []),
        *parts.gaps(declaration.gaps, theme),
        *headed("1  Unternehmen", theme),
        parts.company(declaration.declarant, theme),
        *_single_undertaking(declaration, theme),
        *_aids(declaration, theme),
        *_room(declaration, theme),
        *_planned(theme),
        parts.signature(declaration.declarant, _signed(theme), theme),
    ]


def _signed(theme: Theme) -> Story:
    return [
        text("6  Erklärung und Pflichten", theme.section),
        *(text(duty, theme.step, bullet="•") for duty in _DUTIES),
        Spacer(1, 4),
        text(_FRAUD, theme.tinted),
        Spacer(1, 4),
        text(_STATEMENT, theme.body),
    ]


def _single_undertaking(declaration: DeMinimisDeclaration, theme: Theme) -> Story:
    story = [*headed("2  Ein einziges Unternehmen", theme), text(_SINGLE, theme.cell), Spacer(1, 3)]
    if not declaration.members:
        return [*story, text(_ALONE, theme.cell_bold)]
    lead = text("Mit dem Unternehmen zählen zusammen:", theme.cell_bold)
    return [*story, lead, *(text(name, theme.step, bullet="•") for name in declaration.members)]


def _aids(declaration: DeMinimisDeclaration, theme: Theme) -> Story:
    span = f"{short_date(declaration.first)} bis {short_date(declaration.created_on)}"
    story = headed(f"3  Bewilligte De-minimis-Beihilfen, {span}", theme)
    if declaration.aids:
        rows = [_aid(aid, theme) for aid in declaration.aids]
        used = text(euro(declaration.used), theme.dense_bold_right)
        foot = ["", "", text("Summe", theme.dense_bold), used, ""]
        table = ruled(rows, _WIDTHS, header=_HEADER, theme=theme, right=(3, 4), foot=foot)
        story.append(table)
    else:
        story.append(text(_NO_AIDS, theme.cell_bold))
    return [*story, Spacer(1, 3), *(text(line, theme.small) for line in declaration.others)]


def _aid(aid: AidLine, theme: Theme) -> list[Any]:
    return [
        text(short_date(aid.granted_on), theme.dense),
        text(aid.body or parts.MISSING, theme.dense),
        text(aid.purpose or "–", theme.dense),
        text(euro(aid.amount), theme.dense_right),
        text(short_date(aid.counts_to), theme.dense_right),
    ]


def _room(declaration: DeMinimisDeclaration, theme: Theme) -> Story:
    """What is left on the day of drawing; what is beyond the ceiling is said."""
    day = short_date(declaration.created_on)
    figures: list[tuple[str, str]] = [
        ("Obergrenze", euro(declaration.ceiling)),
        ("in drei Jahren bewilligt", euro(declaration.used)),
        (f"am {day} noch frei, bis zu", euro(declaration.free)),
    ]
    cells = [
        [text(label, theme.label), Spacer(1, 2), text(value, theme.section_tight)]
        for label, value in figures
    ]
    block: Story = [text("4  Freier Betrag", theme.section), boxes(cells, theme, width=WIDTH)]
    if declaration.excess:
        words = f"Die Obergrenze ist um {euro(declaration.excess)} überschritten."
        block.append(text(words, theme.warning))
    return [KeepTogether(block)]


def _planned(theme: Theme) -> Story:
    """Lines for the aid that is asked for now, to be filled in by hand."""
    gap = 14.0
    room = WIDTH - gap * (len(_PLANNED) - 1)
    widths: list[float] = []
    lines: list[Any] = []
    labels: list[Any] = []
    total = sum(share for _, share in _PLANNED)
    for label, share in _PLANNED:
        if widths:
            widths.append(gap)
            lines.append("")
            labels.append("")
        widths.append(room * share / total)
        lines.append(blank_line(widths[-1], air=26))
        labels.append(text(label, theme.label))
    head = text("5  Beantragte Beihilfe", theme.section)
    return [KeepTogether([head, bare([lines], widths), bare([labels], widths)])]
