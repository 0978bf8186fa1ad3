"""Fields in several versions: what stands against what, decide one or many, take it back.

Nothing is chosen silently and nothing blocks: until a person decides, the later version shows,
marked as provisional, and all versions stay in the history.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, select

from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.storage.conflict_past import Past, pasts
from desktop_advisor.storage.conflicts import (
    Conflict,
    ConflictValue,
    Key,
    list_conflicts,
    reopen,
    settle_all,
)
from desktop_advisor.storage.fields import shape
from desktop_advisor.storage.log_tables import LoggedChange
from desktop_advisor.storage.models import Assessment, Company, Report
from desktop_advisor.usecases.companies import CompanyDraft, InvalidFields, check_company
from desktop_advisor.usecases.conflict_words import CODED, RecordWords
from desktop_advisor.usecases.covered_conflicts import covered_keys, rows_of
from desktop_advisor.usecases.kept_decisions import forget_decision, keep_decision
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.workplace import Workplace
from sync.protocol import ChangeName

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SINGLY = ("release",)
"""Records decided one by one only: what a side lets others see is that side's word."""


@dataclass(frozen=True)
class Version:
    """One version. words: as an advisor reads it. is_own: written on this laptop.

    is_shown: provisionally what everything else goes by. is_late: came after the report was signed.
    """

    value: Any
    words: str
    author: str
    device: str
    at: datetime
    is_own: bool
    is_shown: bool
    is_late: bool


@dataclass(frozen=True)
class Dispute:
    """A field in several versions.

    record, detail: name of the record and its second line, "" where it has none or is covered.
    versions: own ones first, then the latest first. earlier: what stood there before both, None
    where nothing did. text: what an own wording starts from, None where none can be typed.
    """

    conflict: Conflict
    company: str
    record: str
    detail: str
    versions: tuple[Version, ...]
    earlier: Version | None
    text: str | None
    is_covered: bool

    @property
    def key(self) -> Key:
        """Which field of which row."""
        return self.conflict.key

    @property
    def is_sealed(self) -> bool:
        """Whether there is nothing to choose, because the field was sealed."""
        return self.conflict.is_sealed

    @property
    def has_late(self) -> bool:
        """Whether one of the versions came after the signature."""
        return any(version.is_late for version in self.versions)


class Rule(StrEnum):
    """How many are decided at once."""

    MINE = "mine"
    THEIRS = "theirs"
    NEWER = "newer"


@dataclass(frozen=True)
class Choice:
    """What a batch would take for one field; version None: the rule finds none or two there."""

    dispute: Dispute
    version: Version | None


@dataclass(frozen=True)
class Decided:
    """What was written, to be taken back. gone: fields somebody else decided meanwhile."""

    names: tuple[ChangeName, ...]
    gone: int = 0


def open_disputes(place: Workplace, company_id: uuid.UUID | None = None) -> list[Dispute]:
    """Every open conflict, or those of one company file: by company, record and field."""
    with place.store.read() as session:
        found = list_conflicts(session, company_id)
        covered, rows = covered_keys(session, found), rows_of(session, found)
        words, names = RecordWords(place, session), _company_names(session, found)
        signed = _Signed(session, {conflict.company_id for conflict in found})
        made = [
            _dispute(words, names, conflict, past, rows.get(conflict.key[:2]), covered, signed)
            for conflict, past in zip(found, pasts(session, found), strict=True)
        ]
    order = {d.key: (d.company, d.conflict.entity, d.record, d.conflict.entity_id) for d in made}
    return sorted(made, key=lambda d: (order[d.key], d.conflict.field))


def dispute_count(place: Workplace) -> int:
    """How many fields wait for a decision; what was sealed is none."""
    with place.store.read() as session:
        return sum(not conflict.is_sealed for conflict in list_conflicts(session))


def by_record(disputes: Iterable[Dispute]) -> dict[tuple[uuid.UUID, str, uuid.UUID], list[Dispute]]:
    """(company, record, row) → its disputes, in the order given."""
    grouped: dict[tuple[uuid.UUID, str, uuid.UUID], list[Dispute]] = {}
    for dispute in disputes:
        key = (dispute.conflict.company_id, dispute.conflict.entity, dispute.conflict.entity_id)
        grouped.setdefault(key, []).append(dispute)
    return grouped


def plan_batch(disputes: Iterable[Dispute], rule: Rule) -> list[Choice]:
    """What the rule would take for each; the covered, sealed and single ones are left out."""
    return [
        Choice(dispute, _RULES[rule](dispute.versions))
        for dispute in disputes
        if may_be_batched(dispute)
    ]


def may_be_batched(dispute: Dispute) -> bool:
    """Whether a decision about many may include this one."""
    return not (dispute.is_covered or dispute.is_sealed or dispute.conflict.entity in SINGLY)


def decide(place: Workplace, decided: Sequence[tuple[Dispute, Any]]) -> Decided:
    """Let these values hold, in one edit; the other versions stay in the history.

    What somebody else has decided since it was looked at is left as it is. Raises: SealedReport.
    """
    with place.store.edit(place.author) as session:
        now = {conflict.key: _seen(conflict) for conflict in list_conflicts(session)}
        fresh = [
            (dispute.conflict, value)
            for dispute, value in decided
            if _seen(dispute.conflict) <= now.get(dispute.key, frozenset())
        ]
        names = settle_all(session, fresh)
    keep_decision(place, names)
    return Decided(tuple(names), len(decided) - len(fresh))


