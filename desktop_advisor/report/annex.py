"""Annex: every answer with its state, how the values came about, which versions were used."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import CondPageBreak, KeepTogether, PageBreak, Spacer

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.domain.language import say
from desktop_advisor.report import phrases, wording
from desktop_advisor.report.annex_derivations import derivations
from desktop_advisor.report.annex_edits import edited_passages
from desktop_advisor.report.answer_tables import answer_table
from desktop_advisor.report.answers_model import PlainAnswer
from desktop_advisor.report.arithmetic import working
from desktop_advisor.report.chapters_overview import Story
from desktop_advisor.report.model import Answer, Dimension, Indicator, ReportModel
from desktop_advisor.report.pages import heading, subheading
from desktop_advisor.report.tables import bare, ruled
from desktop_advisor.report.theme import BODY_WIDTH, Theme, clean, markup, text

_OPEN_ELSEWHERE = (
    "Wo eine weitere Sichtweise nicht aufgeführt ist, ist ihre Antwort offen oder der Kennpunkt "
    "wird dort nicht erfragt."
)
_VIEW, _LEVEL, _EVIDENCE = 38.0, 18.0, 58.0


def annex(model: ReportModel, theme: Theme) -> Story:
    """All answers by dimension, then the other ones and the versions used."""
    story: Story = [PageBreak(), heading(say("Anlage: Antworten"), theme.chapter)]
    if len(model.perspectives) > 1:
        story.append(text(say(_OPEN_ELSEWHERE), theme.aside))
    said = (model.other_answers, model.answer_tables, *(d.indicators for d in model.dimensions))
    if not any(said):
        story.append(text(say("Es liegen keine Antworten vor."), theme.aside))
    for dimension in model.dimensions:
        if dimension.indicators or dimension.is_parked:
            story += _dimension(model, dimension, theme)
    return [
        *story,
        *_others(model, theme),
        *derivations(model, theme),
        *edited_passages(model, theme),
        *_glossary(model, theme),
        *_versions(model, theme),
    ]


def _dimension(model: ReportModel, dimension: Dimension, theme: Theme) -> Story:
    title = f"{dimension.code} {dimension.label}"
    story = [CondPageBreak(84), heading(title, theme.dense_section, level=1)]
    if dimension.is_parked:
        return [*story, text(say(wording.NOT_LOOKED_AT), theme.dense_soft), Spacer(1, 4)]
    views = [p for p in model.perspectives if p is not Perspective.JOINT or p is model.leading]
    named = [(wording.PERSPECTIVES_SHORT[view], working(dimension, view)) for view in views]
    named.insert(0, (say("Wert"), working(dimension, None)))
    lines = [f"<b>{name}</b> {clean(line)}" for name, line in named if line]
    if lines:
        story.append(
            markup(say("Rechenweg") + "&nbsp; " + " &nbsp;|&nbsp; ".join(lines), theme.dense_soft)
        )
    story.append(Spacer(1, 4))
    for indicator in dimension.indicators:
        story += _indicator(model, indicator, theme)
    return story


def _indicator(model: ReportModel, indicator: Indicator, theme: Theme) -> Story:
    notes = (
        [say("Gewicht {0}").format(phrases.plain(indicator.weight))]
        if indicator.weight != 1
        else []
    )
    notes += [say("kritisch")] if indicator.is_critical else []
    tail = f' <font size="7.4" color="#5b6875">({", ".join(notes)})</font>' if notes else ""
    story: Story = [subheading(markup(clean(indicator.label) + tail, theme.dense_bold))]
    rows = [_answer_row(a, theme) for a in indicator.answers if _is_listed(model, a)]
    if rows or model.perspectives:
        rows = rows or [_not_asked(model, theme)]
        widths = (_VIEW, _LEVEL, BODY_WIDTH - _VIEW - _LEVEL - _EVIDENCE, _EVIDENCE)
        story.append(ruled(rows, widths, theme=theme, padding=1.1))
    return [KeepTogether(story), Spacer(1, 4)]


def _not_asked(model: ReportModel, theme: Theme) -> list[Any]:
    """In place of an answer that nobody was asked for."""
    view = text(wording.PERSPECTIVES_SHORT[model.leading], theme.dense_soft)
    return [view, "", markup(f"<i>{say('nicht gefragt')}</i>", theme.dense), ""]


def _is_listed(model: ReportModel, answer: Answer) -> bool:
    """The leading perspective always; another one where it said or noted something, as above."""
    if answer.perspective not in model.perspectives:
        return False
    is_open = answer.state is AnswerState.OPEN and not answer.note
    return answer.perspective is model.leading or not is_open


def _answer_row(answer: Answer, theme: Theme) -> list[Any]:
    answered = answer.state is AnswerState.ANSWERED
    words = clean(answer.text) if answered else f"<i>{wording.STATES[answer.state]}</i>"
    said: Story = [markup(words, theme.dense)]
    if answer.reason:
        said.append(text(say("Begründung: {0}").format(answer.reason), theme.dense_soft))
    if answer.note:
        said.append(text(say("Notiz: {0}").format(answer.note), theme.dense_soft))
    level = phrases.plain(answer.level) if answered and answer.level is not None else ""
    return [
        text(wording.PERSPECTIVES_SHORT[answer.perspective], theme.dense_soft),
        text(level, theme.dense_bold),
        said,
        text(wording.EVIDENCE[answer.evidence] if answered else "", theme.label_right),
    ]


def _others(model: ReportModel, theme: Theme) -> Story:
    if not model.other_answers and not model.answer_tables:
        return []
    story: Story = [CondPageBreak(84)]
    story.append(heading(say("Weitere Angaben"), theme.dense_section, level=1))
    if rows := [_other_row(answer, theme) for answer in model.other_answers]:
        story.append(ruled(rows, (200, 56, BODY_WIDTH - 256), theme=theme, padding=2.2))
    for table in model.answer_tables:
        story += answer_table(table, theme)
    return [*story, Spacer(1, 8)]


def _other_row(answer: PlainAnswer, theme: Theme) -> list[Any]:
    answered = answer.state is AnswerState.ANSWERED
    words = clean(answer.text) if answered else f"<i>{wording.STATES[answer.state]}</i>"
    said: Story = [markup(words, theme.dense)]
    if answer.note:
        said.append(text(say("Notiz: {0}").format(answer.note), theme.dense_soft))
    view = wording.PERSPECTIVES_SHORT[answer.perspective]
    return [text(answer.label, theme.dense), text(view, theme.dense_soft), said]


def _versions(model: ReportModel, theme: Theme) -> Story:
    lines = [
        say("{0}: {1}, Fassung {2}, Prüfsumme {3}").format(
            wording.PERSPECTIVES[f.perspective], f.title, f.version or "–", f.form_hash or "–"
        )
        for f in model.forms
    ]
    if model.form_notice:
        lines.append(model.form_notice)
    if model.catalogue_version:
        lines.append(say("Angebotskatalog: Fassung {0}").format(model.catalogue_version))
    if model.scoring_version:
        lines.append(say("Bewertung: Fassung {0}").format(model.scoring_version))
    lines.append(say("Bericht: {0}, Fassung {1}").format(model.report_id, model.version))
    story: Story = [
        CondPageBreak(60),
        heading(say("Verwendete Fassungen"), theme.dense_section, level=1),
    ]
    return [*story, *(text(line, theme.dense_soft) for line in lines)]


def _glossary(model: ReportModel, theme: Theme) -> Story:
    """What the states and levels of evidence mean, in two columns."""
    terms = [
        markup(f"<b>{clean(t.term)}</b> – {clean(t.meaning)}", theme.dense)
        for t in model.statements.glossary
    ]
    if not terms:
        return []
    half, middle = (BODY_WIDTH - 24) / 2, (len(terms) + 1) // 2
    columns = bare([[terms[:middle], "", terms[middle:]]], (half, 24, half), middle=False)
    title = subheading(text(say("Antwortzustände und Belegstufen"), theme.label))
    return [CondPageBreak(70), Spacer(1, 3), title, Spacer(1, 2), columns, Spacer(1, 9)]
