"""Records, fields and values of a change in German; the program on the laptops has its own words.

What is not listed here is shown by its name in the change log.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

LONGEST_VALUE = 240
DEEPEST, MOST_PARTS = 3, 10
DAY = re.compile(r"^(\d{4})-(\d\d)-(\d\d)$")
ENTITIES: Mapping[str, str] = {
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
    "attachment": "Datei",
    "dissent": "Gesprächsanlass",
    "parking": "Handlungsfeld",
    "report": "Bericht",
    "signature": "Unterschrift",
    "target": "Soll und Rang",
    "scenario": "Szenario",
    "release": "Freigabe des Betriebsrats",
    "follow_up": "Wiedervorlage",
    "referral": "Verweis",
    "affiliate": "Beteiligung",
    "closed_year": "Geschäftsjahr",
    "staff_count": "Beschäftigte nach Stunden",
    "de_minimis_aid": "De-minimis-Beihilfe",
    "passage": "Passage im Bericht",
    "report_chapter": "Kapitel im Bericht",
    "insertion": "Eigener Absatz im Bericht",
    "mail_draft": "E-Mail-Entwurf",
    "case_figures": "Kennzahlen für die Region",
}
FIELDS: Mapping[str, str] = {
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
    "merged_into": "zusammengeführt mit",
    "distinct_from": "verschieden von",
    "figures": "Kennzahlen",
    "phone": "Telefon",
    "email": "E-Mail",
    "role": "Rolle",
    "function": "Funktion",
    "purpose": "Anlass",
    "occasion": "Anlass",
    "place": "Ort",
    "starts_at": "Beginn",
    "ends_at": "Ende",
    "hours": "Stunden",
    "state": "Stand",
    "title": "Titel",
    "text": "Text",
    "content": "Inhalt",
    "wording": "Wortlaut",
    "subject": "Betreff",
    "owner": "Zuständig",
    "due_on": "Termin",
    "done_on": "Erledigt am",
    "effort": "Aufwand",
    "benefit": "Nutzen",
    "effect": "Wirkung",
    "response": "Antwort",
    "evidence": "Belegstufe",
    "note": "Notiz",
    "decision": "Entscheidung",
    "reason": "Begründung",
    "granted": "erteilt",
    "given_by": "erteilt durch",
    "given_at": "erteilt am",
    "released": "freigegeben",
    "deleted": "entfernt",
    "questionnaire": "Fragebogen",
    "question": "Frage",
    "dimension": "Handlungsfeld",
    "level": "Soll",
    "relevance": "Relevanz",
    "rank": "Rang",
    "file_name": "Name",
    "revealed": "aufgedeckt",
    "parked": "zurückgestellt",
    "offer": "Angebot",
    "offers": "Angebote",
    "recipient": "Stelle",
    "concern": "Anliegen",
    "feedback": "Rückmeldung",
    "year": "Jahr",
    "value": "Wert",
    "amount": "Betrag",
    "as_of": "Stichtag",
}


def field_words(entity: str, field: str) -> str:
    """Ansprechperson: Telefon; one word where both are the same, "" where neither is known."""
    words = (ENTITIES.get(entity, entity), FIELDS.get(field, field))
    return ": ".join(dict.fromkeys(word for word in words if word))


def value_words(value: object) -> str:
    """A value in one short line: without marks that turn or hide text, cut where it is long."""
    plain = _words(value)[: 4 * LONGEST_VALUE]
    line = " ".join("".join(c if c.isprintable() else " " for c in plain).split())
    return line if len(line) <= LONGEST_VALUE else f"{line[: LONGEST_VALUE - 1].rstrip()}…"


def _words(value: object, depth: int = 0) -> str:
    """Never more of it than a line takes, however long and deep a laptop made it."""
    match value:
        case None | "":
            words = ""
        case bool():
            words = "ja" if value else "nein"
        case float():
            words = str(value).replace(".", ",")
        case list() | dict() if depth == DEEPEST:
            words = "…"
        case list():
            words = ", ".join(_words(item, depth + 1) for item in islice(value, MOST_PARTS))
        case dict():
            said = ((k, v) for k, v in islice(value.items(), MOST_PARTS) if v is not None)
            words = "; ".join(f"{FIELDS.get(k, k)}: {_words(v, depth + 1)}" for k, v in said)
        case _:
            words = DAY.sub(r"\3.\2.\1", str(value)[: LONGEST_VALUE + 1])
    return words or "leer"
