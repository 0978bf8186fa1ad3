"""In mehreren Fassungen: compare, choose by key, decide several after a preview, take back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desktop_advisor.storage.history import history
from desktop_advisor.storage.models import Company, Visit
from desktop_advisor.ui.company_file.screen import CompanyFileScreen
from desktop_advisor.ui.conflicts.marking import differing
from desktop_advisor.ui.conflicts.screen import ConflictsScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.interview.conduct import View
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.reporting.screen import ReportScreen
from desktop_advisor.ui.synchronise.conflicts import Conflicts
from desktop_advisor.ui.theme.spacing import TARGET
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.conflicts import Rule, open_disputes
from desktop_advisor.usecases.kept_decisions import last_decision
from desktop_advisor.usecases.visits import plan_visit
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.conftest import opened_copy
from tests.ui.disputes import disagree
from tests.usecases.laptops import two_laptops


@pytest.fixture(scope="module")
def disagreed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """Jana's store after she and Ralf met, closed, and the time when it was left."""
    folder = tmp_path_factory.mktemp("disagreed")
    with two_laptops(folder) as pair:
        disagree(pair)
        left_at = pair.jana.clock()
    return folder / "jana", left_at


@pytest.fixture
def jana(tmp_path: Path, disagreed: tuple[Path, datetime]) -> Iterator[Workplace]:
    yield from opened_copy(disagreed, tmp_path / "jana")


def opened(qtbot: QtBot, jana: Workplace) -> ConflictsScreen:
    screen = ConflictsScreen(jana, Destination(Where.CONFLICTS))
    screen.resize(1158, 708)
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.setFocus()
    return screen


def texts(widget: QWidget) -> list[str]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return [label.text() for label in widget.findChildren(QLabel)]


def go_to(screen: ConflictsScreen, field: str, *, covered: bool = False) -> None:
    key = next(
        key
        for key in screen.overview.rows
        if key[2] == field and (key not in screen.overview.ticks) is covered
    )
    screen.open_field(key)


def town(jana: Workplace) -> str:
    with jana.store.read() as session:
        return session.scalars(select(Company.town).where(Company.name.contains("Zschopau"))).one()


def test_a_field_is_compared_and_decided_by_keyboard_alone(qtbot: QtBot, jana: Workplace) -> None:
    screen = opened(qtbot, jana)
    go_to(screen, "town")
    said = texts(screen.comparison)
    assert {"Meine Fassung", "Fassung von Ralf Kunz", "Vorher", "gilt vorläufig"} <= set(said)
    assert {"Wilkau", "Werdau", "Zwickau"} <= set(said)
    action = screen.primary()
    assert action is not None
    assert not action.enabled
    QTest.keyClick(screen, Qt.Key.Key_2)
    action = screen.primary()
    assert action is not None
    assert action.enabled
    with qtbot.waitSignal(screen.committed):
        QTest.keyClick(screen, Qt.Key.Key_Return)
    assert town(jana) == "Werdau"
    assert "town" not in {key[2] for key in screen.overview.rows}


def test_page_keys_walk_through_the_fields_and_stop_at_both_ends(
    qtbot: QtBot, jana: Workplace
) -> None:
    screen = opened(qtbot, jana)
    keys = list(screen.overview.rows)

    def shown() -> int:
        return [screen.overview.rows[key].property("chosen") for key in keys].index(True)

    QTest.keyClick(screen, Qt.Key.Key_PageUp)
    assert shown() == 0
    for _ in range(len(keys) + 2):
        QTest.keyClick(screen, Qt.Key.Key_PageDown)
    assert shown() == len(keys) - 1
    assert not screen.overview.rows[keys[-1]].visibleRegion().isEmpty()


def test_long_texts_are_marked_where_they_differ(qtbot: QtBot, jana: Workplace) -> None:
    screen = opened(qtbot, jana)
    go_to(screen, "steps")
    marked = [text for text in texts(screen.comparison) if "<b>" in text]
    assert any("<b><u>Januar</u></b>" in text for text in marked)
    assert any("<b><u>März</u></b>" in text for text in marked)


@pytest.mark.parametrize(
    ("text", "other", "words"),
    [
        ("am Montag im Werk", "am Freitag im Werk", ["Montag"]),
        ("am Montag im Werk", "am Montag im Werk", []),
        ("Energie je Schmelze", "Personal und Schulung", []),
        ("118", "121", []),
        ("alles neu, alt", "alles alt", ["neu,"]),
    ],
)
def test_only_what_the_other_has_not_is_marked(text: str, other: str, words: list[str]) -> None:
    assert [text[a:b].strip() for a, b in differing(text, other)] == words


