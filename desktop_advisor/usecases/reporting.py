"""Draw, sign, seal, keep and check reports."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.domain.language import say, speaking
from desktop_advisor.report.frozen import content_hash, from_json, to_json
from desktop_advisor.report.model import ReportModel, SignatureSlot
from desktop_advisor.signing.verdict import Verdict
from desktop_advisor.storage.models import Attachment, Case, Report, Signature
from desktop_advisor.usecases.case_figures import write_case_figures
from desktop_advisor.usecases.certificate import unlock_key
from desktop_advisor.usecases.checking import check_file, check_report
from desktop_advisor.usecases.corrections import forget_reason
from desktop_advisor.usecases.drives import put_file
from desktop_advisor.usecases.stored_reports import stored_pdf
from desktop_advisor.usecases.visits import held_visits
from desktop_advisor.usecases.workplace import Workplace

if TYPE_CHECKING:
    from desktop_advisor.signing.keys import SealingKey
    from desktop_advisor.signing.sealing import Mark


class NothingSigned(KnownError):
    """A report is sealed only after somebody of the company has signed it."""

    def __init__(self) -> None:
        super().__init__(
            "Der Bericht ist noch von niemandem unterschrieben.",
            safe="Der Entwurf bleibt erhalten.",
            todo="Bitte lassen Sie mindestens eine Person unterschreiben.",
        )


class AlreadySealed(KnownError):
    """The very content that was shown has been sealed before."""

    def __init__(self) -> None:
        super().__init__(
            "Diese Fassung ist bereits gesiegelt.",
            safe="Sie liegt unverändert in der Firmenakte.",
            todo="Für eine Korrektur erstellen Sie bitte eine neue Fassung.",
        )


@dataclass(frozen=True)
class DrawnSignature:
    """A signature as drawn on the pad. image: PNG; nothing else of the pen is kept (design §10).

    function: within the company, as typed.
    """

    name: str
    role: str
    place: str
    image: bytes
    signed_at: datetime
    function: str = ""


def draw_draft(place: Workplace, model: ReportModel) -> bytes:
    """The PDF of an unsealed report, marked as a draft."""
    from desktop_advisor.report.drawing import draw_report

    draft = msgspec.structs.replace(model, is_draft=True)
    with speaking(place.resources.language(model.language)):
        return draw_report(draft, place.resources.fonts)


def seal_report(
    place: Workplace,
    case_id: uuid.UUID,
    model: ReportModel,
    signatures: Sequence[DrawnSignature],
    pin: str,
) -> uuid.UUID:
    """Freeze what was shown, put the signatures in, seal, keep; the report's id.

    model: the very content the signatories saw; its hash is what they signed (design §10).
    Raises NothingSigned, AlreadySealed, WrongPin, NoPinYet.
    """
    from desktop_advisor.report.drawing import draw_report
    from desktop_advisor.signing.sealing import seal

    if not signatures:
        raise NothingSigned
    with place.store.read() as session:
        if session.get(Report, uuid.UUID(model.report_id)) is not None:
            raise AlreadySealed
    final = with_signatures(model, signatures)
    now = place.clock()
    key = unlock_key(place, pin)
    location = next((s.place for s in signatures if s.place), "")
    with speaking(place.resources.language(model.language)):
        pdf = seal(
            draw_report(final, place.resources.fonts),
            key,
            reason=say("Beratungsbericht Fassung {0}").format(model.version),
            location=location,
            at=now,
            mark=_mark(place, final, key, now),
        )
    _keep(place, case_id, final, signatures, pdf, now)
    forget_reason(place, case_id)
    return uuid.UUID(model.report_id)


def _mark(place: Workplace, final: ReportModel, key: SealingKey, now: datetime) -> Mark:
    """Draws what the seal's field shows once its size is known."""
    from desktop_advisor.report.seal_mark import draw_seal_mark, seal_lines

    lines = seal_lines(final, key.certificate().holder, now)
    fonts, colour = place.resources.fonts, final.network.main_color
    return lambda width, height: draw_seal_mark(lines, fonts, colour, width, height)


def with_signatures(model: ReportModel, signatures: Sequence[DrawnSignature]) -> ReportModel:
    """The final content: signed lines in, lines nobody signed out."""
    slots = tuple(
        SignatureSlot(
            name=s.name,
            role=s.role,
            function=s.function,
            place=s.place,
            signed_at=s.signed_at,
            image=s.image,
            note=next((slot.note for slot in model.signatures if slot.role == s.role), ""),
        )
        for s in signatures
    )
    return msgspec.structs.replace(model, signatures=slots, is_draft=False)


def read_report(place: Workplace, report_id: uuid.UUID) -> bytes:
    """The sealed PDF, byte for byte; with time stamp and proofs where it has got them."""
    return stored_pdf(place, report_id)


