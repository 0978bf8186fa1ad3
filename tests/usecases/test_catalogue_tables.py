"""The catalogue as a table: what goes out comes back, and every mistake names its cell."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from desktop_advisor.advice.offers import (
    Catalogue,
    Offer,
    encode_catalogue,
    read_catalogue,
)
from desktop_advisor.cli import main
from desktop_advisor.questionnaire.authoring.bounds import FILE_BYTES
from desktop_advisor.questionnaire.authoring.sheets import make_sheet
from desktop_advisor.usecases.catalogue.cells import WrongCell, read, shown
from desktop_advisor.usecases.catalogue.checking import check_catalogue, check_entries
from desktop_advisor.usecases.catalogue.columns import OFFER_COLUMNS, RATE_COLUMNS, Column
from desktop_advisor.usecases.catalogue.editing import (
    catalogue_file,
    check_path,
    export_catalogue,
    import_catalogue,
)
from desktop_advisor.usecases.catalogue.files import (
    BrokenTable,
    rates_file,
    read_tables,
    write_tables,
)
from desktop_advisor.usecases.catalogue.tables import from_tables, to_tables
from desktop_advisor.usecases.workplace import Resources
from tests.workplaces import resources

TODAY = date(2026, 11, 24)
SHARED = resources().root / "catalogues" / "offers.json"
CATALOGUES = [SHARED, *sorted(resources().networks.glob("*/offers.json"))]


@pytest.fixture(scope="module")
def shared() -> Catalogue:
    return read_catalogue(SHARED.read_bytes())


@pytest.fixture
def root(tmp_path: Path) -> Resources:
    """Catalogues and networks that a test may write to."""
    for name in ("networks", "catalogues"):
        shutil.copytree(resources().root / name, tmp_path / "resources" / name)
    return Resources(tmp_path / "resources")


# -- there and back --------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@pytest.mark.parametrize("source", CATALOGUES, ids=lambda path: path.parent.name)
def test_what_is_exported_is_imported_byte_for_byte(
    tmp_path: Path, source: Path, ending: str
) -> None:
    table = tmp_path / f"katalog{ending}"

    write_tables(read_catalogue(source.read_bytes()), table)
    reading = read_tables(table)

    assert [str(finding) for finding in reading.findings] == []
    assert encode_catalogue(reading.catalogue()) == source.read_bytes()


TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"),
    max_size=30,
).map(str.strip)
RISKY = st.sampled_from(['=HYPERLINK("x")', "=1+1", "+49", "-5", "@SUM(A1)", "'=1", "a;b", 'a"b'])


@settings(max_examples=40, deadline=None)
@given(text=st.one_of(TEXTS, RISKY), share=st.decimals(0, 100, places=2), csv_file=st.booleans())
def test_any_text_and_any_share_come_back_as_they_went(
    tmp_path_factory: pytest.TempPathFactory, text: str, share: Decimal, csv_file: bool
) -> None:
    first = read_catalogue(SHARED.read_bytes()).offers[0]
    rate = msgspec.structs.replace(first.rate_table[0], share=share, note=text, note_en=text)
    offer = msgspec.structs.replace(first, provider=text or "x", rate_table=(rate,))
    made = Catalogue(offer.version, (offer,))
    table = tmp_path_factory.mktemp("k") / ("k.csv" if csv_file else "k.xlsx")

    write_tables(made, table)

    assert read_tables(table).catalogue() == made


def test_every_field_of_an_offer_and_of_a_rate_has_its_column(shared: Catalogue) -> None:
    def paths(struct: type[msgspec.Struct], before: str = "") -> set[str]:
        found: set[str] = set()
        for field in msgspec.structs.fields(struct):
            inner = field.type
            if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
                found |= paths(inner, f"{before}{field.name}.")
            elif field.name != "rate_table":
                found.add(before + field.name)
        return found

    assert {column.path for column in OFFER_COLUMNS} == paths(Offer)
    rate = type(shared.offers[0].rate_table[0])
    assert {column.path for column in RATE_COLUMNS} == paths(rate) | {"offer"}


def test_headings_are_german_unique_and_explained() -> None:
    for columns in (OFFER_COLUMNS, RATE_COLUMNS):
        headers = [column.header for column in columns]
        assert len(set(headers)) == len(headers)
        assert all(column.explanation.endswith(".") for column in columns)


def test_formulas_stay_text_in_both_notations(tmp_path: Path, shared: Catalogue) -> None:
    offer = msgspec.structs.replace(shared.offers[0], provider="=1+1", rate_table=())
    made = Catalogue(offer.version, (offer,))
    write_tables(made, tmp_path / "k.xlsx")
    write_tables(made, tmp_path / "k.csv")

    book = load_workbook(tmp_path / "k.xlsx")
    cells = [cell for row in book["Angebote"].iter_rows() for cell in row if cell.value == "=1+1"]
    raw = (tmp_path / "k.csv").read_text("utf-8-sig")

    assert [cell.data_type for cell in cells] == ["s"]
    assert ";'=1+1;" in raw
    assert ";=1+1;" not in raw


# -- cells -----------------------------------------------------------------------------------------


def column(path: str) -> Column:
    return next(c for c in OFFER_COLUMNS if c.path == path)


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("valid_to", "31.12.2026", date(2026, 12, 31)),
        ("valid_to", "2026-12-31", date(2026, 12, 31)),
        ("grant_cap", "12,5", Decimal("12.5")),
        ("eligibility.max_staff", "249", 249),
        ("before_start", "Nein", False),
        ("before_start", "", None),
        ("kind", "förderung", "funding"),
        ("eligibility.counties", "14511, 14524", ("14511", "14524")),
        ("eligibility.size_classes", "klein groß", ("small", "large")),
    ],
)
def test_a_cell_is_read_as_an_editor_writes_it(path: str, text: str, value: object) -> None:
    assert read(text, column(path)) == value


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("valid_to", "31.02.2026"),
        ("valid_to", "bald"),
        ("grant_cap", "1.200"),
        ("grant_cap", "1e9"),
        ("grant_cap", "NaN"),
        ("eligibility.max_staff", "-3"),
        ("eligibility.max_staff", "²"),
        ("before_start", "vielleicht"),
        ("status", "eröffnet"),
        ("eligibility.size_classes", "riesig"),
    ],
)
def test_a_cell_that_means_nothing_is_refused_with_advice(path: str, text: str) -> None:
    with pytest.raises(WrongCell) as caught:
        read(text, column(path))
    assert caught.value.suggestion


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.decimals(0, 10**9, places=2))
def test_days_and_numbers_come_back(day: date, number: Decimal) -> None:
    assert read(shown(day, column("valid_to")), column("valid_to")) == day
    assert read(shown(number, column("grant_cap")), column("grant_cap")) == number


# -- findings --------------------------------------------------------------------------------------


def edit(table: Path, sheet: str, row: int, header: str, text: str) -> None:
    """Write into a cell of an .xlsx as an editor would; rows as Excel counts."""
    book = load_workbook(table)
    page = book[sheet]
    columns = {cell.value: cell.column for cell in page[1]}
    page.cell(row, columns[header] or 0, text)
    book.save(table)


def findings_after(catalogue: Catalogue, sheet: str, row: int, header: str, text: str) -> list[str]:
    """What the check says once a cell of the table holds `text`."""
    sheets = {made.name: made for made in to_tables(catalogue)}
    cells = [list(line) for line in sheets[sheet].cells]
    index = sheets[sheet].headers.index(header)
    cells[row - 1] += [""] * (index + 1 - len(cells[row - 1]))
    cells[row - 1][index] = text
    sheets[sheet] = make_sheet(sheet, cells)
    reading = from_tables(sheets["Angebote"], sheets["Sätze"])
    return [str(f) for f in (*reading.findings, *check_entries(reading.entries, TODAY))]


@pytest.mark.parametrize(
    ("sheet", "header", "text", "said"),
    [
        ("Angebote", "Gebiet", "99999", "Den Kreisschlüssel „99999“ gibt es nicht."),
        ("Angebote", "Gebiet", "1", "Den Kreisschlüssel „1“ gibt es nicht."),
        ("Angebote", "Gültig bis", "01.01.2020", "Das Ende liegt vor dem Beginn am 01.04.2024."),
        ("Angebote", "Quelle", "", "„Quelle“ ist leer."),
        ("Angebote", "Geprüft am", "25.11.2026", "Der 25.11.2026 liegt in der Zukunft."),
        ("Angebote", "Geprüft am", "25.07.2026", "Vor mehr als 90 Tagen geprüft."),
        ("Angebote", "Handlungsfelder", "D07 D13", "Das Handlungsfeld „D13“ gibt es nicht."),
        ("Angebote", "Kennung", "Mein Angebot", "„Mein Angebot“ ist keine Kennung."),
        ("Angebote", "Kurztext", "Sie erhalten Geld.", "„Sie erhalten“ verspricht zu viel."),
        ("Angebote", "Höhe", "80 % garantiert", "„garantiert“ verspricht zu viel."),
        ("Angebote", "Status", "unsicher", "„unsicher“ ist hier nicht vorgesehen."),
        ("Angebote", "WZ-Codes", "Metall", "„Metall“ ist kein WZ-Code."),
        ("Angebote", "Rechtsgrundlage", "", "Eine Förderung braucht ihre Rechtsgrundlage."),
        ("Angebote", "Voraussetzungen", "", "Der Text fehlt in einer der beiden Sprachen."),
        ("Angebote", "E-Mail", "info(at)x", "„info(at)x“ ist keine E-Mail-Adresse."),
        ("Sätze", "Gebiet", "", "„Gebiet“ ist leer."),
        ("Sätze", "Gebiet", "77", "Den Kreisschlüssel „77“ gibt es nicht."),
        ("Sätze", "Satz in %", "180", "180 % gibt es nicht."),
        ("Sätze", "Satz in %", "viel", "„viel“ ist keine Zahl."),
        ("Sätze", "Angebot", "sgb3-83", "Das Angebot „sgb3-83“ gibt es nicht."),
        ("Sätze", "Beschäftigte ab", "90", "Höchstens weniger als mindestens."),
        ("Sätze", "Zuschuss bis Euro", "0", "Eine Obergrenze ist größer als null."),
    ],
)
def test_a_mistake_names_sheet_row_and_column(
    shared: Catalogue, sheet: str, header: str, text: str, said: str
) -> None:
    found = findings_after(shared, sheet, 3, header, text)

    matching = [finding for finding in found if said in finding]
    assert matching, found
    assert f"{sheet}, Zeile 3, Spalte " in matching[0]


def test_an_identifier_used_twice_is_named_at_the_second_row(shared: Catalogue) -> None:
    found = findings_after(shared, "Angebote", 4, "Kennung", shared.offers[0].id)

    assert found[0].startswith("Fehler · Angebote, Zeile 4, Spalte A (Kennung), Zelle Angebote!A4")
    assert "Die Kennung „sgb3-82“ kommt zweimal vor. → Sie steht schon in Zeile 3." in found[0]


def test_a_missing_and_an_unknown_column_are_named(shared: Catalogue) -> None:
    found = findings_after(shared, "Angebote", 1, "Gültig bis", "Gültig bs")

    unknown = "Die Spalte „Gültig bs“ gibt es nicht. → Meinen Sie „Gültig bis“?"
    assert any(unknown in finding for finding in found)
    assert any("Die Spalte „Gültig bis“ fehlt." in finding for finding in found)


def test_a_row_at_fault_does_not_make_its_rates_strays(shared: Catalogue) -> None:
    assert len(findings_after(shared, "Angebote", 3, "Status", "unsicher")) == 1


def test_the_shipped_catalogues_have_no_findings() -> None:
    for path in CATALOGUES:
        assert [str(f) for f in check_catalogue(read_catalogue(path.read_bytes()), TODAY)] == []


def test_today_decides_what_is_in_the_future_and_what_is_old(shared: Catalogue) -> None:
    entries = from_tables(*to_tables(shared)).entries
    before = check_entries(entries, date(2026, 11, 21))
    later = check_entries(entries, date(2027, 3, 1))

    assert all("liegt in der Zukunft" in str(finding) for finding in before)
    assert len(before) == len(entries)
    assert any("Ausgelaufen am 31.12.2026" in str(finding) for finding in later)
    assert not any(finding.is_error for finding in later)


# -- files -----------------------------------------------------------------------------------------


def test_a_large_file_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    for name in ("k.xlsx", "k.csv"):
        (tmp_path / name).write_bytes(b"x" * (FILE_BYTES + 1))
        with pytest.raises(BrokenTable, match="größer als 8 MB"):
            read_tables(tmp_path / name)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "k.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 40_000_000)
    with pytest.raises(BrokenTable, match="entpackt größer"):
        read_tables(tmp_path / "k.xlsx")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("k.xlsx", b"no zip", "keine lesbare"),
        ("k.pdf", b"%PDF", "weder eine .xlsx- noch eine .csv-Datei"),
        ("k.csv", b"", "keine Spalten"),
        ("k.csv", b"a,b,c", "keine Spalten"),
        ("k.csv", b'"a;b', "keine lesbare"),
        ("k.csv", b"\x00;\x01", "Steuerzeichen"),
    ],
)
def test_what_is_no_table_is_a_known_error(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BrokenTable, match=said) as caught:
        read_tables(tmp_path / name)
    assert "Katalog" in caught.value.safe
    assert caught.value.todo


def test_a_csv_without_its_rates_names_the_missing_file(tmp_path: Path, shared: Catalogue) -> None:
    write_tables(shared, tmp_path / "k.csv")
    rates_file(tmp_path / "k.csv").unlink()
    with pytest.raises(BrokenTable, match=r"k-saetze\.csv"):
        read_tables(tmp_path / "k.csv")


def test_a_csv_that_excel_saved_in_its_own_character_set_is_read(
    tmp_path: Path, shared: Catalogue
) -> None:
    write_tables(shared, tmp_path / "k.csv")
    for path in (tmp_path / "k.csv", rates_file(tmp_path / "k.csv")):
        path.write_bytes(path.read_bytes().decode("utf-8-sig").encode("cp1252"))

    assert read_tables(tmp_path / "k.csv").catalogue() == shared


# -- taking over -----------------------------------------------------------------------------------


def test_a_table_without_mistakes_replaces_the_catalogue(tmp_path: Path, root: Resources) -> None:
    table = tmp_path / "k.xlsx"
    export_catalogue(root, table)
    edit(table, "Angebote", 3, "Träger", "Agentur für Arbeit Chemnitz")

    done = import_catalogue(root, table, TODAY)

    assert (done.added, done.changed, done.removed) == (0, 1, 0)
    assert root.offers()[0].provider == "Agentur für Arbeit Chemnitz"


def test_a_table_with_mistakes_changes_nothing(tmp_path: Path, root: Resources) -> None:
    table = tmp_path / "k.xlsx"
    export_catalogue(root, table)
    edit(table, "Angebote", 3, "Gebiet", "99999")
    before = catalogue_file(root).read_bytes()

    done = import_catalogue(root, table, TODAY)

    assert done.target is None
    assert catalogue_file(root).read_bytes() == before


def test_a_networks_table_must_not_use_an_identifier_of_the_shared_one(
    tmp_path: Path, root: Resources
) -> None:
    table = tmp_path / "k.xlsx"
    export_catalogue(root, table, "itas")
    edit(table, "Angebote", 3, "Kennung", "bafa-beratung")

    done = import_catalogue(root, table, TODAY, network="itas")

    assert done.target is None
    assert any("bafa-beratung" in text for text, is_error in done.remarks if is_error)


def test_an_empty_table_does_not_wipe_the_catalogue(tmp_path: Path, root: Resources) -> None:
    table = tmp_path / "k.xlsx"
    write_tables(Catalogue("", ()), table)

    done = import_catalogue(root, table, TODAY)

    assert done.target is None
    assert root.offers()


def test_a_resources_folder_is_checked_as_a_whole(root: Resources) -> None:
    assert check_path(root.root, TODAY) == []
    (root.networks / "itas" / "logo.png").write_bytes(b"<svg/>")
    assert [text for text, _ in check_path(root.root, TODAY)] == [
        "Die Datei „itas/logo.png“ ist kein PNG-Bild."
    ]


def test_the_commands_say_what_they_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "katalog.csv"
    exported = main(["catalogue", "export", str(table), "--network", "itas"])
    checked = main(["catalogue", "check", str(table)])
    target = tmp_path / "neu.json"
    taken = main(["catalogue", "import", str(table), "--network", "itas", "--to", str(target)])
    missing = main(["catalogue", "check", str(tmp_path / "nirgends.csv")])

    out, err = capsys.readouterr()
    assert (exported, checked, taken, missing) == (0, 0, 0, 2)
    assert "0 Fehler" in out
    assert "9 neu, 0 geändert, 0 entfernt" in out
    assert "nirgends.csv" in err
    assert target.read_bytes() == (resources().networks / "itas" / "offers.json").read_bytes()


def test_a_finding_makes_the_check_fail(
    tmp_path: Path, shared: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "katalog.xlsx"
    write_tables(shared, table)
    edit(table, "Angebote", 3, "Gebiet", "99999")

    assert main(["catalogue", "check", str(table)]) == 1
    assert "Zelle Angebote!Y3: Den Kreisschlüssel „99999“ gibt es nicht." in capsys.readouterr().out
