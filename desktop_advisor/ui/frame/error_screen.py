"""What stands where a screen could not be opened: what happened, what is safe, try again."""

from __future__ import annotations

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.destinations import Destination
from desktop_advisor.ui.screen import Screen
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import Banner, column, spacer


class ErrorScreen(Screen):
    """One banner with one action: the same destination once more."""

    def __init__(self, error: KnownError, destination: Destination) -> None:
        super().__init__()
        self.banner = Banner(action=self.tr("Erneut versuchen"))
        self.banner.say_error(error)
        self.banner.action_pressed.connect(lambda: self.go(destination))
        edge = spacing.XXL
        self.setLayout(column(self.banner, spacer(), margins=(edge, 22, edge, 22)))

    def title(self) -> str:
        return self.tr("Das hat nicht geklappt")
