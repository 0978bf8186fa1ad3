"""Compose the consultation report: gather a case into plain values and German sentences."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.company_size import SizeClass
from desktop_advisor.domain.derivation import Derivation
from desktop_advisor.domain.german import BERLIN, clock_time, short_date
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.domain.language import choose, say, speaking
from desktop_advisor.domain.regions import county_name
from desktop_advisor.report import model as page
from desktop_advisor.report import wording
from desktop_advisor.storage.models import Assessment, Case, Company, Participant, Report, Visit
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.action_plan import PlanLine, show_plan
from desktop_advisor.usecases.branding import advisor, branding
from desktop_advisor.usecases.certificate import show_certificate
from desktop_advisor.usecases.company_file import CompanyFile, show_company_file
from desktop_advisor.usecases.corrections import reason_given
from desktop_advisor.usecases.exposure import ExposureView, show_exposure
from desktop_advisor.usecases.group_structure import size_derivations
from desktop_advisor.usecases.job_profiles import JobsView, show_jobs
from desktop_advisor.usecases.overall import overall_derivation
from desktop_advisor.usecases.questionnaires import questionnaire_of
from desktop_advisor.usecases.recommending import (
    RecommendationView,
    refresh_recommendations,
)
from desktop_advisor.usecases.report_advice import measures, offers, recommendation
from desktop_advisor.usecases.report_changes import changes
from desktop_advisor.usecases.report_edits.applying import apply_edits
from desktop_advisor.usecases.report_exposure import (
    exposure_chapter,
    exposure_derivations,
    exposure_key_figure,
)
from desktop_advisor.usecases.report_jobs import job_derivations, jobs_chapter
from desktop_advisor.usecases.report_language import (
    ReportLanguage,
    report_language,
    said_line,
    said_statements,
)
from desktop_advisor.usecases.report_other_answers import other_answers
from desktop_advisor.usecases.report_priorities import priority_lines
from desktop_advisor.usecases.report_referrals import referral_lines
from desktop_advisor.usecases.report_results import (
    dimension,
    site_factors,
    strengths,
    talking_points,
    urgent,
)
from desktop_advisor.usecases.report_summary import summarise
from desktop_advisor.usecases.results import Results, show_results
from desktop_advisor.usecases.scoring import dissent_notes
from desktop_advisor.usecases.visits import ROLES, held_visits, hours_until
from desktop_advisor.usecases.workplace import Workplace

SCORING_VERSION = "2026.11"
"""Version of the formulas in `assessment`; printed, so that a sealed value can be traced."""
_GF, _BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL


@dataclass(frozen=True)
class _Sources:
    """Everything the chapters draw on, read once."""

    place: Workplace
    file: CompanyFile
    results: Results
    recommendations: list[RecommendationView]
    measures: list[PlanLine]
    exposure: ExposureView
    jobs: JobsView


def compose_report(
    place: Workplace, case_id: uuid.UUID, language: ReportLanguage | None = None
) -> page.ReportModel:
    """The report of a case as it stands now, as a draft of the next version.

    The rules are fired on the way, so that no warning sign is missing that nobody looked at.
    What has arrived of the company file is sorted in before: this may be signed.
    language: None for the one chosen for the case. Raises BrokenResource where it is not there.
    """
    with place.store.read() as session:
        company_id = session.get_one(Case, case_id).company_id
    StoreChanges(place.store).sort_in_files([company_id])
    code = language or report_language(place, case_id)
    with speaking(place.resources.language(code)):
        composed = _compose(place, case_id)
        model = msgspec.structs.replace(composed, language=code)
        return apply_edits(place, case_id, model)


def _compose(place: Workplace, case_id: uuid.UUID) -> page.ReportModel:
    with place.store.read() as session:
        case = session.get_one(Case, case_id)
        company = session.get_one(Company, case.company_id)
        previous = _previous(session, case_id, reason_given(place, case_id))
        now = place.clock()
        visits = tuple(visit_page(session, visit, now) for visit in held_visits(session, case_id))
        name = questionnaire_of(session, case)
        dissents = dissent_notes(session, case_id, name)
    sources = _gather(place, company.id, case_id)
    file, results = sources.file, sources.results
    agreed = [line.row for line in sources.measures]
    other = other_answers(place, results)
    return page.ReportModel(
        report_id=str(new_id(place.clock())),
        version=1 if previous is None else previous.version + 1,
        replaces=previous,
        created_on=_today(place),
        network=branding(place),
        advisor=advisor(place),
        company=_company(company, file.size_class),
        check_name=results.form_title,
        occasion=case.occasion or _occasion(sources),
        visits=visits,
        summary=summarise(company.name, results, agreed, exposure_key_figure(sources.exposure)),
        leading=results.leading,
        perspectives=results.perspectives or (_GF,),
        joint=results.joint,
        form_notice=results.form.notice,
        withheld=say(_WITHHELD) if results.withheld else "",
        forms=_forms(place, case_id, results),
        catalogue_version=max((offer.version for offer in place.offers), default=""),
        scoring_version=SCORING_VERSION,
        dimensions=tuple(dimension(results, row) for row in results.dimensions),
        site_factors=site_factors(results),
        strengths=strengths(results),
        urgent=tuple(urgent(row) for row in results.urgent),
        talking_points=talking_points(results, dissents),
        recommendations=tuple(recommendation(view) for view in sources.recommendations),
        measures=measures(sources.measures),
        offers=offers(sources.recommendations),
        consents=tuple(_consents(place, file).values()),
        signatures=_slots(sources),
        statements=_statements(place),
        other_answers=other.single,
        answer_tables=other.tables,
        priorities=priority_lines(results.priorities),
        changes=changes(place, results),
        derivations=_derivations(sources),
        exposure=exposure_chapter(sources.exposure),
        jobs=jobs_chapter(sources.jobs),
        referrals=referral_lines(place, case_id),
    )


def _gather(place: Workplace, company_id: uuid.UUID, case_id: uuid.UUID) -> _Sources:
    results = show_results(place, case_id)
    views = _recommendations(place, case_id)
    plan = show_plan(place, results, views)
    return _Sources(
        place=place,
        file=_of_case(show_company_file(place, company_id), case_id),
        results=results,
        recommendations=views,
        measures=_agreed(plan.lines, views, results),
        exposure=show_exposure(place, case_id),
        jobs=show_jobs(place, case_id),
    )


def _agreed(
    lines: Sequence[PlanLine], views: Sequence[RecommendationView], results: Results
) -> list[PlanLine]:
    """The plan without what was dropped, in the language spoken."""
    rules = {rule.name: rule for rule in results.form.sidecar.rules}
    of = {view.recommendation_id: rules[view.rule] for view in views if view.rule in rules}
    return [said_line(line, of) for line in lines if line.row.draft.state != "dropped"]


def _derivations(sources: _Sources) -> tuple[Derivation, ...]:
    """How the numbers outside the dimensions came about; those without a number are left out."""
    overall = overall_derivation(sources.results)
    return (
        *((overall,) if overall else ()),
        *size_derivations(sources.place, sources.file.company_id),
        *exposure_derivations(sources.exposure),
        *job_derivations(sources.jobs),
    )


def _recommendations(place: Workplace, case_id: uuid.UUID) -> list[RecommendationView]:
    """What the answers lead to at this moment; a warning sign that is over stands no longer."""
    views = refresh_recommendations(place, case_id)
    return [view for view in views if view.is_current or view.audience != "stop"]


_WITHHELD = (
    "Der Betriebsrat hat eigene Antworten gegeben und sie nicht zur Wiedergabe freigegeben; "
    "dieser Bericht enthält sie nicht."
)


def _of_case(file: CompanyFile, case_id: uuid.UUID) -> CompanyFile:
    """The file without the visits of other cases: who came and agreed there is another matter."""
    return replace(file, visits=tuple(v for v in file.visits if v.case_id == case_id))


def _today(place: Workplace) -> date:
    return place.clock().astimezone(BERLIN).date()


def _statements(place: Workplace) -> page.Statements:
    """The network's own texts where it has some, else the program's."""
    profile = place.profile
    own = page.Statements(
        privacy=profile.privacy or wording.PRIVACY,
        liability=profile.liability or wording.LIABILITY,
        signatures=(*(profile.signatures or wording.SIGNATURE_WORTH), _seal_worth(place)),
    )
    return said_statements(own)


def _seal_worth(place: Workplace) -> str:
    """What the advisor's certificate proves; one is made with the first PIN where there is none."""
    held = show_certificate(place)
    if held is None or held.is_self_issued:
        return say(wording.SELF_ISSUED)
    return say(wording.ISSUED_BY).format(held.issuer)


