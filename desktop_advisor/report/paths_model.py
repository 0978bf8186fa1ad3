"""Wege für Beschäftigte as plain values: one page that may hang on the wall of the company.

It has no field for a figure, a score, a customer or a sentence of an answer, so that none can slip
in: of the company it holds names of jobs and what is to be learned there (domain §5b).
"""

from __future__ import annotations

from datetime import date

import msgspec

from desktop_advisor.report.model import Branding

TITLE = "Wege für Beschäftigte"


class LearningNeed(msgspec.Struct, frozen=True, kw_only=True):
    """A job of three persons or more, and what is to be learned there, the largest gap first."""

    job: str
    skills: tuple[str, ...] = ()


class Hint(msgspec.Struct, frozen=True, kw_only=True):
    """A course or a programme. note: whether it comes into consideration, and of when that is."""

    title: str
    text: str = ""
    note: str = ""


class Right(msgspec.Struct, frozen=True, kw_only=True):
    """What the law gives; law: where it stands."""

    title: str
    text: str
    law: str


class Helper(msgspec.Struct, frozen=True, kw_only=True):
    """Who can be asked, for what, and where."""

    who: str
    text: str = ""


class PathsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The page. more_jobs, more_courses: how many found no room."""

    network: Branding
    created_on: date
    needs: tuple[LearningNeed, ...] = ()
    more_jobs: int = 0
    courses: tuple[Hint, ...] = ()
    more_courses: int = 0
    funding: tuple[Hint, ...] = ()
    rights: tuple[Right, ...] = ()
    helpers: tuple[Helper, ...] = ()
