"""A field of a form, described as a value: what it is called and what may be typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from desktop_advisor.domain.german import short_date
from desktop_advisor.ui.widgets.inputs import parsed_date

translate = QCoreApplication.translate


class Kind(Enum):
    """What a field holds, and thereby which widget it gets and which value it gives."""

    TEXT = auto()  # str
    NOTE = auto()  # str, several lines
    WHOLE = auto()  # int or None
    DECIMAL = auto()  # Decimal or None
    DAY = auto()  # date or None
    CHOICE = auto()  # str, a key
    YES_NO = auto()  # bool or None for "nicht bekannt"
    PASSPHRASE = auto()  # str


Value = str | int | Decimal | date | bool | None
Check = Callable[[Value], str]
"""Says in German what is wrong with a value, "" when nothing is."""


@dataclass(frozen=True)
class Field:
    """One line of a form.

    key: the name of the value. hint: an example or unit, shown inside the empty field.
    check: looks at the parsed value, after `required` and the kind's own rule.
    wide: takes both columns of a two-column form.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    hint: str = ""
    required: bool = False
    options: Sequence[tuple[str, str]] = ()
    check: Check | None = None
    wide: bool = False


class NotUnderstood(ValueError):
    """The text cannot be read as the field's kind; the message is German."""


def parsed(kind: Kind, text: str, today: date) -> Value:
    """The value `text` stands for, None for an empty number or day.

    Raises:
        NotUnderstood: with the sentence to show beside the field.
    """
    text = text.strip()
    if kind in {Kind.TEXT, Kind.NOTE, Kind.CHOICE, Kind.PASSPHRASE}:
        return text
    if kind is Kind.YES_NO:
        return {"yes": True, "no": False}.get(text)
    if not text:
        return None
    if kind is Kind.WHOLE:
        return _whole(text)
    return _decimal(text) if kind is Kind.DECIMAL else _day(text, today)


def _whole(text: str) -> int:
    digits = text.replace(".", "").replace(" ", "").replace("\u202f", "")
    if not digits.isascii() or not digits.isdigit():
        raise NotUnderstood(translate("fields", "Bitte eine ganze Zahl eingeben."))
    return int(digits)


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text.replace(".", "").replace(" ", "").replace(",", "."))
    except InvalidOperation:
        raise NotUnderstood(
            translate("fields", "Bitte eine Zahl eingeben, zum Beispiel 12,5.")
        ) from None
    if not value.is_finite() or value < 0:
        raise NotUnderstood(translate("fields", "Bitte eine Zahl ab 0 eingeben."))
    return value


def _day(text: str, today: date) -> date:
    day = parsed_date(text, today)
    if day is None:
        raise NotUnderstood(
            translate("fields", "Bitte ein Datum eingeben, zum Beispiel 24.11.2026.")
        )
    return day


def shown(value: Value) -> str:
    """The inverse of `parsed`: what stands in the field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    if isinstance(value, date):
        return short_date(value)
    return str(value)
