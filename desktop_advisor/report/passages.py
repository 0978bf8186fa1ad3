"""Every generated text of a report that may be edited in place, and the report with the edits.

Left out is what has a home of its own, where an edit is kept and used elsewhere too: company,
visits, answers and notes, titles and reasons of recommendations, measures and next steps,
referrals, offers. Left out as well is what must stay true whatever one would rather say: figures,
who withheld a view, masked jobs, consents, and what the signatures are worth.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

import msgspec

from desktop_advisor.report.edit_model import EditedPassage
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.passage_spots import Passage, spots


@dataclass(frozen=True)
class Edit:
    """What the advisor wrote in place of a passage; text: "" leaves it out."""

    key: str
    text: str


def passages(model: ReportModel) -> list[Passage]:
    """The passages that say something, in the order of the pages.

    Those the advisor left out stand among them with "" as their text.
    """
    edited = {e.key for e in model.edited}
    found = (spot.passage for spot in spots(model))
    return [p for p in found if p.text.strip() or p.key in edited]


def with_edits(model: ReportModel, edits: Iterable[Edit]) -> ReportModel:
    """The report with other words in its passages, each of which names the generated ones.

    model: as composed. An edit of a passage that is not there, or that says what is generated
    anyway, changes nothing.
    """
    wanted = {edit.key: edit.text.strip() for edit in edits}
    said = {s.passage.key: s for s in spots(model) if s.passage.text.strip()}
    changed = [s for key, s in said.items() if wanted.get(key, s.passage.text) != s.passage.text]
    printed = reduce(lambda told, s: s.put(told, wanted[s.passage.key]), changed, model)
    edited = tuple(
        EditedPassage(
            key=s.passage.key,
            chapter=s.passage.chapter,
            label=s.passage.label,
            original=s.passage.text,
            text=wanted[s.passage.key],
        )
        for s in changed
    )
    return msgspec.structs.replace(printed, edited=edited)


def without_edits(model: ReportModel) -> ReportModel:
    """The report as it was composed: the generated words, all chapters, nothing of one's own."""
    at = {spot.passage.key: spot for spot in spots(model)}
    done = [edit for edit in model.edited if edit.key in at]
    composed = reduce(lambda told, e: at[e.key].put(told, e.original), done, model)
    return msgspec.structs.replace(composed, edited=(), hidden=(), insertions=())
