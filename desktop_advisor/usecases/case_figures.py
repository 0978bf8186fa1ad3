"""Kennzahlen eines Falls für die Region: classes and means of a sealed report, as far as agreed to.

They go to the server with the company file. Counts need the consent to statistics, values per field
of action the one to be compared (domain §6); without them nothing is written, and what a company
takes back is emptied.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop_advisor.domain.german import BERLIN
from desktop_advisor.report.model import ReportModel
from desktop_advisor.storage.advice_models import Referral
from desktop_advisor.storage.log_tables import OpenConflict
from desktop_advisor.storage.models import (
    Attachment,
    Case,
    Company,
    Consent,
    Measure,
    Report,
    Visit,
)
from desktop_advisor.storage.sync_models import CaseFigures
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.questionnaires import questionnaire_of
from desktop_advisor.usecases.recipient_kinds import recipient_kind
from desktop_advisor.usecases.releasing import withheld_measures
from desktop_advisor.usecases.workplace import Workplace

STATISTICS, BENCHMARK = "statistics", "benchmark"
"""The purposes of the network profile: to be counted, and to enter means."""
PURPOSES = (STATISTICS, BENCHMARK)
SCHEMA = 1
_COUNTED = ("month", "district", "branch", "offers", "referrals")
_SECTIONS = (
    *(("A", 1), ("B", 5), ("C", 10), ("D", 35), ("E", 36), ("F", 41), ("G", 45), ("H", 49)),
    *(("I", 55), ("J", 58), ("K", 64), ("L", 68), ("M", 69), ("N", 77), ("O", 84), ("P", 85)),
    *(("Q", 86), ("R", 90), ("S", 94), ("T", 97), ("U", 99)),
)
"""Abschnitte of WZ 2008 with their first division; both editions are counted under these letters,
because the divisions of the supply chain are the same in WZ 2025."""


def write_case_figures(place: Workplace, session: Session, case_id: uuid.UUID) -> None:
    """Bring a case's figures into line with its newest sealed report and what was agreed to.

    Within the transaction that sealed the report or recorded the consent. A report whose content
    has not arrived here leaves what is written, less what was taken back.
    """
    session.flush()
    agreed = agreed_purposes(session, case_id)
    row = session.get(CaseFigures, figures_id(case_id))
    figures = row.figures if row is not None else {}
    if agreed:
        figures = _figures(place, session, case_id) or figures
    figures = _as_agreed(figures, agreed)
    if row is not None:
        row.figures = figures
    elif figures:
        company_id = session.get_one(Case, case_id).company_id
        session.add(
            CaseFigures(
                id=figures_id(case_id), company_id=company_id, case_id=case_id, figures=figures
            )
        )


def empty_where_withdrawn(place: Workplace) -> int:
    """Empty the figures whose consent another laptop took back; how many were changed.

    Before a sync, and after one: the withdrawal may have arrived later than the figures. What has
    arrived of such a file is sorted in before: it may be agreed to anew there, and this is the last
    word on every laptop.
    """
    doubtful = _doubtful(place)
    if doubtful:
        with place.store.read() as session:
            files = {session.get_one(CaseFigures, figures_id(c)).company_id for c in doubtful}
        StoreChanges(place.store).sort_in_files(files)
        doubtful = _doubtful(place)
    if doubtful:
        with place.store.edit(place.author) as session:
            for case_id in doubtful:
                row = session.get_one(CaseFigures, figures_id(case_id))
                row.figures = _as_agreed(row.figures, agreed_purposes(session, case_id))
    return len(doubtful)


def _doubtful(place: Workplace) -> list[uuid.UUID]:
    """Cases whose figures say more than what was agreed to."""
    with place.store.read() as session:
        agreed = _agreed(session)
        return [
            case_id
            for case_id, figures in session.execute(_FIGURES)
            if case_id is not None
            and figures != _as_agreed(figures, agreed.get(case_id, frozenset()))
        ]


def figures_id(case_id: uuid.UUID) -> uuid.UUID:
    """The same on every laptop."""
    return uuid.uuid5(case_id, "case_figures")


def agreed_purposes(session: Session, case_id: uuid.UUID) -> frozenset[str]:
    """Those of PURPOSES to which the company's last word is yes; what is disputed is none."""
    return _agreed(session, Visit.case_id == case_id).get(case_id, frozenset())


