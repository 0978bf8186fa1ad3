"""Two advisors, a server, a bad day: `python -m tests.ui.look_story OUTDIR`.

Real windows, real stores, a served PostgreSQL; pictures of every step, and what each one promises.
"""

from __future__ import annotations

import os
import sys
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image, ImageDraw
from PySide6.QtWidgets import QApplication

from desktop_advisor.demo import story, visit
from desktop_advisor.demo.signing import sign_and_seal
from desktop_advisor.demo.window import settle
from desktop_advisor.signing.upgrading import Level, level_of
from desktop_advisor.ui.app import create_application
from desktop_advisor.ui.companies.screen import CompaniesScreen
from desktop_advisor.ui.conflicts.screen import ConflictsScreen
from desktop_advisor.ui.conflicts.version_card import VersionCard
from desktop_advisor.ui.destinations import Where
from desktop_advisor.ui.reporting.screen import ReportScreen
from desktop_advisor.ui.settings.screen import SettingsScreen
from desktop_advisor.ui.start.wiped import WipedPage
from desktop_advisor.ui.synchronise.package_reading import PreviewSheet
from desktop_advisor.ui.synchronise.package_writing import WritingSheet
from desktop_advisor.ui.synchronise.screen import SynchroniseScreen
from desktop_advisor.ui.synchronise.wipe_sheet import WipeSheet
from desktop_advisor.usecases.companies import list_companies
from desktop_advisor.usecases.evidence import add_photo, list_files, record_photo_consent
from desktop_advisor.usecases.exporting import export_company_file
from desktop_advisor.usecases.handover_package import SUFFIX
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.reporting import read_report, verify_report
from desktop_advisor.usecases.workplace import Workplace
from tests.signing.authorities import Authority
from tests.signing.time_stamp_authority import TimeStampAuthority, serving
from tests.ui.sample import RESOURCES
from tests.ui.story_laptop import (
    Camera,
    Laptop,
    choose_file,
    click,
    fill,
    press,
    shown,
    type_into,
    wait,
    words_on,
)
from tests.ui.story_office import Office, opened_office

FOUNDRY = story.COMPANY.name
STAMPER = "Stanzwerk Elsterberg GmbH & Co. KG"
HERS = "Gehäuse aus Druckguss; neu: Wärmetauscher für Ladesäulen"
HIS = "Gehäuse aus Druckguss; neu: Strukturteile für Batteriewannen"
JANAS, TOBIASS = "Laptop Vogel", "Laptop Lindner"
File = dict[str, list[dict[str, Any]]]


@dataclass
class World:
    """What the steps share. photo: its bytes as Jana's laptop keeps them."""

    folder: Path
    camera: Camera
    office: Office
    new_laptop: Callable[[str, str], Laptop]
    jana: Laptop = field(init=False)
    tobias: Laptop = field(init=False)
    visited: visit.Visited = field(init=False)
    report_id: uuid.UUID = field(init=False)
    backup: Path = field(init=False)


# -- 1: the first synchronisation -------------------------------------------------------------


def first_sync(world: World) -> None:
    """Jana sends a visit with photo and signed report; Tobias fetches it."""
    world.jana = world.new_laptop("vogel", story.ADVISOR)
    _consult(world)
    jana, camera, office = world.jana, world.camera, world.office
    jana.to_sync()
    jana.shoot("anmelden", is_important=True)
    code = office.console.code_for(story.ADVISOR, camera.path("konsole-code"))
    fill(jana.screen(SynchroniseScreen).enrolment.form, code=code, device=JANAS)
    jana.shoot("anmelden-ausgefuellt")
    screen = jana.enrol(code, JANAS)
    assert f"Angemeldet als {story.ADVISOR}" in words_on(screen.said)
    jana.shoot("angemeldet")
    screen = jana.synchronise()
    assert "gesendet und bestätigt" in words_on(screen.said)
    assert jana.overview.unsent == 0
    jana.shoot("erster-lauf", is_important=True)

    world.tobias = tobias = world.new_laptop("lindner", story.COLLEAGUE)
    tobias.enrol(office.console.code_for(story.COLLEAGUE), TOBIASS)
    tobias.synchronise()
    tobias.shoot("kollege-empfangen")
    tobias.open_company(FOUNDRY)
    tobias.shoot("kollege-akte")
    _is_same(world)
    world.backup = office.back_up()


