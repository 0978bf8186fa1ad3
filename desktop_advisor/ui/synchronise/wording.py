"""Sync states, conflicts and values in plain German."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop_advisor.domain.german import counted, short_date
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.usecases.synchronising import CompanySyncState, SyncResult

translate = QCoreApplication.translate


def _states() -> dict[str, str]:
    """State of an answer → its word."""
    return {
        "na": translate("synchronise", "nicht zutreffend"),
        "dk": translate("synchronise", "weiß nicht"),
        "kv": translate("synchronise", "keine Angabe"),
        "open": translate("synchronise", "offen"),
    }


def file_state(row: CompanySyncState, *, is_enrolled: bool) -> tuple[str, Tone]:
    """Where a company file stands; what needs a person comes first."""
    if row.conflicts:
        return counted(
            row.conflicts,
            translate("synchronise", "Konflikt"),
            translate("synchronise", "Konflikte"),
        ), Tone.DANGER
    if row.quarantined:
        return translate("synchronise", "{0} zurückgestellt").format(
            row.quarantined
        ), Tone.ATTENTION
    if not is_enrolled:
        return translate("synchronise", "nur auf diesem Gerät"), Tone.NEUTRAL
    if row.unsent:
        return translate("synchronise", "{0} noch nicht gesendet").format(
            row.unsent
        ), Tone.ATTENTION
    return translate("synchronise", "✓ bestätigt"), Tone.GOOD


def result_words(result: SyncResult) -> str:
    """What a run did, for the log."""
    sentences = [_moved_words(result)]
    if result.files_sent or result.files_received:
        files = translate("synchronise", "Dateien: {0} gesendet, {1} empfangen.")
        sentences.append(files.format(result.files_sent, result.files_received))
    if result.quarantined:
        kept = counted(
            result.quarantined,
            translate("synchronise", "Änderung"),
            translate("synchronise", "Änderungen"),
        )
        words = translate(
            "synchronise", "{0} hat der Server zurückgestellt, hier bleibt alles erhalten."
        )
        sentences.append(words.format(kept))
    return " ".join((*sentences, *result.notices))


def _moved_words(result: SyncResult) -> str:
    if not (result.sent or result.received or result.quarantined):
        return translate("synchronise", "Nichts Neues, auf beiden Seiten ist alles gleich.")
    sent = counted(
        result.sent, translate("synchronise", "Änderung"), translate("synchronise", "Änderungen")
    )
    got = counted(
        result.received,
        translate("synchronise", "Änderung"),
        translate("synchronise", "Änderungen"),
    )
    return translate("synchronise", "{0} gesendet und bestätigt, {1} empfangen.").format(sent, got)


def value_words(value: Any) -> str:
    """A value of the change log as an advisor reads it."""
    if isinstance(value, Mapping):
        state = str(value.get("state", ""))
        said = value.get("value") or value.get("text") or value.get("caption") or ""
        shown = _states().get(state) or str(said)
        return f"{shown} ({value['reason']})" if value.get("reason") else shown
    if value is None or value == "":
        return translate("synchronise", "leer")
    if isinstance(value, bool):
        return translate("synchronise", "ja") if value else translate("synchronise", "nein")
    text = str(value)
    try:
        return short_date(date.fromisoformat(text))
    except ValueError:
        return text