def test_what_the_works_council_said_shows_only_when_asked_for(
    qtbot: QtBot, jana: Workplace
) -> None:
    screen = opened(qtbot, jana)
    covered = next(d for d in open_disputes(jana) if d.is_covered)
    go_to(screen, "response", covered=True)
    words = {version.words for version in covered.versions}
    assert not words & set(texts(screen))
    button = next(b for b in screen.findChildren(QPushButton) if b.text() == "Fassungen aufdecken")
    button.click()
    assert words <= set(texts(screen.comparison))
    screen.refresh()
    go_to(screen, "response", covered=True)
    assert not words & set(texts(screen))


def test_nothing_is_written_before_the_preview_of_several_is_confirmed(
    qtbot: QtBot, jana: Workplace
) -> None:
    screen = opened(qtbot, jana)
    before = len(open_disputes(jana))
    screen.preview_batch("all", Rule.THEIRS)
    assert screen.is_previewing
    assert len(open_disputes(jana)) == before
    assert "1 Angabe verdeckt, gesiegelt oder nur einzeln zu entscheiden." in texts(screen.preview)
    assert screen.close_one()
    screen.preview_batch("all", Rule.THEIRS)
    with qtbot.waitSignal(screen.committed):
        screen.confirm()
    assert town(jana) == "Werdau"
    assert [d.is_covered for d in open_disputes(jana)] == [True]
    assert f"{before - 1} Angaben entschieden." in texts(screen.said)
    screen.said.button.click()
    assert len(open_disputes(jana)) == before


def test_ticked_fields_alone_are_decided(qtbot: QtBot, jana: Workplace) -> None:
    screen = opened(qtbot, jana)
    for key, tick in screen.overview.ticks.items():
        tick.setChecked(key[2] in {"town", "street"})
    assert screen.batch.scope.value() == "ticked"
    screen.batch.buttons[Rule.MINE].click()
    assert [c.dispute.conflict.field for c in screen.preview.taken] == ["street", "town"]


def test_an_own_wording_holds_instead_of_any_version(qtbot: QtBot, jana: Workplace) -> None:
    screen = opened(qtbot, jana)
    go_to(screen, "town")
    screen.comparison.write.click()
    assert screen.comparison.own is not None
    screen.comparison.own.setPlainText("Mosel")
    screen.confirm()
    assert town(jana) == "Mosel"


def test_every_control_is_named_and_large_enough(qtbot: QtBot, jana: Workplace) -> None:
    screen = opened(qtbot, jana)
    go_to(screen, "town")
    for button in screen.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.accessibleName()
            assert button.height() >= TARGET


def test_with_nothing_left_the_screen_says_so_and_can_still_take_back(
    qtbot: QtBot, jana: Workplace
) -> None:
    screen = opened(qtbot, jana)
    screen.preview_batch("all", Rule.NEWER)
    screen.confirm()
    go_to(screen, "response", covered=True)
    screen.comparison.reveal_wanted.emit()
    assert screen.comparison.choose(1)
    screen.confirm()
    assert open_disputes(jana) == []
    assert screen.primary() is None
    assert any("nichts zu entscheiden" in text for text in texts(screen))
    screen.undo()
    assert len(open_disputes(jana)) == 1


def test_a_decision_is_taken_back_after_the_screen_was_left(qtbot: QtBot, jana: Workplace) -> None:
    screen = opened(qtbot, jana)
    before = len(open_disputes(jana))
    for field in ("town", "street"):
        go_to(screen, field)
        screen.comparison.choose(1)
        screen.confirm()
    assert screen.leave()
    later = opened(qtbot, jana)
    assert any(text.startswith("Zuletzt entschieden: 1 Angabe, ") for text in texts(later.said))
    later.said.button.click()
    assert {key[2] for key in later.overview.rows} >= {"street"}
    later.refresh()
    later.said.button.click()
    assert len(open_disputes(jana)) == before
    later.refresh()
    assert not later.said.isVisible()


