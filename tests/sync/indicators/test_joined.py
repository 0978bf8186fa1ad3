"""Company files that are one company are counted once, and nobody is singled out by joining."""

from __future__ import annotations

import json
import uuid

from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.usecases.leading_files import follow
from sync.server import assignments, people
from sync.server.indicators.facts import CellKey, KeptFigure, cells_of
from sync.server.indicators.joined import leads_of
from sync.server.indicators.published import advanced, look
from sync.server.people_models import JoinedCompany
from tests.sync.central import NETWORK, Central, sync
from tests.sync.indicators.figure_bodies import body, figure
from tests.sync.memory_store import MemoryStore

SIZE = CellKey("size", "medium")
ZWICKAU, CHEMNITZ = CellKey("district", "14524"), CellKey("district", "14511")


def figures(names: str) -> list[KeptFigure]:
    """A case of each company, one letter each."""
    return [figure(name) for name in names]


def test_two_files_of_one_company_are_one_of_the_five() -> None:
    joined = {"b": "a"}

    assert advanced({}, cells_of(figures("abcde"), joined), joined) == {}
    assert advanced({}, cells_of(figures("abcdef"), joined), joined)[SIZE].n == 5


def test_the_newest_case_of_all_its_files_speaks_for_a_company() -> None:
    kept = [figure("a", 1), *figures("cdefg"), figure("b", 2, district="14511")]

    cells = cells_of(kept, {"b": "a"})

    assert set(cells[CHEMNITZ]) == {"a"}
    assert set(cells[ZWICKAU]) == set("cdefg")


def test_who_is_joined_stays_under_the_id_by_which_it_came() -> None:
    """Else it would be counted once more with the next five."""
    came = advanced({}, cells_of(figures("bcdef")))
    joined = {"b": "a"}

    later = advanced(came, cells_of(figures("abcdefghij"), joined), joined)

    assert later[SIZE].n == 5, "g, h, i and j wait, and a is b"
    last = advanced(later, cells_of(figures("abcdefghijk"), joined), joined)
    assert last[SIZE].n == 10


def test_joining_after_publication_changes_five_or_nothing() -> None:
    before = advanced({}, cells_of(figures("abcdefghij")))

    one = {"b": "a"}
    assert advanced(before, cells_of(figures("abcdefghij"), one), one)[SIZE].n == 10
    five = dict(zip("bdfhj", "acegi", strict=True))
    assert advanced(before, cells_of(figures("abcdefghij"), five), five)[SIZE].n == 5


@given(st.dictionaries(st.integers(0, 7), st.integers(0, 7)), st.sets(st.integers(0, 7)))
def test_server_and_laptops_agree_on_who_leads(into: dict[int, int], here: set[int]) -> None:
    ids = [uuid.UUID(int=number) for number in range(8)]
    theirs = follow({ids[a]: ids[b] for a, b in into.items()}, {ids[n] for n in here})

    ours = leads_of(
        {str(ids[a]): str(ids[b]) for a, b in into.items()}, {str(ids[n]) for n in here}
    )

    assert ours == {str(a): str(b) for a, b in theirs.items()}


def test_what_laptops_join_and_part_is_followed(central: Central) -> None:
    here = people.network_id_of(central.database, NETWORK)
    laptop = MemoryStore()
    central.enrol(laptop)
    companies = [str(uuid.UUID(int=number)) for number in range(1, 7)]
    clock = iter(range(1_000, 9_000))

    def join(company: str, to: str | None) -> None:
        laptop.edit(company, "company", company, "merged_into", to, next(clock))
        sync(laptop, central.transport)

    def counted() -> int:
        cells = look(central.database, here).cells
        return cells[CellKey("branch", "C29")].n if cells else 0

    join(companies[1], companies[0])
    for company in companies[:5]:
        record = str(uuid.uuid5(uuid.UUID(company), "case_figures"))
        laptop.edit(company, "case_figures", record, "figures", json.loads(body()), next(clock))
    sync(laptop, central.transport)

    assert counted() == 0
    join(companies[1], None)
    assert counted() == 5


def test_with_a_file_goes_what_it_was_joined_to(central: Central) -> None:
    here = people.network_id_of(central.database, NETWORK)
    laptop = MemoryStore()
    central.enrol(laptop)
    one, two = (str(uuid.UUID(int=number)) for number in (1, 2))
    laptop.edit(one, "company", one, "merged_into", two, 1)
    laptop.edit(two, "company", two, "name", "Huber", 2)
    sync(laptop, central.transport)

    assignments.purge(central.database, here, one, "test-data", "Test")

    with central.database.reading() as session:
        assert session.query(JoinedCompany).all() == []