def _company(company: Company, size: SizeClass) -> page.Company:
    return page.Company(
        name=company.name,
        legal_form=company.legal_form,
        street=company.street,
        postcode=company.postcode,
        town=company.town,
        county=county_name(company.ags),
        wz_code=company.wz_code,
        wz_edition=company.wz_edition if company.wz_code else "",
        size_class=say(str(size)),
        heads=company.heads,
        staff_units=company.staff_units,
        turnover_million=company.turnover_million,
        balance_million=company.balance_million,
        has_works_council=company.has_works_council,
        products=company.products,
        website=company.website,
    )


def visit_page(session: Session, visit: Visit, now: datetime) -> page.Visit:
    """A visit that is still running counts as long as it has lasted; sealing ends it."""
    people = select(Participant).where(
        Participant.visit_id == visit.id, Participant.deleted.is_(False)
    )
    start = visit.starts_at.astimezone(BERLIN) if visit.starts_at else None
    ends = _end(start, visit.ends_at.astimezone(BERLIN)) if start and visit.ends_at else ""
    return page.Visit(
        on=start.date() if start else None,
        time=f"{clock_time(start)}{ends}" if start else "",
        place=visit.place,
        purpose=say(visit.purpose),
        hours=visit.hours if visit.state == "done" else hours_until(visit, now),
        participants=tuple(
            page.Participant(name=p.name, role=ROLES.get(p.role, p.role), function=p.function)
            for p in session.scalars(people.order_by(Participant.id))
        ),
    )


