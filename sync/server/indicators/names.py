"""German names of what the tables show by key: Kreise, branches, sizes, fields of action."""

from __future__ import annotations

from collections.abc import Mapping

COUNTIES: Mapping[str, str] = {
    "11000": "Berlin",
    "12051": "Brandenburg an der Havel",
    "12052": "Cottbus",
    "12053": "Frankfurt (Oder)",
    "12054": "Potsdam",
    "12060": "Barnim",
    "12061": "Dahme-Spreewald",
    "12062": "Elbe-Elster",
    "12063": "Havelland",
    "12064": "Märkisch-Oderland",
    "12065": "Oberhavel",
    "12066": "Oberspreewald-Lausitz",
    "12067": "Oder-Spree",
    "12068": "Ostprignitz-Ruppin",
    "12069": "Potsdam-Mittelmark",
    "12070": "Prignitz",
    "12071": "Spree-Neiße",
    "12072": "Teltow-Fläming",
    "12073": "Uckermark",
    "14511": "Chemnitz",
    "14521": "Erzgebirgskreis",
    "14522": "Mittelsachsen",
    "14523": "Vogtlandkreis",
    "14524": "Zwickau",
    "14612": "Dresden",
    "14625": "Bautzen",
    "14626": "Görlitz",
    "14627": "Meißen",
    "14628": "Sächsische Schweiz-Osterzgebirge",
    "14713": "Leipzig, Stadt",
    "14729": "Landkreis Leipzig",
    "14730": "Nordsachsen",
}
"""Amtlicher Gemeindeschlüssel, first five digits (domain §7)."""
BRANCHES: Mapping[str, str] = {
    "C13": "Textilien",
    "C22": "Gummi- und Kunststoffwaren",
    "C24": "Metallerzeugung, Gießereien",
    "C25": "Metallerzeugnisse",
    "C26": "Elektronische Erzeugnisse",
    "C27": "Elektrische Ausrüstungen",
    "C28": "Maschinenbau",
    "C29": "Kraftwagen und Kraftwagenteile",
    "C30": "Sonstiger Fahrzeugbau",
    "C33": "Reparatur und Installation von Maschinen",
    "G45": "Handel mit Kraftfahrzeugen, Instandhaltung",
    "H49": "Landverkehr",
    "H52": "Lagerei, Dienstleistungen für den Verkehr",
    "J62": "Dienstleistungen der Informationstechnologie",
    "M71": "Architektur- und Ingenieurbüros",
    "M72": "Forschung und Entwicklung",
}
"""Section and division of the WZ, those of the supply chain (domain §7); our short words."""
SIZES: Mapping[str, str] = {
    "micro": "Kleinstunternehmen",
    "small": "kleines Unternehmen",
    "medium": "mittleres Unternehmen",
    "large": "Großunternehmen",
}
DIMENSIONS: Mapping[str, str] = {
    "D01": "Geschäftsfeldentwicklung",
    "D02": "Antriebswende",
    "D03": "Digitale Transformation",
    "D04": "Ökologische Transformation und Kreislauf",
    "D05": "Energie- und Klimawende",
    "D06": "Mobilitätsinnovation",
    "D07": "Qualifizierung und Weiterbildung",
    "D08": "Fachkräftesicherung und Demografie",
    "D09": "Wissenschaftstransfer und Innovation",
    "D10": "Netzwerk und Kooperation",
    "D11": "Transformationsmanagement und Beteiligung",
    "D12": "Standortbedingungen",
}
"""Handlungsfelder (domain §3)."""
FORMS: Mapping[str, str] = {"kurzcheck": "Kurzcheck", "vollcheck": "Vollcheck"}
MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August"),
    *("September", "Oktober", "November", "Dezember"),
)
NOT_KNOWN = "nicht angegeben"


def label_of(table: str, row: str, offers: Mapping[str, str]) -> str:
    """How a row of a table is called; the key itself where no better word is known.

    offers: titles by their ids.
    """
    if row == "?":
        return NOT_KNOWN
    if table == "month":
        year, month = row.split("-")
        return f"{MONTHS[int(month) - 1]} {year}"
    if table == "district":
        return f"{COUNTIES.get(row, 'Kreis')} ({row})"
    if table == "branch":
        return f"{row} {BRANCHES.get(row, '')}".strip()
    if table == "size":
        return SIZES[row]
    return offers.get(row, row) if table == "offer" else row


def form_label(form: str) -> str:
    """A questionnaire by its id."""
    return FORMS.get(form, form)


def dimension_label(code: str, form: str = "") -> str:
    """A field of action; with the questionnaire where there are several."""
    name = f"{code} {DIMENSIONS.get(code, '')}".strip()
    return f"{name} ({form_label(form)})" if form else name
