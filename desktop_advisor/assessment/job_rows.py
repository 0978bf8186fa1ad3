"""Rows of the table of jobs, read carefully: what cannot be is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from desktop_advisor.domain.language import say
from desktop_advisor.domain.staff_list import BANDS, LEAST_GROUP

LEAST_PERSONS = Decimal(LEAST_GROUP)
"""Profiles of fewer persons are masked (domain §3)."""
HIGHEST_SKILL = Decimal(4)
"""Competences go from 0 (nothing) to 4 (instructs others); domain §3."""
COMPETENCES = ("c1", "c2", "c3", "c4")
"""How the columns of a competence begin: "c1_name", "c1_is", "c1_should"."""
_MOST_HEADS = Decimal(1_000_000)
"""Far above any company; a larger number is a slip of the key (our choice)."""
_REQUIREMENT = {"1": "Helfer", "2": "Fachkraft", "3": "Spezialist", "4": "Experte"}
"""Fifth digit of the KldB 2010: Anforderungsniveau (domain §7); the words of the classification."""


@dataclass(frozen=True)
class Competence:
    """Something a job asks for; current, target: level 0–4, None when not said."""

    name: str
    current: Decimal | None = None
    target: Decimal | None = None

    @property
    def step(self) -> Decimal | None:
        """Levels still to be learned, never below 0; None where one of the two is not known."""
        if self.current is None or self.target is None:
            return None
        return max(Decimal(0), self.target - self.current)


@dataclass(frozen=True)
class JobProfile:
    """One row of the table as it was said; persons, None when not known.

    kldb: five digits or "". bands: persons by age, as `domain.staff_list.BANDS`; substitution:
    percent 0–100 with substitution_source, what was noted of its source and date, "" for nothing.
    """

    name: str
    kldb: str = ""
    heads: Decimal | None = None
    bands: tuple[Decimal | None, ...] = (None,) * len(BANDS)
    demand3: Decimal | None = None
    demand5: Decimal | None = None
    exits5: Decimal | None = None
    substitution: Decimal | None = None
    substitution_source: str = ""
    competences: tuple[Competence, ...] = ()

    @property
    def requirement(self) -> str:
        """The level the occupation asks for, in words of the KldB; "" where no code is known."""
        return say(_REQUIREMENT.get(self.kldb[4:5], ""))


def read_profile(cells: Mapping[str, str], substitution_source: str = "") -> JobProfile:
    """A row by the ends of its columns; −1, 140 % or exits above heads count as not known."""
    heads = _count(cells.get("heads"))
    exits = _count(cells.get("exits5"))
    return JobProfile(
        name=cells.get("name", "").strip(),
        kldb=cells.get("kldb", "").strip(),
        heads=heads,
        bands=tuple(_count(cells.get(band)) for band in BANDS),
        demand3=_count(cells.get("demand3")),
        demand5=_count(cells.get("demand5")),
        exits5=None if exits is None or (heads is not None and exits > heads) else exits,
        substitution=_within(cells.get("substitution"), Decimal(100)),
        substitution_source=substitution_source.strip(),
        competences=tuple(_competences(cells)),
    )


def known_bands(row: JobProfile) -> tuple[Decimal, ...] | None:
    """Persons per band, empty cells as 0; None where the ages of too few persons are known.

    An empty cell means nobody only where the others make up all heads; else an empty group may
    hold those who are missing, which is said of the groups from 55 on only when both are filled.
    """
    given = [band for band in row.bands if band is not None]
    known = sum(given, Decimal(0))
    if known < LEAST_PERSONS or (known != row.heads and None in row.bands[-2:]):
        return None
    return tuple(band or Decimal(0) for band in row.bands)


def _competences(cells: Mapping[str, str]) -> Iterable[Competence]:
    for column in COMPETENCES:
        name = cells.get(f"{column}_name", "").strip()
        current = _within(cells.get(f"{column}_is"), HIGHEST_SKILL)
        target = _within(cells.get(f"{column}_should"), HIGHEST_SKILL)
        if name or current is not None or target is not None:
            yield Competence(name or f"Können {column[1:]}", current, target)


def _count(text: str | None) -> Decimal | None:
    number = _within(text, _MOST_HEADS)
    return number if number is not None and number == number.to_integral_value() else None


def _within(text: str | None, most: Decimal) -> Decimal | None:
    try:
        number = Decimal(text.strip()) if text else None
    except InvalidOperation:
        return None
    if number is None or not number.is_finite() or not 0 <= number <= most:
        return None
    return number
