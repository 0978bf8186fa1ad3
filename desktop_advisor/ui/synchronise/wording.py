"""Sync states, conflicts and values in plain German."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from desktop_advisor.domain.german import counted, figure, one_digit
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.words import age_words, joined
from desktop_advisor.usecases.sync_state import CompanySyncState

translate = QCoreApplication.translate


def file_state(
    row: CompanySyncState, *, is_enrolled: bool, is_accepted: bool = True
) -> tuple[str, Tone]:
    """Where a company file stands; what needs a person comes first."""
    if row.conflicts:
        return counted(
            row.conflicts,
            translate("synchronise", "Konflikt"),
            translate("synchronise", "Konflikte"),
        ), Tone.ATTENTION
    if row.quarantined:
        return translate("synchronise", "{0} zurückgestellt").format(
            row.quarantined
        ), Tone.ATTENTION
    if not is_enrolled:
        return translate("synchronise", "nur auf diesem Gerät"), Tone.NEUTRAL
    if not is_accepted:
        words = translate("synchronise", "{0} nur hier").format(row.unsent)
        stopped = translate("synchronise", "nicht mehr abgeglichen")
        return (words, Tone.ATTENTION) if row.unsent else (stopped, Tone.NEUTRAL)
    if row.unsent:
        return translate("synchronise", "{0} noch nicht gesendet").format(
            row.unsent
        ), Tone.ATTENTION
    return translate("synchronise", "✓ bestätigt"), Tone.GOOD


def file_detail(row: CompanySyncState, now: datetime) -> str:
    """What of a company file is here, on its way and confirmed, and why something is kept aside."""
    parts = []
    local = row.unsent - row.sent
    if local:
        parts.append(translate("synchronise", "{0} nur hier").format(local))
    if row.sent:
        parts.append(translate("synchronise", "{0} noch ohne Antwort").format(row.sent))
    if row.since is not None:
        oldest = translate("synchronise", "älteste {0}")
        parts.append(oldest.format(age_words(row.since, now)))
    if row.applied:
        parts.append(translate("synchronise", "{0} am Server").format(figure(row.applied)))
    return "\n".join(part for part in (joined(*parts), *row.reasons, late_words(row.late)) if part)


def late_words(count: int) -> str:
    """What came in for sealed fields; "" for nothing."""
    if not count:
        return ""
    fields = counted(count, translate("synchronise", "Angabe"), translate("synchronise", "Angaben"))
    words = translate("synchronise", "{0} nach Unterschrift eingegangen; das Gesiegelte bleibt")
    return words.format(fields)


def size_words(size: int) -> str:
    """Bytes as an advisor reads them; "" for none."""
    if size <= 0:
        return ""
    if size < 1_000_000:
        return translate("synchronise", "{0} kB").format(max(1, round(size / 1000)))
    megabytes = one_digit(Decimal(size) / 1_000_000)
    return translate("synchronise", "{0} MB").format(megabytes)
