"""Light, dark or as the system; and how large."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import Card, Label, Option, Segmented, SmallText
from desktop_advisor.usecases.settings import Settings

SCALES = ("100", "125", "150", "175", "200")


class AppearanceCard(Card):
    """Two segmented controls; the whole window follows at once.

    Signals:
        changed: another palette or size was chosen.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Darstellung"))
        self.palette_choice = Segmented(
            self.tr("Farben"),
            (
                Option("light", self.tr("Hell")),
                Option("dark", self.tr("Dunkel")),
                Option("system", self.tr("Wie das System")),
            ),
        )
        self.scale_choice = Segmented(
            self.tr("Schriftgröße"), [Option(scale, f"{scale}\u202f%") for scale in SCALES]
        )
        self.add(
            Label(self.tr("Farben"), "label"),
            self.palette_choice,
            spacing.S,
            Label(self.tr("Schriftgröße"), "label"),
            self.scale_choice,
            SmallText(self.tr("Auch mit Strg und + oder −, in jedem Fenster.")),
        )
        self.palette_choice.chosen.connect(lambda _key: self.changed.emit())
        self.scale_choice.chosen.connect(lambda _key: self.changed.emit())

    def show_settings(self, settings: Settings) -> None:
        """As saved; a size between two steps shows as the lower."""
        self.palette_choice.set_value(settings.palette)
        lower = [scale for scale in SCALES if int(scale) <= settings.scale_percent]
        self.scale_choice.set_value(lower[-1])

    def palette_name(self) -> str:
        """light, dark or system."""
        return self.palette_choice.value() or "system"

    def scale_percent(self) -> int:
        """100 to 200."""
        return int(self.scale_choice.value() or "100")