def _consult(world: World) -> None:
    """The demo's visit, with a photo as evidence; everybody signs, Jana seals."""
    place = world.jana.place
    acknowledged = visit.Acknowledged(world.folder / "acknowledged.jsonl")
    world.visited = visited = visit.prepare(place, acknowledged)
    visit.interview(place, visited, acknowledged)
    talk = Interview(place, visited.visit_id)
    record_photo_consent(place, visited.case_id, talk.assessment_id)
    add_photo(
        place,
        case_id=visited.case_id,
        assessment_id=talk.assessment_id,
        question="d07_matrix",
        name="Qualifikationsmatrix.jpg",
        content=_photo(),
    )
    visit.agree(place, visited, acknowledged)
    visit.finish(place, visited)
    world.report_id = sign_and_seal(place, visited.case_id)


def _photo() -> bytes:
    """A matrix on a wall, as a camera writes it."""
    picture = Image.effect_noise((1600, 1200), 40).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for step in range(8):
        draw.rectangle((200 + 150 * step, 300, 320 + 150 * step, 420), fill=(30, 90, 30 * step))
    out = BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def _files(place: Workplace) -> dict[str, File]:
    """All company files of a laptop, whole."""
    companies = list_companies(place)
    return {c.name: export_company_file(place, c.company_id, is_complete=True) for c in companies}


def _is_same(world: World) -> None:
    """Both laptops hold the same files, photo and report included."""
    jana, tobias = world.jana.place, world.tobias.place
    assert _files(jana) == _files(tobias)
    for place in (jana, tobias):
        assert all(file.is_here for file in list_files(place, world.visited.case_id))
        assert verify_report(place, world.report_id).is_intact
    assert read_report(jana, world.report_id) == read_report(tobias, world.report_id)


# -- 2: a conflict ----------------------------------------------------------------------------


def conflict(world: World) -> None:
    """Both write the same field; the line is down for one run; then one of them decides."""
    jana, tobias = world.jana, world.tobias
    jana.write_products(FOUNDRY, HERS)
    tobias.write_products(FOUNDRY, HIS).save_state.show()
    tobias.shoot("kollege-schreibt")
    world.office.stop()
    _fail(tobias)
    world.office.serve()
    tobias.synchronise("Fortsetzen")
    tobias.shoot("fortgesetzt")
    jana.synchronise()
    jana.shoot("konflikt-gemeldet", is_important=True)
    jana.open_company(FOUNDRY)
    jana.shoot("konflikt-in-der-akte")
    _decide(jana)
    jana.synchronise()
    tobias.synchronise()
    tobias.shoot("kollege-danach")
    assert _products(jana) == _products(tobias) == HIS
    assert jana.overview.conflicts == tobias.overview.conflicts == 0
    _is_same(world)


def _fail(laptop: Laptop) -> None:
    waiting = laptop.overview.unsent
    screen = laptop.synchronise()
    assert "Der Server ist nicht erreichbar." in words_on(screen.trouble)
    assert laptop.overview.unsent == waiting > 0
    assert _products(laptop) == HIS
    laptop.shoot("server-nicht-erreichbar", is_important=True)


def _decide(laptop: Laptop) -> None:
    """By the button in the synchronisation, for what the colleague wrote."""
    screen = laptop.to_sync()
    click(screen.conflicts.button)
    settle(lambda: True)
    conflicts = laptop.screen(ConflictsScreen)
    laptop.shoot("konflikt", is_important=True)
    cards = [c for c in conflicts.findChildren(VersionCard) if c.isVisible()]
    (his,) = [card for card in cards if card.version.words == HIS]
    click(his.button)
    laptop.shoot("konflikt-gewaehlt")
    laptop.press_header("Entscheidung übernehmen")
    settle(lambda: True)
    laptop.shoot("konflikt-entschieden")


def _products(laptop: Laptop) -> str:
    found = _files(laptop.place)[FOUNDRY]["company"]
    return str(found[0]["products"])


# -- 3: a package without the server ----------------------------------------------------------


