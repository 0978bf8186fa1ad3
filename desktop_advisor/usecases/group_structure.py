"""The company's group and closed years, and the KMU class that follows from them (domain §4)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from desktop_advisor.domain.company_size import SizeClass
from desktop_advisor.domain.derivation import Derivation
from desktop_advisor.domain.enterprise_group import Enterprise, Figures, Holding, Investor
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.domain.size_finding import ClosedFigures, SizeFinding, classify
from desktop_advisor.storage.advice_models import Affiliate, ClosedYear
from desktop_advisor.storage.models import Company
from desktop_advisor.usecases.workplace import Workplace

OWN = "own"
"""Key of the company itself in its group."""


class YearTaken(KnownError):
    """A closed year is to be the company data's own although it has figures of its own."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"Für {year} sind bereits eigene Zahlen als früheres Jahr erfasst.",
            safe="Es wurde nichts geändert.",
            todo="Bitte entfernen Sie dieses Jahr oder wählen Sie ein anderes.",
        )


@dataclass(frozen=True)
class AffiliateDraft:
    """One shareholding as entered; see storage.Affiliate. capital, votes: 0–100 %, None unknown."""

    name: str
    parent_id: uuid.UUID | None = None
    is_owner: bool = True
    capital: Decimal | None = None
    votes: Decimal | None = None
    controls: bool = False
    is_public: bool = False
    investor: str = ""
    staff_units: Decimal | None = None
    turnover_million: Decimal | None = None
    balance_million: Decimal | None = None


@dataclass(frozen=True)
class AffiliateView:
    """A stored shareholding. level: distance from the company, 1 next to it."""

    affiliate_id: uuid.UUID
    draft: AffiliateDraft
    level: int


@dataclass(frozen=True)
class YearDraft:
    """Figures of an earlier closed year; all None: the year the company data's figures are of."""

    year: int
    staff_units: Decimal | None = None
    turnover_million: Decimal | None = None
    balance_million: Decimal | None = None
    owner_changed: bool = False

    @property
    def has_figures(self) -> bool:
        """Whether it is an earlier year with figures of its own."""
        return (self.staff_units, self.turnover_million, self.balance_million) != (None,) * 3


@dataclass(frozen=True)
class GroupView:
    """Everything about size. years: earlier ones, newest first. holdings: who holds whom, by the
    keys of the finding's members, the company's own being `OWN`.

    current: the year of the company data's figures, None while nobody said.
    """

    finding: SizeFinding
    holdings: tuple[Holding, ...]
    affiliates: tuple[AffiliateView, ...]
    years: tuple[YearDraft, ...]
    current: YearDraft | None


def show_group(place: Workplace, company_id: uuid.UUID) -> GroupView:
    """The group as stored and what follows from it."""
    with place.store.read() as session:
        company = session.get_one(Company, company_id)
        years = _years(session, company_id)
        rows = _affiliates(session, company_id)
        return GroupView(
            finding=size_finding(company),
            holdings=tuple(_graph(company, rows)[1]),
            affiliates=tuple(_views(rows)),
            years=tuple(y for y in reversed(years) if y.has_figures),
            current=_current(years),
        )


def size_derivations(place: Workplace, company_id: uuid.UUID) -> tuple[Derivation, ...]:
    """How the KMU class came about, for the report's annex; empty while there is no class."""
    finding = show_group(place, company_id).finding
    return () if finding.size is SizeClass.UNDETERMINED else (finding.derivation,)


def size_finding(company: Company) -> SizeFinding:
    """The class of a company with its group and years, from the session it was read in.

    A company read in no session any more is classified by its own figures alone.
    """
    session = object_session(company)
    rows = _affiliates(session, company.id) if session else []
    years = _years(session, company.id) if session else []
    enterprises, holdings = _graph(company, rows)
    return classify(OWN, enterprises, holdings, _closed(company, years))


# -- shareholdings ---------------------------------------------------------------------------


def add_affiliate(place: Workplace, company_id: uuid.UUID, draft: AffiliateDraft) -> uuid.UUID:
    """One more shareholding; the id of its row."""
    with place.store.edit(place.author) as session:
        row = Affiliate(id=new_id(place.clock()), company_id=company_id)
        _fill(row, draft)
        session.add(row)
        return row.id


def edit_affiliate(place: Workplace, affiliate_id: uuid.UUID, draft: AffiliateDraft) -> None:
    """Save what changed of a shareholding; where it hangs stays as it is."""
    with place.store.edit(place.author) as session:
        row = session.get_one(Affiliate, affiliate_id)
        _fill(row, replace(draft, parent_id=row.parent_id))


def remove_affiliate(place: Workplace, affiliate_id: uuid.UUID) -> None:
    """Take a shareholding out together with all that hangs on it."""
    with place.store.edit(place.author) as session:
        row = session.get_one(Affiliate, affiliate_id)
        rows = _affiliates(session, row.company_id)
        gone = {affiliate_id}
        while more := {r.id for r in rows if r.parent_id in gone} - gone:
            gone |= more
        for each in rows:
            if each.id in gone:
                each.deleted = True


def _fill(row: Affiliate, draft: AffiliateDraft) -> None:
    for name, value in asdict(draft).items():
        tidy = value.strip() if isinstance(value, str) else value
        if getattr(row, name) != tidy:
            setattr(row, name, tidy)


def _affiliates(session: Session, company_id: uuid.UUID) -> Sequence[Affiliate]:
    query = select(Affiliate).where(
        Affiliate.company_id == company_id, Affiliate.deleted.is_(False)
    )
    return session.scalars(query.order_by(Affiliate.id)).all()


