"""Pictures of the four central screens: `python -m tests.ui.look_consultation OUTDIR [part]`.

Real texts of the Kurzcheck, the demo's visit, every state that differs.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.ui.advice.screen import AdviceScreen
from desktop_advisor.ui.app import create_application
from desktop_advisor.ui.appearance import network_tokens
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.interview.conduct import View
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.reporting.screen import ReportScreen
from desktop_advisor.ui.results.overview import OverviewSection
from desktop_advisor.ui.results.screen import ResultsScreen
from desktop_advisor.ui.results.section import TABS
from desktop_advisor.ui.screen import Screen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.theme.apply import apply_theme
from tests.ui.consultation import Consultation, begin, tell
from tests.ui.look import LOOKS, pause
from tests.ui.sample import RESOURCES, empty_workplace
from tests.workplaces import PIN

Step = tuple[str, Callable[[], object]]
LONGEST = "d11_council"
"""The question with the longest help and long anchors."""


def interview_steps(screen: InterviewScreen) -> Iterator[Step]:
    """A chosen level, the reasons, search, notes, the other side, list and hall, the end."""
    yield "gespraech", lambda: screen.conduct.answer("3")
    yield "gespraech-grund", lambda: QTest.keyClick(screen.panel, Qt.Key.Key_N)
    yield "gespraech-suche", lambda: _search(screen)
    yield "gespraech-notiz", lambda: _note(screen)
    yield "gespraech-br", lambda: _other_side(screen)
    yield "gespraech-standort", lambda: screen.conduct.show("d12_space_importance")
    yield "gespraech-liste", lambda: _list(screen)
    yield "gespraech-liste-grund", lambda: QTest.keyClick(screen.list, Qt.Key.Key_N)
    yield "gespraech-halle", lambda: _hall(screen)
    yield "gespraech-halle-grund", lambda: QTest.keyClick(screen.hall, Qt.Key.Key_N)
    yield "gespraech-zurueckgestellt", lambda: _aside(screen)
    yield "gespraech-ende", screen.conduct.end


def _search(screen: InterviewScreen) -> None:
    screen.panel.close_reason()
    field = screen.search_field()
    assert field is not None
    field.setText("betrieb")
    pause(250)


def _note(screen: InterviewScreen) -> None:
    screen.finder.close_finder()
    screen.notes.write()
    screen.notes.free_note.text.setPlainText("Im Januar mit der Hausbank sprechen, drei Angebote.")


def _other_side(screen: InterviewScreen) -> None:
    screen.notes.free_note.close_note()
    screen.conduct.switch(Perspective.WORKS_COUNCIL)
    screen.conduct.show(LONGEST)


def _list(screen: InterviewScreen) -> None:
    screen.conduct.show_view(View.LIST)
    screen.conduct.show(LONGEST)


def _hall(screen: InterviewScreen) -> None:
    screen.list.close_reason()
    screen.conduct.show_view(View.HALL)


def _aside(screen: InterviewScreen) -> None:
    screen.hall.close_reason()
    screen.conduct.show_view(View.ONE)
    screen.conduct.park("D03")


def results_steps(screen: ResultsScreen) -> Iterator[Step]:
    """Every tab from its top; of the overview also with one row open."""
    yield "auswertung", lambda: None
    yield "auswertung-rechenweg", lambda: _open_row(screen)
    for tab in TABS[1:]:
        yield f"auswertung-{tab.key}", partial(_open_tab, screen, tab.key)


def _open_row(screen: ResultsScreen) -> None:
    overview = screen.section
    assert isinstance(overview, OverviewSection)
    overview.rows[6].toggle()
    pause()
    overview.show_row(overview.rows[4])


def _open_tab(screen: ResultsScreen, key: str) -> None:
    screen.open_tab(key)
    pause(600)


def advice_steps(screen: AdviceScreen) -> Iterator[Step]:
    """An open one, the same taken, the reason asked, the plan."""
    card = screen.card
    assert card is not None
    yield "empfehlungen", lambda: None
    yield "empfehlungen-anpassen", lambda: card.edit.click() if card.view.decision == "open" else 0
    yield "empfehlungen-angenommen", lambda: screen.decide("accepted")
    yield "massnahmenplan", lambda: screen.show_view("plan")
    yield "verweise", lambda: screen.show_view("referrals")
    yield "verweise-neu", screen.referrals.ask_new
    yield "massnahmenplan-tafel", lambda: screen.plan.show_form("board")
    yield "massnahmenplan-zeit", lambda: screen.plan.show_form("timeline")
    yield "massnahme", lambda: screen.plan.open_measure(next(iter(screen.table.lines)))
    yield "wiedervorlage", lambda: screen.show_view("follow-up")


def report_steps(screen: ReportScreen) -> Iterator[Step]:
    """Draft, signing, the question before sealing, sealed, checked."""
    if screen.opened is not None and not screen.opened.is_draft:
        screen.new_version("Die Zahl der Beschäftigten war falsch.")
        pause(500)
    yield "bericht", lambda: pause(700)
    yield "bericht-seiten", lambda: _thumbnails(screen)
    yield "bericht-suche", lambda: _find(screen)
    yield "bericht-unterlagen", lambda: _documents(screen)
    yield "bericht-unterlage", lambda: _document(screen)
    yield "bericht-bearbeiten", lambda: _edit(screen)
    yield "bericht-passage", lambda: _write(screen)
    yield "bericht-unterschrift", lambda: _draw(screen)
    yield "bericht-siegeln", lambda: _ask(screen)
    yield "bericht-final", lambda: _seal(screen)
    yield "bericht-pruefen", lambda: (screen.check(), pause(400))


def _thumbnails(screen: ReportScreen) -> None:
    screen.desk.contents.kind.set_value("pages")
    screen.desk.contents.kind.chosen.emit("pages")
    screen.desk.show_beside("contents")
    screen.desk.preview.pages.go_to(4)
    pause(700)


def _find(screen: ReportScreen) -> None:
    field = screen.search_field()
    assert field is not None
    field.setText("Beschäftigte")
    pause(700)


def _documents(screen: ReportScreen) -> None:
    screen.desk.preview.finder.close_search()
    screen.desk.contents.open_list()


def _document(screen: ReportScreen) -> None:
    screen.shelf.choose("short")
    pause(900)
    screen.desk.show_beside("close")


def _edit(screen: ReportScreen) -> None:
    screen.shelf.choose("report")
    screen.edit()
    pause(1500)
    screen.desk.preview.pages.go_to(1)
    screen.edit_mode.layer.setFocus(Qt.FocusReason.TabFocusReason)


def _write(screen: ReportScreen) -> None:
    panel = screen.edit_mode.panel
    panel.open("summary.urgent")
    panel.passage.words.setPlainText("Zwei Handlungsfelder brauchen im Frühjahr Aufmerksamkeit.")
    panel.settle()
    pause(1500)


def _draw(screen: ReportScreen) -> None:
    screen.edit_mode.end()
    screen.shelf.choose("report")
    screen.desk.contents.kind.set_value("chapters")
    screen.desk.contents.kind.chosen.emit("chapters")
    pause(500)
    screen.ask_signature(0)
    pause()
    pad, left = screen.sheet.pad, Qt.MouseButton.LeftButton
    QTest.mousePress(pad, left, pos=QPoint(60, 120))
    for n in range(1, 40):
        QTest.mouseMove(pad, QPoint(60 + 9 * n, 100 + (n * 37) % 61 - 20))
    QTest.mouseRelease(pad, left, pos=QPoint(411, 100))


def _ask(screen: ReportScreen) -> None:
    screen.sheet.take.click()
    pause(400)
    screen.desk.preview.pages.go_to(1)
    screen.ask_seal()


def _seal(screen: ReportScreen) -> None:
    screen.sealing.seal(PIN)
    pause(800)


def steps(screen: Screen) -> Iterator[Step]:
    """Every state of a screen worth a picture."""
    if isinstance(screen, InterviewScreen):
        yield from interview_steps(screen)
    elif isinstance(screen, ResultsScreen):
        yield from results_steps(screen)
    elif isinstance(screen, AdviceScreen):
        yield from advice_steps(screen)
    elif isinstance(screen, ReportScreen):
        yield from report_steps(screen)


def shoot(visit: Consultation, folder: Path, wanted: str, look: str, size: tuple[int, int]) -> None:
    """All pictures at one size and palette."""
    for where in (Where.INTERVIEW, Where.RESULTS, Where.ADVICE, Where.REPORT):
        if wanted and not where.startswith(wanted) and wanted not in look:
            continue
        window = MainWindow(visit.place, start=Destination(Where.COMPANIES))
        window.resize(*size)
        window.show()
        window.open(visit.destination(where, LONGEST))
        pause(600)
        screen = window.screen_shown
        assert screen is not None
        for name, act in steps(screen):
            act()
            pause()
            window.grab().save(str(folder / f"{name}-{look}.png"))
        window.close()
        window.deleteLater()


def main(folder: Path, wanted: str = "") -> None:
    """Write the pictures; wanted: interview, results, advice or report, or a look."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        app = create_application(RESOURCES, "light")
        place = empty_workplace(Path(scratch) / "store")
        visit = begin(place)
        tell(visit)
        for look, palette, size, scale in LOOKS:
            apply_theme(app, network_tokens(palette, place.profile), scale)
            shoot(visit, folder, wanted, look, size)
        place.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
