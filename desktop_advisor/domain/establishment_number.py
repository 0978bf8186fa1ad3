"""Betriebsnummer, which the employment agency asks for in every form (§ 18i SGB IV; domain §7)."""

from __future__ import annotations

import re

from desktop_advisor.domain.identifier import Identifier

_WEIGHTS = (1, 2, 1, 2, 1, 2, 1)


def check_establishment_number(typed: str) -> Identifier:
    """Whether `typed` can be a Betriebsnummer: eight digits, range of the first three, check digit.

    Two check digits are valid for the same seven digits: the sum of cross sums modulo 10, and that
    plus 5 modulo 10 (AOK circular RS 2016/04, 1.3.2.2). So a wrong digit may go unnoticed.
    """
    value = re.sub(r"\s", "", typed)
    if not value:
        return Identifier("")
    if not re.fullmatch(r"[0-9]{8}", value):
        return Identifier(typed.strip(), "Eine Betriebsnummer hat acht Ziffern.")
    start = int(value[:3])
    if not (1 <= start <= 99 or start > 110):
        return Identifier(
            value, "Eine Betriebsnummer beginnt mit 001 bis 099 oder mit mehr als 110."
        )
    if int(value[-1]) not in establishment_check_digits(value[:7]):
        return Identifier(
            value, "Die Prüfziffer stimmt nicht. Die Nummer steht auf den Meldungen zur SV."
        )
    return Identifier(value, meaning="Form und Prüfziffer stimmen.")


def establishment_check_digits(first_seven: str) -> tuple[int, int]:
    """Both valid eighth digits after seven others."""
    total = sum(
        _cross_sum(int(digit) * weight) for digit, weight in zip(first_seven, _WEIGHTS, strict=True)
    )
    return total % 10, (total + 5) % 10


def _cross_sum(number: int) -> int:
    return number // 10 + number % 10
