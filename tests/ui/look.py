"""Pictures of every screen to judge by eye: `python -m tests.ui.look OUTDIR [part of a name]`.

Two sizes, light and dark, and one at a font scale of 150 %.
"""

from __future__ import annotations

import os
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QThreadPool, QTimer
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.app import create_application
from desktop_advisor.ui.appearance import network_tokens
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.start.first_start import FirstStartPage, NetworkChoice
from desktop_advisor.ui.start.unlock import UnlockPage
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.sample import RESOURCES, empty_workplace, foundry, furnished_workplace

LOOKS = (
    ("hell", "light", (1366, 768), 1.0),
    ("dunkel", "dark", (1366, 768), 1.0),
    ("gross", "light", (1920, 1080), 1.0),
    ("schmal", "light", (1024, 768), 1.0),
    ("schrift150", "light", (1366, 768), 1.5),
    ("schrift200", "light", (1366, 768), 2.0),
)


def pause(milliseconds: int = 250) -> None:
    """Let the window lay out, load and paint."""
    QThreadPool.globalInstance().waitForDone(3000)
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def start_pages() -> Iterator[tuple[str, QWidget]]:
    """First start and unlocking."""
    networks = [NetworkChoice(p.id, p.name, p.region, p.note) for p in RESOURCES.profiles()]
    yield "ersteinrichtung", FirstStartPage(networks, lambda wanted: wanted)
    yield "entsperren", UnlockPage(lambda words: words)


def screens(full: Workplace, bare: Workplace) -> Iterator[tuple[str, Workplace, Destination]]:
    """Every screen in every state worth looking at."""
    company = foundry(full)
    yield "heute", full, Destination(Where.TODAY)
    yield "heute-termin", full, Destination(Where.TODAY, create=True)
    yield "heute-leer", bare, Destination(Where.TODAY)
    yield "unternehmen", full, Destination(Where.COMPANIES)
    yield "unternehmen-neu", full, Destination(Where.COMPANIES, create=True)
    yield "unternehmen-leer", bare, Destination(Where.COMPANIES)
    yield "firmenakte", full, Destination(Where.COMPANY, company_id=company)
    for focus in ("82", "82a", "bafa", "de_minimis"):
        where = Destination(Where.CALCULATORS, company_id=company, focus=focus)
        yield f"rechner-{focus}", full, where
    yield "angebote", full, Destination(Where.KNOWLEDGE)
    yield "synchronisieren", full, Destination(Where.SYNCHRONISE)
    yield "synchronisieren-leer", bare, Destination(Where.SYNCHRONISE)
    yield "einstellungen", full, Destination(Where.SETTINGS)
    yield from steps(full, company)


def steps(place: Workplace, company: uuid.UUID) -> Iterator[tuple[str, Workplace, Destination]]:
    """The way of one consultation, from the interview to the report."""
    file = show_company_file(place, company)
    for name, where in (
        ("gespraech", Where.INTERVIEW),
        ("auswertung", Where.RESULTS),
        ("empfehlungen", Where.ADVICE),
        ("bericht", Where.REPORT),
    ):
        visit = file.visits[0].visit_id
        yield name, place, Destination(where, company, file.case_id, visit)


def main(folder: Path, wanted: str = "") -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        app = create_application(RESOURCES, "light")
        full = furnished_workplace(Path(scratch) / "full")
        bare = empty_workplace(Path(scratch) / "bare")
        for look, palette, size, scale in LOOKS:
            apply_theme(app, network_tokens(palette, full.profile), scale)

            def shoot(
                name: str, widget: QWidget, look: str = look, size: tuple[int, int] = size
            ) -> None:
                widget.resize(*size)
                widget.show()
                pause()
                widget.grab().save(str(folder / f"{name}-{look}.png"))

            _pages(wanted, look, shoot)
            for name, place, destination in screens(full, bare):
                if wanted in f"{name}-{look}":
                    window = MainWindow(place, start=destination)
                    shoot(name, window)
                    window.close()
                    window.deleteLater()
        full.close()
        bare.close()


def _pages(wanted: str, look: str, shoot: Callable[[str, QWidget], None]) -> None:
    for name, page in start_pages():
        if wanted in f"{name}-{look}":
            shoot(name, page)
            page.close()
        page.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
