"""Company files that leave this laptop during a run: which, and why, in words."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.sync_journal import write_journal
from desktop_advisor.usecases.sync_state import company_names
from desktop_advisor.usecases.workplace import Workplace
from sync.client.port import Settled, Settlement


@dataclass(frozen=True)
class Departure:
    """A file that is gone. name: what it was called, "" where it had no name."""

    company_id: uuid.UUID
    name: str
    is_purged: bool

    @property
    def words(self) -> str:
        """What is shown right after the run."""
        if self.is_purged:
            return f"{self._called} wurde endgültig gelöscht (Art. 17 DSGVO), auch hier."
        return (
            f"{self._called} ist Ihnen nicht mehr zugewiesen und wurde von diesem Gerät entfernt; "
            "am Server bleibt sie erhalten."
        )

    @property
    def line(self) -> str:
        """What the journal keeps: of a file erased for good not even the name."""
        if self.is_purged:
            return "Eine Firmenakte wurde endgültig gelöscht (Art. 17 DSGVO), auch hier."
        return self.words

    @property
    def _called(self) -> str:
        return f"Die Akte „{self.name}“" if self.name else "Eine Firmenakte"


class WatchedChanges(StoreChanges):
    """The store as a run sees it, which remembers what the files were called that left.

    Attributes:
        departures: the files that left, in the order in which they did.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place.store)
        self._place = place
        self.departures: list[Departure] = []

    def settle(self, settlement: Settlement) -> Settled:
        """Names are read before, as afterwards nobody knows them; one may have just arrived."""
        wanted = {uuid.UUID(file.company_id) for file in settlement.gone}
        names: dict[uuid.UUID, str] = {}
        if wanted:
            self.sort_in_files(wanted)
            with self._place.store.read() as session:
                names = company_names(session, wanted)
        settled = super().settle(settlement)
        for file in settled.erased:
            company_id = uuid.UUID(file.company_id)
            name = names.get(company_id, "")
            self.departures.append(Departure(company_id, name, file.reason == "purged"))
        return settled


def note_departures(place: Workplace, departures: list[Departure]) -> tuple[str, ...]:
    """A line of the journal each; the sentences to be shown.

    The line of a withdrawn file points at it, so that it goes too once the file is purged.
    """
    for left in departures:
        company_id = None if left.is_purged else left.company_id
        write_journal(place, "erased", left.line, company_id)
    return tuple(left.words for left in departures)
