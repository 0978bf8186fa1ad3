"""USt-IdNr. of a German enterprise (§ 27a UStG; check digit ISO 7064 Mod 11,10; domain §7)."""

from __future__ import annotations

import re

from desktop_advisor.domain.identifier import Identifier

_SHAPE = re.compile(r"DE[1-9][0-9]{8}")
_FORM_ONLY = "Form und Prüfziffer stimmen; ob die Nummer vergeben ist, prüft nur das BZSt online."


def check_vat_id(typed: str) -> Identifier:
    """Whether `typed` can be a German USt-IdNr.; blanks, points and small letters are tidied.

    That the number was assigned to this enterprise is never said: only the Federal Central Tax
    Office knows, and only online.
    """
    value = re.sub(r"[\s.\-]", "", typed).upper()
    if not value:
        return Identifier("")
    if not _SHAPE.fullmatch(value):
        return Identifier(
            typed.strip(), "Eine USt-IdNr. besteht aus DE und neun Ziffern, die erste ist keine 0."
        )
    expected = vat_check_digit(value[2:10])
    if int(value[-1]) != expected:
        return Identifier(
            value, "Die Prüfziffer stimmt nicht. Bitte mit einer Rechnung abgleichen."
        )
    return Identifier(value, meaning=_FORM_ONLY)


def vat_check_digit(first_eight: str) -> int:
    """The ninth digit that ISO 7064 Mod 11,10 demands after eight others."""
    product = 10
    for digit in first_eight:
        total = (int(digit) + product) % 10 or 10
        product = 2 * total % 11
    return (11 - product) % 10
