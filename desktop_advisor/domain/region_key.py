"""AGS and ARS: the official key of a municipality or county (domain §7)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_advisor.domain.identifier import Identifier
from desktop_advisor.domain.regions import county_name

LANDS = {
    "01": "Schleswig-Holstein",
    "02": "Hamburg",
    "03": "Niedersachsen",
    "04": "Bremen",
    "05": "Nordrhein-Westfalen",
    "06": "Hessen",
    "07": "Rheinland-Pfalz",
    "08": "Baden-Württemberg",
    "09": "Bayern",
    "10": "Saarland",
    "11": "Berlin",
    "12": "Brandenburg",
    "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen",
    "15": "Sachsen-Anhalt",
    "16": "Thüringen",
}


@dataclass(frozen=True)
class RegionKey(Identifier):
    """county: five digits. county_name: "" for a county outside the networks.

    municipality: the AGS of eight digits, "" where only the county is known.
    """

    county: str = ""
    county_name: str = ""
    municipality: str = ""


def check_region_key(typed: str) -> RegionKey:
    """Whether `typed` is a county key (5), an AGS (8) or an ARS (12 digits), kept as text.

    An ARS carries the association of municipalities in its digits 6 to 9; the AGS leaves it out.
    A county outside the networks is no error: the firm may have its seat anywhere.
    """
    value = re.sub(r"\s", "", typed)
    if not value:
        return RegionKey("")
    if not re.fullmatch(r"[0-9]{5}|[0-9]{8}|[0-9]{12}", value):
        return RegionKey(
            typed.strip(),
            "Erwartet werden 5 Ziffern (Kreis), 8 Ziffern (AGS) oder 12 Ziffern (ARS).",
        )
    land = LANDS.get(value[:2])
    if land is None:
        return RegionKey(value, "Die ersten zwei Ziffern nennen das Land: 01 bis 16.")
    county, name = value[:5], county_name(value)
    municipality = {5: "", 8: value, 12: value[:5] + value[-3:]}[len(value)]
    said = f"{name} ({land})" if name else f"{land}, Kreis außerhalb der Netzwerkregionen"
    return RegionKey(value, "", said, county, name, municipality)
