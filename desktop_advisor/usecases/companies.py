"""Create, find and edit companies."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from desktop_advisor.advice.eligibility import CompanyFacts
from desktop_advisor.domain.company_size import SizeClass
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.establishment_number import check_establishment_number
from desktop_advisor.domain.identifier import Identifier
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.domain.industry_code import EDITIONS, check_industry_code
from desktop_advisor.domain.region_key import check_region_key
from desktop_advisor.domain.regions import county_name
from desktop_advisor.domain.trade_register import check_register_number
from desktop_advisor.domain.vat_id import check_vat_id
from desktop_advisor.storage.models import Company, Visit
from desktop_advisor.usecases.group_structure import size_finding
from desktop_advisor.usecases.leading_files import leading_files
from desktop_advisor.usecases.workplace import Workplace


class InvalidFields(KnownError):
    """Some fields cannot be saved as typed.

    Attributes:
        errors: field name → what is wrong with it, in German.
    """

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(
            "Einige Angaben können so nicht gespeichert werden.",
            todo="Bitte prüfen Sie die markierten Felder.",
        )
        self.errors = dict(errors)


@dataclass(frozen=True)
class CompanyDraft:
    """Company data as typed; "" means not known. has_works_council: "yes", "no" or ""."""

    name: str = ""
    legal_form: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    ags: str = ""
    wz_code: str = ""
    wz_edition: str = "2008"
    heads: str = ""
    staff_units: str = ""
    turnover_million: str = ""
    balance_million: str = ""
    has_works_council: str = ""
    vat_id: str = ""
    register_court: str = ""
    register_number: str = ""
    establishment_number: str = ""
    products: str = ""
    website: str = ""


@dataclass(frozen=True)
class CompanyRow:
    """One line of the company list; last_visit is None before the first.

    also: names of the files that are shown in this one.
    """

    company_id: uuid.UUID
    name: str
    town: str
    county: str
    heads: int | None
    last_visit: datetime | None
    also: tuple[str, ...] = ()


_GERMAN_FIGURE = re.compile(r"([0-9]{1,9}|[0-9]{1,3}(\.[0-9]{3}){1,2})(,[0-9]{1,6})?")
"""12 · 12,5 · 1.021,45. A point elsewhere is no German figure: 12.5 must not become 125."""
_WHOLE = ("heads",)
_DECIMAL = ("staff_units", "turnover_million", "balance_million")


def check_company(draft: CompanyDraft) -> dict[str, str]:
    """What is wrong, by field; empty when the draft can be saved.

    Official numbers are kept as they are typed: what `remarks_on` says of them blocks nothing.
    """
    errors: dict[str, str] = {}
    if not draft.name.strip():
        errors["name"] = "Bitte geben Sie den Namen des Unternehmens an."
    if draft.postcode and not re.fullmatch(r"\d{5}", draft.postcode.strip()):
        errors["postcode"] = "Eine Postleitzahl hat fünf Ziffern."
    for name in _WHOLE:
        text = getattr(draft, name).strip()
        if text and not re.fullmatch(r"\d{1,6}", text):
            errors[name] = "Erwartet wird eine ganze Zahl."
    for name in _DECIMAL:
        try:
            _decimal(getattr(draft, name))
        except ValueError:
            errors[name] = "Erwartet wird eine Zahl wie 12 oder 12,5."
    return errors


def remarks_on(draft: CompanyDraft) -> dict[str, Identifier]:
    """What is to be said of each official number, by field; nothing of it blocks saving."""
    return {
        "ags": check_region_key(draft.ags),
        "wz_code": check_industry_code(draft.wz_code, draft.wz_edition),
        "vat_id": check_vat_id(draft.vat_id),
        "register_number": check_register_number(draft.register_number, draft.register_court),
        "establishment_number": check_establishment_number(draft.establishment_number),
    }


def create_company(place: Workplace, draft: CompanyDraft) -> uuid.UUID:
    """A new company file; its id. Raises InvalidFields."""
    values = _values(draft)
    company_id = new_id(place.clock())
    with place.store.edit(place.author) as session:
        session.add(Company(id=company_id, company_id=company_id, **values))
    return company_id


def edit_company(place: Workplace, company_id: uuid.UUID, draft: CompanyDraft) -> None:
    """Save what changed; unchanged fields write no change. Raises InvalidFields."""
    values = _values(draft)
    with place.store.edit(place.author) as session:
        company = session.get_one(Company, company_id)
        for name, value in values.items():
            if getattr(company, name) != value:
                setattr(company, name, value)


def draft_of(company: Company) -> CompanyDraft:
    """The stored company as the form shows it."""
    texts = {f.name: _text(getattr(company, f.name)) for f in fields(CompanyDraft)}
    return CompanyDraft(**texts)


def list_companies(place: Workplace, search: str = "") -> list[CompanyRow]:
    """Companies whose name or town contains `search`, by name; joined files in the leading one."""
    last_visit = (
        select(Visit.company_id, func.max(Visit.starts_at).label("last"))
        .where(Visit.deleted.is_(False), Visit.state != "planned")
        .group_by(Visit.company_id)
        .subquery()
    )
    query = (
        select(Company, last_visit.c.last)
        .outerjoin(last_visit, last_visit.c.company_id == Company.id)
        .where(Company.deleted.is_(False))
        .order_by(func.lower(Company.name))
    )
    wanted = search.strip().casefold()
    with place.store.read() as session:
        rows = [
            CompanyRow(c.id, c.name, c.town, county_name(c.ags), c.heads, last)
            for c, last in session.execute(query)
        ]
        rows = _with_joined(rows, leading_files(session))
    return [row for row in rows if wanted in " ".join((row.name, row.town, *row.also)).casefold()]


def _with_joined(
    rows: Sequence[CompanyRow], leads: Mapping[uuid.UUID, uuid.UUID]
) -> list[CompanyRow]:
    """Without the joined files; the leading ones name them and count their visits."""
    joined: dict[uuid.UUID, list[CompanyRow]] = {}
    for row in rows:
        if row.company_id in leads:
            joined.setdefault(leads[row.company_id], []).append(row)
    return [
        replace(
            row,
            also=tuple(other.name for other in joined.get(row.company_id, ())),
            last_visit=_last(row, *joined.get(row.company_id, ())),
        )
        for row in rows
        if row.company_id not in leads
    ]


def _last(*rows: CompanyRow) -> datetime | None:
    return max((row.last_visit for row in rows if row.last_visit is not None), default=None)


def company_size_class(company: Company) -> SizeClass:
    """KMU-Klasse with the group and the earlier years that are stored (domain §4)."""
    return size_finding(company).size


def company_facts(company: Company) -> CompanyFacts:
    """What questions, rules and eligibility read of a company; None and "" mean not known.

    A key or code that cannot be right is not known, though it stays in the file as typed.
    """
    branch = check_industry_code(company.wz_code, company.wz_edition)
    return CompanyFacts(
        heads=company.heads,
        staff_units=company.staff_units,
        turnover_million=company.turnover_million,
        county=check_region_key(company.ags).county,
        wz=branch.value if branch.is_sound else "",
        wz_edition=company.wz_edition,
        has_works_council=company.has_works_council,
        size=company_size_class(company),
    )


def _values(draft: CompanyDraft) -> dict[str, Any]:
    errors = check_company(draft)
    if errors:
        raise InvalidFields(errors)
    values: dict[str, Any] = {name: text.strip() for name, text in asdict(draft).items()}
    for name in _WHOLE:
        values[name] = int(values[name]) if values[name] else None
    for name in _DECIMAL:
        values[name] = _decimal(values[name])
    values["has_works_council"] = {"yes": True, "no": False}.get(values["has_works_council"])
    values |= {name: number.value for name, number in remarks_on(_stripped(draft)).items()}
    if values["wz_edition"] not in EDITIONS:
        values["wz_edition"] = EDITIONS[0]
    return values


def _stripped(draft: CompanyDraft) -> CompanyDraft:
    return CompanyDraft(**{name: text.strip() for name, text in asdict(draft).items()})


def _decimal(text: str) -> Decimal | None:
    """A German number; None when empty. Raises ValueError."""
    typed = text.strip()
    if not typed:
        return None
    if not _GERMAN_FIGURE.fullmatch(typed):
        raise ValueError(text)
    return Decimal(typed.replace(".", "").replace(",", "."))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return str(value)
