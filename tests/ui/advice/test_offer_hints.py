"""An offer beside a recommendation says what blocks it, its rate here and how old it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from desktop_advisor.advice.eligibility import CompanyFacts, check
from desktop_advisor.advice.offers import Offer, standing
from desktop_advisor.domain.company_size import SizeClass
from desktop_advisor.ui.advice.offer_hint import OfferHintView, by_verdict, hint_words
from desktop_advisor.ui.knowledge.wording import standing_words
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Pill
from desktop_advisor.usecases.recommending import OfferHint
from tests.ui.consultation import visible_words
from tests.workplaces import resources

LAST_DAY, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)
FRESH_DAY, STALE_DAY = date(2027, 2, 20), date(2027, 2, 21)
"""The 90th and the 91st day after the entries were checked on 22 November 2026."""
FOUNDRY = CompanyFacts(
    heads=48, staff_units=Decimal(46), county="14524", size=SizeClass.SMALL, has_works_council=True
)
OFFERS: dict[str, Offer] = {offer.id: offer for offer in resources().offers()}


def hint_on(name: str, today: date, company: CompanyFacts = FOUNDRY) -> OfferHint:
    offer = OFFERS[name]
    return OfferHint(offer, check(offer, company, today), standing(offer, today))


def shown(qtbot: QtBot, hint: OfferHint) -> OfferHintView:
    view = OfferHintView(hint)
    qtbot.addWidget(view)
    view.resize(700, 200)
    view.show()
    return view


@pytest.mark.parametrize("name", ["bafa-beratung", "kurzarbeit", "zukunftszentrum-sachsen"])
def test_new_year_turns_an_offer_red_and_excludes_it(qtbot: QtBot, name: str) -> None:
    before, after = hint_on(name, LAST_DAY), hint_on(name, NEW_YEAR)

    assert standing_words(before.standing)[1] is Tone.GOOD
    assert standing_words(after.standing) == ("ausgelaufen", Tone.DANGER)
    words = visible_words(shown(qtbot, after))
    assert "abgelaufen" in words
    assert "Ausgeschlossen, weil das Angebot am 31.12.2026 ausgelaufen ist" in words
    assert "ausgelaufen" not in visible_words(shown(qtbot, before))


@pytest.mark.parametrize("name", ["sgb3-82", "inqa-coaching", "forschungszulage"])
def test_the_91st_day_turns_an_offer_amber_and_forces_a_sentence(qtbot: QtBot, name: str) -> None:
    fresh, stale = hint_on(name, FRESH_DAY), hint_on(name, STALE_DAY)

    assert standing_words(fresh.standing)[1] is Tone.GOOD
    assert standing_words(stale.standing) == ("älter als 90 Tage", Tone.ATTENTION)
    assert "Stand prüfen" not in visible_words(shown(qtbot, fresh))
    words = visible_words(shown(qtbot, stale))
    assert "Stand prüfen" in words
    assert "vor mehr als 90 Tagen" in words


def test_every_open_condition_stands_below_the_offer(qtbot: QtBot) -> None:
    words = visible_words(shown(qtbot, hint_on("sgb3-82a", LAST_DAY)))
    for condition in (
        "Betriebsvereinbarung",
        "mindestens 5 Beschäftigten (10 %)",
        "mehr als 120 Stunden",
        "AZAV",
        "in den letzten 4 Jahren",
    ):
        assert condition in words


def test_what_is_open_besides_follows_what_excludes(qtbot: QtBot) -> None:
    medium = CompanyFacts(heads=180, county="14524", size=SizeClass.MEDIUM)
    words = visible_words(shown(qtbot, hint_on("regionales-wachstum-land", LAST_DAY, medium)))
    assert "Ausgeschlossen, weil die Größe nicht passt" in words
    assert "Außerdem offen: derzeit werden keine Anträge angenommen." in words


def test_the_rate_of_the_region_stands_below_and_none_is_guessed() -> None:
    leipzig = CompanyFacts(heads=9, county="14713", size=SizeClass.MICRO)
    nowhere = CompanyFacts(heads=9, size=SizeClass.MICRO)

    assert "höchstens 2.800" in " ".join(hint_words(hint_on("bafa-beratung", LAST_DAY)))
    assert "höchstens 1.750" in " ".join(hint_words(hint_on("bafa-beratung", LAST_DAY, leipzig)))
    assert "höchstens" not in hint_on("bafa-beratung", LAST_DAY, nowhere).eligibility.rate_sentence


def test_what_is_excluded_comes_last() -> None:
    names = ("jtf-sachsen", "grw-riga", "afa-arbeitgeberservice")
    ordered = by_verdict(hint_on(name, LAST_DAY) for name in names)
    assert [hint.offer.id for hint in ordered] == [
        "afa-arbeitgeberservice",
        "grw-riga",
        "jtf-sachsen",
    ]


def test_the_row_says_its_conditions_to_a_screen_reader_and_opens_the_offer(qtbot: QtBot) -> None:
    view = shown(qtbot, hint_on("sgb3-82", LAST_DAY))
    assert "mehr als 120 Stunden" in view.line.accessibleDescription()
    assert view.findChildren(Pill)
    with qtbot.waitSignal(view.pressed):
        view.line.pressed.emit()
