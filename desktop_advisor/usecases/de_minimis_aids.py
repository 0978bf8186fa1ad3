"""De minimis aids of the single undertaking, and what is free today (domain §5)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from desktop_advisor.advice.calculators.de_minimis import Aid, Balance, balance_on
from desktop_advisor.domain.german import BERLIN
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.advice_models import DeMinimisAid
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class AidDraft:
    """One aid as entered; a day or amount of None keeps it out of the balance."""

    granted_on: date | None = None
    amount: Decimal | None = None
    body: str = ""
    purpose: str = ""


@dataclass(frozen=True)
class AidView:
    """A stored aid. counts: whether it still counts today."""

    aid_id: uuid.UUID
    draft: AidDraft
    counts: bool


@dataclass(frozen=True)
class AidsView:
    """All aids, newest first, and the balance today."""

    rows: tuple[AidView, ...]
    balance: Balance


def list_aids(place: Workplace, company_id: uuid.UUID) -> AidsView:
    """The aids of a company with the balance of today."""
    query = select(DeMinimisAid).where(
        DeMinimisAid.company_id == company_id, DeMinimisAid.deleted.is_(False)
    )
    with place.store.read() as session:
        drafts = {
            row.id: AidDraft(row.granted_on, row.amount, row.body, row.purpose)
            for row in session.scalars(query)
        }
    today = place.clock().astimezone(BERLIN).date()
    known = {key: aid for key, draft in drafts.items() if (aid := _aid(draft)) is not None}
    balance = balance_on(today, known.values())
    rows = [AidView(key, draft, known.get(key) in balance.counted) for key, draft in drafts.items()]
    rows.sort(key=lambda row: row.draft.granted_on or date.max, reverse=True)
    return AidsView(tuple(rows), balance)


def known_aids(place: Workplace, company_id: uuid.UUID) -> tuple[Aid, ...]:
    """The aids with day and amount, for the calculator."""
    found = (_aid(row.draft) for row in list_aids(place, company_id).rows)
    return tuple(aid for aid in found if aid is not None)


def add_aid(place: Workplace, company_id: uuid.UUID, draft: AidDraft) -> uuid.UUID:
    """One more aid; the id of its row."""
    with place.store.edit(place.author) as session:
        row = DeMinimisAid(id=new_id(place.clock()), company_id=company_id)
        _fill(row, draft)
        session.add(row)
        return row.id


def edit_aid(place: Workplace, aid_id: uuid.UUID, draft: AidDraft) -> None:
    """Save what changed of an aid."""
    with place.store.edit(place.author) as session:
        _fill(session.get_one(DeMinimisAid, aid_id), draft)


def remove_aid(place: Workplace, aid_id: uuid.UUID) -> None:
    """Take an aid off the list."""
    with place.store.edit(place.author) as session:
        session.get_one(DeMinimisAid, aid_id).deleted = True


def _fill(row: DeMinimisAid, draft: AidDraft) -> None:
    values = {
        "granted_on": draft.granted_on,
        "amount": draft.amount,
        "body": draft.body.strip(),
        "purpose": draft.purpose.strip(),
    }
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _aid(draft: AidDraft) -> Aid | None:
    if draft.granted_on is None or draft.amount is None:
        return None
    return Aid(draft.granted_on, draft.amount, draft.body, draft.purpose)
