"""What a passphrase must be, and how good it is: said while it is typed."""

from __future__ import annotations

import math
import string
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop_advisor.ui.theme.tokens import Tone

translate = QCoreApplication.translate

LEAST_LENGTH = 12
"""Our choice: with Argon2id at 0.3 s a guess, twelve varied characters outlast a stolen laptop."""
LEAST_DISTINCT = 6
ENOUGH_BITS, GOOD_BITS = 60, 80
_ALPHABETS = (
    (string.ascii_lowercase, 26),
    (string.ascii_uppercase, 26),
    (string.digits, 10),
)
_OTHER_SIGNS = 30


@dataclass(frozen=True)
class Strength:
    """The verdict: is it accepted, and what to say about it."""

    is_enough: bool
    words: str
    tone: Tone


def _bits(passphrase: str) -> float:
    """Upper bound of its entropy: signs in use, and every repeated sign counts half."""
    size = sum(count for signs, count in _ALPHABETS if any(sign in signs for sign in passphrase))
    if any(sign not in string.ascii_letters + string.digits for sign in passphrase):
        size += _OTHER_SIGNS
    distinct = len(set(passphrase))
    effective = distinct + (len(passphrase) - distinct) / 2
    return effective * math.log2(max(size, 2))


def strength(passphrase: str) -> Strength:
    """How good it is, in words that say what would make it better."""
    missing = LEAST_LENGTH - len(passphrase)
    if missing > 0:
        return Strength(
            False, translate("passphrase", "noch {0} Zeichen").format(missing), Tone.NEUTRAL
        )
    if len(set(passphrase)) < LEAST_DISTINCT:
        return Strength(False, translate("passphrase", "zu viele gleiche Zeichen"), Tone.ATTENTION)
    bits = _bits(passphrase)
    if bits < ENOUGH_BITS:
        return Strength(
            True, translate("passphrase", "✓ genügt, länger ist besser"), Tone.ATTENTION
        )
    if bits < GOOD_BITS:
        return Strength(True, translate("passphrase", "✓ gut"), Tone.GOOD)
    return Strength(True, translate("passphrase", "✓ sehr gut"), Tone.GOOD)
