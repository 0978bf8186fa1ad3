"""Sichtweisen: the release, the private look, the sides beside each other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.ui.advice.screen import AdviceScreen
from desktop_advisor.ui.company_file.screen import CompanyFileScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.results.overview import OverviewSection
from desktop_advisor.ui.results.screen import ResultsScreen
from desktop_advisor.ui.results.section import TABS
from desktop_advisor.ui.results.views.section import ViewsSection
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.usecases.releasing import release_of, release_view, withdraw_release
from desktop_advisor.usecases.workplace import Workplace
from tests.planted import DISSENT, found_in, plant
from tests.ui.consultation import (
    SLOW_MS,
    Consultation,
    begin,
    close,
    screen_of,
    settle,
    visible_words,
    window_at,
)

WHO = "Sabine Krauß"
BR = Perspective.WORKS_COUNCIL


@pytest.fixture
def visit(bare_place: Workplace) -> Consultation:
    """Both sides answered, nothing is released."""
    made = begin(bare_place)
    plant(bare_place, made.visit_id)
    return made


@pytest.fixture
def window(qtbot: QtBot, visit: Consultation) -> Iterator[MainWindow]:
    made = window_at(qtbot, visit.place, visit.destination(Where.RESULTS, "views"))
    yield made
    close(made)


@pytest.fixture
def screen(window: MainWindow) -> ResultsScreen:
    return screen_of(window, ResultsScreen)


def shown(screen: ResultsScreen) -> ViewsSection:
    assert isinstance(screen.section, ViewsSection)
    return screen.section


def loaded(qtbot: QtBot, screen: ResultsScreen) -> ViewsSection:
    """The tab once its own task has ended, too."""
    qtbot.waitUntil(lambda: _is_loaded(screen), timeout=SLOW_MS)
    settle(qtbot)
    return shown(screen)


def _is_loaded(screen: ResultsScreen) -> bool:
    section = screen.section
    return isinstance(section, ViewsSection) and section.views is not None


def read_anew(qtbot: QtBot, screen: ResultsScreen) -> ViewsSection:
    """As after a decision: the results are read again."""
    before = screen.section
    screen.refresh()
    qtbot.waitUntil(lambda: screen.section is not before, timeout=SLOW_MS)
    return loaded(qtbot, screen)


def every_tab(qtbot: QtBot, screen: ResultsScreen) -> str:
    """The words of every tab, with the field unfolded that the secrets are in."""
    words = []
    for tab in TABS:
        screen.open_tab(tab.key)
        settle(qtbot)
        section = screen.section
        if isinstance(section, ViewsSection):
            fields = loaded(qtbot, screen).rows
            next(row for row in fields if row.dimension.dimension.code == "D07").toggle()
        elif isinstance(section, OverviewSection):
            section.rows[6].toggle()
        settle(qtbot)
        words.append(visible_words(screen))
    screen.open_tab("views")
    loaded(qtbot, screen)
    return "\n".join(words)


def test_no_tab_shows_what_is_not_released_and_all_shows_afterwards(
    qtbot: QtBot, screen: ResultsScreen, visit: Consultation
) -> None:
    before = every_tab(qtbot, screen)
    assert found_in(before) == []
    assert "BR 0" not in before
    assert "Betriebsrat: 0" not in before
    release_view(visit.place, visit.case_id, WHO)
    read_anew(qtbot, screen)
    after = every_tab(qtbot, screen)
    assert "BR 0" in after
    assert "Betriebsrat: 0" in after
    assert DISSENT in after
    withdraw_release(visit.place, visit.case_id, WHO)
    words = visible_words(read_anew(qtbot, screen))
    assert found_in(words) == []
    assert "BR 0" not in words


def test_advice_and_company_file_show_nothing_of_it(qtbot: QtBot, visit: Consultation) -> None:
    window = window_at(qtbot, visit.place, visit.destination(Where.ADVICE))
    advice = visible_words(screen_of(window, AdviceScreen))
    assert found_in(advice) == []
    assert "(Betriebsrat)" not in advice
    close(window)
    window = window_at(qtbot, visit.place, visit.destination(Where.COMPANY))
    file = visible_words(screen_of(window, CompanyFileScreen))
    assert found_in(file) == []
    assert "Betriebsrat: 5 von" in file
    assert "noch nicht freigegeben" in file
    close(window)


def test_the_works_council_releases_by_name_and_takes_it_back(
    qtbot: QtBot, screen: ResultsScreen, visit: Consultation
) -> None:
    card = loaded(qtbot, screen).release
    assert card is not None
    assert card.name.text() == WHO
    card.name.setText("  ")
    card.release.click()
    assert "wer für den Betriebsrat entscheidet" in visible_words(card)
    assert not release_of(visit.place, visit.case_id).is_released
    card.name.setText("Petra Vogel")
    before = screen.section
    card.release.click()
    qtbot.waitUntil(lambda: screen.section is not before, timeout=SLOW_MS)
    assert release_of(visit.place, visit.case_id).by == "Petra Vogel"
    card = loaded(qtbot, screen).release
    assert card is not None
    words = visible_words(card)
    assert "Petra Vogel hat die Sichtweise des Betriebsrats" in words
    assert "Ein gesiegelter Bericht bleibt, wie er ist" in words
    assert shown(screen).talks is not None
    before = screen.section
    card.withdraw.click()
    qtbot.waitUntil(lambda: screen.section is not before, timeout=SLOW_MS)
    assert release_of(visit.place, visit.case_id).is_withdrawn
    assert loaded(qtbot, screen).talks is None


def looked_privately(qtbot: QtBot, screen: ResultsScreen) -> ViewsSection:
    section = loaded(qtbot, screen)
    assert section.look is not None
    section.look.click()
    qtbot.waitUntil(lambda: section.is_private, timeout=SLOW_MS)
    settle(qtbot)
    words = visible_words(section)
    assert "Nur für den Betriebsrat: nicht freigegeben." in words
    assert DISSENT in words
    return section


def test_the_private_look_ends_with_the_tab(qtbot: QtBot, screen: ResultsScreen) -> None:
    looked_privately(qtbot, screen)
    screen.open_tab("overview")
    settle(qtbot)
    screen.open_tab("views")
    assert not loaded(qtbot, screen).is_private
    assert DISSENT not in visible_words(screen)


def test_the_private_look_ends_with_its_button(qtbot: QtBot, screen: ResultsScreen) -> None:
    section = looked_privately(qtbot, screen)
    section.private.button.click()
    assert DISSENT not in visible_words(section)
    assert not loaded(qtbot, screen).is_private
    assert section.rows


def test_the_private_look_ends_with_the_lock(
    qtbot: QtBot, window: MainWindow, screen: ResultsScreen
) -> None:
    section = looked_privately(qtbot, screen)
    row = next(r for r in section.rows if r.dimension.dimension.code == "D07")
    row.toggle()
    window.lock.lock()
    QTest.qWait(50)
    assert not section.is_private
    assert section.rows == []
    assert window.lock.page is not None


def test_a_talking_point_leads_back_to_its_question(
    qtbot: QtBot, window: MainWindow, screen: ResultsScreen, visit: Consultation
) -> None:
    release_view(visit.place, visit.case_id, WHO)
    loaded(qtbot, screen)
    talks = read_anew(qtbot, screen).talks
    assert talks is not None
    talks.asked.emit("d07_matrix")
    settle(qtbot)
    talk = screen_of(window, InterviewScreen)
    assert talk.conduct.current == "d07_matrix"


def test_a_long_list_is_folded(qtbot: QtBot, screen: ResultsScreen, visit: Consultation) -> None:
    talk = visit.interview(BR)
    for name in ("d01_strategy", "d01_customers", "d02_exposure", "d03_orders"):
        talk.answer(name, "1")
    release_view(visit.place, visit.case_id, WHO)
    loaded(qtbot, screen)
    talks = read_anew(qtbot, screen).talks
    assert talks is not None
    folded = visible_words(talks).count("Zur Frage")
    assert folded == 5
    talks.fold.click()
    settle(qtbot)
    assert visible_words(talks).count("Zur Frage") > folded


def test_with_one_side_only_the_way_to_the_other_is_named(
    qtbot: QtBot, bare_place: Workplace
) -> None:
    visit = begin(bare_place)
    visit.interview().answer("d07_matrix", "4")
    window = window_at(qtbot, visit.place, visit.destination(Where.RESULTS, "views"))
    screen = screen_of(window, ResultsScreen)
    words = visible_words(loaded(qtbot, screen))
    assert "Bisher liegt nur eine Sichtweise vor (Geschäftsführung)" in words
    assert "Zum Gespräch: Betriebsrat ›" in words
    close(window)


def test_the_works_council_alone_reaches_its_release(qtbot: QtBot, bare_place: Workplace) -> None:
    visit = begin(bare_place)
    visit.interview(BR).answer("d07_matrix", "1")
    window = window_at(qtbot, visit.place, visit.destination(Where.RESULTS))
    screen = screen_of(window, ResultsScreen)
    words = visible_words(loaded(qtbot, screen))
    assert "Bisher hat nur der Betriebsrat geantwortet" in words
    assert "BR 1" not in words
    assert shown(screen).release is not None
    close(window)


def test_the_end_of_its_part_offers_the_release_to_the_works_council_only(
    qtbot: QtBot, visit: Consultation
) -> None:
    destination = Destination(
        Where.INTERVIEW,
        company_id=visit.company_id,
        case_id=visit.case_id,
        visit_id=visit.visit_id,
        perspective=str(BR),
    )
    window = window_at(qtbot, visit.place, destination)
    talk = screen_of(window, InterviewScreen)
    talk.conduct.end()
    settle(qtbot)
    card = talk._ending.release
    assert card is not None
    card.later.click()
    assert "Nichts wurde freigegeben." in visible_words(card)
    card.release.click()
    settle(qtbot)
    assert release_of(visit.place, visit.case_id).is_released
    talk.conduct.switch(Perspective.MANAGEMENT)
    talk.conduct.end()
    settle(qtbot)
    assert talk._ending.release is None
    close(window)
