"""From an offer, in the catalogue and in the advice, to the calculator that fits it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.advice.screen import AdviceScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.knowledge.offer_detail import OfferView
from desktop_advisor.usecases.calculating import OFFERS
from desktop_advisor.usecases.offers import list_offers
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import begin, close, screen_of, tell, window_at

WORDS = "Betrag rechnen"


def ways(widget: QWidget) -> list[QPushButton]:
    return [button for button in widget.findChildren(QPushButton) if button.text() == WORDS]


@pytest.mark.parametrize("offer_id", [*OFFERS, "zim"])
def test_an_offer_leads_to_its_calculator_where_there_is_one(
    qtbot: QtBot, bare_place: Workplace, offer_id: str
) -> None:
    entry = next(row for row in list_offers(bare_place) if row.offer.id == offer_id)
    view = OfferView(entry)
    qtbot.addWidget(view)
    found = ways(view)
    if offer_id not in OFFERS:
        assert found == []
        return
    with qtbot.waitSignal(view.calculator_wanted) as signal:
        found[0].click()
    assert signal.args == [str(OFFERS[offer_id])]


def test_the_advice_leads_to_the_calculator_with_company_and_case(
    qtbot: QtBot, bare_place: Workplace
) -> None:
    visit = begin(bare_place)
    tell(visit, works_council=False)
    window = window_at(qtbot, visit.place, visit.destination(Where.ADVICE))
    screen = screen_of(window, AdviceScreen)
    assert screen.advice is not None
    view = next(v for v in screen.advice.views if {h.offer.id for h in v.hints} & set(OFFERS))
    screen.open(view)
    assert screen.card is not None
    with qtbot.waitSignal(screen.navigate) as signal:
        ways(screen.card)[0].click()
    calculators = {str(OFFERS[h.offer.id]) for h in view.hints if h.offer.id in OFFERS}
    assert signal.args is not None
    gone: Destination = signal.args[0]
    assert (gone.where, gone.company_id, gone.case_id) == (
        Where.CALCULATORS,
        screen.advice.company_id,
        visit.case_id,
    )
    assert gone.focus in calculators
    close(window)
