"""Wissen & Angebote: finding, reading, following and going back, and what a client must not see."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.company_file.screen import CompanyFileScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.knowledge.detail import Beginning, NoteView
from desktop_advisor.ui.knowledge.marked import marked_html
from desktop_advisor.ui.knowledge.result_row import ResultRow
from desktop_advisor.ui.knowledge.screen import KnowledgeScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.widgets import ListRow, QuietButton
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.notes import write_note
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.sample import foundry

OVEN = "Ofen 3 soll 2028 elektrisch werden, Angebot liegt vor."


def opened(qtbot: QtBot, place: Workplace, focus: str = "") -> KnowledgeScreen:
    screen = KnowledgeScreen(place, Destination(Where.KNOWLEDGE, focus=focus))
    qtbot.addWidget(screen)
    screen.resize(1158, 708)
    screen.refresh()
    screen.show()
    qtbot.waitExposed(screen)
    return screen


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def keys(screen: KnowledgeScreen) -> list[str]:
    return [row.key for row in screen.list.rows]


def row_of(screen: KnowledgeScreen, key: str) -> ResultRow:
    return next(row for row in screen.list.rows if row.key == key)


def says(qtbot: QtBot, screen: KnowledgeScreen, words: str) -> None:
    """The card at the right shows the words as soon as it is laid out."""
    qtbot.waitUntil(lambda: words in texts(screen.detail), timeout=2000)


def search(qtbot: QtBot, screen: KnowledgeScreen, words: str, first: str) -> None:
    """Type the words and wait until `first` is the first hit; "" for none."""
    screen.search.setText(words)
    qtbot.waitUntil(lambda: (keys(screen) or [""])[0] == first, timeout=5000)


def test_hits_come_while_one_types_and_the_searched_words_are_marked(
    qtbot: QtBot, place: Workplace
) -> None:
    screen = opened(qtbot, place)
    qtbot.keyClicks(screen.search, "belegstu")
    qtbot.waitUntil(lambda: keys(screen)[0] == "belegstufen", timeout=5000)
    assert "<b><u>Belegstu</u></b>" in row_of(screen, "belegstufen").text()
    assert row_of(screen, "belegstufen").is_chosen
    qtbot.waitUntil(lambda: "Worum es geht" in " ".join(texts(screen.detail)), timeout=2000)


def test_an_offer_says_how_far_it_can_be_relied_on(qtbot: QtBot, place: Workplace) -> None:
    screen = opened(qtbot, place)
    suspended = next(offer for offer in place.offers if offer.status == "ausgesetzt")
    screen.kind.set_value("funding")
    screen.kind.chosen.emit("funding")
    row = row_of(screen, suspended.id)
    assert "ausgesetzt" in row.text()
    assert "ausgesetzt" in row.accessibleName()
    qtbot.keyClick(row, Qt.Key.Key_Space)
    says(qtbot, screen, suspended.title)
    assert any(text.startswith("Derzeit ausgesetzt") for text in texts(screen.detail))


def test_the_list_can_be_held_to_one_kind_and_one_dimension(qtbot: QtBot, place: Workplace) -> None:
    screen = opened(qtbot, place)
    screen.kind.set_value("contact")
    screen.kind.chosen.emit("contact")
    assert keys(screen) == [offer.id for offer in place.offers if offer.kind == "contact"]
    screen.dimension.set_value("D12")
    screen.dimension.chosen.emit("D12")
    wanted = [o.id for o in place.offers if o.kind == "contact" and "D12" in o.dimensions]
    assert keys(screen) == wanted


def test_a_search_for_nothing_known_says_so_and_offers_a_beginning(
    qtbot: QtBot, place: Workplace
) -> None:
    screen = opened(qtbot, place)
    screen.search.setText("Mondlandung")
    qtbot.waitUntil(lambda: "Kein Eintrag passt zu dieser Suche." in texts(screen), timeout=5000)
    assert "Nichts gefunden?" in texts(screen.detail)
    beginning = screen.detail.findChild(Beginning)
    assert beginning is not None
    assert len(beginning.buttons) == 12
    beginning.buttons[4].click()
    assert screen.search.text() == ""
    assert screen.dimension.value() == "D05"
    assert "energiekosten" in keys(screen)


def test_notes_wait_until_they_are_asked_for(qtbot: QtBot, place: Workplace) -> None:
    screen = opened(qtbot, place)
    screen.search.setText("ofen elektrisch")
    qtbot.waitUntil(screen.notes.isVisible, timeout=5000)
    assert "Muldental" not in " ".join(texts(screen))
    assert screen.notes.text() == "1 eigene Notiz zeigen"
    screen.notes.click()
    qtbot.waitUntil(lambda: screen.detail.findChild(NoteView) is not None, timeout=5000)
    says(qtbot, screen, "Gießerei Muldental GmbH")
    assert OVEN in texts(screen.detail)
    assert "<b><u>elektrisch</u></b>" in " ".join(texts(screen.list))


def test_a_note_opens_its_company_file_where_it_stands(qtbot: QtBot, place: Workplace) -> None:
    company = foundry(place)
    case = show_company_file(place, company).case_id
    assert case is not None
    wanted = write_note(place, case, "Die gesuchte Notiz")
    for number in range(25):
        write_note(place, case, f"Beobachtung {number}")
    screen = opened(qtbot, place)
    screen.kind.set_value("note")
    search(qtbot, screen, "gesuchte", str(wanted))
    view = screen.detail.findChild(NoteView)
    assert view is not None
    with qtbot.waitSignal(screen.navigate) as gone:
        view.open.click()
    (there,) = gone.args
    assert (there.where, there.company_id, there.case_id) == (Where.COMPANY, company, case)
    file = CompanyFileScreen(place, there)
    qtbot.addWidget(file)
    file.resize(1158, 708)
    file.show()
    file.refresh()
    made = file.notes.row_of(wanted)
    assert made is not None

    def is_in_sight() -> None:
        assert made is not None
        port = file._area.viewport()
        assert 0 <= made.mapTo(port, QPoint(0, 0)).y() < port.height()

    qtbot.waitUntil(is_in_sight, timeout=2000)


def test_an_article_leads_to_its_offer_and_back(qtbot: QtBot, place: Workplace) -> None:
    screen = opened(qtbot, place, focus="paragraf-82")
    says(qtbot, screen, "Dazu passende Angebote")
    assert not screen.detail.back.isVisible()
    link = next(
        row for row in screen.detail.findChildren(ListRow) if row.property("key") == "sgb3-82"
    )
    qtbot.keyClick(link, Qt.Key.Key_Return)
    says(qtbot, screen, "Stand der Förderinformation")
    assert screen.detail.back.isVisible()
    assert "§ 82" in screen.detail.back.accessibleName()
    qtbot.keyClick(screen.detail.back, Qt.Key.Key_Return)
    says(qtbot, screen, "Dazu passende Angebote")
    assert not screen.detail.back.isVisible()


def test_escape_goes_back_inside_before_it_leaves_the_screen(
    qtbot: QtBot, place: Workplace
) -> None:
    screen = opened(qtbot, place, focus="paragraf-82")
    link = next(
        row for row in screen.detail.findChildren(ListRow) if row.property("key") == "sgb3-82"
    )
    link.pressed.emit()
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    says(qtbot, screen, "Dazu passende Angebote")


def test_another_screen_points_at_an_article_and_its_row_is_in_sight(
    qtbot: QtBot, place: Workplace
) -> None:
    screen = opened(qtbot, place, focus="wissensstafette")
    assert any(text.startswith("Wissensstafette") for text in texts(screen.detail))
    made = row_of(screen, "wissensstafette")

    def is_in_sight() -> None:
        port = screen._list_area.viewport()
        assert 0 <= made.mapTo(port, QPoint(0, 0)).y() < port.height()

    qtbot.waitUntil(is_in_sight, timeout=2000)


def test_the_keyboard_alone_leads_from_the_field_into_a_hit(qtbot: QtBot, place: Workplace) -> None:
    window = MainWindow(place, start=Destination(Where.KNOWLEDGE))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    screen = window.screen_shown
    assert isinstance(screen, KnowledgeScreen)
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is screen.search
    qtbot.keyClicks(screen.search, "vsme")
    qtbot.keyClick(screen.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: keys(screen)[:1] == ["vsme"], timeout=5000)
    qtbot.waitUntil(lambda: window.focusWidget() is row_of(screen, "vsme"), timeout=2000)
    qtbot.keyClick(screen.search, Qt.Key.Key_Escape)
    assert screen.search.text() == ""
    window.close()


def test_a_slip_is_said(qtbot: QtBot, place: Workplace) -> None:
    screen = opened(qtbot, place)
    search(qtbot, screen, "wissenstafette", "wissensstafette")
    assert any(text.startswith("Nicht wörtlich gefunden") for text in texts(screen))


def test_a_locked_program_keeps_silent_and_searches_again_afterwards(
    qtbot: QtBot, place: Workplace
) -> None:
    screen = opened(qtbot, place)
    place.store.lock()
    screen.search.setText("energie")
    qtbot.wait(300)
    assert screen.trouble.isHidden()
    place.store.unlock("Muldental am Morgen 3")
    screen.refresh()
    qtbot.waitUntil(lambda: "energiekosten" in keys(screen)[:4], timeout=5000)


def test_what_is_typed_into_a_note_is_never_markup() -> None:
    assert marked_html("<b>5 & 6</b>", [(3, 4)]) == "&lt;b&gt;<b><u>5</u></b> &amp; 6&lt;/b&gt;"


@pytest.mark.parametrize("number", [1, 61])
def test_many_notes_are_counted_up_to_a_bound(
    qtbot: QtBot, bare_place: Workplace, number: int
) -> None:
    from desktop_advisor.usecases.companies import CompanyDraft, create_company
    from desktop_advisor.usecases.visits import plan_visit

    company = create_company(bare_place, CompanyDraft(name="Stanzwerk"))
    plan_visit(bare_place, company, starts_at=datetime(2026, 11, 24, 7, 30, tzinfo=UTC))
    case = show_company_file(bare_place, company).case_id
    assert isinstance(case, uuid.UUID)
    for _ in range(number):
        write_note(bare_place, case, "Zinkdruckguss")
    screen = opened(qtbot, bare_place)
    screen.search.setText("zinkdruckguss")
    button: QuietButton = screen.notes
    qtbot.waitUntil(button.isVisible, timeout=5000)
    wanted = "1 eigene Notiz zeigen" if number == 1 else "60+ eigene Notizen zeigen"
    assert button.text() == wanted
