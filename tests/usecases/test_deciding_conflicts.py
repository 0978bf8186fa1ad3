"""Fields in several versions: seen with what was before, decided in one edit, taken back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.change_log import Edit
from desktop_advisor.storage.errors import SealedReport
from desktop_advisor.storage.log_tables import LoggedChange
from desktop_advisor.storage.models import Company, Measure, Report
from desktop_advisor.storage.session import write_and_fold
from desktop_advisor.usecases.companies import InvalidFields
from desktop_advisor.usecases.conflicts import (
    Dispute,
    Rule,
    by_record,
    decide,
    dispute_count,
    open_disputes,
    own_value,
    plan_batch,
    take_back,
)
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.visits import plan_visit
from desktop_advisor.usecases.workplace import Workplace
from tests.usecases.laptops import Laptops, two_laptops


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Laptops]:
    with two_laptops(tmp_path) as made:
        yield made


def change(place: Workplace, company_id: uuid.UUID, **values: Any) -> None:
    with place.store.edit(place.author) as session:
        company = session.get_one(Company, company_id)
        for name, value in values.items():
            setattr(company, name, value)


def shown(place: Workplace, company_id: uuid.UUID, name: str) -> Any:
    with place.store.read() as session:
        return getattr(session.get_one(Company, company_id), name)


def disagree(pair: Laptops, **values: tuple[Any, Any]) -> None:
    """Each laptop writes its own half, then they meet."""
    change(pair.jana, pair.company_id, **{name: both[0] for name, both in values.items()})
    change(pair.ralf, pair.company_id, **{name: both[1] for name, both in values.items()})
    pair.meet()


def only(place: Workplace) -> Dispute:
    (found,) = open_disputes(place)
    return found


def writing(place: Workplace) -> set[int]:
    """Stamps under which something was written here."""
    with place.store.read() as session:
        return set(session.scalars(select(LoggedChange.hlc).where(LoggedChange.is_own)))


def test_both_see_mine_theirs_and_what_was_there_before(pair: Laptops) -> None:
    disagree(pair, town=("Wilkau", "Werdau"))
    mine, theirs = only(pair.jana).versions
    assert (mine.words, mine.is_own, mine.author) == ("Wilkau", True, "Jana Vogel")
    assert (theirs.words, theirs.is_own, theirs.author) == ("Werdau", False, "Ralf Kunz")
    earlier = only(pair.jana).earlier
    assert earlier is not None
    assert (earlier.words, earlier.author) == ("Zwickau", "Jana Vogel")
    assert [v.words for v in only(pair.ralf).versions] == ["Werdau", "Wilkau"]
    assert [v.words for v in only(pair.jana).versions if v.is_shown] == [
        shown(pair.jana, pair.company_id, "town")
    ]


def test_the_earlier_value_is_the_one_both_built_on_however_often_each_wrote(pair: Laptops) -> None:
    for town in ("Wilkau", "Mosel"):
        change(pair.jana, pair.company_id, town=town)
    disagree(pair, town=("Crossen", "Werdau"))
    earlier = only(pair.ralf).earlier
    assert earlier is not None
    assert earlier.words == "Zwickau"


def test_three_versions_are_decided_at_once_and_reach_the_other_laptop(
    pair: Laptops,
) -> None:
    disagree(pair, town=("Wilkau", "Werdau"))
    change(pair.jana, pair.company_id, website="a")  # unrelated
    conflict = only(pair.jana).conflict
    with pair.ralf.store.edit("Ute Lang") as session:
        edit = Edit(pair.company_id, "company", pair.company_id, "town", "Mosel", bases=())
        write_and_fold(session, [edit])
    pair.meet()
    dispute = only(pair.jana)
    assert {v.words for v in dispute.versions} == {"Wilkau", "Werdau", "Mosel"}
    assert dispute.conflict != conflict
    decide(pair.jana, [(dispute, "Werdau")])
    pair.meet()
    for place in (pair.jana, pair.ralf):
        assert open_disputes(place) == []
        assert shown(place, pair.company_id, "town") == "Werdau"


def test_a_batch_takes_what_its_preview_lists_in_one_edit_and_undo_opens_all_again(
    pair: Laptops,
) -> None:
    disagree(pair, town=("Wilkau", "Werdau"), street=("A-Weg 1", "B-Weg 2"), heads=(10, 12))
    found = open_disputes(pair.jana)
    assert [len(group) for group in by_record(found).values()] == [3]
    planned = plan_batch(found, Rule.THEIRS)
    listed = {
        choice.dispute.conflict.field: choice.version.words for choice in planned if choice.version
    }
    assert listed == {"town": "Werdau", "street": "B-Weg 2", "heads": "12"}
    before = writing(pair.jana)
    done = decide(pair.jana, [(c.dispute, c.version.value) for c in planned if c.version])
    assert len(writing(pair.jana) - before) == 1
    pair.meet()
    assert open_disputes(pair.ralf) == []
    assert len(take_back(pair.jana, done.names)) == 3
    pair.meet()
    for place, mine in ((pair.jana, "Wilkau"), (pair.ralf, "Werdau")):
        again = {d.conflict.field: d for d in open_disputes(place)}
        assert set(again) == {"town", "street", "heads"}
        own = again["town"].versions[0]
        assert (own.words, own.is_own) == (mine, True)
        earlier = again["town"].earlier
        assert earlier is not None
        assert earlier.words == "Zwickau"
    assert take_back(pair.jana, done.names) == []


def test_what_a_colleague_has_changed_since_a_decision_is_not_taken_back(pair: Laptops) -> None:
    disagree(pair, town=("Wilkau", "Werdau"))
    done = decide(pair.jana, [(only(pair.jana), "Wilkau")])
    pair.meet()
    change(pair.ralf, pair.company_id, town="Mosel")
    pair.meet()
    assert take_back(pair.jana, done.names) == []
    assert shown(pair.jana, pair.company_id, "town") == "Mosel"


def test_a_decision_about_what_somebody_decided_meanwhile_is_not_written(pair: Laptops) -> None:
    disagree(pair, town=("Wilkau", "Werdau"))
    seen = only(pair.jana)
    decide(pair.ralf, [(only(pair.ralf), "Werdau")])
    pair.meet()
    assert decide(pair.jana, [(seen, "Wilkau")]).gone == 1
    assert shown(pair.jana, pair.company_id, "town") == "Werdau"
    assert open_disputes(pair.jana) == []


def test_the_newer_of_two_is_the_one_written_later(pair: Laptops) -> None:
    change(pair.ralf, pair.company_id, town="Werdau")
    for _ in range(30):
        pair.jana.clock()
    disagree(pair, town=("Wilkau", "Werdau"))
    (choice,) = plan_batch(open_disputes(pair.ralf), Rule.NEWER)
    assert choice.version is not None
    assert choice.version.words == "Wilkau"


def test_an_answer_is_named_by_number_and_side_and_said_in_the_words_of_the_form(
    pair: Laptops,
) -> None:
    visit = plan_visit(pair.jana, pair.company_id, starts_at=pair.jana.clock())
    pair.meet()
    for place, level in ((pair.jana, "2"), (pair.ralf, "4")):
        Interview(place, visit, "kurzcheck").answer("d01_strategy", level)
    pair.meet()
    dispute = only(pair.jana)
    assert dispute.record.startswith("Frage ")
    assert dispute.record.endswith("der Sicht Geschäftsführung")
    assert len(dispute.detail) > 20
    assert all(len(version.words) > 10 for version in dispute.versions)
    assert dispute.earlier is None
    assert dispute.text is None


def test_what_the_works_council_said_is_covered_and_left_out_of_a_batch(pair: Laptops) -> None:
    visit = plan_visit(pair.jana, pair.company_id, starts_at=pair.jana.clock())
    pair.meet()
    for place, words in ((pair.jana, "2"), (pair.ralf, "4")):
        talk = Interview(place, visit, "vollcheck")
        talk.switch(Perspective.WORKS_COUNCIL)
        talk.answer("d01_strategy", words)
    pair.meet()
    dispute = only(pair.jana)
    assert dispute.is_covered
    assert (dispute.record, dispute.detail) == ("", "")
    assert plan_batch([dispute], Rule.MINE) == []


def test_a_sealed_field_offers_nothing_to_choose_and_counts_as_no_open_question(
    pair: Laptops,
) -> None:
    report = sealed(pair, uuid.uuid4())
    pair.meet()
    with pair.ralf.store.edit("ein anderes Programm") as session:
        edit = Edit(pair.company_id, "report", report, "reason", "nachgetragen", bases=())
        write_and_fold(session, [edit])
    pair.meet()
    dispute = only(pair.jana)
    assert dispute.is_sealed
    assert [(v.words, v.is_shown, v.is_late) for v in dispute.versions] == [
        ("wie gesiegelt", True, False),
        ("nachgetragen", False, True),
    ]
    assert dispute_count(pair.jana) == 0
    assert plan_batch([dispute], Rule.THEIRS) == []
    with pytest.raises(SealedReport):
        decide(pair.jana, [(dispute, "nachgetragen")])


def test_what_was_written_after_the_signature_says_so(pair: Laptops) -> None:
    case, measure = uuid.uuid4(), new_id(pair.jana.clock())
    with pair.jana.store.edit("Jana Vogel") as session:
        session.add(
            Measure(id=measure, company_id=pair.company_id, case_id=case, title="Energie messen")
        )
    pair.meet()
    for place, owner in ((pair.jana, "Uhlig"), (pair.ralf, "Krauß")):
        if place is pair.ralf:
            sealed(pair, case)
            pair.ralf.clock.now = pair.jana.clock() + timedelta(hours=1)  # type: ignore[attr-defined]
        with place.store.edit(place.author) as session:
            session.get_one(Measure, measure).owner = owner
    pair.meet()
    dispute = only(pair.jana)
    assert dispute.record == "Energie messen"
    assert [(v.words, v.is_late) for v in dispute.versions] == [("Uhlig", False), ("Krauß", True)]


def sealed(pair: Laptops, case: uuid.UUID) -> uuid.UUID:
    report = new_id(pair.jana.clock())
    with pair.jana.store.edit("Jana Vogel") as session:
        session.add(
            Report(
                id=report,
                company_id=pair.company_id,
                case_id=case,
                sealed_at=pair.jana.clock(),
                reason="wie gesiegelt",
            )
        )
    return report


def test_a_wording_of_ones_own_is_taken_for_text_and_refused_where_it_cannot_be(
    pair: Laptops,
) -> None:
    disagree(pair, town=("Wilkau", "Werdau"), postcode=("08112", "08412"), heads=(3, 4))
    found = {d.conflict.field: d for d in open_disputes(pair.jana)}
    assert found["heads"].text is None
    assert found["town"].text is not None
    decide(pair.jana, [(found["town"], own_value(found["town"], " Mosel "))])
    assert shown(pair.jana, pair.company_id, "town") == "Mosel"
    with pytest.raises(InvalidFields):
        own_value(found["postcode"], "8112")
