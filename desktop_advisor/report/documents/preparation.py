"""Besuchsvorbereitung, drawn: one page, whatever there is to know; the rest is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.platypus import Spacer

from desktop_advisor.domain.german import counted, long_day, short_date
from desktop_advisor.report import phrases
from desktop_advisor.report import theme as look
from desktop_advisor.report.documents.preparation_model import (
    INTERNAL,
    TITLE,
    OpenField,
    Person,
    Preparation,
)
from desktop_advisor.report.documents.tick_box import ticked_line
from desktop_advisor.report.fonts import register
from desktop_advisor.report.single_page import WIDTH, SinglePage
from desktop_advisor.report.tables import bare, boxes, ruled
from desktop_advisor.report.theme import Theme, brief, clean, markup, text

Story = list[Any]
_GAP = 20.0
_HALF = (WIDTH - _GAP) / 2


@dataclass(frozen=True)
class _Room:
    """At most so many of each, and characters of a line."""

    contacts: int
    measures: int
    fields: int
    questions: int
    funding: int
    line: int


_ROOMS = (
    _Room(5, 10, 8, 3, 5, 150),
    _Room(5, 8, 6, 2, 5, 130),
    _Room(4, 6, 5, 2, 5, 100),
    _Room(3, 5, 4, 1, 5, 80),
    _Room(2, 4, 3, 1, 5, 56),
    _Room(2, 3, 2, 1, 3, 40),
    _Room(1, 2, 2, 1, 3, 30),
)
"""From roomy to narrow; the first that fits one page is taken."""


def draw_preparation(page: Preparation, fonts: Path) -> bytes:
    """The PDF, always one page. fonts: the folder with the Source Sans 3 files."""
    register(fonts)
    sheet = SinglePage(TITLE, page.network, page.created_on)
    theme = look.theme(page.network)
    for room in _ROOMS:
        drawn, pages = sheet.draw(_story(page, room, theme))
        if pages == 1:
            break
    return drawn


def _story(page: Preparation, room: _Room, theme: Theme) -> Story:
    left = _contacts(page, room, theme)
    right = [
        *_report(page, room, theme),
        *_talks(page, room, theme),
        *_consents(page, room, theme),
    ]
    return [
        text(INTERNAL, theme.warning),
        boxes((_company(page, room, theme), _visit(page, room, theme)), theme, width=WIDTH),
        Spacer(1, 2),
        bare([[left, "", right]], (_HALF, _GAP, _HALF), middle=False),
        *_measures(page, room, theme),
        *_questions(page, room, theme),
        *_funding(page, room, theme),
        *_bring(page, room, theme),
    ]


def _head(words: str, theme: Theme) -> Any:
    return text(words, theme.dense_section)


def _company(page: Preparation, room: _Room, theme: Theme) -> Story:
    story = [text(brief(page.company, room.line), theme.entry)]
    story.append(text(" · ".join(_fact(fact, room) for fact in page.facts), theme.dense))
    if page.products:
        story += [Spacer(1, 2), text(brief(page.products, room.line), theme.dense_soft)]
    return story


def _fact(words: str, room: _Room) -> str:
    """A short fact stays on one line, whatever stands before it; the narrow space too."""
    most = room.line // 2
    return words.replace(" ", "\u00a0") if len(words) <= min(most, 30) else brief(words, most)


def _visit(page: Preparation, room: _Room, theme: Theme) -> Story:
    if page.visit is None:
        return [
            text("Nächster Termin", theme.label),
            text("noch nicht vereinbart", theme.entry),
        ]
    time = f", {page.visit.time} Uhr" if page.visit.time else ""
    story = [
        text("Nächster Termin", theme.label),
        text(f"{long_day(page.visit.on)}{time}", theme.entry),
    ]
    lines = (page.visit.what, page.visit.place, ", ".join(page.people))
    return [*story, *(text(brief(line, room.line * 2), theme.dense) for line in lines if line)]


def _contacts(page: Preparation, room: _Room, theme: Theme) -> Story:
    story: Story = [_head("Ansprechpersonen", theme)]
    for person in page.contacts[: room.contacts]:
        story += [_person(person, room, theme), Spacer(1, 2)]
    if not page.contacts:
        story.append(text("In der Firmenakte ist niemand eingetragen.", theme.dense))
    more = len(page.contacts) - room.contacts
    if more > 0:
        story.append(text(f"und {counted(more, 'weitere', 'weitere')}", theme.dense_soft))
    if page.council:
        story.append(text(brief(page.council, max(room.line, 90)), theme.dense_bold))
    return story


def _person(person: Person, room: _Room, theme: Theme) -> Any:
    what = person.function or person.role
    words = f"<b>{clean(brief(person.name, room.line))}</b>"
    if what:
        words += f", {clean(brief(what, room.line))}"
    if person.reach:
        words += f"<br/>{clean(brief(person.reach, room.line))}"
    return markup(words, theme.dense)


def _consents(page: Preparation, room: _Room, theme: Theme) -> Story:
    story: Story = [_head("Einwilligungen", theme)]
    for said, titles in page.consents:
        listed = brief(", ".join(titles), room.line * 2)
        story.append(markup(f"<b>{clean(said)}</b>: {clean(listed)}", theme.dense))
    return story if page.consents else []


def _report(page: Preparation, room: _Room, theme: Theme) -> Story:
    story: Story = [_head("Letzter Bericht", theme)]
    if page.report is None:
        return [*story, text("Es gibt noch keinen gesiegelten Bericht.", theme.dense)]
    when = f" vom {short_date(page.report.on)}" if page.report.on else ""
    story.append(text(f"Fassung {page.report.version}{when}", theme.dense_bold))
    return [*story, *(text(brief(r, room.line * 2), theme.dense) for r in page.report.results)]


def _talks(page: Preparation, room: _Room, theme: Theme) -> Story:
    if not page.talks:
        return []
    lines = [text(brief(line, room.line), theme.dense) for line in page.talks[:3]]
    return [_head("Wiedervorlage", theme), *lines]


def _measures(page: Preparation, room: _Room, theme: Theme) -> Story:
    late = sum(m.days_overdue > 0 for m in page.measures)
    title = f"Offene Maßnahmen: {len(page.measures)}"
    story = [_head(f"{title}, davon {late} überfällig" if late else title, theme)]
    rows = [
        [
            text(brief(m.title, room.line), theme.dense_bold),
            text(brief(m.owner or "offen", room.line // 2), theme.dense),
            [
                text(phrases.day(m.due_on), theme.dense_right),
                *([text(m.overdue, theme.dense_bold_right)] if m.overdue else []),
            ],
        ]
        for m in page.measures[: room.measures]
    ]
    if not rows:
        return [*story[:-1], _head("Offene Maßnahmen: keine", theme)]
    widths = (WIDTH - 250, 130, 120)
    header = ("Maßnahme", "verantwortlich", "bis")
    story.append(ruled(rows, widths, header=header, theme=theme, padding=1.8, right=(2,)))
    return story + _more(len(page.measures) - len(rows), "Maßnahme", theme)


def _questions(page: Preparation, room: _Room, theme: Theme) -> Story:
    story: Story = [_head(f"Offene Fragen: {page.open_line}", theme)]
    shown = page.fields[: room.fields]
    rows = [
        [text(brief(field.field, room.line // 2), theme.dense_bold), _asked(field, room, theme)]
        for field in shown
    ]
    if rows:
        story.append(ruled(rows, (120, WIDTH - 120), theme=theme, padding=1.8))
    return story + _more(
        len(page.fields) - len(shown), "Handlungsfeld", theme, many="Handlungsfelder"
    )


def _asked(field: OpenField, room: _Room, theme: Theme) -> Story:
    shown = field.questions[: room.questions]
    lines = [text(brief(question, room.line), theme.dense) for question in shown]
    more = len(field.questions) - len(shown)
    return [*lines, text(f"und {more} weitere", theme.dense_soft)] if more else lines


def _more(count: int, one: str, theme: Theme, many: str = "") -> Story:
    if count <= 0:
        return []
    words = f"und {count} weitere{'s' if many and count == 1 else ''} "
    return [text(words + (one if count == 1 else many or f"{one}n"), theme.dense_soft)]


def _funding(page: Preparation, room: _Room, theme: Theme) -> Story:
    if not page.funding:
        return []
    rows = [
        [
            text(brief(hint.title, room.line), theme.dense_bold),
            text(hint.verdict, theme.dense),
            text(brief(hint.standing, room.line), theme.dense_soft),
        ]
        for hint in page.funding[: room.funding]
    ]
    header = ("Programm", "Vorprüfung", "Verlässlichkeit des Eintrags")
    widths = (190, 96, WIDTH - 286)
    table = ruled(rows, widths, header=header, theme=theme, padding=1.8)
    return [_head("Förderung, nach Landkreis, Branche und Größe vorgefiltert", theme), table]


def _bring(page: Preparation, room: _Room, theme: Theme) -> Story:
    cells = [
        ticked_line(brief(line, room.line), theme, is_ticked=False, width=_HALF)
        for line in page.bring
    ]
    return [_head("Mitnehmen und erfragen", theme), *_pairs(cells)]


def _pairs(cells: Sequence[Any]) -> Story:
    padded = [*cells, ""] if len(cells) % 2 else list(cells)
    rows = [[left, "", right] for left, right in zip(padded[::2], padded[1::2], strict=True)]
    return [bare(rows, (_HALF, _GAP, _HALF), middle=False)] if rows else []
