"""The web console in the story, in a real Chromium.

Its calls run on a thread of their own: the browser's driver keeps an event loop there, which the
seal, that has one itself, could not share.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Page, Playwright, sync_playwright

Found = TypeVar("Found")


class Console:
    """An administrator's browser."""

    def __init__(self, thread: ThreadPoolExecutor, page: Page) -> None:
        self._thread = thread
        self._page = page

    def _do(self, work: Callable[[Page], Found]) -> Found:
        return self._thread.submit(work, self._page).result()

    def sign_in(self, url: str, network: str, name: str, passphrase: str) -> None:
        """As that person of that network."""

        def work(page: Page) -> None:
            page.goto(f"{url}/konsole")
            if page.get_by_label("Passphrase").count():
                page.get_by_label("Name").fill(name)
                page.get_by_label("Netzwerk").fill(network)
                page.get_by_label("Passphrase").fill(passphrase)
                page.get_by_role("button", name="Anmelden").click()
            page.get_by_role("heading", name="Übersicht").wait_for()

        self._do(work)

    def code_for(self, person: str, picture: Path | None = None) -> str:
        """The text that a laptop of this person takes."""

        def work(page: Page) -> str:
            _go(page, "Anmeldecodes")
            page.get_by_label("Für wen").fill(person)
            page.get_by_role("button", name="Code erstellen").click()
            text = page.get_by_label("Derselbe Text zum Kopieren").input_value()
            if picture is not None:
                page.screenshot(path=picture)
            return text

        return self._do(work)

    def order_wipe(self, laptop: str, picture: Path) -> None:
        """Have this laptop erase itself; the picture is of the question before it."""

        def work(page: Page) -> None:
            _go(page, "Geräte")
            page.get_by_role("link", name=f"{laptop} löschen").click()
            page.get_by_role("button", name="Löschung anordnen").wait_for()
            page.screenshot(path=picture)
            page.get_by_role("button", name="Löschung anordnen").click()
            page.get_by_role("status").wait_for()

        self._do(work)

    def shut_out(self, laptop: str) -> None:
        """Take this laptop's access away; its data stay on it."""

        def work(page: Page) -> None:
            _go(page, "Geräte")
            page.get_by_role("link", name=f"{laptop} sperren").click()
            page.get_by_role("button", name="Laptop sperren").click()
            page.get_by_role("status").wait_for()

        self._do(work)

    def line_of(self, laptop: str, picture: Path) -> str:
        """What the list of laptops says of this one."""

        def work(page: Page) -> str:
            _go(page, "Geräte")
            page.screenshot(path=picture)
            return page.get_by_role("row", name=laptop).inner_text()

        return self._do(work)


def _go(page: Page, place: str) -> None:
    with page.expect_navigation():
        page.get_by_role("navigation").get_by_role("link", name=place, exact=True).click()


@contextmanager
def opened_browser() -> Iterator[Console]:
    """With the system's Chromium, which ends with the block."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium is not None, "Chromium is not installed (Debian package chromium)"

    def begin() -> tuple[Playwright, Page]:
        playwright = sync_playwright().start()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="de-DE")
        return playwright, page

    with ThreadPoolExecutor(1) as thread:
        playwright, page = thread.submit(begin).result()
        try:
            yield Console(thread, page)
        finally:
            thread.submit(playwright.stop).result()