def hand_over(world: World) -> None:
    """Jana gives Tobias a new file on a stick; twice it is refused, damaged it is refused."""
    jana, tobias = world.jana, world.tobias
    stick = world.folder / "stick"
    stick.mkdir()
    package = _write_package(world, stick)
    assert STAMPER.encode() not in package.read_bytes()
    before = set(_files(tobias.place))
    _read(tobias, package)
    tobias.shoot("paket-vorschau", is_important=True, at=shown(tobias.window, PreviewSheet))
    assert set(_files(tobias.place)) == before
    press(tobias.screen(SynchroniseScreen).packages, "Übernehmen")
    wait(lambda: "übernommen" in words_on(tobias.screen(SynchroniseScreen).packages.said))
    tobias.shoot("paket-uebernommen", at=tobias.screen(SynchroniseScreen).packages)
    assert _files(tobias.place)[STAMPER] == _files(jana.place)[STAMPER]
    _refuse_again(tobias, package)
    _refuse_damaged(tobias, package)
    jana.synchronise()
    tobias.synchronise()
    _is_same(world)


def _write_package(world: World, stick: Path) -> Path:
    jana = world.jana
    key = _receiving_key(world.tobias)
    jana.go(Where.COMPANIES)
    jana.press_header("Neues Unternehmen")
    fill(jana.screen(CompaniesScreen).form.form, name=STAMPER, town="Elsterberg", heads="64")
    jana.press_header("Firmenakte anlegen")
    settle(lambda: True)
    jana.press_header("Übergeben …")
    settle(lambda: True)
    packages = jana.screen(SynchroniseScreen).packages
    sheet = shown(packages, WritingSheet)
    fill(sheet.key, key=key)
    jana.shoot("paket-schreiben", is_important=True, at=sheet.go)
    choose_file(stick, lambda dialog: dialog.grab().save(str(world.camera.path("paket-ordner"))))
    click(sheet.go)
    wait(lambda: "liegt in" in words_on(packages.said))
    jana.shoot("paket-geschrieben", at=packages)
    (package,) = stick.glob(f"*{SUFFIX}")
    return package


def _receiving_key(laptop: Laptop) -> str:
    packages = laptop.to_sync().packages
    click(packages.key_button)
    laptop.shoot("empfangsschluessel", at=packages.key)
    return packages.key.text()


def _read(laptop: Laptop, package: Path) -> None:
    """Choose the file in the dialog and wait for what comes of it."""
    packages = laptop.to_sync().packages
    choose_file(package)
    click(packages.read_button)
    wait(lambda: packages.sheet is not None or packages.trouble.isVisible())


def _refuse_again(laptop: Laptop, package: Path) -> None:
    before = _files(laptop.place)
    _read(laptop, package)
    sheet = shown(laptop.window, PreviewSheet)
    assert "Bereits übernommen" in words_on(sheet)
    assert not sheet.go.isEnabled()
    laptop.shoot("paket-noch-einmal", at=sheet)
    press(sheet, "Schließen")
    assert _files(laptop.place) == before


