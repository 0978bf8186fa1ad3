"""Employment and qualification as plain values: only profiles of three persons or more."""

from __future__ import annotations

from decimal import Decimal

import msgspec


class Skill(msgspec.Struct, frozen=True, kw_only=True):
    """A competence; current, target: level 0–4, None when not said."""

    name: str
    current: Decimal | None = None
    target: Decimal | None = None


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One profile; texts are finished, "" where nothing is known.

    about: persons and occupation in one line. gap … substitution: figures as printed.
    source: where the substitution is from. hint: what the numbers suggest for the job.
    """

    name: str
    about: str
    gap: str = ""
    demand3: str = ""
    demand5: str = ""
    exits: str = ""
    need: str = ""
    over_55: str = ""
    substitution: str = ""
    source: str = ""
    hint: str = ""
    skills: tuple[Skill, ...] = ()


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A word and its figure, both finished."""

    label: str
    value: str


class JobsChapter(msgspec.Struct, frozen=True, kw_only=True):
    """Beschäftigung und Qualifikation.

    told_by: sentence that says whose table it is. masked: sentences that stand for profiles not
    shown. ages: persons per band (`domain.staff_list.BANDS`), () when not known; ages_spoken: the
    chart in words. learning: competences with the largest gap and their level-persons.
    """

    told_by: str
    masked: tuple[str, ...] = ()
    totals: tuple[Line, ...] = ()
    ages: tuple[Decimal, ...] = ()
    ages_spoken: str = ""
    learning: tuple[Line, ...] = ()
    jobs: tuple[Job, ...] = ()
