"""Two laptops interview the same side of one case without a line, and meet at the server."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desktop_advisor.domain.answers import Evidence
from desktop_advisor.storage.sync_port import StoreChanges, sort_in_all
from desktop_advisor.usecases.answer_sheet import AnsweredMeanwhile
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.evidence import add_file, list_files
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.releasing import release_of, release_view, withdraw_release
from desktop_advisor.usecases.synchronising import conflicts
from desktop_advisor.usecases.visits import plan_visit
from desktop_advisor.usecases.workplace import Workplace
from sync.client.enrolment import enrol
from sync.client.session import run
from tests.sync.central import Central
from tests.workplaces import workplace

VOLLCHECK = "vollcheck"


class Pair(NamedTuple):
    """Two laptops of one network that hold the same case."""

    central: Central
    here: Workplace
    there: Workplace
    visit_id: uuid.UUID

    def talks(self) -> tuple[Interview, Interview]:
        """The same visit, opened on both."""
        here, there = (Interview(p, self.visit_id, VOLLCHECK) for p in (self.here, self.there))
        return here, there

    def meet(self) -> None:
        """Both synchronise until each has what the other did."""
        for place in (self.here, self.there, self.here, self.there):
            self.send(place)

    def send(self, place: Workplace) -> None:
        """One run of one laptop."""
        changes = StoreChanges(place.store)
        line = self.central.transport
        outcome = run(changes, line, progress=lambda _: None, cancelled=lambda: False)
        assert outcome.quarantined == 0
        sort_in_all(place.store)

    def shown(self) -> dict[str, Any]:
        """What the interview shows, which is the same on both."""
        here, there = (_shown(talk) for talk in self.talks())
        assert here == there
        return here

    def conflicting(self) -> list[set[str]]:
        """The form values that stand against each other, the same on both."""
        found = conflicts(self.here)
        assert found == conflicts(self.there)
        assert {(c.entity, c.field) for c in found} <= {("answer", "response"), ("dissent", "note")}
        return [
            {v.value if isinstance(v.value, str) else v.value["value"] for v in c.values}
            for c in found
        ]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with Central() as central:
        here, there = workplace(tmp_path / "eins"), workplace(tmp_path / "zwei", name="Ralf Kunz")
        for place in (here, there):
            line = central.transport
            changes = StoreChanges(place.store)
            enrol(changes, "http://127.0.0.1", central.code(), "Laptop", transport=line)
        draft = CompanyDraft(name="Muldental GmbH", heads="118", has_works_council="yes")
        visit_id = plan_visit(here, create_company(here, draft), starts_at=here.clock())
        made = Pair(central, here, there, visit_id)
        made.meet()
        yield made
        here.close()
        there.close()


def _shown(talk: Interview) -> dict[str, Any]:
    views = [talk.question(key) for key in talk.questions()]
    return {
        "views": views,
        "tables": {v.name: talk.table(v.name).rows for v in views if v.kind is Kind.TABLE},
        "sections": talk.dimensions(),
        "sides": [talk.comparison(view.name) for view in views],
    }


def names(shown: dict[str, Any]) -> list[str]:
    """The first column of the products."""
    return [row.cells[0].value for row in shown["tables"]["products"]]


def test_what_both_said_is_on_both_and_only_differences_are_conflicts(pair: Pair) -> None:
    here, there = pair.talks()
    for talk, who in ((here, "A"), (there, "B")):
        talk.fill_rows("products", [{"product_name": f"{who}{n}"} for n in (1, 2)])
        talk.answer("d01_strategy", "3")
        talk.answer("d01_customers", "2" if who == "A" else "4")
        talk.write_note("d01_markets", "gleich")
        talk.set_evidence("d01_strategy", Evidence.DOCUMENT)
        talk.reveal("d01_customers")
        talk.write_dissent("d01_customers", f"sagt {who}")
        talk.park("D05" if who == "A" else "D06")
        add_file(
            pair.here if who == "A" else pair.there,
            case_id=talk.case_id,
            assessment_id=talk.assessment_id,
            question="d01_strategy",
            name=f"{who}.txt",
            content=who.encode(),
        )
    there.answer("d01_liquidity", "5")
    pair.meet()
    shown = pair.shown()
    assert sorted(names(shown)) == ["A1", "A2", "B1", "B2"]
    assert {s.code for s in shown["sections"] if s.is_parked} == {"D05", "D06"}
    assert sorted(pair.conflicting(), key=sorted) == [{"2", "4"}, {"sagt A", "sagt B"}]
    for place in (pair.here, pair.there):
        assert len(list_files(place, here.case_id, "d01_strategy")) == 2


def test_a_row_one_removes_while_the_other_fills_it_is_a_conflict(pair: Pair) -> None:
    here, there = pair.talks()
    first, _ = here.fill_rows("products", [{"product_name": "Kolben"}, {"product_name": "Rad"}])
    pair.meet()
    here, there = pair.talks()
    here.remove_row(first)
    there.answer(f"{first}/product_share", "40")
    pair.meet()
    pair.shown()
    assert pair.conflicting() == [{"", "1"}]


def test_the_same_cell_in_two_fashions_is_a_conflict_of_that_cell_alone(pair: Pair) -> None:
    here, _ = pair.talks()
    (row,) = here.fill_rows("products", [{"product_name": "Kolben"}])
    pair.meet()
    here, there = pair.talks()
    here.answer(f"{row}/product_share", "40")
    there.answer(f"{row}/product_share", "60")
    there.answer(f"{row}/product_heads", "7")
    pair.meet()
    assert pair.conflicting() == [{"40", "60"}]
    assert pair.shown()["tables"]["products"][0].cells[2].value == "7"


def test_undo_takes_nothing_back_that_the_other_has_done(pair: Pair) -> None:
    here, there = pair.talks()
    first, _ = here.fill_rows("products", [{"product_name": "Kolben"}, {"product_name": "Rad"}])
    here.answer("d01_strategy", "3")
    pair.meet()
    here, there = pair.talks()
    there.answer(f"{first}/product_share", "40")
    there.answer("d01_strategy", "4")
    there.fill_rows("products", [{"product_name": "Batterie"}])
    pair.meet()
    here, _ = pair.talks()
    while here.undo():
        pass
    pair.meet()
    rows = pair.shown()["tables"]["products"]
    assert [row.cells[0].value for row in rows] == ["", "Batterie"]
    assert rows[0].cells[1].value == "40"
    assert pair.talks()[0].question("d01_strategy").response.value == "4"
    assert pair.conflicting() == []


def test_an_open_interview_goes_on_beside_what_is_fetched(pair: Pair) -> None:
    here, there = pair.talks()
    there.answer("d01_customers", "2")
    (row,) = there.fill_rows("products", [{"product_name": "Kolben"}])
    pair.meet()
    here.answer("d01_strategy", "3")
    with pytest.raises(AnsweredMeanwhile):
        here.answer("d01_customers", "5")
    assert here.question("d01_customers").response.value == "2"
    assert [r.key for r in here.table("products").rows] == [row]
    here.answer("d01_customers", "5")
    pair.meet()
    assert pair.conflicting() == []
    assert pair.talks()[1].question("d01_customers").response.value == "5"


def test_a_cell_of_a_row_that_is_gone_is_not_written_into_the_void(pair: Pair) -> None:
    here, _ = pair.talks()
    first, second = here.fill_rows("products", [{}, {}])
    pair.meet()
    here, there = pair.talks()
    there.remove_row(first)
    pair.meet()
    with pytest.raises(AnsweredMeanwhile):
        here.answer(f"{first}/product_name", "Kolben")
    assert [row.key for row in here.table("products").rows] == [second]
    assert pair.conflicting() == []


def test_a_release_here_and_a_withdrawal_there_show_nothing_until_one_holds(pair: Pair) -> None:
    case_id = pair.talks()[0].case_id
    release_view(pair.here, case_id, "Sabine Krauß")
    pair.meet()
    assert release_of(pair.there, case_id).is_released
    withdraw_release(pair.there, case_id, "Sabine Krauß")
    withdraw_release(pair.here, case_id, "Sabine Krauß")
    release_view(pair.here, case_id, "Sabine Krauß")
    pair.meet()
    for place in (pair.here, pair.there):
        assert not release_of(place, case_id).is_released
    release_view(pair.there, case_id, "Sabine Krauß")
    pair.meet()
    for place in (pair.here, pair.there):
        assert release_of(place, case_id).is_released
