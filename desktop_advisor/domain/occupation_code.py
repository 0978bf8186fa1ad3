"""KldB 2010 (edition 2020): occupation and the level of its demands (domain §7)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_advisor.domain.identifier import Identifier

LEVELS = {
    "1": "Helfer- und Anlerntätigkeiten",
    "2": "fachlich ausgerichtete Tätigkeiten",
    "3": "komplexe Spezialistentätigkeiten",
    "4": "hoch komplexe Tätigkeiten",
}
"""Anforderungsniveau, the fifth digit."""
_LEVEL_WORDS = {"1": "Helfer", "2": "Fachkraft", "3": "Spezialist", "4": "Experte"}

_MAIN_GROUPS = frozenset(
    f"{number:02d}"
    for first, last in (
        *((1, 1), (11, 12), (21, 29), (31, 34), (41, 43), (51, 54)),
        *((61, 63), (71, 73), (81, 84), (91, 94)),
    )
    for number in range(first, last + 1)
)
"""The 37 Berufshauptgruppen."""
LABELS = {
    "22": "Kunststoff und Holz",
    "24": "Metallerzeugung, Metallbearbeitung, Metallbau",
    "25": "Maschinen- und Fahrzeugtechnik",
    "26": "Mechatronik, Energie und Elektro",
    "27": "Technische Entwicklung, Konstruktion, Produktionssteuerung",
    "28": "Textil und Leder",
    "41": "Mathematik, Biologie, Chemie, Physik",
    "43": "Informatik und Kommunikationstechnik",
    "51": "Verkehr und Logistik",
    "61": "Einkauf, Vertrieb und Handel",
    "71": "Unternehmensführung und -organisation",
    "72": "Finanzen, Rechnungswesen, Steuern",
}
"""Main groups that occur in the supply industry, in our short words."""


@dataclass(frozen=True)
class OccupationCode(Identifier):
    """level: 1 to 4, None where the code is not sound. group: words of its main group, or ""."""

    level: int | None = None
    group: str = ""


def check_occupation_code(typed: str) -> OccupationCode:
    """Whether `typed` can be a five-digit KldB code: existing main group, level 1 to 4.

    The 1,300 codes themselves are not part of the program: passing them on needs the consent of
    the employment agency.
    """
    value = re.sub(r"[\s.]|^[Bb]\s*", "", typed)
    if not value:
        return OccupationCode("")
    if not re.fullmatch(r"[0-9]{5}", value):
        return OccupationCode(typed.strip(), "Ein KldB-Code hat fünf Ziffern, etwa 24412.")
    if value[:2] not in _MAIN_GROUPS:
        return OccupationCode(value, f"Eine Berufshauptgruppe {value[:2]} gibt es nicht.")
    if value[4] not in LEVELS:
        return OccupationCode(
            value, "Die fünfte Ziffer nennt das Anforderungsniveau: 1, 2, 3 oder 4."
        )
    group = LABELS.get(value[:2], "")
    level = f"Anforderungsniveau {value[4]} ({_LEVEL_WORDS[value[4]]})"
    return OccupationCode(value, "", f"{group}, {level}" if group else level, int(value[4]), group)
