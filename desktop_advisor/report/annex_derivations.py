"""Annex: how the other numbers came about, each with its inputs, formula and source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from desktop_advisor.domain.derivation import Derivation
from desktop_advisor.domain.language import say
from desktop_advisor.report.chapters_overview import Story
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.pages import heading
from desktop_advisor.report.theme import Theme, clean, markup, text

_REMARKS = "Annahmen und Quellen, auf die mit ihrer Zahl verwiesen ist"

_ONE_LINE = 110
"""Characters of the small type that surely stand on one line."""


def derivations(model: ReportModel, theme: Theme) -> Story:
    """Every derivation of the model, in its order; nothing where there is none.

    What several of them suppose or cite stands once, numbered, at the end.
    """
    if not model.derivations:
        return []
    numbers = _shared(model.derivations)
    story: Story = [CondPageBreak(84), heading(say("Rechenwege"), theme.dense_section, level=1)]
    for derivation in model.derivations:
        story += [KeepTogether(_derivation(derivation, numbers, theme)), Spacer(1, 4)]
    if numbers:
        story += [CondPageBreak(60), text(say(_REMARKS), theme.label), Spacer(1, 2)]
        story += [text(f"[{number}] {said}", theme.dense_soft) for said, number in numbers.items()]
        story.append(Spacer(1, 6))
    return story


def _remarks(derivation: Derivation) -> list[str]:
    return [said for said in (*derivation.assumptions, derivation.source) if said]


def _shared(derivations: Sequence[Derivation]) -> dict[str, int]:
    """What more than one derivation says → its number, from 1 in the order of first mention."""
    times = Counter(said for d in derivations for said in dict.fromkeys(_remarks(d)))
    repeated = [said for said, count in times.items() if count > 1]
    return {said: number for number, said in enumerate(repeated, start=1)}


def _worked(terms: str, formula: str) -> list[str]:
    """Terms and formula, on one line where both are short."""
    together = f"{terms} · {formula}"
    return [together] if terms and len(together) <= _ONE_LINE else [terms, formula]


def _derivation(derivation: Derivation, numbers: Mapping[str, int], theme: Theme) -> Story:
    terms = "; ".join(
        f"{term.label} {term.value}" + (f" ({term.note})" if term.note else "")
        for term in derivation.terms
    )
    said = dict.fromkeys(_remarks(derivation))
    references = " ".join(f"[{numbers[s]}]" for s in said if s in numbers)
    title = f"<b>{clean(derivation.title)}: {clean(derivation.result)}</b>"
    if references:
        title += f' <font size="7" color="#5b6875">{references}</font>'
    lines = [*_worked(terms, derivation.formula), *(s for s in said if s not in numbers)]
    return [markup(title, theme.dense), *(text(line, theme.dense_soft) for line in lines if line)]
