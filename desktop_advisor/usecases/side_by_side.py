"""Sichtweisen: what each side says beside the others, and what is worth talking about."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.usecases.council_part import CouncilPart, show_council_part
from desktop_advisor.usecases.results import IndicatorRow, Results, is_level, show_results
from desktop_advisor.usecases.scoring import dissent_notes
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class Talk:
    """A Gesprächsanlass: distance in levels, at least 2. note: what the table said about it."""

    item: IndicatorRow
    field: str
    distance: int
    note: str


@dataclass(frozen=True)
class Views:
    """The sides of a case. talks: the widest distance first.

    is_for_council: with what is not released, for the eyes of the works council alone.
    """

    results: Results
    talks: tuple[Talk, ...]
    council: CouncilPart
    is_for_council: bool = False


def show_views(place: Workplace, case_id: uuid.UUID, *, is_for_council: bool = False) -> Views:
    """The sides that may be shown now; the works council itself sees its own in any case."""
    results = show_results(place, case_id, hidden=() if is_for_council else None)
    return views_of(place, results, is_for_council=is_for_council)


def views_of(place: Workplace, results: Results, *, is_for_council: bool = False) -> Views:
    """The same of results already computed."""
    with place.store.read() as session:
        notes = dissent_notes(session, results.case_id, results.form.sidecar.form_id)
    talks = talks_of(results, notes)
    council = show_council_part(place, results.case_id)
    return Views(results, talks, council, is_for_council)


def talks_of(results: Results, notes: dict[str, str]) -> tuple[Talk, ...]:
    """The Gesprächsanlässe of these results; equal distances in the order of the form."""
    short = {row.dimension.code: row.short for row in results.dimensions}
    found = [
        Talk(
            item=item,
            field=short.get(item.indicator.dimension, item.indicator.dimension),
            distance=distance_of(item) or 0,
            note=notes.get(item.indicator.question, ""),
        )
        for item in results.dissents
    ]
    return tuple(sorted(found, key=lambda talk: -talk.distance))


def distance_of(item: IndicatorRow) -> int | None:
    """|GF - BR| in levels; None unless both gave one."""
    said = [
        int(record.response.value)
        for side in (Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL)
        if (record := item.answers.get(side)) is not None and is_level(record)
    ]
    return abs(said[0] - said[1]) if len(said) == 2 else None
