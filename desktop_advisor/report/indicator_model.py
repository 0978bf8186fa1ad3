"""Indicators for the funder as plain values: counts and sums, and no field for a name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from desktop_advisor.domain.derivation import Derivation

TITLE = "Kennzahlen für die Förderstelle"
Figure = int | Decimal


class IndicatorRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a table. label: from a list of ours, never somebody's words."""

    label: str
    figures: tuple[Figure, ...]


class IndicatorTable(msgspec.Struct, frozen=True, kw_only=True):
    """A one-way table. key: name of its sheet. columns: what the figures of a row are.

    note: why it is empty or what it counts, "" where nothing is to be said.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[IndicatorRow, ...] = ()
    note: str = ""


class IndicatorReport(msgspec.Struct, frozen=True, kw_only=True):
    """All tables of a period, first and last day included. as_of: the day they were counted.

    method: how it was counted, a sentence each. derivations: of the figures of the first table, in
    its order.
    """

    network: str
    first: date
    last: date
    as_of: date
    tables: tuple[IndicatorTable, ...]
    without_consent: str = ""
    method: tuple[str, ...] = ()
    derivations: tuple[Derivation, ...] = ()
