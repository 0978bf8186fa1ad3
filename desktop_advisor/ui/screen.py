"""What every screen is: content, and the words and actions the window's header shows for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.theme.tokens import Tone


@dataclass(frozen=True)
class Action:
    """A button in the header. key: its shortcut ("Ctrl+N"), also shown on the button."""

    label: str
    run: Callable[[], object]
    enabled: bool = True
    key: str = ""
    icon: str = ""
    tip: str = ""


@dataclass(frozen=True)
class StatePill:
    """A state in the header: a word and its tone. run: where a press on it leads."""

    text: str
    tone: Tone = Tone.NEUTRAL
    run: Callable[[], object] | None = None


class Screen(QWidget):
    """Base of all screens. The window asks for title, pills and actions whenever they may differ.

    Signals:
        navigate: a Destination to go to.
        back: go to where one came from.
        header_changed: title, pills or actions differ now.
        committed: something was saved; the unsent count and the header may differ.
    """

    navigate = Signal(object)
    back = Signal()
    header_changed = Signal()
    committed = Signal()

    RAIL: ClassVar[Where] = Where.COMPANIES
    """The rail entry that is lit while the screen is open."""
    FULL_SCREEN: ClassVar[bool] = False
    """Without the rail, with a back button: the interview."""

    def title(self) -> str:
        """Whose file, or what this is."""
        return ""

    def subtitle(self) -> str:
        """Which step, or the day; "" for none."""
        return ""

    def pills(self) -> Sequence[StatePill | QWidget]:
        """States at the right; a widget of the screen's own (a SaveState) stays its own."""
        return ()

    def secondary(self) -> Sequence[Action]:
        """What else one may do here."""
        return ()

    def primary(self) -> Action | None:
        """What comes next; None where nothing does."""
        return None

    def refresh(self) -> None:
        """Read everything anew; called each time the screen comes to the front."""

    def settle(self) -> bool:
        """Commit what is typed and stay as it is; False while something would go with the window.

        Called before the program is locked and once more after it was unlocked.
        """
        return True

    def leave(self) -> bool:
        """Commit what is still pending; False when the advisor must look first."""
        return self.settle()

    def close_one(self) -> bool:
        """Escape, wherever the keyboard is: close what is open here; False lets the window go back.

        What has the keyboard hears Escape first.
        """
        return False

    def search_field(self) -> QLineEdit | None:
        """Where Ctrl+F goes; None where there is nothing to search."""
        return None

    def keys(self) -> Sequence[tuple[str, str]]:
        """Keys of this screen for the key sheet: (key, what it does)."""
        return ()

    def go(self, destination: Destination) -> None:
        """Ask the window to go there."""
        self.navigate.emit(destination)
