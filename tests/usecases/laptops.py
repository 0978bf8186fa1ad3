"""Two laptops of one network that exchange over the real server in this process."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from desktop_advisor.storage.sync_port import StoreChanges, sort_in_all
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.workplace import Workplace
from sync.client.enrolment import enrol
from sync.client.session import run
from tests.sync.central import Central
from tests.workplaces import workplace


class Laptops(NamedTuple):
    """Jana's and Ralf's; both hold what was made before `meet`."""

    central: Central
    jana: Workplace
    ralf: Workplace
    company_id: uuid.UUID

    def meet(self) -> None:
        """Both synchronise until each has what the other did."""
        for place in (self.jana, self.ralf, self.jana, self.ralf):
            changes, line = StoreChanges(place.store), self.central.transport
            run(changes, line, progress=lambda _: None, cancelled=lambda: False)
            sort_in_all(place.store)


@contextmanager
def two_laptops(folder: Path) -> Iterator[Laptops]:
    """Enrolled, with one company that both hold."""
    with Central() as central:
        jana, ralf = workplace(folder / "jana"), workplace(folder / "ralf", name="Ralf Kunz")
        for place in (jana, ralf):
            line = central.transport
            enrol(
                StoreChanges(place.store),
                "http://127.0.0.1",
                central.code(),
                "Laptop",
                transport=line,
            )
        company_id = create_company(jana, CompanyDraft(name="Formenbau Zschopau", town="Zwickau"))
        made = Laptops(central, jana, ralf, company_id)
        made.meet()
        yield made
        jana.close()
        ralf.close()
