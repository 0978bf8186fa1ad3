"""Annex: how the other numbers came about, each with its inputs, formula and source."""

from __future__ import annotations

from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from desktop_advisor.domain.derivation import Derivation
from desktop_advisor.report.chapters_overview import Story
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.pages import heading
from desktop_advisor.report.theme import Theme, clean, markup, text


def derivations(model: ReportModel, theme: Theme) -> Story:
    """Every derivation of the model, in its order; nothing where there is none."""
    if not model.derivations:
        return []
    story: Story = [CondPageBreak(84), heading("Rechenwege", theme.dense_section, level=1)]
    for derivation in model.derivations:
        story += [KeepTogether(_derivation(derivation, theme)), Spacer(1, 4)]
    return story


def _derivation(derivation: Derivation, theme: Theme) -> Story:
    terms = "; ".join(
        f"{term.label} {term.value}" + (f" ({term.note})" if term.note else "")
        for term in derivation.terms
    )
    lines = [terms, derivation.formula, *derivation.assumptions, derivation.source]
    title = f"<b>{clean(derivation.title)}: {clean(derivation.result)}</b>"
    return [markup(title, theme.dense), *(text(line, theme.dense_soft) for line in lines if line)]