def test_a_decision_is_not_offered_back_where_something_newer_was_written_or_a_day_has_gone(
    qtbot: QtBot, jana: Workplace
) -> None:
    screen = opened(qtbot, jana)
    for field in ("town", "street"):
        go_to(screen, field)
        screen.comparison.choose(1)
        screen.confirm()
    with jana.store.edit(jana.author) as session:
        company = session.scalars(select(Company).where(Company.name.contains("Zschopau"))).one()
        company.street = "Talstraße 2"
        company_id = company.id
    kept = last_decision(jana)
    assert kept is not None
    assert kept == last_decision(jana, company_id)
    assert last_decision(jana, uuid.uuid4()) is None
    with jana.store.read() as session:
        (town,) = [c for c in history(session, company_id) if c.field == "town" and c.is_current]
    assert town.value == "Wilkau"
    screen.refresh()
    screen.undo()
    assert {d.key[2] for d in open_disputes(jana, company_id)} >= {"town"}
    assert "street" not in {d.key[2] for d in open_disputes(jana, company_id)}
    go_to(screen, "town")
    screen.comparison.choose(1)
    screen.confirm()
    tomorrow = replace(jana, clock=lambda: jana.clock() + timedelta(days=1, minutes=1))
    assert last_decision(tomorrow) is None


def test_the_way_back_to_a_decision_is_open_when_nothing_else_is(
    qtbot: QtBot, jana: Workplace
) -> None:
    screen = opened(qtbot, jana)
    screen.preview_batch("all", Rule.NEWER)
    screen.confirm()
    go_to(screen, "response", covered=True)
    screen.comparison.reveal_wanted.emit()
    screen.comparison.choose(1)
    screen.confirm()
    card = Conflicts(jana)
    qtbot.addWidget(card)
    card.refresh()
    assert card.isVisibleTo(None)
    assert any("Zuletzt entschieden: 1 Angabe" in text for text in texts(card))
    assert card.property("kind") == "card"
    empty = opened(qtbot, jana)
    assert empty.primary() is None
    empty._said_below.button.click()
    assert len(open_disputes(jana)) == 1
    card.refresh()
    assert (card.property("kind"), card.property("tone")) == ("banner", "attention")


def test_a_file_with_open_fields_says_that_it_holds_provisionally_and_leads_there(
    qtbot: QtBot, jana: Workplace
) -> None:
    company = next(d for d in open_disputes(jana) if d.key[2] == "town").conflict.company_id
    screen = CompanyFileScreen(jana, Destination(Where.COMPANY, company_id=company))
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    assert any("gilt vorläufig, was hier steht" in text for text in texts(screen.provisional))
    with qtbot.waitSignal(screen.navigate) as went:
        screen.provisional.button.click()
    assert went.args == [Destination(Where.CONFLICTS, company_id=company)]
    only = ConflictsScreen(jana, went.args[0])
    qtbot.addWidget(only)
    only.refresh()
    assert {d.conflict.company_id for d in open_disputes(jana, company)} == {company}
    assert len(only.overview.rows) == len(open_disputes(jana, company)) < len(open_disputes(jana))


def test_an_interview_and_a_draft_say_that_they_show_what_holds_provisionally(
    qtbot: QtBot, jana: Workplace
) -> None:
    with jana.store.read() as session:
        visit = session.scalars(select(Visit)).one()
    company, case = visit.company_id, visit.case_id
    where = Destination(Where.CONFLICTS, company_id=company)
    talk = InterviewScreen(jana, Destination(Where.INTERVIEW, visit_id=visit.id))
    report = ReportScreen(jana, Destination(Where.REPORT, case_id=case))
    for screen in (talk, report):
        qtbot.addWidget(screen)
        screen.show()
        screen.refresh()
        qtbot.waitUntil(screen.provisional.isVisible, timeout=20_000)
        assert any("gilt vorläufig, was hier steht" in text for text in texts(screen.provisional))
        with qtbot.waitSignal(screen.navigate) as went:
            screen.provisional.button.click()
        assert went.args == [where]
    talk.conduct.show_view(View.HALL)
    assert not talk.provisional.isVisible()
    talk.conduct.show_view(View.ONE)
    assert talk.provisional.isVisible()
    report.check()
    assert not report.provisional.isVisible()
    report.show_report_page()
    assert report.provisional.isVisible()


def test_an_interview_without_open_fields_has_no_such_line(
    qtbot: QtBot, bare_place: Workplace
) -> None:
    company = create_company(bare_place, CompanyDraft(name="Kabelwerk Aue GmbH"))
    visit = plan_visit(bare_place, company, starts_at=bare_place.clock())
    screen = InterviewScreen(bare_place, Destination(Where.INTERVIEW, visit_id=visit))
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    qtbot.waitUntil(lambda: screen.interview is not None, timeout=20_000)
    assert not screen.provisional.isVisible()
