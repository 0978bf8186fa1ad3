"""The states of the interview screen: every view, sheet and card, reached as an advisor would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.questionnaire.authoring.building import compile_file
from desktop_advisor.ui.frame.key_sheet import KeySheet
from desktop_advisor.ui.interview.conduct import View
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.usecases.notes import tag_note, write_note
from desktop_advisor.usecases.questionnaires import choose
from tests.ui.consultation import Consultation

OWN = Path(__file__).parents[2] / "usecases" / "own.md"
LONGEST = {"kurzcheck": "d07_matrix", "vollcheck": "d11_restructuring"}
"""Questionnaire → its longest question."""
TALLEST = {"kurzcheck": "d01_strategy", "vollcheck": "d01_margin"}
"""Questionnaire → the question whose words and levels are the most."""
PRODUCTS = [
    {"product_name": "Pumpengehäuse Verbrennungsmotor", "product_share": "58"},
    {"product_name": "Getriebedeckel", "product_share": "27"},
    {"product_name": "Gehäuse für Leistungselektronik", "product_share": "15"},
]
NOTES = (
    "Im Januar mit der Hausbank sprechen, drei Angebote liegen vor.",
    "Formerei sucht seit März zwei Maschinenbediener, der Markt ist leer.",
    "Ofen 3 soll 2028 elektrisch werden; Angebot des Herstellers bis zum Quartalsende.",
)


def furnish(consultation: Consultation, questionnaire: str) -> None:
    """What the states show: rows, notes, four sides of one question, a section put aside."""
    place, case_id = consultation.place, consultation.case_id
    if questionnaire not in ("kurzcheck", "vollcheck"):
        compile_file(OWN, place.forms)
    if questionnaire != "kurzcheck":
        choose(place, case_id, questionnaire)
    for text in NOTES:
        write_note(place, case_id, text)
    if questionnaire == "own":
        return
    first = write_note(place, case_id, "Die Matrix hängt im Meisterbüro aus.")
    tag_note(place, first, "D07", "d07_matrix")
    talk = consultation.interview()
    if questionnaire == "vollcheck":
        talk.fill_rows("products", PRODUCTS)
    levels = ((Perspective.MANAGEMENT, "4"), (Perspective.WORKS_COUNCIL, "1"))
    for side, level in (*levels, (Perspective.ADVISOR, "3"), (Perspective.JOINT, "2")):
        talk.switch(side)
        talk.answer("d07_matrix", level)
    talk.reveal("d07_matrix")
    talk.switch(Perspective.MANAGEMENT)
    talk.park("D06")


Reach = Callable[[InterviewScreen], QWidget]
"""Brings a screen into a state; the part of it that is looked at."""


def question(name: str, view: View = View.ONE) -> Reach:
    """One question in one view."""

    def reach(screen: InterviewScreen) -> QWidget:
        screen.conduct.show(name)
        screen.conduct.show_view(view)
        return screen.window()

    return reach


def reasons(screen: InterviewScreen) -> QWidget:
    """The reasons why a question does not apply."""
    question("d07_matrix")(screen)
    screen.panel.press("3")
    screen.panel.states[AnswerState.NOT_APPLICABLE].click()
    return screen.window()


def end(screen: InterviewScreen) -> QWidget:
    """Behind the last question."""
    screen.conduct.end()
    return screen.window()


def inbox(screen: InterviewScreen) -> QWidget:
    """All notes."""
    question("d07_matrix")(screen)
    screen.notes.sort()
    return screen.notes.inbox


def free_note(screen: InterviewScreen) -> QWidget:
    """The note that is always at hand."""
    question("d07_matrix")(screen)
    screen.notes.write()
    screen.notes.free_note.text.setPlainText(NOTES[0])
    return screen.notes.free_note


def why(screen: InterviewScreen) -> QWidget:
    """The rules behind a question."""
    question("d01_liquidity")(screen)
    screen.notes.say_why()
    return screen.notes.reasons


def finder(screen: InterviewScreen) -> QWidget:
    """Questions found by a word."""
    field = screen.search_field()
    assert field is not None
    field.blockSignals(True)  # the pause after typing would look a second time
    field.setText("betrieb")
    field.blockSignals(False)
    screen.finder.look("betrieb")
    return screen.finder


def key_sheet(screen: InterviewScreen) -> QWidget:
    """The keys."""
    window = screen.window()
    window.show_keys()  # type: ignore[attr-defined]
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, KeySheet))


STATES: dict[str, tuple[str, Reach]] = {
    "one-kurzcheck": ("kurzcheck", question("d01_strategy")),
    "one-longest": ("vollcheck", question("d11_restructuring")),
    "comparison": ("kurzcheck", question("d07_matrix")),
    "reasons": ("kurzcheck", reasons),
    "list-kurzcheck": ("kurzcheck", question("d07_matrix", View.LIST)),
    "list-vollcheck": ("vollcheck", question("d03_exchange", View.LIST)),
    "list-inputs": ("vollcheck", question("energy_kwh_power", View.LIST)),
    "hall-kurzcheck": ("kurzcheck", question("d07_matrix", View.HALL)),
    "hall-vollcheck": ("vollcheck", question("d11_restructuring", View.HALL)),
    "end": ("kurzcheck", end),
    "table": ("vollcheck", question("products")),
    "inbox": ("kurzcheck", inbox),
    "why": ("kurzcheck", why),
    "note": ("kurzcheck", free_note),
    "finder": ("kurzcheck", finder),
    "keys": ("kurzcheck", key_sheet),
} | {f"own-{name}": ("own", question(name)) for name in ("lead", "meetings", "chair", "products")}
"""State → questionnaire and the way there."""
