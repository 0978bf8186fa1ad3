"""The card for hand-over packages: written, read, looked at, taken in; wrong keys asked again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.company_file.screen import CompanyFileScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.synchronise.package_reading import PassphraseSheet, PreviewSheet
from desktop_advisor.ui.synchronise.package_writing import BY_PASSPHRASE, WritingSheet
from desktop_advisor.ui.synchronise.packages import Packages
from desktop_advisor.ui.synchronise.screen import SynchroniseScreen
from desktop_advisor.usecases import handover_package
from desktop_advisor.usecases.companies import list_companies
from desktop_advisor.usecases.receiving_key import receiving_key
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.sample import empty_workplace, foundry
from tests.workplaces import CHEAP


@pytest.fixture
def colleague(tmp_path: Path) -> Iterator[Workplace]:
    made = empty_workplace(tmp_path / "zwei")
    yield made
    made.close()


def _card(qtbot: QtBot, place: Workplace) -> Packages:
    card = Packages(place)
    qtbot.addWidget(card)
    card.resize(800, 700)
    card.show()
    return card


def _words(card: Packages) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    return folder


def test_a_file_goes_from_one_laptop_to_the_other_by_its_receiving_key(
    qtbot: QtBot, place: Workplace, colleague: Workplace, stick: Path
) -> None:
    here, there = _card(qtbot, place), _card(qtbot, colleague)
    there.key_button.click()
    shown = there.key.text()
    assert shown.replace(" ", "-") == receiving_key(colleague)
    here.write_button.click()
    sheet = here.sheet
    assert isinstance(sheet, WritingSheet)
    sheet.go.click()
    assert not sheet.trouble.isHidden(), "nothing is ticked yet"
    sheet.boxes[foundry(place)].setChecked(True)
    sheet.key.put({"key": shown[:-1] + ("7" if shown[-1] != "7" else "8")})
    sheet.go.click()
    assert "kein vollständiger Empfangsschlüssel" in _words(here)
    sheet.key.put({"key": shown})
    sheet.go.click()
    qtbot.waitUntil(here.said.isVisible)
    (file,) = stick.iterdir()
    assert file.name in _words(here)

    there.read(file)
    qtbot.waitUntil(lambda: isinstance(there.sheet, PreviewSheet))
    assert "Gießerei Muldental GmbH" in _words(there)
    assert list_companies(colleague) == []
    assert isinstance(there.sheet, PreviewSheet)
    with qtbot.waitSignal(there.changed):
        there.sheet.go.click()
    assert [row.name for row in list_companies(colleague)] == ["Gießerei Muldental GmbH"]
    there.read(file)
    qtbot.waitUntil(lambda: isinstance(there.sheet, PreviewSheet))
    assert "Bereits übernommen" in _words(there)
    assert not there.sheet.go.isEnabled()


def test_a_passphrase_is_shown_once_and_asked_again_when_it_is_wrong(
    qtbot: QtBot,
    place: Workplace,
    colleague: Workplace,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handover_package, "_COST", CHEAP)
    monkeypatch.setattr(handover_package.for_passphrase, "__defaults__", (CHEAP,))
    here, there = _card(qtbot, place), _card(qtbot, colleague)
    here.begin_writing([foundry(place)])
    sheet = here.sheet
    assert isinstance(sheet, WritingSheet)
    sheet.way.set_value(BY_PASSPHRASE)
    sheet.way.chosen.emit(BY_PASSPHRASE)
    phrase = sheet.phrase.texts()["phrase"]
    assert len(phrase) == 24
    sheet.go.click()
    qtbot.waitUntil(here.said.isVisible)
    assert phrase in _words(here)
    (file,) = stick.iterdir()

    there.read(file)
    qtbot.waitUntil(lambda: isinstance(there.sheet, PassphraseSheet))
    for typed, kind in (("falsch gelegen", PassphraseSheet), (phrase, PreviewSheet)):
        asking = there.sheet
        assert isinstance(asking, PassphraseSheet)
        asking.form.put({"phrase": typed})
        asking.go.click()
        qtbot.waitUntil(partial(_is_next, there, kind, asking))
    assert "Gießerei Muldental GmbH" in _words(there)


def _is_next(card: Packages, kind: type, former: object) -> bool:
    return isinstance(card.sheet, kind) and card.sheet is not former


def test_another_file_is_refused_in_plain_words(
    qtbot: QtBot, colleague: Workplace, tmp_path: Path
) -> None:
    other = tmp_path / "bericht.pdf"
    other.write_bytes(b"%PDF-1.7")
    card = _card(qtbot, colleague)
    card.read(other)
    qtbot.waitUntil(card.trouble.isVisible)
    assert "kein Übergabepaket" in _words(card)
    assert card.sheet is None
    card.forget_trouble()
    assert not card.trouble.isVisible()


def test_a_company_file_leads_to_its_package(qtbot: QtBot, place: Workplace) -> None:
    company = foundry(place)
    file = CompanyFileScreen(place, Destination(Where.COMPANY, company_id=company))
    qtbot.addWidget(file)
    (action,) = [a for a in file.secondary() if a.label == "Übergeben …"]
    with qtbot.waitSignal(file.navigate) as went:
        action.run()
    assert went.args is not None
    screen = SynchroniseScreen(place, went.args[0])
    qtbot.addWidget(screen)
    screen.resize(1158, 708)
    screen.show()
    screen.refresh()
    sheet = screen.packages.sheet
    assert isinstance(sheet, WritingSheet)
    assert [key for key, box in sheet.boxes.items() if box.isChecked()] == [company]
    qtbot.waitUntil(lambda: sheet.visibleRegion().boundingRect().size() == sheet.size())
    sheet.dismissed.emit()
    screen.refresh()
    assert screen.packages.sheet is None