def _agreed(session: Session, *only: ColumnElement[bool]) -> dict[uuid.UUID, frozenset[str]]:
    """Case → what is agreed to there; a few statements for however many cases."""
    last: dict[tuple[uuid.UUID, str], tuple[uuid.UUID, bool]] = {}
    for case_id, purpose, consent_id, granted in session.execute(_CONSENTS.where(*only)):
        if case_id is not None:
            last[case_id, purpose] = (consent_id, granted)
    disputed = set(session.scalars(_DISPUTED))
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    for (case_id, purpose), (consent_id, granted) in last.items():
        if granted and consent_id not in disputed:
            found[case_id].add(purpose)
    return {case_id: frozenset(purposes) for case_id, purposes in found.items()}


def _figures(place: Workplace, session: Session, case_id: uuid.UUID) -> dict[str, Any]:
    """Schema 1 of everything; {} without a sealed report whose content is here."""
    case = session.get_one(Case, case_id)
    company = session.get_one(Company, case.company_id)
    query = select(Report).where(Report.case_id == case_id, Report.deleted.is_(False))
    report = session.scalars(query.order_by(Report.version.desc())).first()
    if report is None or report.sealed_at is None:
        return {}
    snapshot = session.get(Attachment, report.snapshot_id) if report.snapshot_id else None
    if snapshot is None or not place.store.files.has(snapshot.sha256):
        return {}
    from desktop_advisor.report.frozen import from_json

    facts = company_facts(company)
    return {
        "schema": SCHEMA,
        "month": f"{report.sealed_at.astimezone(BERLIN):%Y-%m}",
        "district": facts.county,
        "branch": _branch(facts.wz),
        "size": facts.as_texts()["size_class"],
        "form": questionnaire_of(session, case),
        "dimensions": dict(_means(from_json(place.store.files.read(snapshot.sha256)))),
        "offers": _offers(place, session, case),
        "referrals": _referrals(place, session, case),
    }


def _as_agreed(figures: dict[str, Any], agreed: Collection[str]) -> dict[str, Any]:
    if not figures or not agreed:
        return {}
    left = dict(figures)
    if STATISTICS not in agreed:
        left |= {name: type(left.get(name, ""))() for name in _COUNTED}
    if BENCHMARK not in agreed:
        left["dimensions"] = {}
    return left


def _branch(code: str) -> str:
    """Section and division, "C29"; "" where the code is not known."""
    if not code:
        return ""
    section = next(letter for letter, first in reversed(_SECTIONS) if int(code[:2]) >= first)
    return f"{section}{code[:2]}"


def _means(model: ReportModel) -> Iterator[tuple[str, float]]:
    """Code → points from 0 to 100, of what the report itself says about a field of action."""
    for dimension in model.dimensions:
        led = dimension.leading_result(model.leading)
        value = led.printable if led is not None and dimension.kind == "R" else None
        if value is not None and not dimension.is_parked:
            points = (value * 20).quantize(Decimal("0.1"), ROUND_HALF_UP)
            yield dimension.code, float(points)


def _offers(place: Workplace, session: Session, case: Case) -> list[str]:
    """Offers of the shared catalogue or the network's that the plan's measures rest on."""
    known = {offer.id for offer in place.offers}
    withheld = withheld_measures(session, case.company_id)
    query = select(Measure).where(
        Measure.case_id == case.id, Measure.deleted.is_(False), Measure.state != "dropped"
    )
    rows = [row for row in session.scalars(query) if row.id not in withheld]
    return sorted({offer for row in rows for offer in row.offers or ()} & known)


def _referrals(place: Workplace, session: Session, case: Case) -> list[str]:
    """Kinds of the bodies to which something was handed over."""
    offers = {offer.id: offer for offer in place.offers}
    withheld = withheld_measures(session, case.company_id)
    query = select(Referral).where(
        Referral.case_id == case.id,
        Referral.deleted.is_(False),
        Referral.sent_on.is_not(None),
        Referral.consent_by != "",
    )
    return sorted(
        {
            recipient_kind(row.recipient, offers.get(row.offer))
            for row in session.scalars(query)
            if row.measure_id is None or row.measure_id not in withheld
        }
    )


_FIGURES = select(CaseFigures.case_id, CaseFigures.figures)
_CONSENTS = (
    select(Visit.case_id, Consent.purpose, Consent.id, Consent.granted)
    .join(Visit, Consent.visit_id == Visit.id)
    .where(
        Consent.purpose.in_(PURPOSES),
        Consent.deleted.is_(False),
        Consent.given_at.is_not(None),
    )
    .order_by(Consent.given_at, Consent.id)
)
_DISPUTED = select(OpenConflict.entity_id).where(
    OpenConflict.entity == "consent", OpenConflict.field == "granted"
)
