"""What the program needs beyond a plain XForm: scoring, rules, row map (design §7).

The compiled form is two files side by side: `NAME.xml`, an XForm that any ODK tool runs, and
`NAME.json`, this sidecar.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

Text = dict[str, str]
"""Language code ("de", "en") → text."""


class Dimension(msgspec.Struct, frozen=True, kw_only=True):
    """Handlungsfeld. kind: R maturity, S site conditions. short: for lists and charts."""

    code: str
    kind: Literal["R", "S"]
    label: Text
    short: Text


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    """Kennpunkt: one scored question.

    question: its name in the form. dimension: code. role: "level" for 0–5; "importance" and
    "satisfaction" for the two questions of one site factor. factor: what pairs those two, else "".
    perspectives: gf, br, ber. reason: why the weight is what it is.
    reference: where the same is asked elsewhere, "VSME B3; DMA Green Digitalisation"; "" nowhere.
    """

    question: str
    dimension: str
    role: Literal["level", "importance", "satisfaction"] = "level"
    factor: str = ""
    weight: Decimal = Decimal(1)
    reason: str = ""
    is_critical: bool = False
    is_core: bool = False
    perspectives: tuple[str, ...] = ("gf", "br", "ber")
    reference: str = ""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One recommendation; fires when `relevant` is true over the facts tree.

    audience: company, employees, or stop (warning sign: suspends growth advice, domain §5b).
    steps: how to go about it, one step per line. offers: ids of the catalogue.
    is_growth: suspended while a stop rule fires.
    """

    name: str
    dimension: str
    relevant: str
    audience: Literal["company", "employees", "stop"]
    title: Text
    text: Text
    steps: Text
    owner: Text
    effort: Text
    metric: Text
    offers: tuple[str, ...] = ()
    is_growth: bool = False


class Sidecar(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of the workbook that is not XForm.

    form_hash: SHA-256 of the compiled XForm. rows: question name → row of the survey sheet.
    asked_of: unscored question, group or repeat → the perspectives it is for; one that is for all
    of them is left out. renames: former name of a question → its name in this version.
    optional: unscored questions and repeats that count as asked only once they are answered: left
    out, they do not make a form look unfinished.
    """

    form_id: str
    version: str
    title: Text
    form_hash: str
    dimensions: tuple[Dimension, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    rules: tuple[Rule, ...] = ()
    rows: dict[str, int] = {}
    asked_of: dict[str, tuple[str, ...]] = {}
    renames: dict[str, str] = {}
    optional: tuple[str, ...] = ()
