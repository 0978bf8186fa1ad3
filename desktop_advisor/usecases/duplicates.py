"""Company files that may be about the same company: proposed with reasons, never joined by itself.

Three things give a pair away: the USt-IdNr., the register entry, or the name at the same place.
Files are looked up by these keys, so that no two of them are compared without a reason.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, takewhile
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop_advisor.domain.company_names import name_key, near_keys
from desktop_advisor.domain.folding import folded
from desktop_advisor.domain.trade_register import check_register_number
from desktop_advisor.domain.vat_id import check_vat_id
from desktop_advisor.storage.models import Company
from desktop_advisor.usecases.companies import CompanyDraft
from desktop_advisor.usecases.leading_files import leading_files
from desktop_advisor.usecases.workplace import Workplace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

VAT = "Die USt-IdNr. ist dieselbe."
REGISTER = "Registergericht und Registernummer sind dieselben."
SAME_NAME = "Name und Postleitzahl sind gleich, von der Rechtsform abgesehen."
NEAR_NAME = "Die Postleitzahl ist gleich, die Namen unterscheiden sich nur in einem Buchstaben."
SAME_TOWN = "Name und Ort sind gleich, von der Rechtsform abgesehen."
_ORDER = (VAT, REGISTER, SAME_NAME, SAME_TOWN, NEAR_NAME)
_MOST_ALIKE = 50
"""Our choice: a key that more files share, such as a dummy number, says nothing about any two."""


@dataclass(frozen=True)
class Known:
    """What a file is recognised by."""

    company_id: uuid.UUID
    name: str
    postcode: str
    town: str
    vat_id: str
    register_court: str
    register_number: str
    distinct_from: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """Two files that may be one company; reasons in German, the strongest first."""

    first: Known
    second: Known
    reasons: tuple[str, ...]


def proposals(place: Workplace, cancelled: Callable[[], bool] = lambda: False) -> list[Proposal]:
    """Pairs nobody has joined or told apart yet, the most certain first.

    cancelled: asked at every file; once it says so, the rest is left out.
    """
    with place.store.read() as session:
        files, leads = _files(session), leading_files(session)
    by_id = {file.company_id: file for file in files}
    found: dict[tuple[uuid.UUID, uuid.UUID], set[str]] = defaultdict(set)
    for reason, one, two in _pairs(takewhile(lambda _file: not cancelled(), files)):
        first, second = sorted(leads.get(f.company_id, f.company_id) for f in (one, two))
        if first != second and not _are_distinct(one, two):
            found[first, second].add(reason)
    made = [
        Proposal(by_id[first], by_id[second], _sorted(reasons))
        for (first, second), reasons in found.items()
        if not _are_distinct(by_id[first], by_id[second])
    ]
    return sorted(made, key=lambda p: (_ORDER.index(p.reasons[0]), folded(p.first.name)))


def lookalikes(place: Workplace, draft: CompanyDraft) -> list[Proposal]:
    """Files that a company about to be created may already have; `first` is the new one."""
    new = _of_draft(draft)
    with place.store.read() as session:
        files, leads = _files(session), leading_files(session)
    by_id = {file.company_id: file for file in files}
    wanted = dict(_keys(new))
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    for file in files:
        for key, reason in _keys(file):
            if key in wanted:
                lead = leads.get(file.company_id, file.company_id)
                found[lead].add(_exact(reason, new, file))
    made = [Proposal(new, by_id[key], _sorted(reasons)) for key, reasons in found.items()]
    return sorted(made, key=lambda p: _ORDER.index(p.reasons[0]))


def say_distinct(place: Workplace, one: uuid.UUID, two: uuid.UUID) -> None:
    """These are two companies, however alike they look; it is not proposed again, on any laptop."""
    with place.store.edit(place.author) as session:
        for this, other in ((one, two), (two, one)):
            company = session.get_one(Company, this)
            if str(other) not in company.distinct_from:
                company.distinct_from = sorted({*company.distinct_from, str(other)})


def take_back_distinct(place: Workplace, one: uuid.UUID, two: uuid.UUID) -> None:
    """They may be one company after all."""
    with place.store.edit(place.author) as session:
        for this, other in ((one, two), (two, one)):
            company = session.get_one(Company, this)
            company.distinct_from = [key for key in company.distinct_from if key != str(other)]


def _of_draft(draft: CompanyDraft) -> Known:
    """What a company without a file would be recognised by."""
    return Known(
        uuid.UUID(int=0),
        draft.name,
        draft.postcode.strip(),
        draft.town,
        draft.vat_id,
        draft.register_court,
        draft.register_number,
    )


def _files(session: Session) -> list[Known]:
    columns = (
        Company.id,
        Company.name,
        Company.postcode,
        Company.town,
        Company.vat_id,
        Company.register_court,
        Company.register_number,
        Company.distinct_from,
    )
    query = select(*columns).where(Company.deleted.is_(False)).order_by(Company.id)
    return [
        Known(key, name, postcode, town, vat, court, number, tuple(distinct or ()))
        for key, name, postcode, town, vat, court, number, distinct in session.execute(query)
    ]


def _pairs(files: Iterable[Known]) -> Iterator[tuple[str, Known, Known]]:
    """Two files that share a key, and what that says of them."""
    index: dict[tuple[str, str], list[Known]] = defaultdict(list)
    reasons: dict[tuple[str, str], str] = {}
    for file in files:
        for key, reason in _keys(file):
            index[key].append(file)
            reasons[key] = reason
    for key, group in index.items():
        if 1 < len(group) <= _MOST_ALIKE:
            for one, two in combinations(group, 2):
                yield _exact(reasons[key], one, two), one, two


def _keys(file: Known) -> Iterator[tuple[tuple[str, str], str]]:
    vat = check_vat_id(file.vat_id)
    if vat.value and vat.is_sound:
        yield ("vat", vat.value), VAT
    number = check_register_number(file.register_number, file.register_court)
    court = folded(file.register_court).replace(" amtsgericht ", " ").replace(" ag ", " ").strip()
    if court and number.value and number.is_sound:
        yield ("register", f"{court} {number.value}"), REGISTER
    name = name_key(file.name)
    if not name:
        return
    if file.postcode:
        for key in near_keys(name):
            yield ("name", f"{file.postcode} {key}"), NEAR_NAME
    if town := folded(file.town).strip():
        yield ("town", f"{town} {name}"), SAME_TOWN


def _exact(reason: str, one: Known, two: Known) -> str:
    """A shared name key says less than two equal names."""
    if reason is NEAR_NAME and name_key(one.name) == name_key(two.name):
        return SAME_NAME
    return reason


def _sorted(reasons: set[str]) -> tuple[str, ...]:
    """The strongest first; the place is named once."""
    told = set(reasons)
    if SAME_NAME in told:
        told -= {SAME_TOWN, NEAR_NAME}
    return tuple(reason for reason in _ORDER if reason in told)


def _are_distinct(one: Known, two: Known) -> bool:
    return str(two.company_id) in one.distinct_from or str(one.company_id) in two.distinct_from