def _refuse_damaged(laptop: Laptop, package: Path) -> None:
    before, whole = _files(laptop.place), bytearray(package.read_bytes())
    whole[len(whole) // 2] ^= 1
    damaged = package.with_name(f"beschaedigt{SUFFIX}")
    damaged.write_bytes(whole)
    _read(laptop, damaged)
    packages = laptop.screen(SynchroniseScreen).packages
    assert packages.sheet is None
    laptop.shoot("paket-beschaedigt", at=packages.trouble)
    assert _files(laptop.place) == before


# -- 4: a stolen laptop -----------------------------------------------------------------------


def lost_laptop(world: World) -> None:
    """The office orders Tobias's laptop to erase itself; what was not sent is announced."""
    tobias, camera, office = world.tobias, world.camera, world.office
    before = _files(world.jana.place)
    tobias.write_products(STAMPER, "Stanzteile, noch nicht gesendet")
    office.console.order_wipe(TOBIASS, camera.path("konsole-loeschen"))
    screen = tobias.synchronise()
    assert "nicht mehr zugelassen" in words_on(screen.refused)
    tobias.shoot("nicht-mehr-zugelassen", is_important=True)
    tobias.press_header("Löschung ansehen …")
    settle(lambda: True)
    sheet = shown(tobias.window, WipeSheet)
    assert "1 Eingabe in 1 Akte gibt es nur hier" in words_on(sheet)
    tobias.shoot("loeschung-ansehen", is_important=True)
    assert "Der Laptop hat die Anordnung" in office.console.line_of(
        TOBIASS, camera.path("konsole-angeordnet")
    )
    click(sheet.erase)
    wait(lambda: not tobias.window.isVisible())
    assert "Verloren ist 1 Eingabe" in words_on(shown(tobias.door, WipedPage))
    camera.shoot("geloescht", tobias.door, is_important=True)
    assert list(tobias.folder.iterdir()) == []
    line = office.console.line_of(TOBIASS, camera.path("konsole-geloescht"))
    assert "1 nicht gesendete Änderung verloren" in line
    press(tobias.door, "Programm beenden")
    screen = world.jana.synchronise()
    assert not screen.refused.isVisible()
    world.jana.shoot("jana-unberuehrt")
    assert _files(world.jana.place) == before


# -- 5: the server comes back from a backup ---------------------------------------------------


def restored_server(world: World) -> None:
    """Yesterday's backup knows nothing of today; Jana's laptop brings it back."""
    jana, camera, office = world.jana, world.camera, world.office
    before = _files(jana.place)
    assert "New epoch drawn" in office.lose_and_restore(world.backup)
    office.console.line_of(TOBIASS, camera.path("konsole-nach-der-sicherung"))
    office.console.shut_out(TOBIASS)  # the backup does not know that it was
    assert "gesperrt" in office.console.line_of(TOBIASS, camera.path("konsole-wieder-gesperrt"))
    screen = jana.synchronise()
    jana.shoot("server-zurueck", is_important=True)
    assert "Sicherung" in words_on(screen.said)
    assert _files(jana.place) == before
    assert jana.overview.unsent == jana.overview.conflicts == 0


# -- 6: a time stamp, and the colleague's new laptop -------------------------------------------


def time_stamp(world: World) -> None:
    """The sealed report gets its time stamp in the run that sends it; a new laptop has it all."""
    jana = world.jana
    assert level_of(read_report(jana.place, world.report_id)) is Level.BASIC
    with serving(TimeStampAuthority(at=datetime.now(UTC))) as service:
        now = datetime.now(UTC)
        made = Authority("Zeitstempel-CA am Ort", "ort", base=service.url, today=now)
        service.authority.authority = made
        service.authority.__post_init__()
        _name_service(jana, service.url)
        service.authority.at = datetime.now(UTC)
        screen = jana.synchronise()
    assert "1 Bericht hat einen Zeitstempel erhalten." in words_on(screen.said)
    assert level_of(read_report(jana.place, world.report_id)) in {
        Level.TIME_STAMPED,
        Level.LONG_TERM,
    }
    assert jana.overview.unsent == 0
    jana.shoot("zeitstempel", is_important=True)
    _look_at_report(jana)
    world.tobias = tobias = world.new_laptop("lindner-neu", story.COLLEAGUE)
    tobias.enrol(world.office.console.code_for(story.COLLEAGUE), "Laptop Lindner 2")
    tobias.synchronise()
    tobias.shoot("neuer-laptop")
    _is_same(world)
    _look_at_report(tobias)


def _name_service(laptop: Laptop, url: str) -> None:
    laptop.go(Where.SETTINGS)
    edit = laptop.screen(SettingsScreen).person.form.edit("time_stamp_url")
    type_into(edit, url)
    laptop.shoot("einstellung-zeitstempel", at=edit)


def _look_at_report(laptop: Laptop) -> None:
    """The report from the company file, and whether it is unchanged."""
    screen = laptop.open_company(FOUNDRY)
    screen.reports.opened.emit()
    settle(lambda: True)
    report = laptop.screen(ReportScreen)
    wait(lambda: report.opened is not None)
    laptop.shoot("bericht-mit-zeitstempel", at=report.desk.versions)
    laptop.press_header("Prüfen")
    settle(lambda: True)
    laptop.shoot("bericht-geprueft")


STEPS = (first_sync, conflict, hand_over, lost_laptop, restored_server, time_stamp)


def tell(app: QApplication, folder: Path, scratch: Path) -> None:
    """All steps, one after the other."""
    camera, laptops = Camera(app, folder), list[Laptop]()

    def new_laptop(name: str, author: str) -> Laptop:
        laptop = Laptop(app, scratch / name, camera)
        laptops.append(laptop)
        laptop.begin(author)
        return laptop

    with opened_office(scratch) as office:
        world = World(scratch, camera, office, new_laptop)
        try:
            for step in STEPS:
                step(world)
                sys.stdout.write(f"{step.__name__}: ok\n")
                sys.stdout.flush()
        finally:
            for laptop in laptops:
                laptop.end()


def main(folder: Path) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    app = create_application(RESOURCES, "light")
    with tempfile.TemporaryDirectory() as scratch:
        tell(app, folder, Path(scratch))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
