"""Play one complete visit: interview, advice, report, seal, sync, second laptop."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from desktop_advisor.demo import story, visit
from desktop_advisor.demo.central import CentralServer, central_server
from desktop_advisor.demo.signing import sign_and_seal
from desktop_advisor.demo.window import Photographer, opened_window, settle
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.usecases.exporting import export_company_file
from desktop_advisor.usecases.reporting import save_copy, verify_report
from desktop_advisor.usecases.setting_up import set_up
from desktop_advisor.usecases.synchronising import enrol_device, show_sync, synchronise
from desktop_advisor.usecases.workplace import Resources, Workplace

NETWORK = "ITAS"


class Play:
    """One run of the demo; each scene says what it did and how long it took.

    Attributes:
        out: where report, pictures and the second laptop's file go.
    """

    def __init__(
        self, resources: Resources, out: Path, say: Callable[[str], Any], *, pictures: bool = True
    ) -> None:
        self._shots = out / "shots" if pictures else None
        self._resources = resources
        self.out = out
        self._say = say
        self._acknowledged = visit.Acknowledged(out / "acknowledged.jsonl")

    @contextmanager
    def scene(self, title: str) -> Iterator[list[str]]:
        """Time one scene; words appended to the list are printed behind its title."""
        words: list[str] = []
        start = time.perf_counter()
        yield words
        took = time.perf_counter() - start
        self._say(f"{took:6.1f} s  {title}" + (f": {', '.join(words)}" if words else ""))

    def laptop(self, name: str, author: str) -> Workplace:
        """A new laptop with an encrypted store."""
        return set_up(
            self._resources,
            self.out / name,
            name=author,
            profile_id="itas",
            passphrase=story.PASSPHRASE,
            pin=story.PIN,
        )

    def run(self) -> bool:
        """All scenes; whether the second laptop holds the same file and the report verifies."""
        with ExitStack() as stack:
            with self.scene("Ersteinrichtung") as words:
                place = self.laptop("laptop-1", story.ADVISOR)
                stack.callback(place.close)
                words.append(f"verschlüsselte Ablage für {story.ADVISOR}")
            window = stack.enter_context(opened_window(place))
            camera = Photographer(window, self._shots)
            visited = self._visit(place, camera)
            intact = self._report(place, visited, camera)
            with self.scene("Zentraler Server") as words:
                server = stack.enter_context(central_server(self.out / "server", NETWORK))
                words.append(server.url)
            self._sync(place, server, camera)
            return self._second_laptop(place, visited, server) and intact

    def _visit(self, place: Workplace, camera: Photographer) -> visit.Visited:
        camera.take("heute-leer", Destination(Where.TODAY))
        acknowledged = self._acknowledged
        with self.scene("Firmenakte, Termin, Einwilligungen") as words:
            visited = visit.prepare(place, acknowledged)
            words.append(story.COMPANY.name)
        with self.scene("Gespräch") as words:
            given = visit.interview(
                place,
                visited,
                acknowledged,
                pause=lambda: camera.take("gespraech", visited.at(Where.INTERVIEW)),
            )
            words.append(f"{given} Antworten aus zwei Sichtweisen")
        with self.scene("Empfehlungen und Maßnahmen") as words:
            fired, agreed = visit.agree(place, visited, acknowledged)
            words += [f"{fired} Empfehlungen", f"{agreed} Maßnahmen"]
            visit.finish(place, visited)
        with self.scene("Bildschirme") as words:
            camera.take("heute", Destination(Where.TODAY))
            camera.take("unternehmen", Destination(Where.COMPANIES))
            camera.take("firmenakte", visited.at(Where.COMPANY))
            camera.take("gespraech-frage", visited.at(Where.INTERVIEW, focus="d07_matrix"))
            camera.take("auswertung", visited.at(Where.RESULTS))
            for tab in ("priorities", "products", "views"):
                camera.take(f"auswertung-{tab}", visited.at(Where.RESULTS, focus=tab))
            camera.take("empfehlungen", visited.at(Where.ADVICE))
            camera.take("angebote", Destination(Where.KNOWLEDGE))
            camera.take("einstellungen", Destination(Where.SETTINGS))
            words.append(str(len(camera.taken)))
        return visited

    def _report(self, place: Workplace, visited: visit.Visited, camera: Photographer) -> bool:
        with self.scene("Bericht, Unterschriften, Siegel") as words:
            camera.take("bericht-entwurf", visited.at(Where.REPORT))
            report_id = sign_and_seal(place, visited.case_id)
            self._acknowledged.note(kind="report", id=str(report_id))
            target = save_copy(place, report_id, self.out / "bericht.pdf")
            verdict = verify_report(place, report_id)
            camera.take("bericht", visited.at(Where.REPORT))
            words += [str(target), "unverändert" if verdict.is_intact else "NICHT unverändert"]
        return verdict.is_intact

    def _sync(self, place: Workplace, server: CentralServer, camera: Photographer) -> None:
        with self.scene("Synchronisieren") as words:
            camera.take("synchronisieren-vorher", Destination(Where.SYNCHRONISE))
            enrol_device(place, server.url, server.one_time_code(), "laptop-1")
            unsent = show_sync(place).unsent
            camera.press_next(Destination(Where.SYNCHRONISE))
            settle(lambda: show_sync(place).unsent == 0)
            self._acknowledged.note(kind="synced", unsent=str(show_sync(place).unsent))
            camera.shoot("synchronisieren")
            words.append(f"{unsent - show_sync(place).unsent} Änderungen gesendet")

    def _second_laptop(
        self, place: Workplace, visited: visit.Visited, server: CentralServer
    ) -> bool:
        with self.scene("Zweiter Laptop") as words:
            second = self.laptop("laptop-2", story.COLLEAGUE)
            try:
                enrol_device(second, server.url, server.one_time_code(), "laptop-2")
                result = synchronise(second)
                received = export_company_file(second, visited.company_id, is_complete=True)
                (report,) = received["report"]
                pdf = second.store.files.read(_sha256(received, report["attachment_id"]))
            finally:
                second.close()
            text = json.dumps(received, ensure_ascii=False, indent=1)
            (self.out / "second-device.json").write_text(text, encoding="utf-8")
            own = export_company_file(place, visited.company_id, is_complete=True)
            same = received == own
            same = same and pdf == (self.out / "bericht.pdf").read_bytes()
            words.append(f"{result.received} Änderungen, {result.files_received} Dateien empfangen")
            words.append("gleiche Akte, gleicher Bericht" if same else "UNGLEICH")
        return same


def _sha256(export: dict[str, list[dict[str, Any]]], attachment_id: str) -> str:
    return next(str(row["sha256"]) for row in export["attachment"] if row["id"] == attachment_id)


def play(
    resources: Resources, out: Path, say: Callable[[str], Any], *, pictures: bool = True
) -> int:
    """The whole demo into the folder `out`; 0 only if both ends hold the same, intact file."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for old in ("laptop-1", "laptop-2", "server", "shots"):
        shutil.rmtree(out / old, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    ok = Play(resources, out, say, pictures=pictures).run()
    say(f"{time.perf_counter() - start:6.1f} s  insgesamt")
    say(f"Bericht:    {out / 'bericht.pdf'}")
    if pictures:
        say(f"Bildschirme: {out / 'shots'}")
    return 0 if ok else 1
