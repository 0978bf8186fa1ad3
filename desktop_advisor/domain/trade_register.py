"""Register number: unique only together with its court (domain §7; § 9 HGB, § 15 HRV)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_advisor.domain.identifier import Identifier

COURTS = ("Chemnitz", "Leipzig", "Dresden", "Charlottenburg (Berlin)", "Cottbus")
"""Register courts of the networks' regions, as suggestions; any other court may be typed."""
_KINDS = {"HRA": "HRA", "HRB": "HRB", "GNR": "GnR", "PR": "PR", "VR": "VR", "GSR": "GsR"}
_NUMBER = re.compile(r"(HRA|HRB|GNR|PR|VR|GSR) ?([1-9][0-9]{0,5}) ?([A-Z]{0,3})")
_EUID = re.compile(r"DE([A-Z][0-9]{4}R?)\.(HRA|HRB|GNR|PR|VR|GSR)_?([1-9][0-9]{0,5})([A-Z]{0,3})")
_COURT_CODE = re.compile(r"[A-Z][0-9]{4}R?")


@dataclass(frozen=True)
class RegisterNumber(Identifier):
    """kind: HRA, HRB, GnR, PR, VR or GsR. suffix: mark of an earlier court ("KI"), or ""."""

    kind: str = ""
    number: str = ""
    suffix: str = ""


def check_register_number(typed: str, court: str = "") -> RegisterNumber:
    """Whether `typed` can be a register number; it has no check digit.

    court: the register court as typed; without one the number is not unique, which is said.
    """
    tidy = re.sub(r"[\s.]+", " ", typed).strip().upper()
    if not tidy:
        return RegisterNumber("", meaning="Registernummer fehlt noch." if court.strip() else "")
    found = _NUMBER.fullmatch(tidy)
    if found is None:
        return RegisterNumber(
            typed.strip(),
            "Erwartet wird eine Nummer wie HRB 12345: HRA, HRB, GnR, PR, VR oder GsR und bis zu "
            "sechs Ziffern.",
        )
    kind, number, suffix = _KINDS[found[1]], found[2], found[3]
    value = f"{kind} {number} {suffix}".strip()
    said = f"Amtsgericht {_plain(court)}, {value}" if court.strip() else ""
    missing = "Nur zusammen mit dem Registergericht eindeutig."
    return RegisterNumber(value, "", said or missing, kind, number, suffix)


def check_euid(typed: str) -> Identifier:
    """Whether `typed` has the form of a European unique identifier (DEX1517R.HRB395KI).

    That the court code exists is not checked: the list of courts is not part of the program.
    """
    value = re.sub(r"\s", "", typed).upper()
    if not value:
        return Identifier("")
    if not _EUID.fullmatch(value):
        return Identifier(
            typed.strip(),
            "Eine EUID besteht aus DE, Gerichtsschlüssel, Punkt und Registernummer, etwa "
            "DEX1517R.HRB395KI.",
        )
    return Identifier(value, meaning="Form stimmt; der Gerichtsschlüssel ist nicht geprüft.")


def euid_of(court_code: str, register: RegisterNumber) -> str:
    """The EUID of a German register entry.

    court_code: as in the courts' own list ("X1517R"). Raises ValueError for a number that is not
    sound or a code that has another form.
    """
    if not register.is_sound or not _COURT_CODE.fullmatch(court_code):
        raise ValueError(court_code, register.value)
    return f"DE{court_code}.{register.kind}{register.number}{register.suffix}"


def _plain(court: str) -> str:
    return re.sub(r"^(AG|Amtsgericht)\s+", "", court.strip())
