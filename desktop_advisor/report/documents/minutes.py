"""Gesprächsprotokoll, drawn: visit by visit, then what holds for all of them, then signatures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.platypus import CondPageBreak, Spacer

from desktop_advisor.domain.german import counted, long_day, short_date, two_digits
from desktop_advisor.report import phrases
from desktop_advisor.report import theme as look
from desktop_advisor.report.documents.facts_table import facts_table, headed
from desktop_advisor.report.documents.minutes_model import (
    DRAFT,
    LEVELS,
    SIGNED,
    TITLE,
    Answered,
    Entry,
    Meeting,
    Minutes,
    Topic,
    VisitRecord,
)
from desktop_advisor.report.documents.parties import parties
from desktop_advisor.report.documents.signature_lines import signature_lines
from desktop_advisor.report.fonts import register
from desktop_advisor.report.model import TalkingPoint, Visit
from desktop_advisor.report.single_page import WIDTH, SinglePage
from desktop_advisor.report.tables import ruled
from desktop_advisor.report.theme import Theme, clean, markup, text

Story = list[Any]


def draw_minutes(minutes: Minutes, fonts: Path) -> bytes:
    """The PDF of the minutes. fonts: the folder with the Source Sans 3 files."""
    register(fonts)
    whose = minutes.company[0] if minutes.company else ""
    sheet = SinglePage(TITLE, minutes.network, minutes.created_on, about=whose)
    return sheet.draw(_story(minutes, look.theme(minutes.network)))[0]


def _story(minutes: Minutes, theme: Theme) -> Story:
    story: Story = [parties(minutes.company, minutes.advisor, theme), Spacer(1, 8)]
    if minutes.is_draft:
        story.append(text(DRAFT, theme.warning))
    if minutes.occasion:
        story.append(facts_table([("Anlass", minutes.occasion)], theme))
    for number, record in enumerate(minutes.visits, start=1):
        story += _visit(record, number, theme)
    story += _talking_points(minutes, theme)
    story += _measures(minutes, theme)
    story += _next(minutes.next_talk, theme)
    story += _open_points(minutes, theme)
    signed = [Spacer(1, 10), text(SIGNED, theme.body), Spacer(1, 2)]
    return story + signature_lines(minutes.signatures, theme, signed=signed)


def _visit(record: VisitRecord, number: int, theme: Theme) -> Story:
    visit = record.visit
    day = f"{long_day(visit.on)} {visit.on.year}" if visit.on else "ohne Datum"
    story = headed(f"{number}. Termin: {day}", theme, room=130)
    story.append(_facts(visit, theme))
    if record.remark:
        story.append(text(record.remark, theme.warning))
    story += [Spacer(1, 8), _people(visit, theme)]
    if not record.topics:
        nothing = "Zu diesem Termin wurde nichts mitgeschrieben."
        return [
            *story,
            Spacer(1, 6),
            text(nothing, theme.aside),
            *_answered(record.answered, theme),
        ]
    story += [CondPageBreak(60), text("Besprochen", theme.dense_section)]
    is_plain = len(record.topics) == 1 and not record.topics[0].field
    for topic in record.topics:
        story += _topic(topic, theme, is_plain=is_plain)
    return story + _answered(record.answered, theme)


def _facts(visit: Visit, theme: Theme) -> Any:
    hours = "nicht erfasst" if visit.hours is None else f"{two_digits(visit.hours)} Stunden"
    said = (
        f"{visit.time} Uhr" if visit.time else "nicht erfasst",
        hours,
        visit.place or "nicht erfasst",
        visit.purpose or "nicht erfasst",
    )
    widths = (108, 78, 110, WIDTH - 296)
    header = ("Zeit", "Dauer", "Ort", "Gegenstand")
    row = [text(words, theme.cell) for words in said]
    return ruled([row], widths, header=header, theme=theme, padding=2.8)


def _people(visit: Visit, theme: Theme) -> Any:
    rows = [
        [
            text(person.name or "–", theme.cell_bold),
            text(person.role or "–", theme.cell),
            text(person.function or "–", theme.cell),
        ]
        for person in visit.participants
    ]
    rows = rows or [[text("niemand eingetragen", theme.cell), "", ""]]
    widths = (WIDTH * 0.36, WIDTH * 0.26, WIDTH * 0.38)
    header = ("Teilnehmende", "Rolle", "Funktion")
    return ruled(rows, widths, header=header, theme=theme, padding=2.8)


def _topic(topic: Topic, theme: Theme, *, is_plain: bool) -> Story:
    """is_plain: nothing else was talked about, so that no heading tells it from other fields."""
    story: Story = [CondPageBreak(44)]
    if not is_plain:
        story.append(text(topic.field or "Allgemeines", theme.entry))
    for entry in topic.entries:
        story += _entry(entry, theme)
    return story


def _entry(entry: Entry, theme: Theme) -> Story:
    said_when = " · ".join(part for part in (entry.time, entry.speaker, entry.question) if part)
    story: Story = [CondPageBreak(34), text(said_when, theme.small)] if said_when else []
    return [*story, text(entry.text, theme.cell), Spacer(1, 4)]


def _answered(lines: tuple[Answered, ...], theme: Theme) -> Story:
    """How much of the questionnaire was answered by whom: numbers, never the answers."""
    if not lines:
        return []
    story: Story = [CondPageBreak(50), text("Fragebogen", theme.dense_section)]
    for line in lines:
        fields = ", ".join(f"{name} {count}" for name, count in line.fields)
        head = f"<b>{clean(line.who)}</b>: {counted(line.count, 'Frage', 'Fragen')} beantwortet"
        story.append(markup(f"{head}{f' ({clean(fields)})' if fields else ''}", theme.cell))
    return story


def _talking_points(minutes: Minutes, theme: Theme) -> Story:
    if not (minutes.talking_points or minutes.withheld):
        return []
    story = headed("Gesprächsanlässe", theme)
    if minutes.talking_points:
        story.append(text(LEVELS, theme.small))
    if rows := [_point(point, theme) for point in minutes.talking_points if point.text]:
        widths = (WIDTH - 108 - 200, 36, 36, 36, 200)
        header = ("Kennpunkt", "GF", "BR", "Gem.", "Was am Tisch gesagt wurde")
        story.append(ruled(rows, widths, header=header, theme=theme, right=(1, 2, 3)))
    story += _unspoken([point for point in minutes.talking_points if not point.text], theme)
    return [*story, text(minutes.withheld, theme.aside)] if minutes.withheld else story


def _unspoken(points: Sequence[TalkingPoint], theme: Theme) -> Story:
    """Those nobody has said anything about yet, one line each."""
    if not points:
        return []
    lines = [
        text(f"{point.label} ({_levels(point)})", theme.step.clone("point", fontSize=9), bullet="•")
        for point in points
    ]
    return [CondPageBreak(50), text("Dazu ist noch nichts festgehalten:", theme.entry), *lines]


def _levels(point: TalkingPoint) -> str:
    said = (("GF", point.gf), ("BR", point.br), ("Gem.", point.joint))
    return ", ".join(f"{who} {phrases.plain(level)}" for who, level in said if level is not None)


def _point(point: TalkingPoint, theme: Theme) -> list[Any]:
    levels = (point.gf, point.br, point.joint)
    return [
        [text(point.label, theme.cell), text(point.dimension, theme.small)],
        *(text("–" if v is None else phrases.plain(v), theme.cell_right) for v in levels),
        text(point.text, theme.cell),
    ]


def _measures(minutes: Minutes, theme: Theme) -> Story:
    story = headed("Vereinbarte Maßnahmen", theme)
    if not minutes.measures:
        return [*story, text("Es wurde keine Maßnahme vereinbart.", theme.aside)]
    rows = [
        [
            text(measure.title, theme.cell_bold),
            text(measure.owner or "offen", theme.cell),
            text(phrases.day(measure.due_on), theme.cell),
            text(measure.state, theme.cell),
        ]
        for measure in minutes.measures
    ]
    widths = (WIDTH - 128 - 66 - 64, 128, 66, 64)
    header = ("Maßnahme", "verantwortlich", "bis", "Stand")
    return [*story, ruled(rows, widths, header=header, theme=theme)]


def _next(talk: Meeting | None, theme: Theme) -> Story:
    story = headed("Nächstes Gespräch", theme, room=60)
    if talk is None:
        blank = "Noch nicht vereinbart. Am: ____________________  Ort: ____________________"
        return [*story, text(blank, theme.cell)]
    when = ", ".join(
        part
        for part in (short_date(talk.on), f"{talk.time} Uhr" if talk.time else "", talk.place)
        if part
    )
    return [*story, text(f"{when}: {talk.what}", theme.cell)]


def _open_points(minutes: Minutes, theme: Theme) -> Story:
    story = headed("Offene Punkte", theme, room=60)
    if not minutes.open_points:
        return [*story, text("Keine; alle Fragen sind besprochen.", theme.cell)]
    return [*story, *(text(point, theme.step, bullet="•") for point in minutes.open_points)]
