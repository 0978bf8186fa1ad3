"""Where the passages of a report stand in its model, and how other words are put there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec

from desktop_advisor.domain.language import Words, say
from desktop_advisor.report import passage_keys as keys
from desktop_advisor.report.explained import EXPLAINED, has_views, is_in_full
from desktop_advisor.report.model import ReportModel


@dataclass(frozen=True)
class Passage:
    """A text of the report. chapter: its id in `report.chapters`; label: what it is, in German.

    is_list: every line is a paragraph or step of its own.
    """

    key: str
    chapter: str
    label: str
    text: str
    is_list: bool = False


@dataclass(frozen=True)
class Spot:
    """A passage and the way to put other words there."""

    passage: Passage
    put: Callable[[ReportModel, str], ReportModel]


def spots(model: ReportModel) -> Iterator[Spot]:
    """All of them in the order of the pages; those without words too."""
    yield from _summary(model)
    yield from _occasion(model)
    yield from _statements(model, "method", "method", say("Methode"))
    yield from _changes(model)
    yield from _explanations(model)
    yield from _dimensions(model)
    yield from _exposure(model)
    yield from _jobs(model)
    yield from _talking_points(model)
    yield from _advice(model)
    if model.offers:
        yield from _statements(model, "funding", "offers", say("Förderhinweise"))
    yield from _statements(model, "principles", "notices", say("Querschnittsziele"))
    yield from _statements(model, "liability", "notices", say("Haftung und Neutralität"))
    yield from _statements(model, "privacy", "notices", say("Datenschutz"))


def _summary(model: ReportModel) -> Iterator[Spot]:
    summary = model.summary
    for index, said in enumerate(summary.sentences):
        key = keys.sentence(summary, index)
        label = say("Zusammenfassung: {0}").format(
            _SENTENCES.get(key, say("Satz {0}").format(index + 1))
        )
        put = partial(_put_sentence, index)
        yield Spot(Passage(key, "summary", label, said), put)
    note = Passage(keys.SUMMARY_NOTE, "summary", say("Zusammenfassung: Belege"), summary.note)
    yield Spot(note, partial(_put_in, "summary", "note"))
    for kind, field, word in _FINDINGS:
        for index, item in enumerate(getattr(model, field)):
            found = Passage(
                keys.finding(kind, item), "summary", f"{say(word)}: {item.title}", item.text
            )
            yield Spot(found, partial(_put_item, field, index, "text"))


_SENTENCES = Words(
    {
        "summary.level": "Reifegrad",
        "summary.strengths": "Stärken",
        "summary.urgent": "Handlungsbedarf",
        "summary.first": "Reihenfolge",
        "summary.parked": "Nicht betrachtet",
        "summary.measures": "Maßnahmen",
    }
)
_FINDINGS = (("strength", "strengths", "Stärke"), ("urgent", "urgent", "Handlungsbedarf"))


def _occasion(model: ReportModel) -> Iterator[Spot]:
    for key, field, word in (
        (keys.OCCASION, "occasion", say("Anlass der Beratung")),
        (keys.MANDATE, "mandate", say("Auftrag")),
    ):
        yield Spot(Passage(key, "occasion", word, getattr(model, field)), partial(_put, field))


def _changes(model: ReportModel) -> Iterator[Spot]:
    found = model.changes
    if found is None:
        return
    shown = () if found.why_none else found.left_out
    label = say("Veränderung: nicht verglichen")
    why = Passage(keys.CHANGES_WHY_NONE, "changes", say("Veränderung: Begründung"), found.why_none)
    yield Spot(why, partial(_put_in, "changes", "why_none"))
    lines = Passage(keys.CHANGES_LEFT_OUT, "changes", label, "\n".join(shown), is_list=True)
    yield Spot(lines, partial(_put_lines_in, "changes", "left_out"))


def _dimensions(model: ReportModel) -> Iterator[Spot]:
    for index, item in enumerate(model.dimensions):
        if item.kind != "R":
            continue
        label, said = say("Handlungsfeld {0}").format(item.label), "\n".join(item.sentences)
        passage = Passage(keys.dimension(item), "dimensions", label, said, is_list=True)
        yield Spot(passage, partial(_put_lines, "dimensions", index, "sentences"))


def _exposure(model: ReportModel) -> Iterator[Spot]:
    about = model.exposure
    if about is None:
        return
    told = Passage(keys.EXPOSURE_TOLD_BY, "exposure", say("Exposition: Herkunft"), about.told_by)
    yield Spot(told, partial(_put_in, "exposure", "told_by"))
    said = " ".join(about.remarks)
    remarks = Passage(keys.EXPOSURE_REMARKS, "exposure", say("Exposition: Hinweise"), said)
    yield Spot(remarks, partial(_put_lines_in, "exposure", "remarks"))


def _jobs(model: ReportModel) -> Iterator[Spot]:
    about = model.jobs
    if about is None:
        return
    told = Passage(keys.JOBS_TOLD_BY, "jobs", say("Beschäftigung: Herkunft"), about.told_by)
    yield Spot(told, partial(_put_in, "jobs", "told_by"))
    for index, (key, job) in enumerate(zip(keys.hints(about.jobs), about.jobs, strict=True)):
        passage = Passage(key, "jobs", say("Tätigkeit {0}").format(job.name), job.hint)
        yield Spot(passage, partial(_put_hint, index))


def _talking_points(model: ReportModel) -> Iterator[Spot]:
    if not has_views(model):
        return
    for index, item in enumerate(model.talking_points):
        passage = Passage(
            keys.talking_point(item),
            "views",
            say("Gesprächsanlass: {0}").format(item.label),
            item.text,
        )
        yield Spot(passage, partial(_put_item, "talking_points", index, "text"))


def _advice(model: ReportModel) -> Iterator[Spot]:
    for index, item in enumerate(model.recommendations):
        if not is_in_full(item):
            continue
        chapter = "employee_advice" if item.audience == "employees" else "company_advice"
        key, label = keys.advice(item, "text"), say("Empfehlung: {0}").format(item.title)
        words = Passage(key, chapter, label, item.text)
        yield Spot(words, partial(_put_item, "recommendations", index, "text"))
        key, label = keys.advice(item, "steps"), say("Schritte: {0}").format(item.title)
        steps = Passage(key, chapter, label, "\n".join(item.steps), is_list=True)
        yield Spot(steps, partial(_put_lines, "recommendations", index, "steps"))


def _statements(model: ReportModel, field: str, chapter: str, word: str) -> Iterator[Spot]:
    said = getattr(model.statements, field)
    for number, paragraph in enumerate(said, start=1):
        label = word if len(said) == 1 else say("{0}, Absatz {1}").format(word, number)
        passage = Passage(keys.statement(field, number), chapter, label, paragraph)
        yield Spot(passage, partial(_put_statement, field, number - 1))


def _explanations(model: ReportModel) -> Iterator[Spot]:
    for field, explained in EXPLAINED.items():
        if explained.stands_in(model):
            said = getattr(model.statements.explanations, field)
            passage = Passage(
                keys.explanation(field), explained.chapter, say(explained.label), said
            )
            yield Spot(passage, partial(_put_explanation, field))


# -- putting words there ---------------------------------------------------------------------------


def _put(field: str, model: ReportModel, words: str) -> ReportModel:
    return msgspec.structs.replace(model, **{field: words})


def _put_in(part: str, field: str, model: ReportModel, words: str) -> ReportModel:
    changed = msgspec.structs.replace(getattr(model, part), **{field: words})
    return msgspec.structs.replace(model, **{part: changed})


def _put_lines_in(part: str, field: str, model: ReportModel, words: str) -> ReportModel:
    changed = msgspec.structs.replace(getattr(model, part), **{field: _lines(words)})
    return msgspec.structs.replace(model, **{part: changed})


def _put_item(part: str, index: int, field: str, model: ReportModel, words: str) -> ReportModel:
    return _with_item(model, part, index, **{field: words})


def _put_lines(part: str, index: int, field: str, model: ReportModel, words: str) -> ReportModel:
    return _with_item(model, part, index, **{field: _lines(words)})


def _with_item(model: ReportModel, part: str, index: int, **changes: Any) -> ReportModel:
    items = list(getattr(model, part))
    items[index] = msgspec.structs.replace(items[index], **changes)
    return msgspec.structs.replace(model, **{part: tuple(items)})


def _put_sentence(index: int, model: ReportModel, words: str) -> ReportModel:
    said = list(model.summary.sentences)
    said[index] = words
    summary = msgspec.structs.replace(model.summary, sentences=tuple(said))
    return msgspec.structs.replace(model, summary=summary)


def _put_hint(index: int, model: ReportModel, words: str) -> ReportModel:
    if model.jobs is None:
        return model
    jobs = list(model.jobs.jobs)
    jobs[index] = msgspec.structs.replace(jobs[index], hint=words)
    return msgspec.structs.replace(
        model, jobs=msgspec.structs.replace(model.jobs, jobs=tuple(jobs))
    )


def _put_statement(field: str, index: int, model: ReportModel, words: str) -> ReportModel:
    said = list(getattr(model.statements, field))
    said[index] = words
    changed = msgspec.structs.replace(model.statements, **{field: tuple(said)})
    return msgspec.structs.replace(model, statements=changed)


def _put_explanation(field: str, model: ReportModel, words: str) -> ReportModel:
    told = msgspec.structs.replace(model.statements.explanations, **{field: words})
    changed = msgspec.structs.replace(model.statements, explanations=told)
    return msgspec.structs.replace(model, statements=changed)


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())
