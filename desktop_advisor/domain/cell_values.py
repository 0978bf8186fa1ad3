"""What somebody types or pastes into a cell, read as German, and the way back.

Form values are what an XForm stores: "12.5" with a point, "2026-11-22", a choice's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from desktop_advisor.domain.german import short_date

_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009]+")
_UNITS = re.compile(r"(%|€|eur|euro|prozent)$", re.IGNORECASE)
_THOUSANDS = re.compile(r"^[-+]?\d{1,3}(\.\d{3})+$")
_DAY = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{2}|\d{4})(?: 0{1,2}:00(?::00)?)?$")
_ISO_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?$")
_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "\u00ad": ""})
_YES = frozenset({"ja", "j", "yes", "y", "x", "wahr", "true", "1"})
_NO = frozenset({"nein", "n", "no", "falsch", "false", "0"})
_CENTURY_AHEAD = 30
"""A year of two digits lies at most so many years ahead: "29" is 2029, "61" is 1961."""


class CellKind(StrEnum):
    """What a cell holds. DAY: a date. CHOICES: several names, separated by a blank."""

    WORDS = "words"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DAY = "day"
    CHOICE = "choice"
    CHOICES = "choices"


NUMBERS = frozenset({CellKind.WHOLE, CellKind.DECIMAL})


@dataclass(frozen=True)
class Choice:
    """One value a cell may take, and its text."""

    value: str
    text: str


class NotUnderstood(ValueError):
    """The text cannot be read as the cell's kind; the message is a German sentence."""


def folded(text: str) -> str:
    """For comparing: lower case, "ä" as "ae", single blanks, no edges."""
    return _BLANKS.sub(" ", text.casefold().translate(_FOLDED)).strip()


def read_number(text: str) -> Decimal | None:
    """The number a German or an Excel text means, a unit aside; None if it means none.

    "1.234,5" → 1234.5, "12,5 %" → 12.5, "1.234" → 1234, "12.5" → 12.5, "1,234.5" → 1234.5.
    """
    bare = _UNITS.sub("", _BLANKS.sub("", text))
    if "," in bare and "." in bare and bare.rfind(".") > bare.rfind(","):
        bare = bare.replace(",", "")
    elif "," in bare or _THOUSANDS.match(bare):
        bare = bare.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"[-+]?\d{1,15}(\.\d{0,15})?|[-+]?\.\d{1,15}", bare, re.ASCII):
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


def read_day(text: str, today: date) -> date | None:
    """The day "24.11.2026", "24.11.26", "24/11/2026" or "2026-11-24" means; None if none."""
    bare = _BLANKS.sub(" ", text).strip()
    if iso := _ISO_DAY.match(bare):
        year, month, day = (int(part) for part in iso.groups())
    elif german := _DAY.match(bare):
        day, month = int(german[1]), int(german[2])
        year = _full_year(german[3], today)
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_year(digits: str, today: date) -> int:
    if len(digits) == 4:
        return int(digits)
    year = today.year // 100 * 100 + int(digits)
    return year - 100 if year > today.year + _CENTURY_AHEAD else year


def form_value(kind: CellKind, text: str, choices: Sequence[Choice], today: date) -> str:
    """The form value of what was typed or pasted; "" for an empty text.

    Raises:
        NotUnderstood: with the sentence to show beside the cell.
    """
    typed = text.strip()
    if not typed or kind is CellKind.WORDS:
        return typed
    if kind is CellKind.WHOLE:
        return _whole(typed, today)
    if kind is CellKind.DECIMAL:
        number = read_number(typed)
        if number is None:
            raise NotUnderstood("Bitte eine Zahl eingeben, zum Beispiel 12,5.")
        return plain(number)
    if kind is CellKind.DAY:
        day = read_day(typed, today)
        if day is None:
            raise NotUnderstood("Bitte ein Datum eingeben, zum Beispiel 24.11.2026.")
        return day.isoformat()
    if kind is CellKind.CHOICE:
        return _choice(typed, choices)
    return " ".join(dict.fromkeys(_choice(part, choices) for part in re.split("[,;]", typed)))


def _whole(text: str, today: date) -> str:
    """A whole number; a full date stands for its year, since tables carry years (EOP)."""
    number = read_number(text)
    if number is not None and number == number.to_integral_value():
        return plain(number)
    day = read_day(text, today) if number is None else None
    if day is None:
        raise NotUnderstood("Bitte eine ganze Zahl eingeben.")
    return str(day.year)


def plain(number: Decimal) -> str:
    """12.50 → "12.5", 100 → "100": never an exponent, no zeros at the end."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", "+0", ""} else text


def _choice(text: str, choices: Sequence[Choice]) -> str:
    """The value whose name, text, or unmistakable beginning this is."""
    wanted = folded(text)
    exact = [c.value for c in choices if wanted in {folded(c.value), folded(c.text)}]
    if exact:
        return exact[0]
    for words, meant in ((_YES, _YES), (_NO, _NO)):
        found = [c.value for c in choices if {folded(c.value), folded(c.text)} & meant]
        if wanted in words and len(found) == 1:
            return found[0]
    for matches in (_begins, _has_figure):
        found = [c.value for c in choices if matches(wanted, c)]
        if len(found) == 1:
            return found[0]
    raise NotUnderstood(_choice_complaint(choices))


def _begins(wanted: str, choice: Choice) -> bool:
    text = folded(choice.text)
    return len(wanted) >= 2 and (text.startswith(wanted) or wanted.startswith(text))


def _has_figure(wanted: str, choice: Choice) -> bool:
    """ "Gruppe 5" means the choice "5", if that is its only figure."""
    figures = re.findall(r"\d+", wanted)
    return len(figures) == 1 and figures[0] in {choice.value, *re.findall(r"\d+$", choice.value)}


def _choice_complaint(choices: Sequence[Choice]) -> str:
    if 0 < len(choices) <= 4:
        return "Möglich sind: " + ", ".join(c.text for c in choices) + "."
    return "Bitte einen Eintrag der Liste wählen."


def shown(kind: CellKind, value: str, choices: Sequence[Choice] = ()) -> str:
    """A form value as a German reader sees it: "12.5" → "12,5", "2026-11-24" → "24.11.2026"."""
    if kind in NUMBERS:
        return value.replace(".", ",")
    if kind is CellKind.DAY:
        try:
            return short_date(date.fromisoformat(value[:10]))
        except ValueError:
            return value
    if kind in {CellKind.CHOICE, CellKind.CHOICES}:
        texts = {c.value: c.text for c in choices}
        names = [value] if kind is CellKind.CHOICE else value.split()
        return ", ".join(texts.get(name, name) for name in names)
    return value
