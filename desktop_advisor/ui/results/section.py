"""One tab of the Auswertung, and which ones there are."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop_advisor.usecases.results import Results
    from desktop_advisor.usecases.workplace import Workplace


class Section(QWidget):
    """A tab: made when it is first looked at, made anew when the answers are read anew.

    A section that needs more than the results loads it in a worker of its own and shows a
    LoadingState until then.

    Signals:
        navigate: a Destination to go to.
        committed: something was saved; the unsent count may differ.
        outdated: what was saved changes the results themselves, which are to be read anew.
    """

    navigate = Signal(object)
    committed = Signal()
    outdated = Signal()

    def __init__(self, place: Workplace, results: Results) -> None:
        super().__init__()
        self.place = place
        self.results = results


@dataclass(frozen=True)
class Tab:
    """key: what `Destination.focus` names. The class is called with (place, results)."""

    key: str
    module: str
    name: str

    def make(self, place: Workplace, results: Results) -> Section:
        """The section, loaded now."""
        made: Section = getattr(import_module(self.module), self.name)(place, results)
        return made


_HERE = "desktop_advisor.ui.results"
TABS = (
    Tab("overview", f"{_HERE}.overview", "OverviewSection"),
    Tab("priorities", f"{_HERE}.priorities.section", "PrioritiesSection"),
    Tab("products", f"{_HERE}.products.section", "ProductsSection"),
    Tab("jobs", f"{_HERE}.jobs.section", "JobsSection"),
    Tab("views", f"{_HERE}.views.section", "ViewsSection"),
    Tab("comparison", f"{_HERE}.comparison.section", "ComparisonSection"),
)
"""In the order in which they stand on the screen."""
