"""Sync states, conflicts and values in plain German."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop_advisor.domain.german import counted, short_date
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.usecases.synchronising import CompanySyncState, SyncResult

_ENTITIES = {
    "company": "Unternehmen",
    "site": "Betrieb",
    "contact": "Ansprechperson",
    "case": "Beratungsfall",
    "visit": "Termin",
    "participant": "Beteiligte Person",
    "consent": "Einwilligung",
    "assessment": "Transformationscheck",
    "answer": "Antwort",
    "recommendation": "Empfehlung",
    "measure": "Maßnahme",
    "note": "Notiz",
}
_FIELDS = {
    "name": "Name",
    "legal_form": "Rechtsform",
    "street": "Straße",
    "postcode": "Postleitzahl",
    "town": "Ort",
    "ags": "Kreisschlüssel",
    "wz_code": "Wirtschaftszweig",
    "heads": "Beschäftigte",
    "staff_units": "Jahresarbeitseinheiten",
    "turnover_million": "Jahresumsatz",
    "balance_million": "Bilanzsumme",
    "has_works_council": "Betriebsrat",
    "vat_id": "USt-IdNr.",
    "products": "Produkte und Leistungen",
    "website": "Internetseite",
    "phone": "Telefon",
    "email": "E-Mail",
    "role": "Rolle",
    "function": "Funktion",
    "purpose": "Anlass",
    "place": "Ort",
    "starts_at": "Beginn",
    "ends_at": "Ende",
    "state": "Stand",
    "title": "Titel",
    "text": "Text",
    "owner": "Zuständig",
    "due_on": "Termin",
    "effort": "Aufwand",
    "response": "Antwort",
    "evidence": "Belegstufe",
    "note": "Notiz",
    "decision": "Entscheidung",
    "granted": "erteilt",
    "deleted": "entfernt",
}
_STATES = {"na": "nicht zutreffend", "dk": "weiß nicht", "kv": "keine Angabe", "open": "offen"}


def _tr(text: str) -> str:
    return QCoreApplication.translate("synchronise", text)


def file_state(row: CompanySyncState, *, is_enrolled: bool) -> tuple[str, Tone]:
    """Where a company file stands; what needs a person comes first."""
    if row.conflicts:
        return counted(row.conflicts, _tr("Konflikt"), _tr("Konflikte")), Tone.DANGER
    if row.quarantined:
        return _tr("{0} zurückgestellt").format(row.quarantined), Tone.ATTENTION
    if not is_enrolled:
        return _tr("nur auf diesem Gerät"), Tone.NEUTRAL
    if row.unsent:
        return _tr("{0} noch nicht gesendet").format(row.unsent), Tone.ATTENTION
    return _tr("✓ bestätigt"), Tone.GOOD


def result_words(result: SyncResult) -> str:
    """What a run did, for the log."""
    sentences = [_moved_words(result)]
    if result.files_sent or result.files_received:
        files = _tr("Dateien: {0} gesendet, {1} empfangen.")
        sentences.append(files.format(result.files_sent, result.files_received))
    if result.quarantined:
        kept = counted(result.quarantined, _tr("Änderung"), _tr("Änderungen"))
        words = _tr("{0} hat der Server zurückgestellt, hier bleibt alles erhalten.")
        sentences.append(words.format(kept))
    return " ".join((*sentences, *result.notices))


def _moved_words(result: SyncResult) -> str:
    if not (result.sent or result.received or result.quarantined):
        return _tr("Nichts Neues, auf beiden Seiten ist alles gleich.")
    sent = counted(result.sent, _tr("Änderung"), _tr("Änderungen"))
    got = counted(result.received, _tr("Änderung"), _tr("Änderungen"))
    return _tr("{0} gesendet und bestätigt, {1} empfangen.").format(sent, got)


def field_words(entity: str, field: str) -> str:
    """Ansprechperson: Telefon."""
    return f"{_ENTITIES.get(entity, entity)}: {_FIELDS.get(field, field)}"


def value_words(value: Any) -> str:
    """A value of the change log as an advisor reads it."""
    if isinstance(value, Mapping):
        state = str(value.get("state", ""))
        shown = _STATES.get(state) or str(value.get("value", ""))
        return f"{shown} ({value['reason']})" if value.get("reason") else shown
    if value is None or value == "":
        return _tr("leer")
    if isinstance(value, bool):
        return _tr("ja") if value else _tr("nein")
    text = str(value)
    try:
        return short_date(date.fromisoformat(text))
    except ValueError:
        return text
