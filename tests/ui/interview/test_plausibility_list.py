"""Findings are sentences that lead to their question."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop_advisor.assessment.plausibility import Finding
from desktop_advisor.ui.interview.plausibility_list import PlausibilityList


@pytest.fixture
def listed(qtbot: QtBot) -> PlausibilityList:
    made = PlausibilityList()
    qtbot.addWidget(made)
    return made


def buttons(listed: PlausibilityList) -> list[QPushButton]:
    found = listed.findChildren(QPushButton)
    return [b for b in found if b.isVisible() and b.text() == "Zur Frage"]


def test_nothing_odd_takes_no_room(listed: PlausibilityList) -> None:
    listed.show_findings(())

    assert not listed.isVisible()


def test_a_finding_leads_to_its_first_question(qtbot: QtBot, listed: PlausibilityList) -> None:
    listed.show_findings([Finding("c", "Woran sehen wir das?", ("d01_customers", "d01_margin"))])
    listed.show()

    (button,) = buttons(listed)
    with qtbot.waitSignal(listed.question) as told:
        button.click()

    assert told.args == ["d01_customers"]
    assert button.accessibleDescription() == "Woran sehen wir das?"


def test_a_finding_about_the_company_file_has_no_button(listed: PlausibilityList) -> None:
    listed.show_findings([Finding("c", "Der Umsatz je Person wäre 12 €.")])
    listed.show()

    assert buttons(listed) == []
    assert any(label.text().startswith("Der Umsatz") for label in listed.findChildren(QLabel))


def test_many_findings_are_shortened_until_asked_for(
    qtbot: QtBot, listed: PlausibilityList
) -> None:
    listed.show_findings([Finding("c", f"Hinweis {n}", (f"q{n}",)) for n in range(8)])
    listed.show()
    assert len(buttons(listed)) == 5
    assert listed.more.text() == "Noch 3 Hinweise zeigen"

    listed.more.click()

    qtbot.waitUntil(lambda: len(buttons(listed)) == 8)
    assert not listed.more.isVisible()
