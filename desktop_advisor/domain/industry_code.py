"""Wirtschaftszweig: WZ 2008 and WZ 2025 side by side, never one over the other (domain §7)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_advisor.domain.identifier import Identifier

EDITIONS = ("2008", "2025")
"""WZ 2025 follows NACE Rev. 2.1 (Regulation (EU) 2023/137), WZ 2008 follows NACE Rev. 2."""
_SHAPE = re.compile(r"([0-9]{2})(\.[0-9]([0-9](\.[0-9])?)?)?")
_BARE = re.compile(r"([0-9]{2})([0-9]{1,2})([0-9])?")

_2008 = frozenset(
    f"{number:02d}"
    for first, last in (
        *((1, 3), (5, 9), (10, 33), (35, 39), (41, 43), (45, 47), (49, 53), (55, 56), (58, 63)),
        *((64, 66), (68, 75), (77, 82), (84, 88), (90, 99)),
    )
    for number in range(first, last + 1)
)
_DIVISIONS = {"2008": _2008, "2025": _2008 - {"45"}}
"""88 divisions of WZ 2008; NACE Rev. 2.1 moved the motor trade (45) into 46, 47 and 95."""

LABELS_2008 = {
    "13": "Herstellung von Textilien",
    "22.1": "Gummiwaren",
    "22.2": "Kunststoffwaren",
    "24.5": "Gießereien",
    "24.51": "Eisengießereien",
    "24.52": "Stahlgießereien",
    "24.53": "Leichtmetallgießereien",
    "24.54": "Buntmetallgießereien",
    "25": "Herstellung von Metallerzeugnissen",
    "25.5": "Schmiede-, Press-, Zieh- und Stanzteile",
    "25.61": "Oberflächenveredlung und Wärmebehandlung",
    "25.62": "Mechanik",
    "25.73": "Werkzeuge",
    "25.94": "Schrauben und Nieten",
    "25.99": "sonstige Metallwaren",
    "26": "Elektronische Erzeugnisse",
    "27.1": "Elektromotoren, Generatoren, Transformatoren",
    "27.2": "Batterien und Akkumulatoren",
    "27.3": "Kabel und Installationsmaterial",
    "28.11": "Verbrennungsmotoren und Turbinen (ohne Kraftfahrzeuge)",
    "28.15": "Lager, Getriebe, Zahnräder und Antriebselemente",
    "28.22": "Hebezeuge und Fördermittel",
    "28.41": "Werkzeugmaschinen für die Metallbearbeitung",
    "28.9": "Maschinen für bestimmte Wirtschaftszweige",
    "29": "Herstellung von Kraftwagen und Kraftwagenteilen",
    "29.1": "Kraftwagen und Kraftwagenmotoren",
    "29.2": "Karosserien, Aufbauten und Anhänger",
    "29.31": "elektrische und elektronische Ausrüstungen für Kraftwagen",
    "29.32": "sonstige Teile und Zubehör für Kraftwagen",
    "30.2": "Schienenfahrzeugbau",
    "33": "Reparatur und Installation von Maschinen",
    "45": "Handel mit Kraftfahrzeugen, Instandhaltung",
    "49.41": "Güterbeförderung im Straßenverkehr",
    "52": "Lagerei und Verkehrsdienstleistungen",
    "62": "Dienstleistungen der Informationstechnologie",
    "71.12": "Ingenieurbüros",
    "72": "Forschung und Entwicklung",
}
LABELS_2025 = {
    **{code: words for code, words in LABELS_2008.items() if not code.startswith(("25.", "45"))},
    "25.4": "Schmiede-, Press-, Zieh- und Stanzteile, Pulvermetallurgie",
    "25.5": "Oberflächenbehandlung und Bearbeitung von Metallen",
    "25.53": "Zerspanen von Metallen (Mechanik)",
    "25.63": "Werkzeuge",
}
_LABELS = {"2008": LABELS_2008, "2025": LABELS_2025}

_UNCHANGED = ("24.51", "24.52", "24.53", "24.54", "29.10", "29.20", "29.31", "29.32")
TO_2025 = {
    **{code: code for code in _UNCHANGED},
    "25.50": "25.40",
    "25.62": "25.53",
    "25.73": "25.63",
}
"""Classes of WZ 2008 that lead into exactly one class of WZ 2025, as far as we are certain.

25.61 is missing on purpose: it was divided into 25.51 and 25.52.
"""


@dataclass(frozen=True)
class IndustryCode(Identifier):
    """edition: 2008 or 2025. label: key branches of the supply industry, "" for others."""

    edition: str = ""
    label: str = ""


def check_industry_code(typed: str, edition: str = "2008") -> IndustryCode:
    """Whether `typed` has the form 29, 29.3, 29.32 or 29.32.0 and its division exists.

    Groups and classes are not looked up; a code of the other edition is never rewritten.
    """
    value = re.sub(r"\s", "", typed)
    if not value:
        return IndustryCode("", edition=edition)
    if bare := _BARE.fullmatch(value):
        value = f"{bare[1]}.{bare[2]}" + (f".{bare[3]}" if bare[3] else "")
    found = _SHAPE.fullmatch(value)
    if found is None:
        return IndustryCode(
            typed.strip(), "Erwartet wird ein WZ-Code wie 29.32 oder 29.32.0.", edition=edition
        )
    if found[1] not in _DIVISIONS[edition]:
        return IndustryCode(
            value, f"Eine Abteilung {found[1]} gibt es in der WZ {edition} nicht.", edition=edition
        )
    label = industry_label(value, edition)
    return IndustryCode(value, "", _said(value, edition, label), edition, label)


def industry_label(code: str, edition: str = "2008") -> str:
    """What the code or the nearest branch above it means; "" where we have no label."""
    for length in range(len(code), 1, -1):
        if words := _LABELS[edition].get(code[:length].rstrip(".")):
            return words
    return ""


def in_2025(code_2008: str) -> str:
    """The class of WZ 2025 that a class of WZ 2008 leads into; "" where that is not certain."""
    return TO_2025.get(code_2008[:5], "")


def _said(code: str, edition: str, label: str) -> str:
    words = f"WZ {edition}: {label}" if label else f"WZ {edition}"
    newer = in_2025(code) if edition == "2008" else ""
    if newer:
        words += f"; in der WZ 2025: {newer}"
    return words
