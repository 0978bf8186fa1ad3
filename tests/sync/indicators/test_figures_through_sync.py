"""Figures that laptops send are counted; emptied ones are not counted any more."""

from __future__ import annotations

import json
import uuid

from sync.server import people
from sync.server.indicators.facts import CellKey
from sync.server.indicators.published import look
from tests.sync.central import NETWORK, Central, sync
from tests.sync.indicators.figure_bodies import body
from tests.sync.memory_store import MemoryStore


def test_what_five_companies_agreed_to_is_counted_until_all_took_it_back(central: Central) -> None:
    here = people.network_id_of(central.database, NETWORK)
    laptop = MemoryStore()
    central.enrol(laptop)
    companies = [str(uuid.UUID(int=number)) for number in range(1, 6)]

    def write(value: object) -> int:
        for company in companies:
            record = str(uuid.uuid5(uuid.UUID(company), "case_figures"))
            laptop.edit(company, "case_figures", record, "figures", value, 1_000)
        sync(laptop, central.transport)
        cells = look(central.database, here).cells
        return cells[CellKey("branch", "C29")].n if cells else 0

    assert write(json.loads(body())) == 5
    assert write({}) == 0
