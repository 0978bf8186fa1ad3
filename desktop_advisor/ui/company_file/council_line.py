"""How far the works council is, and whether its view is released; never what it said."""

from __future__ import annotations

from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import SmallText
from desktop_advisor.usecases.company_file import CompanyFile


class CouncilLine(SmallText):
    """'Betriebsrat: 28 von 36 beantwortet, noch nicht freigegeben'; hidden without an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(spacing.S, 0, spacing.S, spacing.XS)

    def show_file(self, file: CompanyFile) -> None:
        """The works council's part of the open case."""
        part = file.council
        is_shown = part is not None and bool(part.answered)
        self.setVisible(is_shown)
        if part is None:
            return
        words = self.tr("Betriebsrat: {0} von {1} beantwortet, noch nicht freigegeben")
        if part.release.is_released:
            words = self.tr("Betriebsrat: {0} von {1} beantwortet, freigegeben von {2}")
        elif part.release.is_withdrawn:
            words = self.tr("Betriebsrat: {0} von {1} beantwortet, Freigabe zurückgezogen")
        self.setText(words.format(part.answered, part.asked, part.release.by))
