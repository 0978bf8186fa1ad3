"""Advice: recommendations for the company and for employees, action plan, funding hints."""

from __future__ import annotations

from reportlab.platypus import KeepTogether, PageBreak, Spacer

from desktop_advisor.domain.language import say
from desktop_advisor.report import passage_keys as keys
from desktop_advisor.report import phrases, wording
from desktop_advisor.report.chapters_overview import (
    Story,
    chapter,
    explained,
    passage,
    section,
    standing,
)
from desktop_advisor.report.explained import AGREED, is_in_full
from desktop_advisor.report.model import Offer, Recommendation, ReportModel
from desktop_advisor.report.pages import heading, subheading
from desktop_advisor.report.tables import bare, ruled
from desktop_advisor.report.theme import BODY_WIDTH, Theme, clean, markup, text

_ELSEWHERE = "Empfehlungen für Beschäftigte stehen auf der eigenen Seite „Wege für Beschäftigte“."
_UNDECIDED = "Wo ein Strich steht, ist noch nicht entschieden."
_UNCONFIRMED = "der heutige Stand ist zu bestätigen"
_CLOSED = "das Angebot geschlossen ist"
_VERDICT_SIGNS = {"kommt in Betracht": "●", "Voraussetzung offen": "○", "ausgeschlossen": "×"}

_REASON_LEADS = {
    "kommt in Betracht": "Geprüft:",
    "Voraussetzung offen": "Zu klären:",
    "ausgeschlossen": "Ausgeschlossen, weil",
}


def company_advice(model: ReportModel, theme: Theme) -> Story:
    """Warning signs first, then what was agreed, then what was not taken up, in a line each."""
    stops = [r for r in model.recommendations if r.audience == "stop" and is_in_full(r)]
    shown = [r for r in model.recommendations if r.audience == "company" and _is_agreed(r)]
    others = [r for r in model.recommendations if r not in stops and not _is_agreed(r)]
    story = chapter(say("Empfehlungen für den Betrieb"), theme, room=240)
    for stop in stops:
        story += _stop(stop, theme)
    if not shown and not stops:
        story.append(text(say("Es wurden keine Empfehlungen vereinbart."), theme.aside))
    planned = {measure.title: n for n, measure in enumerate(model.measures, start=1)}
    for recommendation in shown:
        story += _recommendation(recommendation, planned.get(recommendation.title), theme)
    if any(r.audience == "employees" and _is_agreed(r) for r in model.recommendations):
        story.append(text(say(_ELSEWHERE), theme.aside))
    return [*story, *_not_taken_up(others, theme)]


def _is_agreed(item: Recommendation) -> bool:
    return item.decision in AGREED


def _not_taken_up(items: list[Recommendation], theme: Theme) -> Story:
    """What the answers also suggest: title, field, what was decided about it and why."""
    if not items:
        return []
    rows = [
        [
            text(item.title, theme.cell),
            text(item.dimension, theme.cell),
            text(_said_of(item), theme.cell),
        ]
        for item in items
    ]
    widths = (BODY_WIDTH - 258, 116, 142)
    header = (say("Empfehlung"), say("Handlungsfeld"), say("Entscheidung"))
    table = ruled(rows, widths, header=header, theme=theme, padding=2)
    title = section(say("Weitere Hinweise aus den Antworten"), theme)
    if any(item.decision == "open" for item in items):
        title.append(text(say(_UNDECIDED), theme.aside))
    return [*title, table]


def _said_of(item: Recommendation) -> str:
    """The decision and its reason; nothing where none was made, as most were not."""
    decided = "" if item.decision == "open" else _decided(item)
    return " – ".join(p for p in (decided, item.reason) if p) or phrases.NOTHING


def _decided(item: Recommendation) -> str:
    return wording.DECISIONS.get(item.decision, item.decision)


def _stop(stop: Recommendation, theme: Theme) -> Story:
    words = f"<b>{say('Zuerst klären:')} {clean(stop.title)}</b><br/>{clean(stop.text)}"
    story: Story = [markup(words, theme.stop, passage=keys.advice(stop, "text"))]
    return [*story, *_steps(stop, theme), *_because(stop, theme)]