def take_back(place: Workplace, names: Sequence[ChangeName]) -> list[Key]:
    """Open again what was decided: which fields. What has changed since stays as it is."""
    with place.store.edit(place.author) as session:
        opened = reopen(session, names)
    forget_decision(place, names)
    return opened


def own_value(dispute: Dispute, typed: str) -> Any:
    """A wording of one's own as the field's JSON value. Raises: InvalidFields."""
    text, shown = typed.strip(), dispute.conflict.values[-1].value
    if dispute.conflict.entity == "company":
        draft = CompanyDraft(**{"name": "–", dispute.conflict.field: text})
        if errors := check_company(draft):
            raise InvalidFields(errors)
    if dispute.conflict.field == "response":
        state = AnswerState.ANSWERED if text else AnswerState.OPEN
        return {"state": str(state), "value": text, "reason": ""}
    return {**shown, "text": text} if isinstance(shown, Mapping) else text


class _Signed:
    """When the last report of each case was signed, and when it came here."""

    def __init__(self, session: Session, companies: set[uuid.UUID]) -> None:
        self._session = session
        self._last: dict[uuid.UUID, tuple[datetime, int]] = {}
        query = select(Report).where(Report.company_id.in_(companies), Report.deleted.is_(False))
        for report in session.scalars(query.order_by(Report.sealed_at)):
            if report.case_id is not None and report.sealed_at is not None:
                self._last[report.case_id] = (report.sealed_at, self._arrival(report.id))

    def is_late(self, row: Any, value: ConflictValue) -> bool:
        """Whether the value was written, or arrived, after the last signature of its case."""
        signed = self._last.get(self._case(row)) if row is not None else None
        return signed is not None and (value.at > signed[0] or value.seq > signed[1])

    def _case(self, row: Any) -> Any:
        if talk_id := getattr(row, "assessment_id", None):
            talk = self._session.get(Assessment, talk_id)
            return talk.case_id if talk else None
        return getattr(row, "case_id", None)

    def _arrival(self, report_id: uuid.UUID) -> int:
        first = select(LoggedChange.seq).where(LoggedChange.entity_id == report_id)
        return self._session.scalar(first.order_by(LoggedChange.seq).limit(1)) or 0


def _dispute(
    words: RecordWords,
    names: Mapping[uuid.UUID, str],
    conflict: Conflict,
    past: Past,
    row: Any,
    covered: set[Key],
    signed: _Signed,
) -> Dispute:
    shown = past.origins[-1]
    if conflict.is_sealed:
        shown = past.earlier or past.origins[0]

    def version(value: ConflictValue) -> Version:
        said = words.value(conflict.entity, conflict.field, row, value.value)
        is_shown = value is shown
        is_late = not is_shown if conflict.is_sealed else signed.is_late(row, value)
        made = (value.author, value.device, value.at, value.is_own)
        return Version(value.value, said, *made, is_shown=is_shown, is_late=is_late)

    versions = [version(value) for value in past.origins]
    versions.sort(key=lambda v: (not v.is_own, -v.at.timestamp()))
    is_covered = conflict.key in covered
    record, detail = ("", "") if is_covered else words.name(conflict.entity, row)
    return Dispute(
        conflict=conflict,
        company=names.get(conflict.company_id, "–"),
        record=record,
        detail=detail,
        versions=tuple(versions),
        earlier=None if past.earlier is None else version(past.earlier),
        text=_typable(words, conflict, row),
        is_covered=is_covered,
    )


def _typable(words: RecordWords, conflict: Conflict, row: Any) -> str | None:
    """The text an own wording starts from; None for codes, numbers, days and what is sealed."""
    shown = conflict.values[-1].value
    if conflict.is_sealed or conflict.entity in SINGLY:
        return None
    if conflict.field == "response" and row is not None:
        item = words.item_of(row)
        is_text = item is not None and item.kind in (Kind.TEXT, Kind.LONG_TEXT)
        return str(shown.get("value", "")) if is_text and isinstance(shown, Mapping) else None
    if isinstance(shown, Mapping):
        return str(shown.get("text", "")) if "text" in shown else None
    known = shape(conflict.entity)
    described = known.fields.get(conflict.field) if known else None
    is_text = described is not None and isinstance(described.columns[0].type, Text)
    return shown if is_text and isinstance(shown, str) and conflict.field not in CODED else None


def _company_names(session: Session, found: Sequence[Conflict]) -> dict[uuid.UUID, str]:
    ids = {conflict.company_id for conflict in found}
    query = select(Company.id, Company.name).where(Company.id.in_(ids))
    return {key: name or "Unternehmen ohne Namen" for key, name in session.execute(query)}


def _seen(conflict: Conflict) -> frozenset[ChangeName]:
    return frozenset(value.name for value in conflict.values)


def _the_only(versions: Sequence[Version]) -> Version | None:
    return versions[0] if len(versions) == 1 else None


_RULES: Mapping[Rule, Callable[[Sequence[Version]], Version | None]] = {
    Rule.MINE: lambda versions: _the_only([v for v in versions if v.is_own]),
    Rule.THEIRS: lambda versions: _the_only([v for v in versions if not v.is_own]),
    Rule.NEWER: lambda versions: max(versions, key=lambda v: v.at),
}
