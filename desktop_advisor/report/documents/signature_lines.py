"""Lines to sign on paper: place and date, the signature, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import KeepTogether, Spacer

from desktop_advisor.report.documents.blank_line import blank_line
from desktop_advisor.report.model import SignatureSlot
from desktop_advisor.report.single_page import WIDTH
from desktop_advisor.report.tables import bare
from desktop_advisor.report.theme import Theme, brief, text

_GAP = 26.0
_BETWEEN = 12.0
_AIR = 36.0
"""Points above a line: as much as a signature with a pen needs (our choice)."""
_LONGEST = 300


def signature_lines(
    slots: Sequence[SignatureSlot], theme: Theme, *, signed: Sequence[Any] = ()
) -> list[Any]:
    """Two to a row; a slot without a name gets a line for that as well.

    signed: what is signed, on the same page, so that no signature stands alone.
    """
    half = (WIDTH - _GAP) / 2
    story: list[Any] = list(signed)
    for first in range(0, len(slots), 2):
        pair = [signature_slot(slot, theme, half) for slot in slots[first : first + 2]]
        row = [pair[0], "", pair[1] if len(pair) > 1 else ""]
        story += [bare([row], (half, _GAP, half), middle=False), Spacer(1, 6)]
    return [KeepTogether(story)]


def signature_slot(slot: SignatureSlot, theme: Theme, width: float) -> list[Any]:
    """One of them, `width` points wide; the caller keeps it together."""
    place = (width - _BETWEEN) * 0.42
    widths = (place, _BETWEEN, width - place - _BETWEEN)
    story: list[Any] = [
        text(slot.role or "Unterschrift", theme.entry),
        bare([[blank_line(widths[0], _AIR), "", blank_line(widths[2], _AIR)]], widths),
        bare([[text("Ort, Datum", theme.label), "", text("Unterschrift", theme.label)]], widths),
        Spacer(1, 3),
    ]
    who = " · ".join(part for part in (slot.name, slot.function) if part)
    if who:
        story.append(text(brief(who, _LONGEST), theme.cell))
    if not slot.name or not slot.function:
        missing = "Funktion" if slot.name else "Name, Funktion"
        story += [blank_line(width, air=20), text(missing, theme.label)]
    return [*story, text(slot.note, theme.small)] if slot.note else story