def _views(rows: Sequence[Affiliate]) -> Iterator[AffiliateView]:
    """Depth first from the company; what hangs on a missing row or in a circle stands last."""
    seen: set[uuid.UUID] = set()

    def below(parent: uuid.UUID | None, level: int) -> Iterator[AffiliateView]:
        for row in rows:
            if row.parent_id == parent and row.id not in seen:
                seen.add(row.id)
                yield AffiliateView(row.id, _draft(row), level)
                yield from below(row.id, level + 1)

    yield from below(None, 1)
    yield from (AffiliateView(r.id, _draft(r), 1) for r in rows if r.id not in seen)


def _draft(row: Affiliate) -> AffiliateDraft:
    return AffiliateDraft(
        name=row.name,
        parent_id=row.parent_id,
        is_owner=row.is_owner,
        capital=row.capital,
        votes=row.votes,
        controls=row.controls,
        is_public=row.is_public,
        investor=row.investor,
        staff_units=row.staff_units,
        turnover_million=row.turnover_million,
        balance_million=row.balance_million,
    )


def _graph(company: Company, rows: Sequence[Affiliate]) -> tuple[list[Enterprise], list[Holding]]:
    """Enterprises by name, so that one entered twice counts once and circles close."""
    name = company.name.strip()
    found = {OWN: Enterprise(OWN, name or "das Unternehmen")}
    keys: dict[uuid.UUID | None, str] = {None: OWN}
    for row in rows:
        said = row.name.strip()
        is_own = bool(said) and said.casefold() == name.casefold()
        key = OWN if is_own else said.casefold() or str(row.id)
        keys[row.id] = key
        found[key] = _joined(found.get(key), key, row)
    holdings = [
        Holding(keys[owner], keys[owned], row.capital, row.votes, row.controls)
        for row in rows
        for owner, owned in [(row.id, row.parent_id) if row.is_owner else (row.parent_id, row.id)]
        if row.parent_id in keys
    ]
    return list(found.values()), holdings


def _joined(known: Enterprise | None, key: str, row: Affiliate) -> Enterprise:
    """The enterprise of a row; a second row of the same name adds what the first did not say."""
    if known is not None and known.key == OWN:
        return known
    before = known or Enterprise(key, row.name.strip() or "ohne Namen")
    kinds = {kind.value for kind in Investor}
    investor = Investor(row.investor) if row.investor in kinds else Investor.NONE
    return Enterprise(
        key,
        before.name,
        Figures(
            _first(before.figures.staff, row.staff_units),
            _first(before.figures.turnover, row.turnover_million),
            _first(before.figures.balance, row.balance_million),
        ),
        before.is_public or row.is_public,
        before.investor or investor,
    )


def _first(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if one is None else one


# -- closed years ----------------------------------------------------------------------------


def record_year(place: Workplace, company_id: uuid.UUID, draft: YearDraft) -> None:
    """Keep an earlier closed year, or, without figures, the year of the company data's figures.

    Raises YearTaken where that year already stands as an earlier one with figures.
    """
    with place.store.edit(place.author) as session:
        known = {year.year: year for year in _years(session, company_id)}
        if not draft.has_figures:
            taken = known.get(draft.year)
            if taken is not None and taken.has_figures:
                raise YearTaken(draft.year)
            for year in known.values():
                if not year.has_figures and year.year != draft.year:
                    _year_row(session, company_id, year.year).deleted = True
        row = _year_row(session, company_id, draft.year)
        for name, value in (asdict(draft) | {"deleted": False}).items():
            if getattr(row, name) != value:
                setattr(row, name, value)


def remove_year(place: Workplace, company_id: uuid.UUID, year: int) -> None:
    """Take a closed year out."""
    with place.store.edit(place.author) as session:
        _year_row(session, company_id, year).deleted = True


def _year_row(session: Session, company_id: uuid.UUID, year: int) -> ClosedYear:
    row_id = uuid.uuid5(company_id, f"closed-year:{year}")
    row = session.get(ClosedYear, row_id)
    if row is None:
        row = ClosedYear(id=row_id, company_id=company_id, year=year, deleted=False)
        session.add(row)
    return row


def _years(session: Session, company_id: uuid.UUID) -> list[YearDraft]:
    """Every recorded year, oldest first."""
    query = select(ClosedYear).where(
        ClosedYear.company_id == company_id,
        ClosedYear.deleted.is_(False),
        ClosedYear.year.is_not(None),
    )
    return [
        YearDraft(
            row.year or 0,
            row.staff_units,
            row.turnover_million,
            row.balance_million,
            row.owner_changed,
        )
        for row in session.scalars(query.order_by(ClosedYear.year))
    ]


def _current(years: Sequence[YearDraft]) -> YearDraft | None:
    return next((year for year in reversed(years) if not year.has_figures), None)


def _closed(company: Company, years: Sequence[YearDraft]) -> list[ClosedFigures]:
    """All years with figures; the company data's own is the one after the newest, unless named."""
    current = _current(years)
    earlier = [year for year in years if year.has_figures]
    own = current.year if current else max((year.year + 1 for year in earlier), default=0)
    closed = [
        ClosedFigures(
            year.year,
            Figures(year.staff_units, year.turnover_million, year.balance_million),
            year.owner_changed,
        )
        for year in earlier
        if year.year < own
    ]
    figures = Figures(company.staff_units, company.turnover_million, company.balance_million)
    return [*closed, ClosedFigures(own, figures, current is not None and current.owner_changed)]
