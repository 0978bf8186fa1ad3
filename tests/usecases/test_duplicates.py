"""Company files that may be one company: proposed, told apart, joined, parted."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_advisor.domain.company_names import name_key
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.models import Company, Measure, Visit
from desktop_advisor.usecases.companies import (
    CompanyDraft,
    create_company,
    edit_company,
    list_companies,
)
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.conflicts import open_disputes
from desktop_advisor.usecases.duplicates import (
    NEAR_NAME,
    REGISTER,
    SAME_NAME,
    SAME_TOWN,
    VAT,
    lookalikes,
    proposals,
    say_distinct,
    take_back_distinct,
)
from desktop_advisor.usecases.leading_files import follow
from desktop_advisor.usecases.merged_files import (
    leading_file,
    merge,
    merged_files,
    part,
    preview_merge,
)
from desktop_advisor.usecases.notes import write_note
from desktop_advisor.usecases.searching import Search
from desktop_advisor.usecases.today import show_today
from desktop_advisor.usecases.visits import plan_visit
from desktop_advisor.usecases.workplace import Workplace
from tests.usecases.laptops import Laptops, two_laptops


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Laptops]:
    with two_laptops(tmp_path) as made:
        yield made


def reasons(place: Workplace) -> list[tuple[str, ...]]:
    return [proposal.reasons for proposal in proposals(place)]


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ({"vat_id": "DE 136.695.976"}, {"name": "Anders", "vat_id": "de136695976"}, (VAT,)),
        ({"vat_id": "DE136695970"}, {"name": "Anders", "vat_id": "DE136695970"}, ()),
        (
            {"register_court": "Chemnitz", "register_number": "HRB 123"},
            {
                "name": "Anders",
                "register_court": "Amtsgericht Chemnitz",
                "register_number": "hrb123",
            },
            (REGISTER,),
        ),
        (
            {"register_court": "Chemnitz", "register_number": "HRB 123"},
            {"name": "Anders", "register_court": "Leipzig", "register_number": "HRB 123"},
            (),
        ),
        (
            {"name": "Gießerei Müller GmbH & Co. KG", "postcode": "08056"},
            {"name": "Giesserei Mueller", "postcode": "08056", "town": "Zwickau"},
            (SAME_NAME,),
        ),
        (
            {"name": "Meier Formenbau", "postcode": "08056"},
            {"name": "Formenbau Meyer UG (haftungsbeschränkt)", "postcode": "08056"},
            (NEAR_NAME,),
        ),
        (
            {"name": "Meier Formenbau", "postcode": "08056"},
            {"name": "Formenbau Meyer", "postcode": "08058"},
            (),
        ),
        ({"name": "Horn", "postcode": "08056"}, {"name": "Korn", "postcode": "08056"}, ()),
        ({"town": "Zwickau"}, {"town": "zwickau"}, (SAME_TOWN,)),
    ],
)
def test_a_pair_is_proposed_for_a_reason_in_words(
    place: Workplace, one: dict[str, str], two: dict[str, str], expected: tuple[str, ...]
) -> None:
    for values in (one, two):
        create_company(place, CompanyDraft(**{"name": "Muldental GmbH", **values}))
    assert reasons(place) == ([expected] if expected else [])


def test_a_name_that_is_nothing_but_a_legal_form_is_still_a_name() -> None:
    assert name_key("AG") == "ag"
    assert name_key("Huber e. K.") == name_key("Huber Aktiengesellschaft") == "huber"


def test_a_key_many_files_share_says_nothing(place: Workplace) -> None:
    for number in range(51):
        draft = CompanyDraft(name=f"Werk{number}x{number}", vat_id="DE136695976")
        create_company(place, draft)
    assert proposals(place) == []


def test_while_creating_the_files_that_look_alike_are_named(place: Workplace) -> None:
    known = create_company(place, CompanyDraft(name="Muldental GmbH", postcode="08056"))
    (found,) = lookalikes(place, CompanyDraft(name="Muldenthal", postcode="08056"))
    assert found.second.company_id == known
    assert found.reasons == (NEAR_NAME,)
    assert lookalikes(place, CompanyDraft(name="Muldenthal")) == []


def twins(place: Workplace) -> tuple[uuid.UUID, uuid.UUID]:
    first = create_company(
        place, CompanyDraft(name="Muldental GmbH", postcode="08056", town="Zwickau", heads="118")
    )
    second = create_company(
        place, CompanyDraft(name="Muldental", postcode="08056", heads="120", website="muldental.de")
    )
    return first, second


def test_files_told_apart_are_not_proposed_again_on_any_laptop(pair: Laptops) -> None:
    first, second = twins(pair.jana)
    third = create_company(pair.jana, CompanyDraft(name="Muldental AG", postcode="08056"))
    pair.meet()
    assert len(proposals(pair.ralf)) == 3
    say_distinct(pair.jana, first, second)
    say_distinct(pair.ralf, first, third)
    pair.meet()
    for place in (pair.jana, pair.ralf):
        assert [(p.first.company_id, p.second.company_id) for p in proposals(place)] == [
            (second, third)
        ]
        assert open_disputes(place) == []
    take_back_distinct(pair.jana, first, second)
    assert len(proposals(pair.jana)) == 2


def test_the_preview_proposes_what_is_filled_and_else_what_is_newer(place: Workplace) -> None:
    first, second = twins(place)
    edit_company(
        place,
        first,
        CompanyDraft(name="Muldental GmbH", postcode="08056", town="Zwickau", heads="121"),
    )
    found = {f.field: f for f in preview_merge(place, first, second).fields}
    assert set(found) == {"name", "town", "heads", "website"}
    assert found["town"].default == first
    assert found["website"].default == second
    assert found["heads"].default == first
    assert found["name"].default == second
    assert found["heads"].is_open
    assert not found["town"].is_open


def test_joined_files_keep_their_rows_and_are_found_under_the_leading_name(pair: Laptops) -> None:
    first, second = twins(pair.jana)
    visit = plan_visit(pair.jana, second, starts_at=pair.jana.clock(), purpose="Rundgang")
    merge(pair.jana, first, second, {"website": second, "heads": second})
    pair.meet()
    for place in (pair.jana, pair.ralf):
        assert proposals(place) == []
        row = next(r for r in list_companies(place) if r.company_id == first)
        assert second not in {r.company_id for r in list_companies(place)}
        assert row.also == ("Muldental",)
        assert row.last_visit is None
        assert leading_file(place, second) == (first, "Muldental GmbH")
        (joined,) = merged_files(place, first)
        assert [(words, key) for words, _, key in joined.items] == [("Rundgang", visit)]
        draft = show_company_file(place, first).draft
        assert (draft.website, draft.heads, draft.town) == ("muldental.de", "120", "Zwickau")
        assert show_company_file(place, second).visits[0].visit_id == visit
        assert [r.company_id for r in list_companies(place, "muldental")] == [first]


def test_parting_gives_back_what_the_joining_took_unless_it_changed_since(pair: Laptops) -> None:
    first, second = twins(pair.jana)
    merge(pair.jana, first, second, {"website": second, "heads": second})
    pair.meet()
    with pair.ralf.store.edit("Ralf Kunz") as session:
        session.get_one(Company, first).heads = 130
    part(pair.ralf, second)
    pair.meet()
    for place in (pair.jana, pair.ralf):
        assert leading_file(place, second) is None
        assert merged_files(place, first) == []
        draft = show_company_file(place, first).draft
        assert (draft.website, draft.heads) == ("", "130")


def test_two_laptops_that_join_in_opposite_directions_show_the_same_leading_file(
    pair: Laptops,
) -> None:
    first, second = twins(pair.jana)
    pair.meet()
    merge(pair.jana, first, second, {})
    merge(pair.ralf, second, first, {})
    pair.meet()
    for place in (pair.jana, pair.ralf):
        assert leading_file(place, first) is None
        lead = leading_file(place, second)
        assert lead is not None
        assert lead[0] == first
        assert open_disputes(place) == []
    part(pair.ralf, second)
    pair.meet()
    for place in (pair.jana, pair.ralf):
        shown = {row.company_id for row in list_companies(place)}
        assert {first, second} <= shown


def test_every_way_files_can_name_each_other_ends_at_one_file_that_leads_itself() -> None:
    ids = [uuid.UUID(int=n) for n in range(1, 5)]
    for targets in itertools.product((None, *ids), repeat=4):
        into = {a: b for a, b in zip(ids, targets, strict=True) if b is not None}
        leads = follow(into, set(ids))
        assert all(lead not in leads for lead in leads.values())


def test_a_file_whose_leading_file_is_gone_stands_by_itself_again(place: Workplace) -> None:
    first, second = twins(place)
    merge(place, first, second, {})
    with place.store.edit("Jana Vogel") as session:
        session.get_one(Company, first).deleted = True
    assert [row.company_id for row in list_companies(place)] == [second]


def test_what_is_due_in_a_joined_file_is_listed_under_the_leading_name(place: Workplace) -> None:
    first, second = twins(place)
    plan_visit(place, second, starts_at=place.clock())
    with place.store.edit("Jana Vogel") as session:
        row_id = new_id(place.clock())
        day = place.clock().date()
        session.add(Measure(id=row_id, company_id=second, title="Energie messen", due_on=day))
    merge(place, first, second, {})
    today = show_today(place)
    expected = ["Muldental GmbH (Akte Muldental)"]
    assert [due.company_name for due in today.follow_ups] == expected
    assert [visit.company_name for visit in today.visits] == expected


def test_a_note_of_a_joined_file_is_found_under_the_leading_name(place: Workplace) -> None:
    first, second = twins(place)
    visit = plan_visit(place, second, starts_at=place.clock())
    with place.store.read() as session:
        case = session.get_one(Visit, visit).case_id
    assert case is not None
    write_note(place, case, "Schmelzofen undicht")
    merge(place, first, second, {})
    for words in ("Schmelzofen", ""):
        hits = Search(place).find(words, kind="note").hits
        assert [hit.title for hit in hits] == ["Muldental GmbH (Akte Muldental)"]
