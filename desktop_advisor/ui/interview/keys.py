"""The keys of the interview: what each one asks for, and the sheet that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from functools import partial
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.ui.interview.conduct import Conduct, View


class Ask(Enum):
    """What a key asks for; the second part of `asked` says how."""

    STEP = auto()  # int: -1 or +1 question; in the list one key of the row
    ROW = auto()  # int: -1 or +1 level; in the list one question
    STATE = auto()  # AnswerState
    LEVEL = auto()  # str: a digit
    REOPEN = auto()
    ONWARDS = auto()
    PARK = auto()


_KEYS: dict[Qt.Key, tuple[Ask, object]] = {
    Qt.Key.Key_Right: (Ask.STEP, 1),
    Qt.Key.Key_Left: (Ask.STEP, -1),
    Qt.Key.Key_Down: (Ask.ROW, 1),
    Qt.Key.Key_Up: (Ask.ROW, -1),
    Qt.Key.Key_N: (Ask.STATE, AnswerState.NOT_APPLICABLE),
    Qt.Key.Key_W: (Ask.STATE, AnswerState.UNKNOWN),
    Qt.Key.Key_K: (Ask.STATE, AnswerState.CONFIDENTIAL),
    Qt.Key.Key_P: (Ask.PARK, None),
    Qt.Key.Key_Delete: (Ask.REOPEN, None),
    Qt.Key.Key_Return: (Ask.ONWARDS, None),
    Qt.Key.Key_Enter: (Ask.ONWARDS, None),
}
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)

PERSPECTIVE_KEYS = {
    "Alt+1": Perspective.MANAGEMENT,
    "Alt+2": Perspective.WORKS_COUNCIL,
    "Alt+3": Perspective.ADVISOR,
    "Alt+4": Perspective.JOINT,
}
VIEW_KEYS = {"F2": View.ONE, "F3": View.LIST, "F4": View.HALL}


def asked(event: QKeyEvent) -> tuple[Ask, object] | None:
    """What a key press asks for; None for keys that are not ours, modified ones among them."""
    if event.modifiers() not in _PLAIN:
        return None
    if event.text() and event.text() in "0123456789":
        return Ask.LEVEL, event.text()
    return _KEYS.get(Qt.Key(event.key()))


def key_sheet() -> tuple[tuple[str, str], ...]:
    """Key and what it does, for F1."""
    translate = QCoreApplication.translate
    return (
        ("0 … 5", translate("InterviewKeys", "Stufe wählen, sonst die Antwort mit dieser Nummer")),
        ("N  W  K", translate("InterviewKeys", "nicht zutreffend, weiß nicht, vertraulich")),
        ("← →", translate("InterviewKeys", "vorige, nächste Frage; in der Liste die Stufe")),
        ("↑ ↓", translate("InterviewKeys", "Stufe ansteuern; in der Liste die Frage")),
        ("Enter", translate("InterviewKeys", "angesteuerte Stufe wählen, sonst weiter")),
        (translate("InterviewKeys", "Entf"), translate("InterviewKeys", "Antwort wieder öffnen")),
        (
            translate("InterviewKeys", "Strg Z"),
            translate("InterviewKeys", "letzte Änderung zurücknehmen"),
        ),
        ("P", translate("InterviewKeys", "Handlungsfeld zurückstellen")),
        ("F2  F3  F4", translate("InterviewKeys", "eine Frage, Liste, Hallenmodus")),
        (
            translate("InterviewKeys", "Alt 1 … 4"),
            translate("InterviewKeys", "Sichtweise: GF, BR, Beratung, gemeinsam"),
        ),
        (translate("InterviewKeys", "Strg N"), translate("InterviewKeys", "Notiz zum Gespräch")),
        (
            translate("InterviewKeys", "Strg Umschalt N"),
            translate("InterviewKeys", "alle Notizen sortieren"),
        ),
        (
            translate("InterviewKeys", "Strg F"),
            translate("InterviewKeys", "Frage nach einem Wort suchen"),
        ),
    )


class Page(Protocol):
    """A view that keys can answer in."""

    def press(self, text: str) -> bool:
        """A digit; whether it was used."""

    def press_state(self, state: AnswerState) -> None:
        """A state, by its letter."""

    def move_across(self, step: int) -> bool:
        """Arrow left or right; False leaves it to the neighbouring question."""

    def move_focus(self, step: int) -> None:
        """Arrow up or down."""


def route(ask: tuple[Ask, object] | None, conduct: Conduct, page: Page) -> bool:
    """Do what a key asks for; False when it was none of ours. ONWARDS is for the screen."""
    match ask:
        case (Ask.STEP, int(step)):
            if conduct.is_over or not page.move_across(step):
                conduct.step(step)
        case None:
            return False
        case _ if conduct.is_over:
            return False
        case (Ask.ROW, int(step)):
            page.move_focus(step)
        case (Ask.STATE, AnswerState() as state):
            page.press_state(state)
        case (Ask.LEVEL, str(level)):
            return page.press(level)
        case (Ask.PARK, _):
            code = conduct.running.question(conduct.current).dimension
            if code:
                conduct.park(code)
        case (Ask.REOPEN, _):
            conduct.answer("")
        case _:
            return False
    return True


def add_shortcuts(
    screen: QWidget, conduct: Conduct, others: Mapping[str, Callable[[], None]]
) -> None:
    """Those with modifiers and function keys, wherever on the screen the keyboard is."""
    undo = QKeySequence(QKeySequence.StandardKey.Undo)
    runs: dict[QKeySequence, Callable[[], None]] = {undo: conduct.undo}
    runs |= {QKeySequence(key): run for key, run in others.items()}
    for key, perspective in PERSPECTIVE_KEYS.items():
        runs[QKeySequence(key)] = partial(conduct.switch, perspective)
    for key, view in VIEW_KEYS.items():
        runs[QKeySequence(key)] = partial(conduct.show_view, view)
    for sequence, run in runs.items():
        shortcut = QShortcut(sequence, screen)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(partial(_once_running, conduct, run))


def _once_running(conduct: Conduct, run: Callable[[], None]) -> None:
    if conduct.interview is not None:
        run()
