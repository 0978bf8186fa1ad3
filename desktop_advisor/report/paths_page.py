"""Wege für Beschäftigte, drawn: exactly one A4 page, whatever there is to say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from reportlab.platypus import Spacer

from desktop_advisor.domain.german import counted
from desktop_advisor.report import theme as look
from desktop_advisor.report.fonts import register
from desktop_advisor.report.paths_model import TITLE, Helper, Hint, LearningNeed, PathsPage, Right
from desktop_advisor.report.single_page import WIDTH, SinglePage
from desktop_advisor.report.tables import bare, boxes
from desktop_advisor.report.theme import Theme, clean, markup, text

_GAP = 20.0
_HALF = (WIDTH - _GAP) / 2
_LEAD = (
    "Arbeit verändert sich. Diese Seite zeigt, was in den Tätigkeiten künftig gefragt ist, welche "
    "Kurse und Hilfen in Betracht kommen und wer berät. Sie enthält keine Zahlen des Betriebs."
)
_NO_NEEDS = (
    "Was in einer Tätigkeit künftig gefragt ist, lässt sich im Gespräch klären: mit der "
    "Führungskraft, der Interessenvertretung oder der Berufsberatung."
)
_SMALL_PRINT = (
    "Hinweise, keine Zusagen: Über Anträge entscheidet die zuständige Stelle, fast immer gilt erst "
    "der Antrag, dann der Beginn. Die Angaben ersetzen keine Rechtsberatung."
)
Story = list[Any]


def draw_paths(page: PathsPage, fonts: Path) -> bytes:
    """The PDF of the page; what finds no room is left out from the end and counted.

    fonts: the folder with the Source Sans 3 files.
    """
    register(fonts)
    for trim in _TRIMS:
        drawn, pages = _build(trim(page))
        if pages == 1:
            break
    return drawn


def _keep(page: PathsPage, jobs: int, skills: int, courses: int, *, told: bool) -> PathsPage:
    """At most so many jobs, skills of each, and courses. told: courses with their sentence."""
    shown = page.courses[:courses]
    if not told:
        shown = tuple(msgspec.structs.replace(course, text="") for course in shown)
    needs = tuple(
        msgspec.structs.replace(need, skills=need.skills[:skills]) for need in page.needs[:jobs]
    )
    return msgspec.structs.replace(
        page,
        needs=needs,
        more_jobs=page.more_jobs + max(0, len(page.needs) - jobs),
        courses=shown,
        more_courses=page.more_courses + max(0, len(page.courses) - courses),
    )


_TRIMS: tuple[Callable[[PathsPage], PathsPage], ...] = (
    partial(_keep, jobs=14, skills=4, courses=8, told=True),
    partial(_keep, jobs=12, skills=4, courses=6, told=True),
    partial(_keep, jobs=10, skills=4, courses=4, told=True),
    partial(_keep, jobs=10, skills=4, courses=6, told=False),
    partial(_keep, jobs=8, skills=3, courses=6, told=False),
    partial(_keep, jobs=6, skills=2, courses=5, told=False),
    partial(_keep, jobs=4, skills=2, courses=4, told=False),
    partial(_keep, jobs=2, skills=1, courses=3, told=False),
)
"""From roomy to narrow; the first that fits one page is taken."""


def _build(page: PathsPage) -> tuple[bytes, int]:
    sheet = SinglePage(TITLE, page.network, page.created_on)
    return sheet.draw(_story(page, look.theme(page.network)))


def _story(page: PathsPage, theme: Theme) -> Story:
    lower = [[_rights(page.rights, theme), "", _helpers(page, theme)]]
    widths = (_HALF, _GAP, _HALF)
    return [
        text(_LEAD, theme.body),
        boxes((_needs(page, theme), _courses(page, theme)), theme, width=WIDTH),
        Spacer(1, 6),
        *_funding(page.funding, theme),
        Spacer(1, 6),
        bare(lower, widths, middle=False),
        Spacer(1, 6),
        text(_SMALL_PRINT, theme.small),
    ]


def _head(words: str, theme: Theme) -> Any:
    return text(words, theme.section)


def _needs(page: PathsPage, theme: Theme) -> Story:
    story: Story = [_head("Was künftig gefragt ist", theme)]
    if not page.needs:
        return [*story, text(_NO_NEEDS, theme.cell)]
    for need in page.needs:
        story += _need(need, theme)
    if page.more_jobs:
        more = counted(page.more_jobs, "weitere Tätigkeit", "weitere Tätigkeiten")
        story.append(text(f"und {more}", theme.small))
    return story


def _need(need: LearningNeed, theme: Theme) -> Story:
    words = f"<b>{clean(need.job)}</b><br/>{clean(' · '.join(need.skills))}"
    return [markup(words, theme.cell), Spacer(1, 4)]


def _courses(page: PathsPage, theme: Theme) -> Story:
    story: Story = [_head("Kurse und Abschlüsse", theme)]
    for course in page.courses:
        words = f"<b>{clean(course.title)}</b>"
        if course.text:
            words += f"<br/>{clean(course.text)}"
        story += [markup(words, theme.cell), Spacer(1, 4)]
    if page.more_courses:
        story.append(text("Weitere Kurse: siehe „Wer berät“.", theme.small))
    notes = dict.fromkeys(course.note for course in page.courses if course.note)
    return [*story, *(text(note, theme.small) for note in notes)]


def _funding(funding: Sequence[Hint], theme: Theme) -> Story:
    if not funding:
        return []
    cells = [_program(hint, theme) for hint in funding]
    if len(cells) % 2:
        cells.append([])
    rows = [[left, "", right] for left, right in zip(cells[::2], cells[1::2], strict=True)]
    table = bare(rows, (_HALF, _GAP, _HALF), middle=False)
    return [_head("Wer die Kosten mitträgt", theme), table]


def _program(hint: Hint, theme: Theme) -> Story:
    words = f"<b>{clean(hint.title)}</b><br/>{clean(hint.text)}"
    return [markup(words, theme.cell), text(hint.note, theme.small), Spacer(1, 3)]


def _rights(rights: Sequence[Right], theme: Theme) -> Story:
    story: Story = [_head("Ihre Rechte", theme)]
    for right in rights:
        law = right.law.replace(" ", "\u00a0").replace(",\u00a0", ", ")
        law = f' <font color="{look.SOFT.hexval().replace("0x", "#")}">({clean(law)})</font>'
        words = f"<b>{clean(right.title)}</b><br/>{clean(right.text)}{law}"
        story += [markup(words, theme.cell), Spacer(1, 4)]
    return story


def _helpers(page: PathsPage, theme: Theme) -> Story:
    story: Story = [_head("Wer berät", theme)]
    for helper in page.helpers:
        story += _helper(helper, theme)
    return story


def _helper(helper: Helper, theme: Theme) -> Story:
    words = f"<b>{clean(helper.who)}</b>"
    if helper.text:
        words += f"<br/>{clean(helper.text)}"
    return [markup(words, theme.cell), Spacer(1, 4)]
