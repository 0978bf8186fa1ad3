"""What every declaration draws alike: what is missing, who declares, the line to sign on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import KeepTogether, Spacer

from desktop_advisor.report.documents.declaration_model import Declarant, Gap
from desktop_advisor.report.documents.facts_table import facts_table
from desktop_advisor.report.documents.signature_lines import signature_slot
from desktop_advisor.report.model import SignatureSlot
from desktop_advisor.report.single_page import WIDTH
from desktop_advisor.report.theme import Theme, brief, clean, markup, text

Story = list[Any]
MISSING = "fehlt"
_LONGEST = 300
_SIGNED = WIDTH * 0.72
"""Points of the line to sign on: one person signs, so it may be long."""


def gaps(missing: Sequence[Gap], theme: Theme) -> Story:
    """What has to be completed before anybody signs; nothing where nothing is missing."""
    if not missing:
        return []
    lines = [clean(brief(gap.sentence, _LONGEST)) for gap in missing]
    return [
        text("Vor der Unterschrift zu ergänzen", theme.section),
        *(markup(f"•\u2002{line}", theme.cell) for line in lines),
        Spacer(1, 4),
    ]


def company(declarant: Declarant, theme: Theme) -> Any:
    """The company's own data, each gap named in its place."""
    rows = [(label, value or MISSING) for label, value in declarant.facts]
    return facts_table(rows, theme)


def signature(declarant: Declarant, words: Sequence[Any], theme: Theme) -> Any:
    """The words that are signed and the line, together on one page."""
    slot = SignatureSlot(
        name=brief(declarant.signer, 120),
        role=brief(f"Für {declarant.name or 'das Unternehmen'}", 120),
        function=declarant.function,
    )
    return KeepTogether([*words, Spacer(1, 4), *signature_slot(slot, theme, _SIGNED)])
