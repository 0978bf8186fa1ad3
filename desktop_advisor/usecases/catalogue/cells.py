"""One cell: the kept value as text an editor reads, and back."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from desktop_advisor.domain.german import short_date
from desktop_advisor.usecases.catalogue.columns import EVERYWHERE, Column, Kind

Value = object
"""What the catalogue keeps: text, number, day, truth, tuple of texts; None where the cell says
nothing, so that the field keeps its default."""

_GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")
_TRUTH = {"ja": True, "nein": False}


class WrongCell(ValueError):
    """The text of a cell cannot be read. suggestion: what to write instead."""

    def __init__(self, message: str, suggestion: str) -> None:
        super().__init__(message)
        self.suggestion = suggestion


def shown(value: object, column: Column) -> str:
    """The cell's text; "" for what is not known and for what an empty cell means anyway."""
    if column.kind is Kind.REGIONS and not value:
        return EVERYWHERE
    if value is None or value == column.default or (value is False and column.kind is Kind.YES):
        return ""
    if isinstance(value, tuple):
        words = [column.words.get(str(one), str(one)) for one in value]
        return ("\n" if column.kind is Kind.LINES else " ").join(words)
    return _shown_one(value, column)


def _shown_one(value: object, column: Column) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return column.words.get(str(value), str(value))


def read(text: str, column: Column) -> Value:
    """The value of a cell's text; None for an empty one. Raises WrongCell."""
    text = text.strip()
    if not text:
        return None
    reader = {
        Kind.LINES: _lines,
        Kind.LIST: _list,
        Kind.REGIONS: _regions,
        Kind.WHOLE: _whole,
        Kind.DECIMAL: _decimal,
        Kind.DAY: _day,
        Kind.YES: _yes_no,
        Kind.YES_NO: _yes_no,
    }.get(column.kind)
    if reader is not None:
        return reader(text)
    if column.kind is Kind.WORDS:
        return tuple(_word(one, column) for one in re.split(r"[\s,;]+", text) if one)
    return _word(text, column) if column.kind is Kind.WORD else text


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _list(text: str) -> tuple[str, ...]:
    return tuple(one for one in re.split(r"[\s,;]+", text) if one)


def _regions(text: str) -> tuple[str, ...]:
    return () if text.casefold() == EVERYWHERE else _list(text)


def _word(text: str, column: Column) -> str:
    kept = {word.casefold(): key for key, word in column.words.items()}
    found = kept.get(text.casefold())
    if found is None:
        raise WrongCell(f"„{text}“ ist hier nicht vorgesehen.", column.explanation)
    return found


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise WrongCell(f"„{text}“ ist keine ganze Zahl.", "Nur Ziffern, zum Beispiel 249.")
    return int(text)


def _decimal(text: str) -> Decimal:
    """German or plain notation; 1.200 could mean either and is refused."""
    if _THOUSANDS.fullmatch(text):
        plain = text.replace(".", "")
        raise WrongCell(f"„{text}“ ist nicht eindeutig.", f"Schreiben Sie {plain} ohne Punkt.")
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or len(text) > 15 or "e" in text.casefold():
        raise WrongCell(f"„{text}“ ist keine Zahl.", "Zum Beispiel 80 oder 12,5.")
    return number


def _day(text: str) -> date:
    """31.12.2026, or 2026-12-31 as Excel hands a date cell over."""
    german = _GERMAN_DAY.fullmatch(text)
    try:
        if german:
            return date(int(german[3]), int(german[2]), int(german[1]))
        return date.fromisoformat(text)
    except ValueError:
        raise WrongCell(f"„{text}“ ist kein Datum.", "Zum Beispiel 31.12.2026.") from None


def _yes_no(text: str) -> bool:
    try:
        return _TRUTH[text.casefold()]
    except KeyError:
        raise WrongCell(
            f"„{text}“ ist weder ja noch nein.", "Schreiben Sie ja oder nein."
        ) from None
