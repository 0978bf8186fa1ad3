"""The place on the page that waits for the advisor's digital seal."""

from __future__ import annotations

from reportlab.platypus import Spacer

from desktop_advisor.report.pdf.annotations import SignatureField
from desktop_advisor.report.pdf.tagged_canvas import TaggedCanvas

WIDTH, HEIGHT = 220.0, 58.0
SEAL = SignatureField((0, 0, 0, 0), "Siegel", "Elektronisches Siegel der beratenden Person")
TIME_STAMP = SignatureField((0, 0, 0, 0), "Zeitstempel", "Elektronischer Zeitstempel, unsichtbar")
"""Both are made before anybody signs, as signing must not change the structure."""


class SealPlace(Spacer):  # type: ignore[misc]  # ReportLab is untyped
    """Room for the seal, and the field of the time stamp, which nobody sees."""

    def __init__(self) -> None:
        super().__init__(WIDTH, HEIGHT)

    def draw(self) -> None:
        """Enter both fields into the page; they draw themselves."""
        canvas = self.canv
        if not isinstance(canvas, TaggedCanvas):
            return
        left, bottom = canvas.absolutePosition(0, 0)
        seen = (left, bottom, left + self.width, bottom + self.height)
        for field, area in ((SEAL, seen), (TIME_STAMP, TIME_STAMP.area)):
            node = canvas.tree.here.add("Form", alt=field.words)
            canvas.signature_field(node, SignatureField(area, field.name, field.words))
