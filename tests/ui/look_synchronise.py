"""Pictures of the synchronisation in every state: `python -m tests.ui.look_synchronise OUTDIR`.

Two sizes, light and dark, against a real server on loopback.
"""

from __future__ import annotations

import os
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop_advisor.demo.central import CentralServer, central_server
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.change_log import Edit
from desktop_advisor.storage.models import Report
from desktop_advisor.storage.session import write_and_fold
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.ui.app import create_application
from desktop_advisor.ui.appearance import network_tokens
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.start.wiped import WipedPage
from desktop_advisor.ui.synchronise.screen import SynchroniseScreen
from desktop_advisor.ui.synchronise.wipe_sheet import WipeSheet
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.conflicts import decide, open_disputes
from desktop_advisor.usecases.notes import write_note
from desktop_advisor.usecases.sync_phases import RunLog
from desktop_advisor.usecases.synchronising import enrol_device
from desktop_advisor.usecases.wiping import Wiped
from desktop_advisor.usecases.workplace import Workplace
from sync.client.outcome import Phase, Progress
from sync.server.laptops import order_wipe
from tests.ui.look import pause
from tests.ui.sample import RESOURCES, foundry, furnished_workplace

LOOKS = (
    ("hell", "light", (1366, 768), 1.0),
    ("dunkel", "dark", (1366, 768), 1.0),
    ("gross", "light", (1920, 1080), 1.0),
    ("gross-dunkel", "dark", (1920, 1080), 1.0),
)
Step = tuple[str, Callable[[], object]]


def steps(screen: SynchroniseScreen, place: Workplace, server: CentralServer) -> Iterator[Step]:
    """Before enrolment, waiting, under way, failed, done, checked."""
    yield "anmelden", lambda: None
    yield "offen", lambda: _enrol(screen, place, server)
    yield "rote-liste", lambda: _check(screen)
    yield "laeuft", lambda: _under_way(screen)
    yield "gescheitert", lambda: _failed(screen)
    yield "fertig", lambda: _run(screen)
    yield "unterwegs", lambda: _check(screen)
    yield "konflikte", lambda: _disagree(screen, place)
    yield "nach-unterschrift", lambda: _decide(screen, place)
    yield "angeordnet", lambda: _order(screen, place, server)
    yield "loeschen", screen.show_order


def _enrol(screen: SynchroniseScreen, place: Workplace, server: CentralServer) -> None:
    enrol_device(place, server.url, server.one_time_code(), "Laptop 1")
    screen.refresh()


def _under_way(screen: SynchroniseScreen) -> None:
    log = RunLog()
    for done in (0, 3):
        told = Progress(phase=Phase.SEND_BLOBS, done=done, total=12, bytes_sent=done * 1_140_000)
        screen.sync.view = log.hear(told)
    screen.phases.show_run()
    screen.phases.progress.show()


def _failed(screen: SynchroniseScreen) -> None:
    from desktop_advisor.usecases.synchronising import SyncFailed

    log = RunLog()
    log.hear(Progress(phase=Phase.SEND_BLOBS, done=3, total=12, bytes_sent=3_400_000))
    screen.sync.view, screen.sync.error = log.fail(), SyncFailed("offline")
    screen.sync.moved.emit()
    screen.sync.ended.emit()


def _run(screen: SynchroniseScreen) -> None:
    screen.run()
    pause(2500)


def _check(screen: SynchroniseScreen) -> None:
    screen.provision.check()
    pause(2500)


def _disagree(screen: SynchroniseScreen, place: Workplace) -> None:
    """Two versions of an address, and one of a sealed report that came too late."""
    company, report = foundry(place), new_id(place.clock())
    with place.store.edit(place.author) as session:
        sealed_at = place.clock()
        session.add(Report(id=report, company_id=company, sealed_at=sealed_at, reason="so"))
    with place.store.edit("Tom Weiß") as session:
        edits = [Edit(company, "company", company, "town", town, bases=()) for town in ("A", "B")]
        late = Edit(company, "report", report, "reason", "nachgetragen", bases=())
        write_and_fold(session, [*edits, late])
    screen.refresh()


def _decide(screen: SynchroniseScreen, place: Workplace) -> None:
    todo = [dispute for dispute in open_disputes(place) if not dispute.is_sealed]
    decide(place, [(dispute, dispute.versions[0].value) for dispute in todo])
    _run(screen)


def _order(screen: SynchroniseScreen, place: Workplace, server: CentralServer) -> None:
    write_note(place, cases(place)[0], "Anruf bei der Hausbank.")
    held = StoreChanges(place.store).enrolment()
    assert held is not None
    order_wipe(server.database, held.device_id)
    _run(screen)


def cases(place: Workplace) -> list[uuid.UUID]:
    """The case of the company in the middle of its visit."""
    found = show_company_file(place, foundry(place)).case_id
    return [found] if found else []


def main(folder: Path) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        app = create_application(RESOURCES, "light")
        for look, palette, size, scale in LOOKS:
            place = furnished_workplace(Path(scratch) / look)
            apply_theme(app, network_tokens(palette, place.profile), scale)
            with central_server(Path(scratch) / f"server-{look}", "ITAS") as server:
                window = MainWindow(place, start=Destination(Where.SYNCHRONISE))
                window.resize(*size)
                window.show()
                screen = window.screen_shown
                assert isinstance(screen, SynchroniseScreen)
                for name, act in steps(screen, place, server):
                    act()
                    pause(600)
                    sheet = screen.findChild(WipeSheet)
                    (sheet or window).grab().save(str(folder / f"{name}-{look}.png"))
                page = WipedPage(Wiped("ITAS", 3, is_reported=False, left=("anlagen",)))
                page.resize(*size)
                page.grab().save(str(folder / f"geloescht-{look}.png"))
                page.deleteLater()
                window.close()
                window.deleteLater()
            place.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
