"""Compose the consultation report: gather a case into plain values and German sentences."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.assessment.scores import Score
from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective, Response
from desktop_advisor.domain.german import BERLIN, clock_time, counted, one_digit, percent
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.domain.regions import county_name
from desktop_advisor.report import model as page
from desktop_advisor.report import wording
from desktop_advisor.storage.models import Assessment, Case, Company, Participant, Report, Visit
from desktop_advisor.usecases.company_file import CompanyFile, show_company_file
from desktop_advisor.usecases.companies import company_size_class
from desktop_advisor.usecases.measures import PlanRow, list_measures
from desktop_advisor.usecases.recommending import (
    OfferHint,
    RecommendationView,
    list_recommendations,
)
from desktop_advisor.usecases.results import DimensionRow, IndicatorRow, Results, show_results
from desktop_advisor.usecases.scoring import AnswerRecord
from desktop_advisor.usecases.visits import ROLES
from desktop_advisor.usecases.workplace import Workplace

SCORING_VERSION = "2026.11"
"""Version of the formulas in `assessment`; printed, so that a sealed value can be traced."""
WORKS_COUNCIL_CONSENT = "works_council_view"
"""Purpose without which nothing the works council said is printed (domain §3, §6)."""
STEPS_ON_SUMMARY = 3


@dataclass(frozen=True)
class _Sources:
    """Everything the chapters draw on, read once."""

    place: Workplace
    company: Company
    case: Case
    file: CompanyFile
    results: Results
    recommendations: list[RecommendationView]
    measures: list[PlanRow]
    perspectives: tuple[Perspective, ...]


def compose_report(place: Workplace, case_id: uuid.UUID) -> page.ReportModel:
    """The report of a case as it stands now, as a draft of the next version."""
    results = show_results(place, case_id)
    with place.store.read() as session:
        case = session.get_one(Case, case_id)
        company = session.get_one(Company, case.company_id)
        forms = _forms(session, case_id, results)
        previous = _previous(session, case_id)
        visits = _visits(session, case_id)
    sources = _Sources(
        place=place,
        company=company,
        case=case,
        file=show_company_file(place, company.id),
        results=results,
        recommendations=list_recommendations(place, case_id, results),
        measures=list_measures(place, case_id),
        perspectives=(),
    )
    printed = _printed_perspectives(sources)
    sources = _Sources(**{**sources.__dict__, "perspectives": printed})
    withheld = Perspective.WORKS_COUNCIL in results.perspectives and (
        Perspective.WORKS_COUNCIL not in printed
    )
    return page.ReportModel(
        report_id=str(new_id(place.clock())),
        version=1 if previous is None else previous.version + 1,
        replaces=previous,
        created_on=_today(place),
        network=_branding(place),
        advisor=page.Advisor(name=place.author, organisation=place.profile.name),
        company=_company(company),
        check_name=results.form_title,
        occasion=case.occasion or _occasion(sources),
        visits=visits,
        summary=_summary(sources),
        leading=results.leading,
        perspectives=printed,
        withheld=_WITHHELD if withheld else "",
        forms=tuple(f for f in forms if f.perspective in printed),
        catalogue_version=max((str(o.checked_on) for o in place.offers), default=""),
        scoring_version=SCORING_VERSION,
        dimensions=tuple(_dimension(row, printed) for row in results.dimensions),
        site_factors=_site_factors(results),
        strengths=tuple(_strength(row, results.leading) for row in results.strengths),
        urgent=tuple(_urgent(row, results.leading) for row in results.urgent),
        talking_points=_talking_points(results) if Perspective.WORKS_COUNCIL in printed else (),
        recommendations=tuple(_recommendation(view) for view in sources.recommendations),
        measures=tuple(_measure(place, row) for row in sources.measures),
        offers=_offers(sources),
        consents=_consents(sources),
        signatures=_slots(sources),
    )


_WITHHELD = (
    "Der Betriebsrat hat eigene Antworten gegeben und sie nicht zur Wiedergabe freigegeben; "
    "dieser Bericht enthält sie nicht."
)


def _printed_perspectives(sources: _Sources) -> tuple[Perspective, ...]:
    released = any(
        consent.purpose == WORKS_COUNCIL_CONSENT and consent.granted
        for visit in sources.file.visits
        for consent in visit.consents
    )
    return tuple(
        p for p in sources.results.perspectives if p is not Perspective.WORKS_COUNCIL or released
    ) or (Perspective.MANAGEMENT,)


def _today(place: Workplace) -> date:
    return place.clock().astimezone(BERLIN).date()


def _branding(place: Workplace) -> page.Branding:
    profile = place.profile
    return page.Branding(
        name=profile.name,
        short_name=profile.short_name,
        funder_line=profile.funder_line,
        footer_line=profile.report_footer,
    )


def _company(company: Company) -> page.Company:
    return page.Company(
        name=company.name,
        legal_form=company.legal_form,
        street=company.street,
        postcode=company.postcode,
        town=company.town,
        county=county_name(company.ags),
        wz_code=company.wz_code,
        wz_edition=company.wz_edition if company.wz_code else "",
        size_class=str(company_size_class(company)),
        heads=company.heads,
        staff_units=company.staff_units,
        turnover_million=company.turnover_million,
        balance_million=company.balance_million,
        has_works_council=company.has_works_council,
        products=company.products,
        website=company.website,
    )


def _visits(session: Session, case_id: uuid.UUID) -> tuple[page.Visit, ...]:
    query = select(Visit).where(Visit.case_id == case_id, Visit.deleted.is_(False))
    visits = session.scalars(query.order_by(Visit.starts_at)).all()
    return tuple(_visit(session, visit) for visit in visits if visit.state != "planned")


def _visit(session: Session, visit: Visit) -> page.Visit:
    people = select(Participant).where(
        Participant.visit_id == visit.id, Participant.deleted.is_(False)
    )
    start = visit.starts_at.astimezone(BERLIN) if visit.starts_at else None
    ends = f"–{clock_time(visit.ends_at)}" if visit.ends_at else ""
    return page.Visit(
        on=start.date() if start else None,
        time=f"{clock_time(start)}{ends}" if start else "",
        place=visit.place,
        purpose=visit.purpose,
        hours=visit.hours,
        participants=tuple(
            page.Participant(name=p.name, role=ROLES.get(p.role, p.role), function=p.function)
            for p in session.scalars(people.order_by(Participant.id))
        ),
    )


def _previous(session: Session, case_id: uuid.UUID) -> page.Replaced | None:
    query = select(Report).where(Report.case_id == case_id, Report.deleted.is_(False))
    last = session.scalars(query.order_by(Report.version.desc())).first()
    if last is None:
        return None
    sealed = last.sealed_at.astimezone(BERLIN).date() if last.sealed_at else None
    return page.Replaced(version=last.version, sealed_on=sealed, content_hash=last.content_hash)


def _forms(session: Session, case_id: uuid.UUID, results: Results) -> tuple[page.FormUsed, ...]:
    query = select(Assessment).where(
        Assessment.case_id == case_id,
        Assessment.form_id == results.form.sidecar.form_id,
        Assessment.deleted.is_(False),
    )
    return tuple(
        page.FormUsed(
            perspective=Perspective(row.perspective),
            title=results.form_title,
            version=row.form_version,
            form_hash=row.form_hash,
            on=row.started_at.astimezone(BERLIN).date() if row.started_at else None,
            respondents=row.respondents,
        )
        for row in session.scalars(query.order_by(Assessment.id))
    )


def _occasion(sources: _Sources) -> str:
    purposes = dict.fromkeys(v.purpose for v in sources.file.visits if v.state != "planned")
    return ", ".join(purposes)


# -- summary ----------------------------------------------------------------------------------


def _summary(sources: _Sources) -> page.Summary:
    results = sources.results
    total = results.overall.get(results.leading)
    dated = [row for row in sources.measures if row.draft.state in ("agreed", "running")]
    return page.Summary(
        sentences=tuple(_summary_sentences(sources, total)),
        figures=_key_figures(results, total),
        next_steps=tuple(
            page.NextStep(title=row.draft.title, due_on=row.draft.due_on)
            for row in dated[:STEPS_ON_SUMMARY]
        ),
        note=_evidence_note(results),
    )


def _summary_sentences(sources: _Sources, total: Score | None) -> list[str]:
    results, name = sources.results, sources.company.name
    sentences = []
    if total is None or total.printable is None:
        sentences.append(
            f"Für {name} liegen noch nicht genug Antworten für eine belastbare Gesamtaussage vor."
        )
    else:
        sentences.append(
            f"{name} erreicht über alle belastbar bewerteten Handlungsfelder einen mittleren "
            f"Reifegrad von {one_digit(total.printable)} von 5."
        )
    if results.strengths:
        sentences.append(f"Stärken zeigen sich bei {_named(results.strengths)}.")
    if results.urgent:
        sentences.append(f"Am dringendsten ist Handlungsbedarf bei {_named(results.urgent)}.")
    agreed = len(sources.measures)
    if agreed:
        sentences.append(
            f"Vereinbart {'wurde' if agreed == 1 else 'wurden'} "
            f"{counted(agreed, 'Maßnahme', 'Maßnahmen')}."
        )
    return sentences


def _named(rows: Sequence[DimensionRow]) -> str:
    names = [row.label for row in rows]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} und {names[-1]}"


def _key_figures(results: Results, total: Score | None) -> page.KeyFigures:
    scores = [row.scores[results.leading] for row in results.maturity if row.scores]
    weights = [s for s in scores if s.applicable]
    answered, applicable = sum(s.answered for s in weights), sum(s.applicable for s in weights)
    printable = total is not None and total.printable is not None
    return page.KeyFigures(
        value=total.value if total and printable else None,
        low=total.low if total and printable else None,
        high=total.high if total and printable else None,
        coverage=Decimal(answered) / applicable if applicable else None,
        answered=answered,
        applicable=applicable,
        bottlenecks=sum(bool(row.bottleneck) for row in results.maturity),
        evidenced=_evidence_shares(results).get("seen"),
    )


def _evidence_shares(results: Results) -> dict[str, Decimal]:
    levels = [
        item.answers[results.leading].evidence
        for row in results.maturity
        for item in row.indicators
        if results.leading in item.answers
        and item.answers[results.leading].response.state is AnswerState.ANSWERED
    ]
    if not levels:
        return {}
    seen = Decimal(sum(e >= Evidence.SEEN for e in levels)) / len(levels)
    document = Decimal(sum(e is Evidence.DOCUMENT for e in levels)) / len(levels)
    return {"seen": seen, "document": document, "claimed": 1 - seen}


def _evidence_note(results: Results) -> str:
    shares = _evidence_shares(results)
    if not shares:
        return ""
    return (
        f"Die Werte beruhen zu {percent(shares['claimed'])} auf Aussagen und Erläuterungen "
        f"(E0–E1), zu {percent(shares['seen'])} auf Besichtigung oder Dokumenten (E2–E3). "
        "Rechenweg und Antworten stehen in der Anlage."
    )


# -- results ----------------------------------------------------------------------------------


def _dimension(row: DimensionRow, printed: Sequence[Perspective]) -> page.Dimension:
    return page.Dimension(
        code=row.dimension.code,
        label=row.label,
        short=row.short,
        kind=row.dimension.kind,
        results=tuple(
            _result(perspective, row.scores[perspective], row)
            for perspective in printed
            if perspective in row.scores
        ),
        indicators=tuple(_indicator(item, printed) for item in row.indicators),
    )


def _result(perspective: Perspective, score: Score, row: DimensionRow) -> page.Result:
    weakest = [i.text for i in row.indicators if i.indicator.question == score.bottleneck]
    return page.Result(
        perspective=perspective,
        verdict=score.verdict,
        value=score.value,
        low=score.low,
        high=score.high,
        coverage=score.coverage,
        answered=score.answered,
        applicable=score.applicable,
        bottleneck=weakest[0] if weakest else "",
        evidenced=score.evidenced,
    )


def _indicator(item: IndicatorRow, printed: Sequence[Perspective]) -> page.Indicator:
    return page.Indicator(
        question=item.indicator.question,
        label=item.text,
        weight=item.indicator.weight,
        is_critical=item.indicator.is_critical,
        answers=tuple(
            _answer(p, item.answers.get(p) or AnswerRecord(Response()), item.anchors)
            for p in printed
        ),
    )


def _answer(perspective: Perspective, record: AnswerRecord, anchors: dict[str, str]) -> page.Answer:
    response = record.response
    answered = response.state is AnswerState.ANSWERED
    return page.Answer(
        perspective=perspective,
        state=response.state,
        level=Decimal(response.value) if answered else None,
        text=anchors.get(response.value, response.value) if answered else "",
        evidence=record.evidence,
        note=record.note,
        reason=response.reason,
    )


def _site_factors(results: Results) -> tuple[page.SiteFactor, ...]:
    return tuple(
        page.SiteFactor(
            label=row.label,
            importance=row.factor.importance,
            satisfaction=row.factor.satisfaction,
            gap=row.factor.gap,
        )
        for row in results.site
    )


def _strength(row: DimensionRow, lead: Perspective) -> page.Finding:
    best = [i for i in row.indicators if _level(i, lead) is not None]
    best.sort(key=lambda i: -(_level(i, lead) or 0))
    text = best[0].anchors.get(str(_level(best[0], lead)), "") if best else ""
    return page.Finding(title=row.label, text=text, value=row.scores[lead].printable)


def _urgent(row: DimensionRow, lead: Perspective) -> page.Finding:
    known = [i for i in row.indicators if _level(i, lead) is not None]
    known.sort(key=lambda i: _level(i, lead) or 0)
    text = known[0].anchors.get(str(_level(known[0], lead)), "") if known else ""
    if row.bottleneck:
        text = f"Engpass: {row.bottleneck} – {text}"
    return page.Finding(title=row.label, text=text, value=row.scores[lead].printable)


def _level(item: IndicatorRow, perspective: Perspective) -> int | None:
    record = item.answers.get(perspective)
    if record is None or record.response.state is not AnswerState.ANSWERED:
        return None
    return int(record.response.value)


def _talking_points(results: Results) -> tuple[page.TalkingPoint, ...]:
    short = {row.dimension.code: row.short for row in results.dimensions}

    def level(item: IndicatorRow, perspective: Perspective) -> Decimal | None:
        value = _level(item, perspective)
        return None if value is None else Decimal(value)

    return tuple(
        page.TalkingPoint(
            label=item.text,
            dimension=short[item.indicator.dimension],
            gf=level(item, Perspective.MANAGEMENT),
            br=level(item, Perspective.WORKS_COUNCIL),
        )
        for item in results.dissents
    )


# -- advice -----------------------------------------------------------------------------------


def _recommendation(view: RecommendationView) -> page.Recommendation:
    return page.Recommendation(
        title=view.title,
        text=view.text,
        audience=view.audience,
        dimension=view.dimension_short,
        steps=_lines(view.steps),
        decision=view.decision,
        reason=view.reason,
        fired_by=tuple(f"{cause.label}: {cause.value}" for cause in view.causes),
        offers=tuple(h.offer.title for h in view.hints if h.eligibility.verdict != "excluded"),
    )


def _measure(place: Workplace, row: PlanRow) -> page.Measure:
    titles = {offer.id: offer.title for offer in place.offers}
    draft = row.draft
    return page.Measure(
        title=draft.title,
        steps=_lines(draft.steps),
        owner=draft.owner,
        due_on=draft.due_on,
        effort=draft.effort,
        metric=draft.metric,
        dimension=draft.dimension,
        offers=tuple(titles[o] for o in draft.offers if o in titles),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _offers(sources: _Sources) -> tuple[page.Offer, ...]:
    """Offers of the recommendations that were not rejected, each once."""
    hints: dict[str, OfferHint] = {}
    for view in sources.recommendations:
        if view.decision != "rejected":
            hints |= {hint.offer.id: hint for hint in view.hints}
    return tuple(_offer(hint) for hint in hints.values())


def _offer(hint: OfferHint) -> page.Offer:
    offer = hint.offer
    return page.Offer(
        title=offer.title,
        kind=offer.kind,
        provider=offer.provider,
        text=offer.summary,
        verdict=hint.eligibility.wording,
        reasons=hint.eligibility.reasons,
        status=offer.status,
        valid_from=offer.valid_from,
        valid_to=offer.valid_to,
        checked_on=offer.checked_on,
        legal_basis=offer.legal_basis,
        source=offer.source,
        warning="" if hint.standing.is_fresh else hint.standing.sentence,
        before_start="Antrag vor Beginn stellen." if offer.before_start else "",
    )


def _consents(sources: _Sources) -> tuple[page.Consent, ...]:
    latest: dict[str, page.Consent] = {}
    for visit in reversed(sources.file.visits):
        for consent in visit.consents:
            if consent.granted is not None:
                latest[consent.purpose] = page.Consent(
                    purpose=consent.title,
                    is_granted=consent.granted,
                    given_by=consent.given_by,
                    given_on=visit.starts_at.astimezone(BERLIN).date() if visit.starts_at else None,
                )
    return tuple(latest.values())


def _slots(sources: _Sources) -> tuple[page.SignatureSlot, ...]:
    """Empty lines for those who usually sign: management, works council to take note, advisor."""
    people = {p.role: p.name for v in reversed(sources.file.visits) for p in v.people}
    slots = [page.SignatureSlot(name=people.get("gf", ""), role=wording.PERSPECTIVES[_GF])]
    if "br" in people:
        slots.append(
            page.SignatureSlot(
                name=people["br"], role=wording.PERSPECTIVES[_BR], note="zur Kenntnis"
            )
        )
    slots.append(page.SignatureSlot(name=sources.place.author, role="Beratende Person"))
    return tuple(slots)


_GF, _BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL
