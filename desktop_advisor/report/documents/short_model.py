"""Kurzfassung as plain values: two pages for the wall, out of the report and nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from desktop_advisor.domain.german import short_date
from desktop_advisor.domain.language import say
from desktop_advisor.report import phrases, wording
from desktop_advisor.report.frozen import content_hash, short_hash
from desktop_advisor.report.model import (
    Advisor,
    Branding,
    Dimension,
    Finding,
    KeyFigures,
    NextStep,
    Offer,
    ReportModel,
)
from desktop_advisor.report.plan_model import Measure

TITLE = "Kurzfassung"
MOST_FINDINGS = 3
_EXCLUDED = "ausgeschlossen"


class Rating(msgspec.Struct, frozen=True, kw_only=True):
    """One field of action. value: None where no figure may be printed; words: what stands then.

    low, high: the interval, None without a value.
    """

    short: str
    label: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    words: str = ""


class Hint(msgspec.Struct, frozen=True, kw_only=True):
    """Funding that may apply. verdict: in words; standing: status and when it was checked.

    caution: that the entry cannot be relied on, or that the application comes first.
    """

    title: str
    verdict: str
    standing: str
    caution: str = ""


class ShortVersion(msgspec.Struct, frozen=True, kw_only=True):
    """The two pages. mark: version of the report and, once it is final, its short hash.

    view: whose answers the ratings rest on. figures: the overall result. measures: in the order of
    the report's plan.
    """

    network: Branding
    created_on: date
    company: str
    town: str
    advisor: Advisor
    is_draft: bool
    mark: str
    check_name: str
    view: str
    figures: KeyFigures
    sentences: tuple[str, ...] = ()
    ratings: tuple[Rating, ...] = ()
    strengths: tuple[Finding, ...] = ()
    urgent: tuple[Finding, ...] = ()
    measures: tuple[Measure, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    funding: tuple[Hint, ...] = ()


def short_version(model: ReportModel) -> ShortVersion:
    """What of the report goes on the wall; chapters the advisor left out stay out here as well."""
    figures = model.summary.figures
    if "exposure" in model.hidden:
        figures = msgspec.structs.replace(figures, more=())
    is_planned = "plan" not in model.hidden
    return ShortVersion(
        network=model.network,
        created_on=model.created_on,
        company=model.company.name,
        town=model.company.town,
        advisor=model.advisor,
        is_draft=model.is_draft,
        mark=_mark(model),
        check_name=model.check_name,
        view=phrases.leading_view(model),
        figures=figures,
        sentences=model.summary.sentences,
        ratings=_ratings(model) if "overview" not in model.hidden else (),
        strengths=model.strengths[:MOST_FINDINGS],
        urgent=model.urgent[:MOST_FINDINGS],
        measures=model.measures if is_planned else (),
        next_steps=model.summary.next_steps,
        funding=tuple(_funding(model)) if "offers" not in model.hidden else (),
    )


def _mark(model: ReportModel) -> str:
    """A draft has no hash to compare: each is composed anew, under a name of its own."""
    final = "" if model.is_draft else f" · {short_hash(content_hash(model))}"
    return say("Fassung {0}{1}").format(model.version, final)


def _ratings(model: ReportModel) -> tuple[Rating, ...]:
    return tuple(_rating(d, model) for d in model.dimensions if d.kind == "R")


def _rating(dimension: Dimension, model: ReportModel) -> Rating:
    result = dimension.leading_result(model.leading)
    value = None if result is None or dimension.is_parked else result.printable
    words = say(wording.NOT_LOOKED_AT) if dimension.is_parked else phrases.result_line(result)
    return Rating(
        short=dimension.short,
        label=dimension.label,
        value=value,
        low=result.low if result and value is not None else None,
        high=result.high if result and value is not None else None,
        words=words,
    )


def _funding(model: ReportModel) -> list[Hint]:
    """Funding that is not excluded, first what may apply as it stands."""
    found = [o for o in model.offers if o.kind == say("Förderung") and o.verdict != say(_EXCLUDED)]
    found.sort(key=lambda offer: (bool(offer.warning), offer.verdict != say("kommt in Betracht")))
    return [_hint(offer) for offer in found]


def _hint(offer: Offer) -> Hint:
    checked = short_date(offer.checked_on) if offer.checked_on else say("nicht geprüft")
    status = say("Status: {0} · ").format(say(offer.status)) if offer.status else ""
    return Hint(
        title=offer.title,
        verdict=offer.verdict,
        standing=say("{0}Stand {1}").format(status, checked),
        caution=phrases.caution(offer) or offer.before_start,
    )
