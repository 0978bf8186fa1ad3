"""Wege für Beschäftigte: compose the page that employees may take home."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from datetime import date

from desktop_advisor.advice.eligibility import CompanyFacts, Verdict, check
from desktop_advisor.advice.offers import Offer, standing
from desktop_advisor.domain.german import BERLIN, short_date
from desktop_advisor.report.paths_model import Helper, Hint, LearningNeed, PathsPage
from desktop_advisor.report.theme import brief
from desktop_advisor.storage.models import Case, Company
from desktop_advisor.usecases.branding import branding
from desktop_advisor.usecases.employee_rights import rights
from desktop_advisor.usecases.job_profiles import JobsView, show_jobs
from desktop_advisor.usecases.workplace import Workplace

KEPT_BACK = ("kurzarbeit", "sgb3-106a")
"""Short-time work is told to employees only by management and works council together (domain §5b,
last row): a hint on a wall would be news about the company."""
LONGEST_JOB, LONGEST_SKILL = 60, 60
MOST_PROGRAMMES = 6
MOST_HELPERS = 3
"""Of the catalogue, as many as one page holds beside the rest (our choice)."""
LONGEST_SUMMARY = 160
_LEAST_WORD = 5


def compose_paths(place: Workplace, case_id: uuid.UUID) -> PathsPage:
    """The page of a case: names of jobs of three persons or more and what is to be learned there.

    Of the company nothing else is read but its county and whether it has a works council, so that
    no verdict on an offer tells its size or turnover.
    """
    with place.store.read() as session:
        company = session.get_one(Company, session.get_one(Case, case_id).company_id)
        county, council = company.ags[:5], company.has_works_council
    today = place.clock().astimezone(BERLIN).date()
    facts = CompanyFacts(county=county, has_works_council=council)
    offers = _fitting(place.offers, facts, today)
    programmes = [(o, word) for o, word in offers if o.kind == "funding"][:MOST_PROGRAMMES]
    needs = tuple(_needs(show_jobs(place, case_id)))
    courses = _by_need([o for o, _ in offers if o.kind == "training"], needs)
    return PathsPage(
        network=branding(place),
        created_on=today,
        needs=needs,
        courses=tuple(_course(offer, today) for offer in courses),
        funding=tuple(_funding(offer, word, today) for offer, word in programmes),
        rights=rights(county, council),
        helpers=tuple(_helpers(place, [o for o, _ in offers], council, today)),
    )


def _needs(view: JobsView) -> Iterator[LearningNeed]:
    """Jobs with something to learn; their numbers stay behind."""
    for job in view.summary.jobs:
        if job.learning and job.profile.name:
            yield LearningNeed(
                job=brief(job.profile.name, LONGEST_JOB),
                skills=tuple(brief(skill.name, LONGEST_SKILL) for skill in job.learning),
            )


def _fitting(offers: Sequence[Offer], facts: CompanyFacts, today: date) -> list[tuple[Offer, str]]:
    """Offers for persons that may come into consideration, with the verdict in one word."""
    found = []
    for offer in offers:
        if offer.target != "employees" or offer.id in KEPT_BACK:
            continue
        verdict = check(offer, facts, today)
        if verdict.verdict is not Verdict.EXCLUDED and standing(offer, today).is_available:
            found.append((offer, verdict.wording))
    return found


def _by_need(courses: Sequence[Offer], needs: Sequence[LearningNeed]) -> list[Offer]:
    """Courses that share a word with what is to be learned first, else as in the catalogue."""
    wanted = {word for need in needs for skill in need.skills for word in _words(skill)}
    return sorted(courses, key=lambda o: not wanted & _words(f"{o.title} {o.summary}"))


def _words(text: str) -> set[str]:
    return {w.casefold() for w in re.findall(r"\w+", text) if len(w) >= _LEAST_WORD}


def _course(offer: Offer, today: date) -> Hint:
    return Hint(
        title=offer.title,
        text=brief(offer.summary, LONGEST_SUMMARY),
        note=standing(offer, today).sentence,
    )


def _funding(offer: Offer, verdict: str, today: date) -> Hint:
    """A programme with its verdict; the whole warning where the entry cannot be relied on."""
    state = standing(offer, today)
    stand = f"Stand der Förderinformation: {short_date(offer.checked_on)}."
    return Hint(
        title=offer.title,
        text=brief(offer.summary, LONGEST_SUMMARY),
        note=f"{verdict[:1].upper()}{verdict[1:]}. {stand if state.is_fresh else state.sentence}",
    )


def _helpers(
    place: Workplace, offers: Sequence[Offer], council: bool | None, today: date
) -> Iterator[Helper]:
    yield Helper(
        who="Agentur für Arbeit: Berufsberatung im Erwerbsleben",
        text="Kostenfreie Beratung zu Beruf, Kursen und Förderung (§\u00a029\u00a0SGB\u00a0III): "
        "arbeitsagentur.de, 0800 4 5555 00 (gebührenfrei).",
    )
    if council:
        yield Helper(
            who="Betriebsrat",
            text="Ansprechbar zu Weiterbildung, Beteiligung und Ihren Rechten im Betrieb.",
        )
    for offer in [o for o in offers if o.kind == "contact"][:MOST_HELPERS]:
        unsure = "" if standing(offer, today).is_fresh else " (Angebot bitte erfragen)"
        yield Helper(who=offer.title, text=f"{brief(offer.summary, LONGEST_SUMMARY)}{unsure}")
    profile = place.profile
    where = profile.website.removeprefix("https://")
    about = "Fragen zum Wandel in der Region"
    yield Helper(who=profile.name, text=f"{about}: {where}" if where else f"{about}.")
