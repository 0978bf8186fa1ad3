"""How one number came about, so that whoever doubts it can open it and recompute (design §8)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """One line of the sum. label: what it is. value: as printed. note: how it enters, or ""."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Derivation:
    """The arithmetic of one number in German words and figures.

    title: what the number is. result: as printed beside it. formula: in words or with the figures
    put in, one line. terms: what went in, in order. assumptions: what was supposed, one sentence
    each. source: where the formula comes from (law, study, own choice and why).
    """

    title: str
    result: str
    formula: str
    terms: tuple[Term, ...] = ()
    assumptions: tuple[str, ...] = ()
    source: str = ""
