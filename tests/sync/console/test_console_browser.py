"""The console in a real Chromium, over a real socket, on SQLite and on PostgreSQL."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.client.enrolment import enrol
from sync.client.transport import HttpTransport
from sync.server import administration, people
from sync.server.app import app_over
from sync.server.database import Database, now_ms, open_database
from sync.server.people_models import CompanyFile
from sync.server.serving import running
from tests.sync import postgres
from tests.sync.central import COMPANY, NETWORK
from tests.sync.console.visits import PASSPHRASE, add_person
from tests.sync.memory_store import MemoryStore

playwright_api = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed (extra dev)"
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed (Debian package chromium)"
)
Browser, Page = playwright_api.Browser, playwright_api.Page
PATIENCE_MS = 20_000
NARROW = {"width": 400, "height": 800}
WIDE = {"width": 1366, "height": 768}


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of each kind: the network, one person of each role, and a company file."""
    if request.param == "sqlite":
        yield from _furnished(f"sqlite:///{tmp_path / 'server.sqlite'}")
        return
    with postgres.database() as address:
        yield from _furnished(address)


def _furnished(url: str) -> Iterator[Database]:
    database = open_database(url)
    network_id = administration.add_network(database, NETWORK)
    for name, role in (("Ada", "admin"), ("Karin", "coordinator"), ("Paul", "auditor")):
        add_person(database, NETWORK, name, role)
    with database.writing() as session:
        session.add(
            CompanyFile(
                network_id=network_id,
                company_id=COMPANY,
                name="Gießerei Muldental GmbH",
                created_ms=now_ms(),
                created_by="x",
            )
        )
    yield database
    database.close()


@pytest.fixture
def address(database: Database, tmp_path: Path) -> Iterator[str]:
    """Where the console answers."""
    with running(app_over(database, tmp_path / "blobs")) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(address: str, browser: Browser) -> Iterator[Page]:
    """An empty page without cookies; whatever the browser complains about fails the test."""
    complaints: list[str] = []
    page = browser.new_page(base_url=address, viewport=WIDE)
    page.set_default_timeout(PATIENCE_MS)
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert complaints == []


def _sign_in(page: Page, name: str) -> None:
    page.goto("/konsole")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Netzwerk").fill(NETWORK)
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Anmelden").click()
    playwright_api.expect(page.get_by_role("heading", name="Übersicht")).to_be_visible()


def _go(page: Page, place: str) -> None:
    with page.expect_navigation():  # until the style sheet is there too
        page.get_by_role("navigation").get_by_role("link", name=place, exact=True).click()


def _sign_out(page: Page) -> None:
    page.get_by_role("button", name="Abmelden").click()
    playwright_api.expect(page.get_by_role("status")).to_contain_text("Sie sind abgemeldet")


def _fits_a_phone(page: Page) -> None:
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], page.url
    page.set_viewport_size(WIDE)


def test_a_day_of_the_networks_office(page: Page, address: str, database: Database) -> None:
    expect = playwright_api.expect

    _sign_in(page, "Ada")
    _go(page, "Anmeldecodes")
    _fits_a_phone(page)
    page.get_by_label("Für wen").fill("Jana Richter")
    page.get_by_role("button", name="Code erstellen").click()
    qr = page.get_by_role("img", name="QR-Code").locator("svg")
    expect(qr).to_be_visible()
    assert (qr.bounding_box() or {"width": 0})["width"] > 150
    code = page.locator(".code").inner_text()
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", code)
    with HttpTransport(address, pause=lambda _: None) as transport:
        enrol(MemoryStore(), address, code, "Laptop Zwickau", transport=transport)

    _go(page, "Geräte")
    _fits_a_phone(page)
    row = page.get_by_role("row", name="Laptop Zwickau")
    expect(row).to_contain_text("Jana Richter")
    page.get_by_role("link", name="Laptop Zwickau sperren").click()
    expect(page.get_by_role("main")).to_contain_text("Seine Daten bleiben auf ihm")
    page.get_by_role("button", name="Laptop sperren").click()
    expect(page.get_by_role("status")).to_contain_text("Der Laptop ist gesperrt")
    expect(page.get_by_role("row", name="Laptop Zwickau")).to_contain_text("gesperrt")
    _sign_out(page)

    _sign_in(page, "Karin")
    _go(page, "Firmenakten")
    _fits_a_phone(page)
    page.get_by_label("Name des Unternehmens").fill("muldental")
    page.get_by_role("button", name="Suchen").click()
    page.get_by_role("link", name="Gießerei Muldental GmbH öffnen").click()
    page.get_by_label("Zuweisen an").select_option(label="Jana Richter (Beratung)")
    page.get_by_role("button", name="Zuweisen", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Die Akte ist zugewiesen")
    _sign_out(page)

    _sign_in(page, "Paul")
    _go(page, "Protokoll")
    _fits_a_phone(page)
    expect(page.get_by_role("row", name="Laptop gesperrt")).to_contain_text("Ada")
    expect(page.get_by_role("row", name="Firmenakte zugewiesen")).to_contain_text("Karin")
    page.get_by_label("Suche").fill("Karin")
    page.get_by_role("button", name="Filtern").click()
    expect(page.get_by_role("row", name="Laptop gesperrt")).to_have_count(0)
    network_id = people.network_id_of(database, NETWORK)
    assert people.advisor_named(database, network_id, "Jana Richter").role == "advisor"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_keyboard_reaches_the_menu_on_a_narrow_screen(page: Page) -> None:
    page.set_viewport_size(NARROW)
    _sign_in(page, "Paul")
    menu = page.get_by_role("navigation")
    playwright_api.expect(menu).to_be_hidden()

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    playwright_api.expect(menu).to_be_visible()
    _go(page, "Protokoll")
    playwright_api.expect(page.get_by_role("heading", name="Protokoll")).to_be_visible()
