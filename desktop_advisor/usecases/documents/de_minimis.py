"""De-minimis-Erklärung: the aids of the file on the day of drawing, ready to be signed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from desktop_advisor.advice.calculators.de_minimis import (
    CEILING,
    VALID_TO,
    Aid,
    Balance,
    window_start,
)
from desktop_advisor.advice.calculators.outcome import ZERO
from desktop_advisor.domain.enterprise_group import Relation
from desktop_advisor.domain.german import BERLIN, counted, euro, short_date
from desktop_advisor.domain.size_finding import SizeFinding
from desktop_advisor.report.documents.de_minimis_model import AidLine, DeMinimisDeclaration
from desktop_advisor.report.documents.declaration_model import AIDS, GROUP, Gap
from desktop_advisor.storage.models import Case, Company
from desktop_advisor.usecases.branding import branding
from desktop_advisor.usecases.de_minimis_aids import AidDraft, AidsView, list_aids
from desktop_advisor.usecases.documents.declarant import declarant, doubts
from desktop_advisor.usecases.group_structure import show_group
from desktop_advisor.usecases.workplace import Workplace


def draw(place: Workplace, case_id: uuid.UUID) -> bytes:
    """The PDF of a case's declaration."""
    from desktop_advisor.report.documents.de_minimis import draw_de_minimis

    return draw_de_minimis(compose_de_minimis(place, case_id), place.resources.fonts)


def compose_de_minimis(place: Workplace, case_id: uuid.UUID) -> DeMinimisDeclaration:
    """The declaration of a case's company as the file stands today."""
    with place.store.read() as session:
        company = session.get_one(Company, session.get_one(Case, case_id).company_id)
        company_id = company.id
        who, wrong = declarant(session, company, case_id), doubts(company)
    finding = show_group(place, company_id).finding
    aids = list_aids(place, company_id)
    today = place.clock().astimezone(BERLIN).date()
    return DeMinimisDeclaration(
        network=branding(place),
        created_on=today,
        declarant=who,
        members=_linked(finding),
        first=window_start(today),
        aids=tuple(_line(aid) for aid in aids.balance.counted),
        others=tuple(_others(aids, today)),
        used=aids.balance.used,
        free=_free(aids.balance, today),
        ceiling=CEILING,
        notice=_EXPIRED if today > VALID_TO else "",
        gaps=(*who.gaps, *wrong, *_gaps([row.draft for row in aids.rows], finding)),
    )


_EXPIRED = (
    f"Die Verordnung gilt bis zum {short_date(VALID_TO)}. Welche Regel danach gilt, ist vor der "
    "Unterschrift zu klären."
)


def _free(balance: Balance, today: date) -> Decimal:
    """What is left; nothing is promised once the rule has run out."""
    return balance.free if today <= VALID_TO else ZERO


def _linked(finding: SizeFinding) -> tuple[str, ...]:
    """Partners are no part of the single undertaking (Art. 2(2)); linked enterprises are."""
    linked = [m for m in finding.members if m.relation is Relation.LINKED]
    return tuple(member.enterprise.name for member in linked)


def _line(aid: Aid) -> AidLine:
    return AidLine(
        granted_on=aid.granted_on,
        amount=aid.amount,
        counts_to=aid.falls_out_on - timedelta(days=1),
        body=aid.body,
        purpose=aid.purpose,
    )


def _others(aids: AidsView, today: date) -> Iterator[str]:
    """Aids with day and amount that do not count: too old, or not yet granted."""
    whole = [
        (row.draft.granted_on, row.draft.amount)
        for row in aids.rows
        if row.draft.granted_on is not None and row.draft.amount is not None and not row.counts
    ]
    old = [amount for day, amount in whole if day <= today]
    new = [amount for day, amount in whole if day > today]
    if old:
        many = counted(len(old), "ältere Beihilfe", "ältere Beihilfen")
        yield f"Nicht mehr zu zählen: {many} über zusammen {euro(sum(old, ZERO))}."
    if new:
        many = counted(len(new), "Beihilfe", "Beihilfen")
        yield f"Mit künftigem Bewilligungstag erfasst: {many} über zusammen {euro(sum(new, ZERO))}."


def _gaps(drafts: Sequence[AidDraft], finding: SizeFinding) -> Iterator[Gap]:
    names = {member.enterprise.key: member.enterprise.name for member in finding.members}
    for owner, owned in finding.unknown:
        yield Gap(what=f"Anteil von {names[owner]} an {names[owned]}", where=GROUP)
    for draft in drafts:
        what = " · ".join(p for p in (draft.body, draft.purpose) if p) or "eine Beihilfe"
        if not draft.body:
            yield Gap(what=f"Beihilfegeber ({what})", where=AIDS)
        if draft.granted_on is None:
            yield Gap(what=f"Bewilligungstag ({what})", where=AIDS)
        if draft.amount is None:
            yield Gap(what=f"Betrag ({what})", where=AIDS)
