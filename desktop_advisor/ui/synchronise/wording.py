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


def _entities() -> dict[str, str]:
    """Entity of the change log → what an advisor calls it."""
    return {
        "company": translate("synchronise", "Unternehmen"),
        "site": translate("synchronise", "Betrieb"),
        "contact": translate("synchronise", "Ansprechperson"),
        "case": translate("synchronise", "Beratungsfall"),
        "visit": translate("synchronise", "Termin"),
        "participant": translate("synchronise", "Beteiligte Person"),
        "consent": translate("synchronise", "Einwilligung"),
        "assessment": translate("synchronise", "Transformationscheck"),
        "answer": translate("synchronise", "Antwort"),
        "recommendation": translate("synchronise", "Empfehlung"),
        "measure": translate("synchronise", "Maßnahme"),
        "note": translate("synchronise", "Notiz"),
        "attachment": translate("synchronise", "Datei"),
        "dissent": translate("synchronise", "Gesprächsanlass"),
        "parking": translate("synchronise", "Handlungsfeld"),
        "affiliate": translate("synchronise", "Beteiligung"),
        "closed_year": translate("synchronise", "Geschäftsjahr"),
        "staff_count": translate("synchronise", "Beschäftigte nach Stunden"),
        "de_minimis_aid": translate("synchronise", "De-minimis-Beihilfe"),
    }


def _fields() -> dict[str, str]:
    """Field of the change log → what an advisor calls it."""
    return {
        "name": translate("synchronise", "Name"),
        "legal_form": translate("synchronise", "Rechtsform"),
        "street": translate("synchronise", "Straße"),
        "postcode": translate("synchronise", "Postleitzahl"),
        "town": translate("synchronise", "Ort"),
        "ags": translate("synchronise", "Kreisschlüssel"),
        "wz_code": translate("synchronise", "Wirtschaftszweig"),
        "heads": translate("synchronise", "Beschäftigte"),
        "staff_units": translate("synchronise", "Jahresarbeitseinheiten"),
        "turnover_million": translate("synchronise", "Jahresumsatz"),
        "balance_million": translate("synchronise", "Bilanzsumme"),
        "has_works_council": translate("synchronise", "Betriebsrat"),
        "vat_id": translate("synchronise", "USt-IdNr."),
        "products": translate("synchronise", "Produkte und Leistungen"),
        "website": translate("synchronise", "Internetseite"),
        "phone": translate("synchronise", "Telefon"),
        "email": translate("synchronise", "E-Mail"),
        "role": translate("synchronise", "Rolle"),
        "function": translate("synchronise", "Funktion"),
        "purpose": translate("synchronise", "Anlass"),
        "place": translate("synchronise", "Ort"),
        "starts_at": translate("synchronise", "Beginn"),
        "ends_at": translate("synchronise", "Ende"),
        "state": translate("synchronise", "Stand"),
        "title": translate("synchronise", "Titel"),
        "text": translate("synchronise", "Text"),
        "owner": translate("synchronise", "Zuständig"),
        "due_on": translate("synchronise", "Termin"),
        "effort": translate("synchronise", "Aufwand"),
        "response": translate("synchronise", "Antwort"),
        "evidence": translate("synchronise", "Belegstufe"),
        "note": translate("synchronise", "Notiz"),
        "decision": translate("synchronise", "Entscheidung"),
        "granted": translate("synchronise", "erteilt"),
        "deleted": translate("synchronise", "entfernt"),
        "questionnaire": translate("synchronise", "Fragebogen"),
        "file_name": translate("synchronise", "Name"),
        "revealed": translate("synchronise", "aufgedeckt"),
        "parked": translate("synchronise", "zurückgestellt"),
        **_size_fields(),
    }


def _size_fields() -> dict[str, str]:
    """Fields of register numbers, group, closed years, staff and aids."""
    return {
        "wz_edition": translate("synchronise", "Ausgabe der WZ"),
        "register_court": translate("synchronise", "Registergericht"),
        "register_number": translate("synchronise", "Registernummer"),
        "establishment_number": translate("synchronise", "Betriebsnummer"),
        "is_owner": translate("synchronise", "hält Anteile"),
        "capital": translate("synchronise", "Kapital (%)"),
        "votes": translate("synchronise", "Stimmen (%)"),
        "controls": translate("synchronise", "Beherrschender Einfluss"),
        "is_public": translate("synchronise", "Öffentliche Stelle"),
        "investor": translate("synchronise", "Ausnahme"),
        "year": translate("synchronise", "Jahr"),
        "owner_changed": translate("synchronise", "Eigentümerwechsel"),
        "full_time": translate("synchronise", "über 30 Std. je Woche"),
        "up_to_30": translate("synchronise", "über 20 bis 30 Std."),
        "up_to_20": translate("synchronise", "über 10 bis 20 Std."),
        "up_to_10": translate("synchronise", "bis 10 Std."),
        "apprentices": translate("synchronise", "Auszubildende"),
        "insured": translate("synchronise", "sozialversicherungspflichtig"),
        "owners": translate("synchronise", "mitarbeitende Inhaber"),
        "as_of": translate("synchronise", "Stichtag"),
        "granted_on": translate("synchronise", "Bewilligt am"),
        "amount": translate("synchronise", "Betrag"),
        "body": translate("synchronise", "Bewilligende Stelle"),
    }


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


def field_words(entity: str, field: str) -> str:
    """Ansprechperson: Telefon."""
    return f"{_entities().get(entity, entity)}: {_fields().get(field, field)}"


def value_words(value: Any) -> str:
    """A value of the change log as an advisor reads it."""
    if isinstance(value, Mapping):
        state = str(value.get("state", ""))
        shown = _states().get(state) or str(value.get("value", ""))
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
