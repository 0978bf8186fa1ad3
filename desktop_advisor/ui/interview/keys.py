"""The keys of the interview: what each one asks for, and the sheet that says so."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent

from desktop_advisor.domain.answers import AnswerState


class Ask(Enum):
    """What a key asks for; the second part of `asked` says how."""

    STEP = auto()  # int: -1 or +1 question
    ROW = auto()  # int: -1 or +1 level
    STATE = auto()  # AnswerState
    LEVEL = auto()  # str: a digit
    REOPEN = auto()
    ONWARDS = auto()


_KEYS: dict[Qt.Key, tuple[Ask, object]] = {
    Qt.Key.Key_Right: (Ask.STEP, 1),
    Qt.Key.Key_Left: (Ask.STEP, -1),
    Qt.Key.Key_Down: (Ask.ROW, 1),
    Qt.Key.Key_Up: (Ask.ROW, -1),
    Qt.Key.Key_N: (Ask.STATE, AnswerState.NOT_APPLICABLE),
    Qt.Key.Key_W: (Ask.STATE, AnswerState.UNKNOWN),
    Qt.Key.Key_K: (Ask.STATE, AnswerState.CONFIDENTIAL),
    Qt.Key.Key_Delete: (Ask.REOPEN, None),
    Qt.Key.Key_Return: (Ask.ONWARDS, None),
    Qt.Key.Key_Enter: (Ask.ONWARDS, None),
}
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def asked(event: QKeyEvent) -> tuple[Ask, object] | None:
    """What a key press asks for; None for keys that are not ours, modified ones among them."""
    if event.modifiers() not in _PLAIN:
        return None
    if event.text() in set("012345"):
        return Ask.LEVEL, event.text()
    return _KEYS.get(Qt.Key(event.key()))


def key_sheet() -> tuple[tuple[str, str], ...]:
    """Key and what it does, for F1."""
    translate = QCoreApplication.translate
    return (
        ("0 … 5", translate("InterviewKeys", "Stufe wählen")),
        ("N  W  K", translate("InterviewKeys", "nicht zutreffend, weiß nicht, vertraulich")),
        ("← →", translate("InterviewKeys", "vorige, nächste Frage")),
        ("↑ ↓", translate("InterviewKeys", "Stufe ansteuern, Enter wählt sie")),
        ("Enter", translate("InterviewKeys", "weiter")),
        (translate("InterviewKeys", "Entf"), translate("InterviewKeys", "Antwort wieder öffnen")),
        (
            translate("InterviewKeys", "Strg Z"),
            translate("InterviewKeys", "letzte Änderung zurücknehmen"),
        ),
        (translate("InterviewKeys", "Strg N"), translate("InterviewKeys", "Notiz zum Gespräch")),
        (
            translate("InterviewKeys", "Strg F"),
            translate("InterviewKeys", "Frage nach einem Wort suchen"),
        ),
    )
