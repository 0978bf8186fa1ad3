"""Records and fields of the change log as an advisor calls them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def field_words(entity: str, field: str) -> str:
    """Ansprechperson: Telefon."""
    return f"{entity_name(entity)}: {field_name(field)}"


def entity_name(entity: str) -> str:
    """Ansprechperson."""
    return _entities().get(entity, entity)


def field_name(field: str) -> str:
    """Telefon."""
    return _fields().get(field, field)


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
        "report": translate("synchronise", "Bericht"),
        "signature": translate("synchronise", "Unterschrift"),
        "target": translate("synchronise", "Soll und Rang"),
        "scenario": translate("synchronise", "Szenario"),
        "release": translate("synchronise", "Freigabe des Betriebsrats"),
        "follow_up": translate("synchronise", "Wiedervorlage"),
        "referral": translate("synchronise", "Verweis"),
        "affiliate": translate("synchronise", "Beteiligung"),
        "closed_year": translate("synchronise", "Geschäftsjahr"),
        "staff_count": translate("synchronise", "Beschäftigte nach Stunden"),
        "de_minimis_aid": translate("synchronise", "De-minimis-Beihilfe"),
        "passage": translate("synchronise", "Passage im Bericht"),
        "report_chapter": translate("synchronise", "Kapitel im Bericht"),
        "insertion": translate("synchronise", "Eigener Absatz im Bericht"),
        "mail_draft": translate("synchronise", "E-Mail-Entwurf"),
        "case_figures": translate("synchronise", "Kennzahlen für die Region"),
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
        "merged_into": translate("synchronise", "zusammengeführt mit"),
        "distinct_from": translate("synchronise", "verschieden von"),
        "figures": translate("synchronise", "Kennzahlen"),
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
        **_talk_fields(),
        **_plan_fields(),
        **_size_fields(),
        **_report_fields(),
    }


def _talk_fields() -> dict[str, str]:
    """Fields of case, visit, consent, notes and release."""
    return {
        "occasion": translate("synchronise", "Anlass"),
        "opened_on": translate("synchronise", "Eröffnet am"),
        "hours": translate("synchronise", "Stunden"),
        "given_by": translate("synchronise", "erteilt durch"),
        "given_at": translate("synchronise", "erteilt am"),
        "respondents": translate("synchronise", "Befragte Personen"),
        "dimension": translate("synchronise", "Handlungsfeld"),
        "question": translate("synchronise", "Frage"),
        "perspective": translate("synchronise", "Sichtweise"),
        "released": translate("synchronise", "freigegeben"),
        "released_by": translate("synchronise", "entschieden durch"),
        "released_at": translate("synchronise", "entschieden am"),
    }


def _plan_fields() -> dict[str, str]:
    """Fields of targets, scenarios, measures, follow-up and referrals."""
    return {
        "level": translate("synchronise", "Soll"),
        "relevance": translate("synchronise", "Relevanz"),
        "rank": translate("synchronise", "Rang"),
        "reason": translate("synchronise", "Begründung"),
        "remaining": translate("synchronise", "verbleibender Anteil"),
        "steps": translate("synchronise", "Schritte"),
        "starts_on": translate("synchronise", "Beginn"),
        "done_on": translate("synchronise", "Erledigt am"),
        "benefit": translate("synchronise", "Nutzen"),
        "metric": translate("synchronise", "Messgröße"),
        "depends_on": translate("synchronise", "wartet auf"),
        "effect": translate("synchronise", "Wirkung"),
        "effect_on": translate("synchronise", "Wirkung geprüft am"),
        "offers": translate("synchronise", "Angebote"),
        "months": translate("synchronise", "Monate"),
        "offer": translate("synchronise", "Angebot"),
        "recipient": translate("synchronise", "Stelle"),
        "concern": translate("synchronise", "Anliegen"),
        "consent_by": translate("synchronise", "Einwilligung durch"),
        "consent_on": translate("synchronise", "Einwilligung am"),
        "sent_on": translate("synchronise", "Übergeben am"),
        "feedback": translate("synchronise", "Rückmeldung"),
        "feedback_on": translate("synchronise", "Rückmeldung am"),
    }


def _report_fields() -> dict[str, str]:
    """Fields of edited passages, chapters, own parts and mails."""
    return {
        "wording": translate("synchronise", "Wortlaut"),
        "chapter": translate("synchronise", "Kapitel"),
        "is_shown": translate("synchronise", "gedruckt"),
        "content": translate("synchronise", "Inhalt"),
        "subject": translate("synchronise", "Betreff"),
        "attachments": translate("synchronise", "Anlagen"),
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
