"""How soon the preview follows an edit, and how long the window stands still for it.

`python -m tests.benchmarks.bench_editing [EDITS]`: the worked foundry's report of over thirty pages
on the real screen, without a display. From the word's arrival to the repainted pages; the window's
longest pause is the widest gap between beats of a timer of 5 ms. Python runs one thread at a time:
the worker that draws hands over every 5 ms at the earliest, so the pauses grow with the machine's
load, but do not depend on the length of the report.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop_advisor.demo.worked_firms import enter, read_firm
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.reporting.screen import ReportScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.tasks import is_work_under_way
from tests.workplaces import resources, workplace

FIRM = "giesserei-zwickau"
PASSAGE = "summary.level"
EDITS = 7
PATIENCE_S = 60


class Heart:
    """Beats every 5 ms on the window's thread and keeps the widest gap.

    busiest: the most processor time the window's own thread took between two beats.
    """

    def __init__(self) -> None:
        self.begin()
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self) -> None:
        self._last, self.widest = perf_counter(), 0.0
        self._worked, self.busiest = thread_time(), 0.0

    def _beat(self) -> None:
        now, worked = perf_counter(), thread_time()
        self.widest = max(self.widest, (now - self._last) * 1000)
        self.busiest = max(self.busiest, (worked - self._worked) * 1000)
        self._last, self._worked = now, worked


def until(is_so: object) -> None:
    """Let the window live until then."""
    end = perf_counter() + PATIENCE_S
    while not is_so():  # type: ignore[operator]
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if perf_counter() > end:
            raise SystemExit("the window did not follow")


def main() -> None:
    """Print the medians."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else EDITS
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        firm = read_firm(resources(), FIRM)
        place = workplace(Path(folder) / "laptop", profile=firm.network)
        worked = enter(place, firm)
        window = MainWindow(place, start=Destination(Where.COMPANIES))
        window.resize(1366, 768)
        window.show()
        window.open(Destination(Where.REPORT, case_id=worked.case_id))
        screen = window.findChild(ReportScreen)
        until(lambda: screen.opened is not None and not is_work_under_way())
        measure(screen, count)
        window.close()
        until(lambda: not is_work_under_way())
        place.close()
    app.quit()


def measure(screen: ReportScreen, count: int) -> None:
    """Edit a passage again and again."""
    mode, heart, taken = screen.edit_mode, Heart(), []
    mode.drawn.connect(taken.append)
    screen.edit()
    until(lambda: taken and not mode.is_drawing)
    pages = len(taken[-1].paper.sizes)
    view = screen.desk.preview.pages
    rounds = []
    for turn in range(count):
        before = len(taken)
        heart.begin()
        clock, processor = perf_counter(), process_time()
        mode.editing.change(PASSAGE, f"Fassung {turn} dieses Absatzes.")
        until(lambda seen=before: len(taken) > seen and view.is_sharp)  # type: ignore[misc]
        view.repaint()
        took = (perf_counter() - clock) * 1000, (process_time() - processor) * 1000
        rounds.append((*took, heart.widest, heart.busiest))
    clock_ms, processor_ms, widest, busiest = map(median, zip(*rounds, strict=True))
    sys.stdout.write(
        f"{pages} pages: the preview follows an edit in {clock_ms:.0f} ms "
        f"({processor_ms:.0f} ms of the processor; below 1000)\n"
        f"longest pause of the window: {widest:.0f} ms, "
        f"{busiest:.0f} ms of the processor on its own thread\n"
    )


if __name__ == "__main__":
    main()
