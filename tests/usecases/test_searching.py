"""One search over articles, offers and notes: what it finds, in which order, and who sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_advisor.advice.articles import Article
from desktop_advisor.storage.search import FoundNote
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.notes import delete_note, edit_note, restore_note, write_note
from desktop_advisor.usecases.offers import OfferRow
from desktop_advisor.usecases.searching import (
    NOTE,
    Search,
    articles_for,
    dimension_names,
)
from desktop_advisor.usecases.visits import plan_visit
from desktop_advisor.usecases.workplace import Workplace
from tests.workplaces import workplace

COMPANY = "Gießerei Muldental GmbH"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    made = workplace(tmp_path / "store")
    yield made
    made.close()


def noted(place: Workplace, *texts: str) -> list[str]:
    """A company with these notes, the oldest first; their ids as text."""
    company = create_company(place, CompanyDraft(name=COMPANY))
    plan_visit(place, company, starts_at=place.clock())
    case = show_company_file(place, company).case_id
    assert case is not None
    return [str(write_note(place, case, text)) for text in texts]


def keys(place: Workplace, query: str, kind: str = "", dimension: str = "") -> list[str]:
    return [hit.key for hit in Search(place).find(query, kind, dimension).hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("NIS2", "nis2-betroffenheit"),
        ("kmu definition", "kmu-definition"),
        ("Qualifizierungsgeld", "paragraf-82a"),
        ("82a", "paragraf-82a"),
        ("de minimis", "de-minimis"),
        ("foerderung zulage", "forschungszulage-und-zim"),
        ("Betriebsraete", "betriebsrat-rechte"),
        ("hochvolt", "hochvolt-stufen"),
    ],
)
def test_what_an_advisor_would_type_leads_to_the_article(
    place: Workplace, query: str, expected: str
) -> None:
    assert expected in keys(place, query, "article")[:5]


def test_a_foreign_keyboard_finds_the_same(place: Workplace) -> None:
    for plain, german in (
        ("Weiterbildungsfoerderung", "Weiterbildungsförderung"),
        ("giesserei", "Gießerei"),
        ("QUALIFIZIERUNG", "qualifizierung"),
        ("Produkt-Stresstest", "Produktstresstest"),
    ):
        assert keys(place, plain) == keys(place, german)
    assert keys(place, "stresstest")[0] == "produkt-stresstest"


def test_a_part_of_a_compound_is_found_and_marked(place: Workplace) -> None:
    (note,) = noted(place, "Fragt nach Qualifizierungsförderung für die Formerei")
    (hit,) = Search(place).find("foerderung formerei", NOTE).hits
    assert hit.key == note
    assert hit.title == COMPANY
    assert [hit.words[a:b] for a, b in hit.word_marks] == ["förderung", "Formerei"]


def test_notes_are_only_counted_until_they_are_asked_for(place: Workplace) -> None:
    noted(place, "Energieaudit: zweites Angebot fehlt", "Energiekosten steigen")
    everything = Search(place).find("energie")
    assert everything.notes == 2
    assert not everything.has_more_notes
    assert not any(isinstance(hit.item, FoundNote) for hit in everything.hits)
    assert not any(COMPANY in hit.title + hit.words for hit in everything.hits)
    assert len(Search(place).find("energie", NOTE).hits) == 2
    assert Search(place).find("energie", "funding").notes == 0


def test_the_newest_note_comes_first_and_changes_are_followed(place: Workplace) -> None:
    old, new = noted(place, "Ofen 2 alt", "Ofen 3 neu")
    search = Search(place)

    def found() -> list[str]:
        return [hit.key for hit in search.find("ofen", NOTE).hits]

    assert found() == [new, old]
    note = search.find("ofen 3", NOTE).hits[0].item
    assert isinstance(note, FoundNote)
    delete_note(place, note.note_id)
    assert found() == [old]
    restore_note(place, note.note_id)
    assert found() == [new, old]
    edit_note(place, note.note_id, "Halle statt dessen")
    assert found() == [old]
    assert [hit.key for hit in search.find("", NOTE).hits] == [new, old]


def test_a_word_in_the_title_comes_before_the_same_word_in_a_text(place: Workplace) -> None:
    hits = Search(place).find("belegstufen").hits
    assert hits[0].key == "belegstufen"
    assert hits[0].title_marks
    ranks = [bool(hit.title_marks) for hit in Search(place).find("liquidität").hits]
    assert ranks == sorted(ranks, reverse=True)


def test_one_slip_of_the_finger_is_forgiven_and_said(place: Workplace) -> None:
    (note,) = noted(place, "Wissensstafette in der Dreherei besprochen")
    slipped = Search(place).find("wissenstafette")
    assert slipped.is_near
    assert "wissensstafette" in [hit.key for hit in slipped.hits]
    assert [hit.key for hit in Search(place).find("drehrei", NOTE).hits] == [note]
    nothing = Search(place).find("mondlandung")
    assert (nothing.hits, nothing.notes) == ((), 0)


def test_kind_and_dimension_narrow_what_is_listed_and_what_is_found(place: Workplace) -> None:
    everything = Search(place).find("")
    assert len(everything.hits) == len(place.articles) + len(place.offers)
    for hit in Search(place).find("", "training").hits:
        assert isinstance(hit.item, OfferRow)
        assert hit.item.offer.kind == "training"
    for hit in Search(place).find("energie", "", "D12").hits:
        item = hit.item
        assert not isinstance(item, FoundNote)
        dimensions = item.dimensions if isinstance(item, Article) else item.offer.dimensions
        assert "D12" in dimensions
    assert {hit.kind for hit in Search(place).find("", "", "D05").hits} >= {"article", "funding"}


@pytest.mark.parametrize("query", ["", " ", "§", '"', "* OR", "a", "NEAR(", "x" * 5000, "🙂"])
def test_nothing_that_is_typed_breaks_the_search(place: Workplace, query: str) -> None:
    found = Search(place).find(query)
    assert Search(place).find(query) == found
    assert {hit.kind for hit in Search(place).find(query, NOTE).hits} <= {NOTE}


def test_article_and_offer_lead_to_each_other(place: Workplace) -> None:
    search = Search(place)
    article = search.item("paragraf-82")
    assert isinstance(article, Article)
    offers = search.offers_of(article)
    assert "sgb3-82" in [row.offer.id for row in offers]
    assert article in search.articles_on("sgb3-82")
    assert search.item("gibt-es-nicht") is None


def test_a_recommendation_leads_to_what_fits_it(place: Workplace) -> None:
    assert articles_for(place, "D07", ("sgb3-82a",))[0].id == "paragraf-82a"
    assert articles_for(place, "D05")[0].dimensions[0] == "D05"
    assert len(dimension_names(place)) == 12