def read_snapshot(place: Workplace, report_id: uuid.UUID) -> ReportModel:
    """The frozen content of a sealed report."""
    with place.store.read() as session:
        report = session.get_one(Report, report_id)
        snapshot = session.get_one(Attachment, report.snapshot_id)
        return from_json(place.store.files.read(snapshot.sha256))


def report_file_name(place: Workplace, report_id: uuid.UUID) -> str:
    """A file name that says whose report and which version it is."""
    with place.store.read() as session:
        report = session.get_one(Report, report_id)
        return session.get_one(Attachment, report.attachment_id).file_name


def save_copy(place: Workplace, report_id: uuid.UUID, target: Path) -> Path:
    """Put the sealed PDF on a drive of the customer's choice, beside what is there; where it lies.

    Raises DriveFull, DriveMissing, DriveReadOnly, DriveFaulty.
    """
    return put_file(target.parent, target.name, read_report(place, report_id))


def verify_report(place: Workplace, report_id: uuid.UUID) -> Verdict:
    """Whether the stored PDF is still what was sealed."""
    return check_report(place, report_id).verdict


def verify_file(place: Workplace, path: Path) -> Verdict:
    """Whether a PDF somebody brings along is unchanged, by the record where there is one.

    Raises CannotRead.
    """
    return check_file(place, path).verdict


def _keep(
    place: Workplace,
    case_id: uuid.UUID,
    final: ReportModel,
    signatures: Sequence[DrawnSignature],
    pdf: bytes,
    now: datetime,
) -> None:
    """Report, frozen content, pictures and the end of the visits in one transaction."""
    with place.store.edit(place.author) as session:
        attach = _Attaching(place, session, session.get_one(Case, case_id).company_id, now)
        report = Report(
            id=uuid.UUID(final.report_id),
            company_id=attach.company_id,
            case_id=case_id,
            version=final.version,
            content_hash=content_hash(final),
            file_hash=sha256(pdf).hexdigest(),
            attachment_id=attach(pdf, "application/pdf", _file_name(final)),
            snapshot_id=attach(to_json(final), "application/json", "inhalt.json"),
            replaces_id=_replaced(session, case_id),
            sealed_at=now,
            sealed_by=place.author,
            reason=final.replaces.reason if final.replaces else "",
            forms="\n".join(sorted({f"{f.title} {f.version} {f.form_hash}" for f in final.forms})),
            catalogue_version=final.catalogue_version,
            scoring_version=final.scoring_version,
        )
        session.add(report)
        for drawn in signatures:
            image_id = attach(drawn.image, "image/png", "unterschrift.png")
            session.add(_signature(report, drawn, image_id, now))
        _end_visits(session, case_id, final, now)
        write_case_figures(place, session, case_id)


@dataclass(frozen=True)
class _Attaching:
    """Puts files beside the database and their rows into it; the file is durable before its row."""

    place: Workplace
    session: Session
    company_id: uuid.UUID
    now: datetime

    def __call__(self, content: bytes, media_type: str, file_name: str) -> uuid.UUID:
        """The id of the new attachment."""
        row = Attachment(
            id=new_id(self.now),
            company_id=self.company_id,
            sha256=self.place.store.files.add(content),
            size=len(content),
            media_type=media_type,
            file_name=file_name,
        )
        self.session.add(row)
        return row.id


def _signature(
    report: Report, drawn: DrawnSignature, image_id: uuid.UUID, now: datetime
) -> Signature:
    return Signature(
        id=new_id(now),
        company_id=report.company_id,
        report_id=report.id,
        name=drawn.name,
        role=drawn.role,
        function=drawn.function,
        place=drawn.place,
        signed_at=drawn.signed_at,
        image_id=image_id,
    )


def _end_visits(session: Session, case_id: uuid.UUID, final: ReportModel, now: datetime) -> None:
    """A signed report ends what was still running, with the hours that are printed in it."""
    visits = held_visits(session, case_id)
    if len(visits) != len(final.visits):
        return  # one began or arrived after the report was composed: nobody knows its hours
    for visit, printed in zip(visits, final.visits, strict=True):
        if visit.state != "done":
            visit.state = "done"
            visit.ends_at = now
            visit.hours = printed.hours


def _replaced(session: Session, case_id: uuid.UUID) -> uuid.UUID | None:
    query = select(Report.id).where(Report.case_id == case_id, Report.deleted.is_(False))
    return session.scalars(query.order_by(Report.version.desc())).first()


def _file_name(model: ReportModel) -> str:
    plain = "".join(c if c.isalnum() else "-" for c in model.company.name).strip("-")
    return f"Beratungsbericht-{plain}-Fassung-{model.version}.pdf"