def employee_advice(model: ReportModel, theme: Theme) -> Story:
    """Wege für Beschäftigte: a page of its own without company secrets.

    No answers stand here, neither as cause nor as figure, so the page can be handed out.
    """
    shown = [r for r in model.recommendations if r.audience == "employees" and _is_agreed(r)]
    if not shown:
        return []
    story = [PageBreak(), heading(say("Wege für Beschäftigte"), theme.chapter)]
    story += explained(model, "employee_advice", theme.aside)
    for recommendation in shown:
        story += _recommendation(recommendation, None, theme, confidential=True)
    return story


def _recommendation(
    item: Recommendation, planned: int | None, theme: Theme, *, confidential: bool = False
) -> Story:
    """planned: the number it has in the action plan, None where it is no measure there."""
    decision = "" if confidential else _decided(item)
    if planned is not None:
        decision = say("{0} · Maßnahme {1}").format(decision, planned)
    head = bare(
        [[subheading(text(item.title, theme.entry)), text(decision, theme.small_right)]],
        (BODY_WIDTH - 120, 120),
    )
    story: Story = [Spacer(1, 5), head]
    story += passage(keys.advice(item, "text"), item.text, theme.body)
    story += _steps(item, theme)
    if item.offers:
        offers = clean(" · ".join(item.offers))
        story.append(markup(f"<b>{say('Dazu passt:')}</b> {offers}", theme.cell))
    if not confidential:
        story += _because(item, theme)
        if item.reason:
            words = f"<b>{say('Begründung der Entscheidung:')}</b> {clean(item.reason)}"
            story.append(markup(words, theme.cell))
    return [KeepTogether(story), Spacer(1, 6)]


def _steps(item: Recommendation, theme: Theme) -> Story:
    key = keys.advice(item, "steps")
    return [
        text(step, theme.step, bullet=f"{i}.", passage=key)
        for i, step in enumerate(item.steps, start=1)
    ]


def _because(item: Recommendation, theme: Theme) -> Story:
    if not item.fired_by:
        return []
    return [text(say("Ausgelöst durch: ") + " · ".join(item.fired_by), theme.small)]


def offers(model: ReportModel, theme: Theme) -> Story:
    """Förderhinweise and contacts with how old each piece of information is."""
    if not model.offers:
        return []
    story = chapter(say("Förderhinweise und Angebote"), theme, room=200)
    story += standing(model, "funding", theme.body)
    for offer in model.offers:
        story += _offer(offer, theme)
    return story


def _german(verdict: str) -> str:
    """The verdict under which signs and leads are kept, whatever language it is said in."""
    return next((known for known in _VERDICT_SIGNS if say(known) == verdict), verdict)


def _reasons(offer: Offer) -> str:
    """The points of the verdict as a sentence: those of an exclusion are clauses with "weil".

    What the warning below says anyway is left out.
    """
    known = (say(_UNCONFIRMED), say(_CLOSED)) if offer.warning else ()
    points = "; ".join(reason for reason in offer.reasons if reason not in known)
    lead = _REASON_LEADS.get(_german(offer.verdict))
    return f"{say(lead)} {points}." if lead and points else points


def _offer(offer: Offer, theme: Theme) -> Story:
    sign = _VERDICT_SIGNS.get(_german(offer.verdict), "")
    verdict = f"<b>{sign} {clean(offer.verdict)}</b>" if offer.verdict else ""
    kind = " · ".join(p for p in (offer.kind, offer.provider) if p)
    title: Story = [subheading(text(offer.title, theme.entry))]
    title += [text(kind, theme.small)] if kind else []
    row = [[title, markup(verdict, theme.cell_right)]]
    story: Story = [Spacer(1, 4)]
    story.append(ruled(row, (BODY_WIDTH - 130, 130), theme=theme, padding=2, is_table=False))
    story.append(Spacer(1, 3))
    story += [text(offer.text, theme.cell)] if offer.text else []
    if reasons := _reasons(offer):
        story.append(text(reasons, theme.cell))
    if offer.before_start and _german(offer.verdict) != "ausgeschlossen":
        story.append(markup(f"<b>{clean(offer.before_start)}</b>", theme.cell))
    story += [Spacer(1, 2), text(phrases.validity(offer), theme.small)]
    if offer.source:
        story.append(text(say("Quelle: {0}").format(offer.source), theme.small))
    if offer.warning:
        words = f"<b>{say('Achtung:')}</b> {clean(phrases.caution(offer))}"
        story.append(markup(words, theme.warning))
    return [KeepTogether(story), Spacer(1, 5)]
