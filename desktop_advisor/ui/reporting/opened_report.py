"""The report on the desk: a draft to be signed, or a sealed version to be handed out."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec

from desktop_advisor.report.frozen import content_hash, short_hash
from desktop_advisor.report.model import ReportModel, SignatureSlot
from desktop_advisor.usecases.company_file import ReportView, show_company_file
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.pending_signatures import PendingSignatures, kept_signatures
from desktop_advisor.usecases.reporting import (
    DrawnSignature,
    draw_draft,
    read_report,
    read_snapshot,
)
from desktop_advisor.usecases.results import show_results

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class OpenedReport:
    """What the screen shows. report_id: None while it is a draft. versions: newest first.

    signatures: line → what was drawn on it earlier and not sealed yet.
    """

    model: ReportModel
    pdf: bytes
    report_id: uuid.UUID | None
    versions: tuple[ReportView, ...]
    signatures: Mapping[int, DrawnSignature] = field(default_factory=dict)

    @property
    def is_draft(self) -> bool:
        """Whether it can still be signed and sealed."""
        return self.report_id is None

    @property
    def is_replaced(self) -> bool:
        """Whether a later sealed version names this one."""
        return any(v.report_id == self.report_id and v.is_replaced for v in self.versions)

    @property
    def checksum(self) -> str:
        """The content hash as a person compares it."""
        return short_hash(content_hash(self.model))


def sealed_versions(place: Workplace, case_id: uuid.UUID) -> tuple[ReportView, ...]:
    """The sealed reports of the case's company, newest first."""
    company_id = show_results(place, case_id).company_id
    return show_company_file(place, company_id).reports


def open_newest(place: Workplace, case_id: uuid.UUID) -> OpenedReport:
    """What waits for its seal, else the newest sealed version; where there is none, a draft."""
    waiting = kept_signatures(place, case_id)
    if waiting is not None:
        return signed_before(place, case_id, waiting)
    versions = sealed_versions(place, case_id)
    return open_sealed(place, case_id, versions[0].report_id) if versions else draft(place, case_id)


def open_sealed(place: Workplace, case_id: uuid.UUID, report_id: uuid.UUID) -> OpenedReport:
    """A sealed version, byte for byte."""
    return OpenedReport(
        model=read_snapshot(place, report_id),
        pdf=read_report(place, report_id),
        report_id=report_id,
        versions=sealed_versions(place, case_id),
    )


def draft(place: Workplace, case_id: uuid.UUID) -> OpenedReport:
    """The next version as the case stands now."""
    model = compose_report(place, case_id)
    return OpenedReport(model, draw_draft(place, model), None, sealed_versions(place, case_id))


def signed_before(place: Workplace, case_id: uuid.UUID, waiting: PendingSignatures) -> OpenedReport:
    """The draft as it was when it was signed, with its signatures."""
    opened = OpenedReport(
        waiting.model, b"", None, sealed_versions(place, case_id), waiting.signatures
    )
    return replace(opened, pdf=signed_draft(place, opened, waiting.signatures))


def signed_draft(
    place: Workplace, opened: OpenedReport, signatures: Mapping[int, DrawnSignature]
) -> bytes:
    """The draft's pages with the signatures given so far."""
    slots = tuple(slots_with(opened.model.signatures, signatures))
    return draw_draft(place, msgspec.structs.replace(opened.model, signatures=slots))


def slots_with(
    slots: tuple[SignatureSlot, ...], signatures: Mapping[int, DrawnSignature]
) -> list[SignatureSlot]:
    """The lines of the report, those that were signed filled in."""
    filled = []
    for number, slot in enumerate(slots):
        drawn = signatures.get(number)
        if drawn is not None:
            slot = msgspec.structs.replace(  # noqa: PLW2901
                slot,
                name=drawn.name,
                function=drawn.function,
                place=drawn.place,
                signed_at=drawn.signed_at,
                image=drawn.image,
            )
        filled.append(slot)
    return filled