def _end(start: datetime, end: datetime) -> str:
    """–11:45, with the date in front where the visit ended on another day."""
    is_same_day = start.date() == end.date()
    return (
        f"–{clock_time(end)}"
        if is_same_day
        else say(" bis {0} {1}").format(short_date(end.date()), clock_time(end))
    )


def _previous(session: Session, case_id: uuid.UUID, reason: str) -> page.Replaced | None:
    query = select(Report).where(Report.case_id == case_id, Report.deleted.is_(False))
    last = session.scalars(query.order_by(Report.version.desc())).first()
    if last is None:
        return None
    sealed = last.sealed_at.astimezone(BERLIN).date() if last.sealed_at else None
    return page.Replaced(
        version=last.version, sealed_on=sealed, content_hash=last.content_hash, reason=reason
    )


def _forms(place: Workplace, case_id: uuid.UUID, results: Results) -> tuple[page.FormUsed, ...]:
    query = select(Assessment).where(
        Assessment.case_id == case_id,
        Assessment.form_id == results.form.sidecar.form_id,
        Assessment.deleted.is_(False),
    )
    with place.store.read() as session:
        rows = session.scalars(query.order_by(Assessment.id)).all()
    return tuple(
        page.FormUsed(
            perspective=Perspective(row.perspective),
            title=results.form_title,
            version=row.form_version,
            form_hash=row.form_hash,
            on=row.started_at.astimezone(BERLIN).date() if row.started_at else None,
            respondents=row.respondents,
        )
        for row in sorted(
            rows, key=lambda row: list(Perspective).index(Perspective(row.perspective))
        )
        if row.perspective in results.perspectives
    )


def _occasion(sources: _Sources) -> str:
    purposes = dict.fromkeys(say(v.purpose) for v in sources.file.visits if v.state != "planned")
    return ", ".join(purposes)


def _consents(place: Workplace, file: CompanyFile) -> dict[str, page.Consent]:
    """Purpose → what was last said to it, at whichever visit."""
    said = [(c.given_at, c) for v in file.visits for c in v.consents if c.given_at is not None]
    english = {purpose.id: purpose.title_en for purpose in place.profile.consents}
    return {
        consent.purpose: page.Consent(
            purpose=choose(consent.title, english.get(consent.purpose, "")),
            is_granted=bool(consent.granted),
            given_by=consent.given_by,
            given_on=given_at.astimezone(BERLIN).date(),
        )
        for given_at, consent in sorted(said, key=lambda pair: pair[0])
    }


def _slots(sources: _Sources) -> tuple[page.SignatureSlot, ...]:
    """Empty lines for those who usually sign: management, works council to take note, advisor."""
    people = {p.role: p for v in reversed(sources.file.visits) for p in v.people}
    management, council = people.get("gf"), people.get("br")
    slots = [
        page.SignatureSlot(
            name=management.name if management else "",
            role=wording.PERSPECTIVES[_GF],
            function=management.function if management else "",
            note=wording.CONFIRMATIONS["company"],
        )
    ]
    if council:
        slots.append(
            page.SignatureSlot(
                name=council.name,
                role=wording.PERSPECTIVES[_BR],
                function=council.function,
                note=wording.CONFIRMATIONS["works_council"],
            )
        )
    slots.append(
        page.SignatureSlot(
            name=sources.place.author,
            role=say("Beratende Person"),
            note=wording.CONFIRMATIONS["advisor"],
        )
    )
    return tuple(slots)
