"""Product exposure and scenarios as plain values; texts are finished."""

from __future__ import annotations

from decimal import Decimal

import msgspec


class Layer(msgspec.Struct, frozen=True, kw_only=True):
    """One layer of the stack. code: "5" … "0", "" for what belongs to no group.

    turnover: percent 0–100; heads: persons; None where none are said at all.
    """

    code: str
    label: str
    turnover: Decimal | None = None
    heads: Decimal | None = None


class ProductLine(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the product table; "" where nothing is said."""

    name: str
    share: str = ""
    heads: str = ""
    group: str = ""
    dependence: str = ""
    eop: str = ""
    follow_on: str = ""
    margin: str = ""


class EndingLine(msgspec.Struct, frozen=True, kw_only=True):
    """Turnover whose series ends by a year: without a successor, unclear, with one."""

    year: str
    uncovered: str
    unclear: str
    secured: str


class ScenarioLine(msgspec.Struct, frozen=True, kw_only=True):
    """One year. remaining: share of today's combustion volume; heads: "" without any.

    is_own: the advisor set it in this case; source: where the assumption is from.
    """

    year: str
    remaining: str
    turnover: str
    heads: str
    source: str
    is_own: bool = False


class ExposureChapter(msgspec.Struct, frozen=True, kw_only=True):
    """Produktexposition & Szenarien.

    told_by: sentence that says whose table it is. turnover, heads: E as printed, "" where it may
    not be said. remarks: unassigned turnover, sums beyond the whole, bounds, open follow-ons.
    source: of the dependence of each group.
    """

    told_by: str
    turnover: str = ""
    heads: str = ""
    remarks: tuple[str, ...] = ()
    layers: tuple[Layer, ...] = ()
    products: tuple[ProductLine, ...] = ()
    endings: tuple[EndingLine, ...] = ()
    scenarios: tuple[ScenarioLine, ...] = ()
    source: str = ""
