"""`--selftest`: does every part of this installation work? Run from a build before it is shipped.

A small visit with the real parts in a temporary folder; nothing of the advisor's is touched.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import time
import traceback
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from desktop_advisor.usecases.workplace import Resources, Workplace

_PASSPHRASE = "Nur für die Selbstprüfung 1"  # noqa: S105 - opens a temporary store only
_PIN = "240711"
_COMPANY = "Prüfguss Muldental GmbH"
_PAGE_WIDTH_PX = 600
_T = TypeVar("_T")


class SelftestError(Exception):
    """A part did not do what it has to; the message says what."""


class Selftest:
    """The parts in the order in which a visit needs them; a later one stands on the earlier."""

    def __init__(self, resources: Path, folder: Path) -> None:
        self._resources = Resources(resources)
        self._folder = folder / "laptop"
        self._place: Workplace | None = None
        self._case_id: uuid.UUID | None = None
        self._visit_id: uuid.UUID | None = None
        self._draft = b""
        self._report_id: uuid.UUID | None = None

    def parts(self) -> list[tuple[str, Callable[[], str]]]:
        """Name and check; a check returns what it saw or raises."""
        return [
            ("store", self.store),
            ("form", self.form),
            ("pdf", self.pdf),
            ("seal", self.seal),
            ("verify", self.verify),
            ("preview", self.preview),
            ("window", self.window),
            ("workbook", self.workbook),
        ]

    def store(self) -> str:
        """An encrypted store is made, closed, opened again, and still holds the company."""
        from desktop_advisor.usecases.companies import CompanyDraft, create_company, list_companies
        from desktop_advisor.usecases.setting_up import set_up, unlock

        profile = self._resources.profiles()[0]
        made = set_up(
            self._resources,
            self._folder,
            name="Selbstprüfung",
            profile_id=profile.id,
            passphrase=_PASSPHRASE,
            pin=_PIN,
        )
        company_id = create_company(made, CompanyDraft(name=_COMPANY, heads="40"))
        made.close()
        self._place = unlock(self._resources, self._folder, _PASSPHRASE)
        _demand([row.name for row in list_companies(self._place)] == [_COMPANY], "company is lost")
        _demand(not self._holds(_COMPANY.encode()), "the company's name lies on disk unencrypted")
        self._visit_id = self._begin_visit(company_id)
        return "encrypted, survives closing"

    def form(self) -> str:
        """The Kurzcheck loads and takes answers that count."""
        from desktop_advisor.usecases.interview import Interview

        talk = Interview(self._opened(), _known(self._visit_id))
        self._case_id = talk.case_id
        names = [name for name in talk.questions() if talk.question(name).role == "level"]
        for name in names:
            talk.answer(name, "3")
        answered, _ = talk.progress()
        _demand(answered == len(names) > 0, f"{answered} of {len(names)} answers were taken")
        return f"{len(names)} answers"

    def pdf(self) -> str:
        """The report of that visit is composed and drawn."""
        from desktop_advisor.usecases.composing import compose_report
        from desktop_advisor.usecases.reporting import draw_draft

        place = self._opened()
        self._draft = draw_draft(place, compose_report(place, _known(self._case_id)))
        _demand(self._draft.startswith(b"%PDF-"), "no PDF was drawn")
        return f"{len(self._draft) // 1024} kB"

    def seal(self) -> str:
        """A drawn signature goes in and the advisor's certificate seals it."""
        from desktop_advisor.usecases.composing import compose_report
        from desktop_advisor.usecases.reporting import DrawnSignature, seal_report

        place, case_id = self._opened(), _known(self._case_id)
        drawn = DrawnSignature("M. Muster", "Geschäftsführung", "Zwickau", _ink(), place.clock())
        self._report_id = seal_report(place, case_id, compose_report(place, case_id), [drawn], _PIN)
        return "sealed"

    def verify(self) -> str:
        """The sealed report is intact, and with one byte changed it is not."""
        from desktop_advisor.usecases.reporting import read_report, verify_file, verify_report

        place, report_id = self._opened(), _known(self._report_id)
        _demand(verify_report(place, report_id).is_intact, "the sealed report is not intact")
        changed = bytearray(read_report(place, report_id))
        changed[len(changed) // 2] ^= 1
        copy = self._folder.parent / "changed.pdf"
        copy.write_bytes(changed)
        _demand(not verify_file(place, copy).is_intact, "a changed byte went unnoticed")
        return "intact, a changed byte is noticed"

    def preview(self) -> str:
        """The pages are drawn as on the report screen."""
        from desktop_advisor.report.preview import render_pages
        from desktop_advisor.usecases.reporting import read_report

        pages = render_pages(read_report(self._opened(), _known(self._report_id)), _PAGE_WIDTH_PX)
        _demand(len(pages) > 1, f"{len(pages)} pages")
        return f"{len(pages)} pages"

    def window(self) -> str:
        """The window opens on the store and paints more than one colour."""
        from desktop_advisor.demo.window import opened_window, settle

        with opened_window(self._opened()) as window:
            settle(lambda: True)
            picture = window.grab().toImage()
        colours = {
            picture.pixel(x, y)
            for x in range(0, picture.width(), 40)
            for y in range(0, picture.height(), 40)
        }
        _demand(len(colours) > 1, "the window stays blank")
        return f"{picture.width()} × {picture.height()}"

    def workbook(self) -> str:
        """A form is written as XLSX, checked, and compiled: what editors do."""
        from desktop_advisor.questionnaire.authoring.checking import check_workbook
        from desktop_advisor.questionnaire.authoring.sheets import Workbook, make_sheet
        from desktop_advisor.questionnaire.authoring.workbook import write_workbook

        rows = [["type", "name", "label"], ["integer", "heads", "Köpfe?"]]
        path = self._folder.parent / "form.xlsx"
        write_workbook(Workbook((make_sheet("survey", rows),)), path)
        findings = check_workbook(path)
        _demand(not findings, "; ".join(map(str, findings)))
        return "checked and compiled"

    def close(self) -> None:
        """Lock the temporary store, so that its folder can go."""
        if self._place is not None:
            self._place.close()

    def _begin_visit(self, company_id: uuid.UUID) -> uuid.UUID:
        from desktop_advisor.usecases.visits import Person, begin_visit, plan_visit

        place = self._opened()
        people = (Person("M. Muster", "gf"),)
        visit_id = plan_visit(place, company_id, starts_at=place.clock(), people=people)
        begin_visit(place, visit_id)
        return visit_id

    def _holds(self, text: bytes) -> bool:
        files = (path for path in self._folder.rglob("*") if path.is_file())
        return any(text in path.read_bytes() for path in files)

    def _opened(self) -> Workplace:
        return _known(self._place)


def run_selftest(resources: Path) -> int:
    """0 when every part works, else 1; prints one line per part.

    resources: the folder with forms, catalogues, networks and fonts of this installation.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        test = Selftest(resources, Path(folder))
        try:
            results = [_run(name, check) for name, check in test.parts()]
        finally:
            test.close()
    return 0 if all(results) else 1


def _run(name: str, check: Callable[[], str]) -> bool:
    start = time.perf_counter()
    try:
        words, ok = check(), True
    except Exception as error:  # noqa: BLE001 - whatever goes wrong in a part is its result
        words, ok = f"{type(error).__name__}: {error}", False
        sys.stderr.write(traceback.format_exc())
    took = time.perf_counter() - start
    sys.stdout.write(f"{'OK    ' if ok else 'FAILED'} {name:<8} {took:5.2f} s  {words}\n")
    sys.stdout.flush()
    return ok


def _demand(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise SelftestError(otherwise)


def _known(value: _T | None) -> _T:
    if value is None:
        raise SelftestError("stands on an earlier part that failed")
    return value


def _ink() -> bytes:
    """A drawn line as PNG, as the signature pad hands it over."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (300, 100), (255, 255, 255, 0))
    ImageDraw.Draw(picture).line([(20, 80), (90, 20), (160, 75), (280, 30)], "black", 4)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
