"""Draw a draft so that one can press its passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from desktop_advisor.domain.language import speaking
from desktop_advisor.report.model import ReportModel
from desktop_advisor.usecases.workplace import Workplace

if TYPE_CHECKING:
    from desktop_advisor.report.pdf.places import Drawn


def draw_editable(place: Workplace, model: ReportModel) -> Drawn:
    """The PDF of the draft and where its passages fell."""
    from desktop_advisor.report.drawing import draw_with_places

    draft = msgspec.structs.replace(model, is_draft=True)
    with speaking(place.resources.language(model.language)):
        return draw_with_places(draft, place.resources.fonts)
