"""A sealed report, its signatures and its files never change."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.conflicts import list_conflicts, settle
from desktop_advisor.storage.errors import SealedReport
from desktop_advisor.storage.models import Attachment, Report, Signature
from desktop_advisor.storage.sync_port import StoreChanges
from sync.blocks import block_of, frame_of
from sync.client.port import Enrolment, Settlement
from sync.protocol import Change
from tests.storage.desks import Desk, TurnedClock

ENROLMENT = Enrolment(
    server_url="", server_id="", server_epoch="", device_id="", token="", network=""
)


class Sealed:
    """The ids of a sealed report and what belongs to it."""

    def __init__(self, desk: Desk, clock: TurnedClock) -> None:
        self.desk = desk
        self.report, self.signature = new_id(clock()), new_id(clock())
        self.pdf, self.snapshot, self.image, self.photo = (new_id(clock()) for _ in range(4))
        with desk.store.edit("Anna") as session:
            for attachment in (self.pdf, self.snapshot, self.image, self.photo):
                sha256 = desk.store.files.add(attachment.bytes)
                session.add(
                    Attachment(id=attachment, company_id=desk.company, sha256=sha256, size=16)
                )
            report = Report(id=self.report, company_id=desk.company, content_hash="abc")
            session.add(report)
            session.flush()
            report.attachment_id, report.snapshot_id = self.pdf, self.snapshot
            session.add(
                Signature(
                    id=self.signature,
                    company_id=desk.company,
                    report_id=self.report,
                    name="Jörg Huber",
                    image_id=self.image,
                )
            )

    @property
    def sha256_of_pdf(self) -> str:
        """As it was sealed."""
        return hashlib.sha256(self.pdf.bytes).hexdigest()

    def forged(self, n: int, *, entity_id: uuid.UUID, **said: Any) -> Change:
        """A change that a colleague has backdated."""
        company = str(self.desk.company)
        return Change(
            writer="f" * 32, n=n, company_id=company, entity_id=str(entity_id), hlc=0, **said
        )

    def change(self, record: type, row: uuid.UUID, **values: object) -> None:
        """An edit of one row."""
        with self.desk.store.edit("Mallory") as session:
            found = session.get_one(record, row)
            for column, value in values.items():
                setattr(found, column, value)


@pytest.fixture
def sealed(desk: Desk, clock: TurnedClock) -> Sealed:
    """A sealed report with a signature, and a photo that belongs to no report."""
    return Sealed(desk, clock)


Tamper = Callable[[Sealed], None]


@pytest.mark.parametrize(
    "tamper",
    [
        lambda s: s.change(Report, s.report, content_hash="def"),
        lambda s: s.change(Report, s.report, state="draft"),
        lambda s: s.change(Report, s.report, state="draft", content_hash="def"),
        lambda s: s.change(Report, s.report, deleted=True),
        lambda s: s.change(Report, s.report, sealed_by="Mallory"),
        lambda s: s.change(Report, s.report, level="B-T", file_hash="0" * 64),
        lambda s: s.change(Signature, s.signature, name="Mallory"),
        lambda s: s.change(Signature, s.signature, deleted=True),
        lambda s: s.change(Signature, s.signature, report_id=None),
        lambda s: s.change(Attachment, s.pdf, deleted=True),
        lambda s: s.change(Attachment, s.snapshot, deleted=True),
        lambda s: s.change(Attachment, s.image, deleted=True),
        lambda s: s.change(Attachment, s.pdf, sha256="0" * 64),
        lambda s: s.change(Attachment, s.photo, sha256="0" * 64),
    ],
)
def test_a_change_of_what_is_sealed_is_refused(sealed: Sealed, tamper: Tamper) -> None:
    with pytest.raises(SealedReport):
        tamper(sealed)


def test_a_file_with_a_time_stamp_is_noted_later_and_stays(sealed: Sealed) -> None:
    sealed.change(Report, sealed.report, level="B-T", upgraded_id=sealed.photo)
    sealed.change(Report, sealed.report, level="B-LT", upgrade_note="")
    with sealed.desk.store.read() as session:
        assert session.get_one(Report, sealed.report).level == "B-LT"
    with pytest.raises(SealedReport):
        sealed.change(Attachment, sealed.photo, deleted=True)


def test_no_signature_is_added_afterwards(sealed: Sealed, clock: TurnedClock) -> None:
    late = Signature(
        id=new_id(clock()), company_id=sealed.desk.company, report_id=sealed.report, name="X"
    )

    def sign_late() -> None:
        with sealed.desk.store.edit("Mallory") as session:
            session.add(late)

    with pytest.raises(SealedReport):
        sign_late()


def test_an_attachment_outside_of_reports_can_be_taken_away(sealed: Sealed) -> None:
    sealed.change(Attachment, sealed.photo, deleted=True)
    with sealed.desk.store.read() as session:
        assert session.get_one(Attachment, sealed.photo).deleted


def test_a_new_version_names_the_sealed_one(sealed: Sealed, clock: TurnedClock) -> None:
    second = new_id(clock())
    with sealed.desk.store.edit("Anna") as session:
        session.add(
            Report(id=second, company_id=sealed.desk.company, version=2, replaces_id=sealed.report)
        )
    with sealed.desk.store.read() as session:
        assert session.get_one(Report, second).replaces_id == sealed.report


@pytest.mark.parametrize("is_backdated", [False, True])
def test_a_pulled_change_of_a_sealed_report_is_kept_and_not_shown(
    sealed: Sealed, clock: TurnedClock, is_backdated: bool
) -> None:
    foreign = Change(
        writer="f" * 32,
        n=1,
        company_id=str(sealed.desk.company),
        entity="report",
        entity_id=str(sealed.report),
        field="content_hash",
        value="gefälscht",
        hlc=0 if is_backdated else int(clock().timestamp() * 1000) << 16,
        author="Mallory",
    )
    pulled = Settlement(batch_id="", pulled=(foreign,), enrolment=ENROLMENT)
    StoreChanges(sealed.desk.store).settle(pulled)
    for _ in range(2):
        with sealed.desk.store.read() as session:
            report = session.get_one(Report, sealed.report)
            assert (report.content_hash, report.attachment_id) == ("abc", sealed.pdf)
            (conflict,) = list_conflicts(session)
            assert {v.author for v in conflict.values} == {"Anna", "Mallory"}
        sealed.desk.store.rebuild()
    with sealed.desk.store.edit("Anna") as session, pytest.raises(SealedReport):
        settle(session, conflict, "gefälscht")


@pytest.mark.parametrize("frames_at_once", [1, 2])
def test_a_backdated_frame_replaces_nothing_of_what_is_sealed(
    sealed: Sealed, make_desk: Callable[[str], Desk], frames_at_once: int
) -> None:
    """On the laptop that sealed it, and on one to which both come, together or one by one."""
    colleague = make_desk("kollegin")
    genuine = [p.frame for p in StoreChanges(sealed.desk.store).outbox(10_000_000)]
    of_report = {"entity": "report", "entity_id": sealed.report}
    forged = [
        {**of_report, "field": "content_hash", "value": "gefälscht"},
        {**of_report, "field": "attachment_id", "value": str(sealed.photo)},
        {"entity": "attachment", "entity_id": sealed.pdf, "field": "sha256", "value": "0" * 64},
    ]
    frame = frame_of(block_of([sealed.forged(n, **change) for n, change in enumerate(forged, 1)]))
    for store, frames in (
        (sealed.desk.store, (frame,)),
        (colleague.store, (*genuine, frame)),
    ):
        port = StoreChanges(store)
        port.settle(Settlement(batch_id="", frames=frames, enrolment=ENROLMENT))
        while port.sort_in(frames_at_once):
            pass
        for _ in range(2):
            with store.read() as session:
                report = session.get_one(Report, sealed.report)
                assert (report.content_hash, report.attachment_id) == ("abc", sealed.pdf)
                assert session.get_one(Attachment, sealed.pdf).sha256 == sealed.sha256_of_pdf
                assert {c.field for c in list_conflicts(session)} == {c["field"] for c in forged}
            store.rebuild()
