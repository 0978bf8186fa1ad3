"""Company files that leave this laptop during a run: which, and why, in words."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select, text

from desktop_advisor.storage.log_tables import LoggedChange
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.sync_journal import write_journal
from desktop_advisor.usecases.sync_state import company_names
from desktop_advisor.usecases.workplace import Workplace
from sync.client.port import Settled, Settlement

_BRINGING_BACK = "sync.bringing_back"


@dataclass(frozen=True)
class Departure:
    """A file that is gone. name: what it was called, "" where it had no name.

    kept_aside: own changes that the server took, but for a person to decide on.
    """

    company_id: uuid.UUID
    name: str
    is_purged: bool
    kept_aside: int = 0

    @property
    def words(self) -> str:
        """What is shown right after the run."""
        if self.is_purged:
            return f"{self._called} wurde endgültig gelöscht (Art. 17 DSGVO), auch hier."
        return (
            f"{self._called} ist Ihnen nicht mehr zugewiesen und wurde von diesem Gerät entfernt; "
            f"am Server bleibt sie erhalten.{self._left_there}"
        )

    @property
    def _left_there(self) -> str:
        if not self.kept_aside:
            return ""
        is_one = self.kept_aside == 1
        what = "Eine Ihrer Eingaben liegt" if is_one else f"{self.kept_aside} Ihrer Eingaben liegen"
        return (
            f" {what} noch ungeprüft bei Ihrer Koordination; auch mit einer neuen Zuweisung kommt"
            " nur wieder, was sie übernimmt."
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
    """The store as a run sees it, which remembers what a run's own counts do not tell.

    Attributes:
        departures: the files that left, in the order in which they did.
        goes_on: whether an earlier run was cut while it brought things back to the server.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place.store)
        self._place = place
        self.departures: list[Departure] = []
        self._new: int | None = None
        self.goes_on = bool(place.store.setting(_BRINGING_BACK))

    def new(self, fresh: int) -> int:
        """How many of the changes that the server did not have it has never had.

        The others it lost, because it was set back to a copy.
        """
        return fresh if self._new is None else min(fresh, self._new)

    def offer_again(self, company_id: str | None = None) -> None:
        """What waited before is not what the server has lost."""
        if company_id is None and self._new is None:
            self._new = self.waiting()
            self._place.store.save_setting(_BRINGING_BACK, "yes")
        super().offer_again(company_id)

    def note_whole(self) -> None:
        """The run has come to its end: nothing is left to be brought back."""
        if self.goes_on or self._new is not None:
            self._place.store.save_setting(_BRINGING_BACK, "")

    def settle(self, settlement: Settlement) -> Settled:
        """Names are read before, as afterwards nobody knows them; one may have just arrived."""
        wanted = {uuid.UUID(file.company_id) for file in settlement.gone}
        names: dict[uuid.UUID, str] = {}
        kept = self._kept_aside(settlement) if wanted else Counter[uuid.UUID]()
        if wanted:
            self.sort_in_files(wanted)
            with self._place.store.read() as session:
                names = company_names(session, wanted)
        settled = super().settle(settlement)
        for file in settled.erased:
            company_id = uuid.UUID(file.company_id)
            name, is_purged = names.get(company_id, ""), file.reason == "purged"
            self.departures.append(Departure(company_id, name, is_purged, kept[company_id]))
        return settled

    def _kept_aside(self, settlement: Settlement) -> Counter[uuid.UUID]:
        """Company file → own changes that the server keeps apart, with those of this reply."""
        found: Counter[uuid.UUID] = Counter()
        reasons = {kept.parcel: len(kept.reasons) for kept in settlement.kept}
        for parcel in self.parcels(reasons):
            found[uuid.UUID(parcel.company_id)] += reasons[parcel.id]
        # A literal condition: SQLite uses a partial index only when it can see that it applies.
        query = select(LoggedChange.company_id, func.count()).where(text("upload = 3"))
        with self._place.store.read() as session:
            for company_id, count in session.execute(query.group_by(LoggedChange.company_id)):
                found[company_id] += count
        return found


def note_departures(place: Workplace, departures: list[Departure]) -> tuple[str, ...]:
    """A line of the journal each; the sentences to be shown.

    The line of a withdrawn file points at it, so that it goes too once the file is purged.
    """
    for left in departures:
        company_id = None if left.is_purged else left.company_id
        write_journal(place, "erased", left.line, company_id)
    return tuple(left.words for left in departures)
