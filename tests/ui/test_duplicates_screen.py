"""Doppelte Firmenakten: proposed calmly, told apart or joined with a preview, parted again."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.companies.screen import CompaniesScreen
from desktop_advisor.ui.company_file.screen import CompanyFileScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.duplicates import hint
from desktop_advisor.ui.duplicates import screen as screen_module
from desktop_advisor.ui.duplicates.screen import DuplicatesScreen
from desktop_advisor.ui.theme.spacing import TARGET
from desktop_advisor.ui.widgets import ListRow
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.duplicates import Proposal, proposals
from desktop_advisor.usecases.merged_files import leading_file, merge
from desktop_advisor.usecases.visits import plan_visit
from desktop_advisor.usecases.workplace import Workplace


@pytest.fixture
def twins(bare_place: Workplace) -> tuple[uuid.UUID, uuid.UUID]:
    first = CompanyDraft(name="Gießerei Muldental GmbH", postcode="08056", town="Zwickau")
    second = CompanyDraft(name="Giesserei Muldental", postcode="08056", website="guss.de")
    return create_company(bare_place, first), create_company(bare_place, second)


def opened(qtbot: QtBot, place: Workplace) -> DuplicatesScreen:
    screen = DuplicatesScreen(place, Destination(Where.DUPLICATES))
    screen.resize(1158, 708)
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    qtbot.waitUntil(lambda: bool(screen.cards))
    return screen


def texts(widget: QWidget) -> list[str]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return [label.text() for label in widget.findChildren(QLabel)]


def test_a_pair_told_apart_is_gone_and_can_be_taken_back(
    qtbot: QtBot, bare_place: Workplace, twins: tuple[uuid.UUID, uuid.UUID]
) -> None:
    assert twins
    screen = opened(qtbot, bare_place)
    (card,) = screen.cards
    assert "Name und Postleitzahl sind gleich, von der Rechtsform abgesehen." in texts(card)
    with qtbot.waitSignal(screen.committed):
        card.apart.click()
    assert proposals(bare_place) == []
    assert screen.cards == []
    nothing = "Keine Firmenakte sieht einer anderen zum Verwechseln ähnlich."
    qtbot.waitUntil(screen._nothing.isVisible)
    assert nothing in texts(screen)
    screen.said.button.click()
    assert len(proposals(bare_place)) == 1
    qtbot.waitUntil(lambda: len(screen.cards) == 1)
    assert not screen._nothing.isVisible()


def test_the_pairs_are_looked_for_off_the_gui_thread_and_given_up_when_left(
    qtbot: QtBot,
    bare_place: Workplace,
    twins: tuple[uuid.UUID, uuid.UUID],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert twins
    threads, ends = list[threading.Thread](), list[list[Proposal]]()
    began = threading.Event()

    def slow(place: Workplace, cancelled: Callable[[], bool]) -> list[Proposal]:
        threads.append(threading.current_thread())
        began.set()
        while not cancelled():
            threading.Event().wait(0.005)
        ends.append(proposals(place, cancelled))
        return ends[-1]

    monkeypatch.setattr(screen_module, "proposals", slow)
    screen = DuplicatesScreen(bare_place, Destination(Where.DUPLICATES))
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    assert began.wait(10)
    assert screen._looking.isVisible()
    assert not screen._nothing.isVisible()
    assert screen.leave()
    qtbot.waitUntil(lambda: screen._task is None)
    assert threading.main_thread() not in threads
    assert ends == [[]]
    assert not screen._nothing.isVisible()


def test_joining_previews_writes_once_and_can_be_undone(
    qtbot: QtBot, bare_place: Workplace, twins: tuple[uuid.UUID, uuid.UUID]
) -> None:
    first, second = twins
    screen = opened(qtbot, bare_place)
    screen.cards[0].together.click()
    assert screen.is_previewing
    assert leading_file(bare_place, second) is None
    assert set(screen.form.values) == {"name", "town", "website"}
    assert screen.form.leading is not None
    screen.form.leading.set_value(str(second))
    screen.join()
    assert leading_file(bare_place, first) == (second, "Giesserei Muldental")
    screen.said.button.click()
    assert leading_file(bare_place, first) is None


def test_the_list_of_companies_leads_there_and_hides_what_is_joined(
    qtbot: QtBot, bare_place: Workplace, twins: tuple[uuid.UUID, uuid.UUID]
) -> None:
    screen = CompaniesScreen(bare_place, Destination(Where.COMPANIES))
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    qtbot.waitUntil(screen.duplicates.isVisible)
    (line,) = screen.duplicates.findChildren(ListRow)
    assert line.title.text() == "Vielleicht doppelt: 1 Paar von Firmenakten"
    with qtbot.waitSignal(screen.navigate) as went:
        line.pressed.emit()
    assert went.args == [Destination(Where.DUPLICATES)]
    merge(bare_place, *twins, {})
    screen.refresh()
    qtbot.waitUntil(lambda: not screen.duplicates.isVisible())
    model = screen.list.companies
    assert [model.detail(row) for row in model.rows] == ["Zwickau · mit Akte Giesserei Muldental"]


def test_whoever_creates_a_company_that_is_there_is_told_before(
    qtbot: QtBot, bare_place: Workplace, twins: tuple[uuid.UUID, uuid.UUID]
) -> None:
    screen = CompaniesScreen(bare_place, Destination(Where.COMPANIES, create=True))
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    assert not screen.form.there.isVisible()
    screen.form.form.put({"name": "Gießerei Muldental", "postcode": "08056"})
    screen.form.form.settled.emit("postcode", "08056")
    rows = screen.form.there.findChildren(ListRow)
    assert [row.title.text() for row in rows] == [
        "Gießerei Muldental GmbH · Zwickau",
        "Giesserei Muldental",
    ]
    with qtbot.waitSignal(screen.navigate) as went:
        rows[0].pressed.emit()
    assert went.args == [Destination(Where.COMPANY, company_id=twins[0])]


def test_the_leading_file_shows_what_the_joined_one_holds_and_parts_it_again(
    qtbot: QtBot, bare_place: Workplace, twins: tuple[uuid.UUID, uuid.UUID]
) -> None:
    first, second = twins
    visit = plan_visit(bare_place, second, starts_at=bare_place.clock(), purpose="Rundgang")
    merge(bare_place, first, second, {})
    screen = CompanyFileScreen(bare_place, Destination(Where.COMPANY, company_id=first))
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    assert "Rundgang" in texts(screen.joined)
    line = next(r for r in screen.joined.findChildren(ListRow))
    with qtbot.waitSignal(screen.navigate) as went:
        line.pressed.emit()
    assert went.args == [Destination(Where.COMPANY, company_id=second, visit_id=visit)]
    buttons = screen.joined.findChildren(QPushButton)
    next(b for b in buttons if b.text() == "Wieder trennen").click()
    assert not screen.joined.isVisible()
    assert leading_file(bare_place, second) is None


def test_a_joined_file_says_where_it_is_shown(
    qtbot: QtBot, bare_place: Workplace, twins: tuple[uuid.UUID, uuid.UUID]
) -> None:
    first, second = twins
    merge(bare_place, first, second, {})
    screen = CompanyFileScreen(bare_place, Destination(Where.COMPANY, company_id=second))
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    assert any("Gießerei Muldental GmbH" in text for text in texts(screen.leading))
    with qtbot.waitSignal(screen.navigate) as went:
        screen.leading.button.click()
    assert went.args == [Destination(Where.COMPANY, company_id=first)]


def test_every_control_is_named_and_large_enough(
    qtbot: QtBot, bare_place: Workplace, twins: tuple[uuid.UUID, uuid.UUID]
) -> None:
    assert twins
    screen = opened(qtbot, bare_place)
    screen.cards[0].together.click()
    for button in screen.findChildren(QAbstractButton):
        frame = button.parentWidget()
        if button.isVisible() and frame is not None:
            assert button.accessibleName()
            is_segment = button.property("kind") == "segment"
            assert (frame if is_segment else button).height() >= TARGET


def test_looking_for_pairs_keeps_nobody_waiting_and_ends_with_what_holds_now(
    qtbot: QtBot,
    bare_place: Workplace,
    twins: tuple[uuid.UUID, uuid.UUID],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    may_go_on, threads = threading.Event(), list[threading.Thread]()

    def slow(place: Workplace) -> list[Proposal]:
        found = proposals(place)
        threads.append(threading.current_thread())
        may_go_on.wait(10)
        return found

    monkeypatch.setattr(hint, "proposals", slow)
    screen = CompaniesScreen(bare_place, Destination(Where.COMPANIES))
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    assert not screen.duplicates.isVisible()
    qtbot.waitUntil(lambda: bool(threads))
    merge(bare_place, *twins, {})
    screen.refresh()
    screen.refresh()
    may_go_on.set()
    qtbot.waitUntil(lambda: len(threads) == 2)
    qtbot.waitUntil(lambda: not screen.duplicates.isVisible())
    assert threading.main_thread() not in threads
