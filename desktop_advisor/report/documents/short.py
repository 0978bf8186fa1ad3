"""Kurzfassung, drawn: the result on one page, the plan on the next, never a third."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.platypus import PageBreak, Spacer

from desktop_advisor.domain.german import counted, short_date
from desktop_advisor.domain.language import say
from desktop_advisor.report import phrases
from desktop_advisor.report import theme as look
from desktop_advisor.report.charts import IntervalBar
from desktop_advisor.report.documents.short_model import TITLE, Hint, Rating, ShortVersion
from desktop_advisor.report.fonts import SEMIBOLD, register
from desktop_advisor.report.model import Finding
from desktop_advisor.report.plan_model import Measure
from desktop_advisor.report.single_page import WIDTH, SinglePage
from desktop_advisor.report.sketches import bar
from desktop_advisor.report.tables import bare, boxes, ruled
from desktop_advisor.report.theme import Theme, brief, clean, markup, text
from desktop_advisor.report.timeline_chart import STATE_WORDS

Story = list[Any]
_GAP = 20.0
_HALF = (WIDTH - _GAP) / 2
_BAR = 190.0
_NO_PLAN = "Es sind noch keine Maßnahmen vereinbart."
_NO_RESULT = "Es ist noch kein Handlungsfeld betrachtet."
_SCALE = (
    "0 nicht begonnen bis 5 laufend verbessert. Rahmen: möglich, wenn Fehlendes 0 oder 5 wäre. "
    "Unter 60 % Abdeckung steht keine Zahl."
)
_NO_PROMISE = "Hinweise, keine Zusagen: Über Anträge entscheidet die zuständige Stelle."
_LABEL = 90
"""Most characters of a name beside a drawing."""


@dataclass(frozen=True)
class _Room:
    """What of the content is drawn.

    words, title: most characters of a text and of a title. air: points above and below a row.
    """

    words: int
    fields: int = 14
    measures: int = 0
    steps: int = 3
    funding: int = 0
    title: int = 90
    air: float = 2.1


_RESULT_ROOM = (
    _Room(420, air=3.4),
    _Room(420),
    _Room(260),
    _Room(150),
    _Room(90, fields=12, title=60),
    _Room(40, 9),
)
_PLAN_ROOM = (
    _Room(150, measures=14, funding=5, air=4.6),
    _Room(150, measures=16, funding=5, air=3),
    _Room(110, measures=13, funding=5),
    _Room(90, measures=12, funding=4),
    _Room(90, measures=10, funding=3),
    _Room(60, measures=8, funding=2, title=60),
    _Room(60, measures=5, steps=2, funding=2, title=50),
    _Room(40, measures=3, steps=0, funding=1, title=40),
)
"""From roomy to narrow; the first that fits its page is taken."""


def draw_short(short: ShortVersion, fonts: Path) -> bytes:
    """The PDF of the two pages; what finds no room is left out from the end and counted.

    fonts: the folder with the Source Sans 3 files.
    """
    register(fonts)
    theme = look.theme(short.network)
    network, day = short.network, short.created_on
    sheet = SinglePage(title=say(TITLE), network=network, created_on=day)

    def drawn(result: _Room, plan: _Room) -> tuple[bytes, int]:
        return sheet.draw([*_result(short, result, theme), PageBreak(), *_plan(short, plan, theme)])

    pdf, pages = drawn(_RESULT_ROOM[0], _PLAN_ROOM[0])
    if pages == 2:
        return pdf
    result = _fitting(_RESULT_ROOM, lambda room: sheet.draw(_result(short, room, theme))[1])
    plan = _fitting(_PLAN_ROOM, lambda room: sheet.draw(_plan(short, room, theme))[1])
    return drawn(result, plan)[0]


def _fitting(rooms: Sequence[_Room], pages: Callable[[_Room], int]) -> _Room:
    return next((room for room in rooms if pages(room) == 1), rooms[-1])


def _top(short: ShortVersion, title: str, theme: Theme) -> Story:
    """Whose page it is, of which version, and whether it is final."""
    draft = f'<font name="{SEMIBOLD}" color="{_hex(look.ATTENTION)}">{say("VORLÄUFIG")}</font> · '
    mark = (draft if short.is_draft else "") + clean(short.mark)
    where = " · ".join(part for part in (short.company, short.town) if part)
    name = text(brief(where or say("Unternehmen ohne Namen"), 110), theme.entry)
    row = [name, "", markup(f"{clean(title)}<br/>{mark}", theme.small_right)]
    return [bare([row], (WIDTH - 200, 10, 190), middle=False), Spacer(1, 4)]


def _hex(colour: Any) -> str:
    return str(colour.hexval()).replace("0x", "#")


# -- page 1: the result ----------------------------------------------------------------------


def _result(short: ShortVersion, room: _Room, theme: Theme) -> Story:
    said = " ".join(sentence for sentence in short.sentences if sentence.strip())
    halves = [
        _findings(say("Das trägt"), short.strengths, room, theme),
        "",
        _findings(say("Das drängt, und warum"), short.urgent, room, theme),
    ]
    return [
        *_top(short, short.check_name, theme),
        *([text(brief(said, 2 * room.words), theme.body)] if said else []),
        boxes(_figures(short, theme), theme, width=WIDTH),
        text(say("Stand je Handlungsfeld"), theme.section),
        *_ratings(short, room, theme),
        Spacer(1, 8),
        bare([halves], (_HALF, _GAP, _HALF), middle=False),
    ]


def _figures(short: ShortVersion, theme: Theme) -> list[Story]:
    figures = short.figures
    spread = phrases.interval(figures.low, figures.high)
    note = say("von 5 · Spanne {0}").format(spread) if spread else say("von 5")
    if figures.value is None:
        note = say("keine belastbare Aussage")
    answered = say("{0} von {1} Kennpunkten").format(figures.answered, figures.applicable)
    boxed = [
        (say("Reifegrad gesamt"), phrases.figure(figures.value), note),
        (say("Abdeckung"), phrases.share(figures.coverage), answered),
        (say("Engpässe"), str(figures.bottlenecks), say("kritische Kennpunkte auf Stufe 0 oder 1")),
        *((f.label, f.value, f.note) for f in figures.more[:1]),
    ]
    return [
        [
            text(label, theme.label),
            Spacer(1, 2),
            text(value, theme.figure),
            Spacer(1, 2),
            text(brief(note, _LABEL), theme.small),
        ]
        for label, value, note in boxed
    ]


def _ratings(short: ShortVersion, room: _Room, theme: Theme) -> Story:
    if not short.ratings:
        return [text(say(_NO_RESULT), theme.aside)]
    shown = short.ratings[: room.fields]
    rows = [_rating(rating, theme) for rating in shown]
    widths = (WIDTH - _BAR - 124, _BAR + 14, 34, 76)
    left_out = len(short.ratings) - len(shown)
    more = counted(left_out, say("weiteres Handlungsfeld"), say("weitere Handlungsfelder"))
    return [
        ruled(rows, widths, theme=theme, padding=room.air, middle=True),
        *([text(say("und {0} im Bericht").format(more), theme.small)] if left_out else []),
        Spacer(1, 3),
        text(say("Sicht: {0}. {1}").format(short.view, say(_SCALE)), theme.dense_soft),
    ]


def _rating(rating: Rating, theme: Theme) -> list[Any]:
    name = text(brief(rating.label, _LABEL), theme.cell)
    if rating.value is None:
        return [name, text(rating.words, theme.small), "", ""]
    spread = phrases.interval(rating.low, rating.high)
    return [
        name,
        bar(theme, IntervalBar(rating.value, rating.low, rating.high), _BAR),
        text(phrases.figure(rating.value), theme.cell_bold),
        text(spread, theme.small),
    ]


def _findings(title: str, findings: Sequence[Finding], room: _Room, theme: Theme) -> Story:
    story: Story = [text(title, theme.section)]
    if not findings:
        story.append(text(say("Keine benannt."), theme.aside))
    for number, finding in enumerate(findings, start=1):
        value = "" if finding.value is None else f" · {phrases.figure(finding.value)}"
        head = f"{number}  {brief(finding.title, room.title)}{value}"
        story.append(text(head, theme.cell_bold))
        story += [text(brief(finding.text, room.words), theme.cell)] if finding.text else []
        story.append(Spacer(1, 4))
    return story


# -- page 2: the plan ------------------------------------------------------------------------


def _plan(short: ShortVersion, room: _Room, theme: Theme) -> Story:
    return [
        *_top(short, say("Was vereinbart ist"), theme),
        *_next_steps(short, room, theme),
        *_measures(short, room, theme),
        *_funding(short, room, theme),
        Spacer(1, 10),
        boxes((_advisor(short, theme), _network(short, theme)), theme, width=WIDTH),
    ]


def _next_steps(short: ShortVersion, room: _Room, theme: Theme) -> Story:
    steps = short.next_steps[: room.steps]
    if not steps:
        return []
    cells = [
        [
            text(
                say("bis {0}").format(short_date(step.due_on))
                if step.due_on
                else say("Frist offen"),
                theme.label,
            ),
            Spacer(1, 2),
            text(brief(step.title, room.title), theme.cell_bold),
        ]
        for step in steps
    ]
    return [text(say("Als Nächstes"), theme.section), boxes(cells, theme, width=WIDTH)]


def _measures(short: ShortVersion, room: _Room, theme: Theme) -> Story:
    story: Story = [text(say("Maßnahmenplan"), theme.section)]
    if not short.measures:
        return [*story, text(say(_NO_PLAN), theme.aside)]
    shown = short.measures[: room.measures]
    rows = [_measure(measure, number, room, theme) for number, measure in enumerate(shown, start=1)]
    widths = (22, WIDTH - 22 - 130 - 122, 130, 122)
    header = (say("Nr."), say("Maßnahme"), say("Wer"), say("Wann"))
    story.append(ruled(rows, widths, header=header, theme=theme, padding=room.air))
    left_out = len(short.measures) - len(shown)
    if left_out:
        more = counted(left_out, say("weitere Maßnahme"), say("weitere Maßnahmen"))
        story += [Spacer(1, 3), text(say("und {0} im Bericht").format(more), theme.cell_bold)]
    return story


def _measure(measure: Measure, number: int, room: _Room, theme: Theme) -> list[Any]:
    due = (
        say("bis {0}").format(short_date(measure.due_on)) if measure.due_on else say("Frist offen")
    )
    state = "" if measure.state == "agreed" else STATE_WORDS.get(measure.state, measure.state)
    when = " · ".join(part for part in (due, state) if part)
    return [
        text(str(number), theme.cell_bold),
        text(brief(measure.title, room.title), theme.cell),
        text(brief(measure.owner or say("noch zu benennen"), 60), theme.cell),
        text(when, theme.cell),
    ]


def _funding(short: ShortVersion, room: _Room, theme: Theme) -> Story:
    shown = short.funding[: room.funding]
    if not shown:
        return []
    rows = [_hint(hint, room, theme) for hint in shown]
    left_out = len(short.funding) - len(shown)
    more = counted(left_out, say("weiterer Hinweis"), say("weitere Hinweise"))
    note = (
        say("und {0} im Bericht. {1}").format(more, say(_NO_PROMISE))
        if left_out
        else say(_NO_PROMISE)
    )
    return [
        text(say("Förderung, die in Betracht kommt oder zu klären ist"), theme.section),
        ruled(rows, (WIDTH - 250, 110, 140), theme=theme, padding=room.air),
        Spacer(1, 3),
        text(note, theme.small),
    ]


def _hint(hint: Hint, room: _Room, theme: Theme) -> list[Any]:
    title: Story = [text(brief(hint.title, room.title), theme.cell_bold)]
    if hint.caution:
        title.append(text(brief(hint.caution, room.words), theme.small))
    return [title, text(hint.verdict, theme.cell), text(hint.standing, theme.small)]


def _advisor(short: ShortVersion, theme: Theme) -> Story:
    of = short.advisor
    return _contact(say("Beratung"), (of.name, of.organisation, of.phone, of.email), theme)


def _network(short: ShortVersion, theme: Theme) -> Story:
    network = short.network
    return _contact(say("Netzwerk"), (network.name, network.footer_line), theme)


def _contact(label: str, lines: Sequence[str], theme: Theme) -> Story:
    first, *others = [brief(line, _LABEL) for line in lines if line] or ["–"]
    story: Story = [text(label, theme.label), Spacer(1, 2), text(first, theme.entry)]
    return [*story, *(text(line, theme.cell) for line in others)]
