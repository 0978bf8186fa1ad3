"""Who declares: the company's own data and who signs for it, for every declaration."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.domain.trade_register import check_register_number
from desktop_advisor.domain.vat_id import check_vat_id
from desktop_advisor.report.documents.declaration_model import COMPANY_DATA, Declarant, Gap
from desktop_advisor.storage.models import Company, Contact, Participant, Visit

NO_REGISTER = ("Einzelunternehmen", "GbR")
"""Legal forms that need no entry in the trade register (§ 1 HGB, § 705 BGB)."""
_SIGNS = "gf"


def declarant(session: Session, company: Company, case_id: uuid.UUID) -> Declarant:
    """The company as it declares, with the manager of the case's last visit as signatory."""
    register = check_register_number(company.register_number, company.register_court)
    court = company.register_court.strip()
    is_whole = register.is_sound and bool(court)
    is_free = company.legal_form in NO_REGISTER and not company.register_number
    name, function = _signer(session, company.id, case_id)
    return Declarant(
        name=company.name,
        legal_form=company.legal_form,
        street=company.street,
        town=" ".join(part for part in (company.postcode, company.town) if company.town and part),
        register=f"{_court(court)}, {register.value}" if is_whole else "",
        no_register="kein Registereintrag vorgeschrieben" if is_free else "",
        vat_id=company.vat_id if check_vat_id(company.vat_id).is_sound else "",
        signer=name,
        function=function,
    )


def doubts(company: Company) -> tuple[Gap, ...]:
    """Official numbers that stand in the file and cannot be right, so that none is declared."""
    vat_id = check_vat_id(company.vat_id)
    register = check_register_number(company.register_number)
    found = []
    if vat_id.problem:
        found.append(Gap(what=f"richtige USt-IdNr. statt „{vat_id.value}“", where=COMPANY_DATA))
    if register.problem:
        what = f"richtige Registernummer statt „{register.value}“"
        found.append(Gap(what=what, where=COMPANY_DATA))
    return tuple(found)


def _court(court: str) -> str:
    return court if court.lower().startswith(("ag ", "amtsgericht")) else f"Amtsgericht {court}"


def _signer(session: Session, company_id: uuid.UUID, case_id: uuid.UUID) -> tuple[str, str]:
    """Name and function of management at the case's newest visit, else among the contacts."""
    there = (
        select(Participant)
        .join(Visit, Visit.id == Participant.visit_id)
        .where(
            Visit.case_id == case_id,
            Visit.deleted.is_(False),
            Participant.deleted.is_(False),
            Participant.role == _SIGNS,
            Participant.name != "",
        )
        .order_by(Visit.starts_at.desc(), Participant.id)
    )
    known = select(Contact).where(
        Contact.company_id == company_id,
        Contact.deleted.is_(False),
        Contact.role == _SIGNS,
        Contact.name != "",
    )
    found = session.scalars(there).first() or session.scalars(known.order_by(Contact.id)).first()
    return (found.name, found.function) if found else ("", "")
