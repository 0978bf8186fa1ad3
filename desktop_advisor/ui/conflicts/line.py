"""In a company file: that some of what it shows holds only provisionally, and the way to decide."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal

from desktop_advisor.storage.conflicts import list_conflicts
from desktop_advisor.ui.conflicts.wording import fields_counted
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Banner
from desktop_advisor.usecases.workplace import Workplace


class ProvisionalLine(Banner):
    """Hidden where every field stands in one version.

    Signals:
        wanted: id of the company file whose versions are to be compared.
    """

    wanted = Signal(object)

    def __init__(self, place: Workplace) -> None:
        super().__init__(action=self.tr("Ansehen und entscheiden"))
        self._place = place
        self._company_id: uuid.UUID | None = None
        self.action_pressed.connect(lambda: self.wanted.emit(self._company_id))
        self.say_nothing()

    def show_file(self, company_id: uuid.UUID) -> None:
        """How many fields of that file are open."""
        self._company_id = company_id
        with self._place.store.read() as session:
            found = [c for c in list_conflicts(session, company_id) if not c.is_sealed]
        words = self.tr(
            "{0} in mehreren Fassungen. Bis Sie entscheiden, gilt vorläufig, was hier steht."
        )
        self.say(words.format(fields_counted(len(found))) if found else "", tone=Tone.ATTENTION)
