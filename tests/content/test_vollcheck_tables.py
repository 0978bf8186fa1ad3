"""Tables and figures of the Vollcheck: sums, proposals and remarks that warn and never block."""

from __future__ import annotations

import pytest

from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.usecases.form_outline import Item, outline_of
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.workplace import Form
from tests.content.forms import LANGUAGES, VOLLCHECK, compiled, form_of, rows_of, session

PRODUCTS, JOBS = "/data/d02/products", "/data/d08/jobs"
A_COLUMN = {PRODUCTS: "/product_margin", JOBS: "/job_c4_should"}
SILENT = ("begin_", "end_", "calculate")
LONGEST_HEAD = 18
"""Head of a table column at 1366 px with two dozen columns to scroll."""
MANAGEMENT = ("gf", "ber")

Texts = dict[str, dict[str, str]]


@pytest.fixture
def figures() -> Texts:
    """Rows of the survey sheet that are neither scored nor in the company group."""
    company = {"company", "heads", "has_works_council", "turnover_million", "wz"}
    return {
        row["name"]: row
        for row in rows_of(VOLLCHECK, "survey")
        if row.get("name") and not row.get("score_dimension") and row["name"] not in company
    }


@pytest.fixture
def opened() -> FormSession:
    return session(form_of(VOLLCHECK), heads="40", turnover_million="8")


def add(opened: FormSession, table: str, **cells: str) -> str:
    """A new row with these cells; its place."""
    opened.add_repeat(table)
    row = f"{table}[{sum(ref.endswith(A_COLUMN[table]) for ref in opened.refs())}]"
    for name, value in cells.items():
        opened.set_value(f"{row}/{name}", value)
    return row


def value(opened: FormSession, name: str) -> str:
    return opened.state(opened.ref_of(name)).value


def said(opened: FormSession, note: str, language: str = "de") -> str:
    """What a note says now, "" when it stays silent."""
    opened.set_language(language)
    state = opened.state(opened.ref_of(note))
    return state.label.strip() if state.relevant else ""


def items() -> dict[str, Item]:
    form = compiled(VOLLCHECK)
    return dict(outline_of(Form(form_of(VOLLCHECK), form.sidecar)).by_label)


# -- completeness --------------------------------------------------------------------------------


def test_the_tables_have_the_columns_the_program_reads() -> None:
    tables = items()
    assert [column.label for column in tables["products"].columns] == [
        *("product_name", "product_share", "product_heads", "product_cati", "product_eop"),
        *("product_followon", "product_margin"),
    ]
    assert [column.label for column in tables["jobs"].columns] == [
        *("job_name", "job_kldb", "job_heads", "job_under30", "job_30to44", "job_45to54"),
        *("job_55to59", "job_60plus", "job_demand3", "job_demand5", "job_exits5"),
        "job_substitution",
        *(f"job_c{number}_{part}" for number in (1, 2, 3, 4) for part in ("name", "is", "should")),
    ]
    assert (tables["products"].section, tables["jobs"].section) == ("D02", "D08")
    assert {tables["products"].kind, tables["jobs"].kind} == {Kind.TABLE}


def test_remarks_speak_of_their_table_as_a_whole() -> None:
    assert [path.rpartition("/")[2] for path in items()["products"].notes] == [
        "products_share_note",
        "products_share_over",
        "products_ended_note",
    ]
    assert [path.rpartition("/")[2] for path in items()["jobs"].notes] == ["jobs_bands_note"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_says_what_is_meant_and_where_to_find_it(
    figures: Texts, language: str
) -> None:
    for name, row in figures.items():
        if row["type"].startswith(SILENT):
            continue
        assert len(row[f"hint::{language}"]) > 15, name
        assert len(row[f"hint::{language}"]) <= 120, name
        if name.startswith(("product_", "job_")):
            assert 2 < len(row[f"label::{language}"]) <= LONGEST_HEAD, name
        elif row["type"] != "note":
            assert row[f"label::{language}"].endswith("?"), name
            assert len(row[f"label::{language}"]) <= 110, name


def test_every_number_has_bounds_and_says_why_it_does_not_fit(figures: Texts) -> None:
    numbers = [row for row in figures.values() if row["type"] in ("integer", "decimal")]
    assert len(numbers) >= 25
    for row in numbers:
        assert row["constraint"], row["name"]
        assert all(row[f"constraint_message::{code}"] for code in LANGUAGES), row["name"]


def test_figures_are_for_management_and_advisor_and_reaching_the_site_for_all() -> None:
    asked_of = compiled(VOLLCHECK).sidecar.asked_of
    for name in ("products", "product_share", "jobs", "job_heads", "energy", "co2_scope1", "site"):
        assert asked_of[name] == MANAGEMENT, name
    assert asked_of["staff_reach"] == ("gf", "br", "ber")
    assert "d02_has_combustion" not in asked_of
    assert "br" not in items()["products"].perspectives
    assert "br" in items()["staff_reach"].perspectives


# -- products ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Zylinderkopf", "5"),
        ("KURBELWELLEN roh", "5"),
        ("Motorblock", "5"),
        ("Kolben", "5"),
        ("Abgaskrümmer", "4"),
        ("Turboladergehäuse", "4"),
        ("Einspritzleiste", "4"),
        ("Schmiedeteile", "3"),
        ("geschmiedete Rohlinge", "3"),
        ("Kupplungsnabe", "3"),
        ("Bremskolben", "3"),
        ("Fahrwerkslenker", "3"),
        ("Zahnräder", "2"),
        ("Antriebswelle", "2"),
        ("Getriebedeckel", "2"),
        ("Schrauben M8", "1"),
        ("Kabelclips", "1"),
        ("Tankverschluss", "1"),
        ("Befestigungswinkel", "1"),
        ("Batteriegehäuse", "0"),
        ("Elektromotorwelle", "0"),
        ("Statorblech", "0"),
        ("LEISTUNGSELEKTRONIK", "0"),
        ("Hochvoltkabel", "0"),
        ("Brennstoffzelle", "0"),
        ("Türgriff", ""),
    ],
)
def test_the_name_of_a_product_proposes_its_group(
    opened: FormSession, name: str, group: str
) -> None:
    row = add(opened, PRODUCTS, product_name=name)
    assert opened.state(f"{row}/product_cati").value == group


def test_a_correction_stays_until_the_name_changes(opened: FormSession) -> None:
    first = add(opened, PRODUCTS, product_name="Kolben", product_cati="2", product_share="40")
    second = add(opened, PRODUCTS, product_name="Getriebe", product_heads="4")
    assert opened.state(f"{first}/product_cati").value == "2"
    assert opened.state(f"{second}/product_cati").value == "2"
    opened.set_value(f"{first}/product_name", "Kolben und Pleuel")
    assert opened.state(f"{first}/product_cati").value == "5"
    opened.set_value(f"{first}/product_name", "Halter")
    assert opened.state(f"{first}/product_cati").value == ""


@pytest.mark.parametrize(
    ("shares", "note", "warning"),
    [
        ((), "", ""),
        (("",), "", ""),
        (("60", "25", "15"), "", ""),
        (("60", "39"), "", ""),
        (("60", "41"), "", ""),
        (("33.3", "33.3", "", "33.3"), "", ""),
        (
            ("60.5", "", "25"),
            "Summe der Anteile: 85,5 %. Der Rest bleibt nicht zugeordnet.",
            "",
        ),
        (("60", "55"), "", "Summe der Anteile: 115 %. Das ist mehr als der ganze Umsatz."),
    ],
)
def test_the_sum_of_shares_is_remarked_when_it_is_not_the_whole(
    opened: FormSession, shares: tuple[str, ...], note: str, warning: str
) -> None:
    for share in shares:
        add(opened, PRODUCTS, product_share=share)
    assert said(opened, "products_share_note") == note
    assert said(opened, "products_share_over") == warning


def test_the_sum_reads_as_a_number_in_either_language(opened: FormSession) -> None:
    add(opened, PRODUCTS, product_share="60.5")
    assert value(opened, "products_share_sum") == "60.5"
    assert said(opened, "products_share_note", "en").startswith("Sum of shares: 60.5%.")


def test_a_series_that_has_ended_is_only_remarked(opened: FormSession) -> None:
    add(opened, PRODUCTS, product_name="Kolben", product_eop="2026")
    assert said(opened, "products_ended_note") == ""
    row = add(opened, PRODUCTS, product_name="Pleuel", product_eop="2025")
    assert said(opened, "products_ended_note") == (
        "Serienende in der Vergangenheit: Pleuel. Stimmt das Jahr?"
    )
    assert opened.state(f"{row}/product_eop").violation == ""


# -- jobs ----------------------------------------------------------------------------------------


def test_age_bands_that_do_not_add_up_are_remarked_by_job(opened: FormSession) -> None:
    bands = {"job_under30": "2", "job_30to44": "3", "job_60plus": "1"}
    add(opened, JOBS, job_name="Zerspanung", job_heads="6", **bands)
    add(opened, JOBS, job_name="Büro", job_heads="5")
    assert said(opened, "jobs_bands_note") == ""
    add(opened, JOBS, job_name="Montage", job_heads="7", **bands)
    assert said(opened, "jobs_bands_note") == (
        "Altersgruppen und Köpfe passen nicht zusammen: Montage."
    )


@pytest.mark.parametrize(
    ("table", "column", "right", "wrong"),
    [
        (PRODUCTS, "product_share", ("0", "100", "12.5"), ("-1", "101")),
        (PRODUCTS, "product_heads", ("0", "40"), ("-1", "41")),
        (PRODUCTS, "product_eop", ("2020", "2060"), ("29", "2019", "2061")),
        (JOBS, "job_kldb", ("24232", "01104"), ("2423", "2423a", "242321")),
        (JOBS, "job_heads", ("0", "40"), ("-1", "41")),
        (JOBS, "job_exits5", ("0", "12"), ("-1", "13")),
        (JOBS, "job_60plus", ("0", "12"), ("-1", "13")),
        (JOBS, "job_demand5", ("0", "90"), ("-1",)),
        (JOBS, "job_substitution", ("0", "100"), ("-1", "101")),
        (JOBS, "job_c4_should", ("0", "4"), ("-1", "5")),
    ],
)
def test_a_cell_out_of_bounds_says_so_and_keeps_what_was_typed(
    opened: FormSession, table: str, column: str, right: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    cell = f"{add(opened, table)}/{column}"
    if table == JOBS and column != "job_heads":
        opened.set_value(f"{JOBS}[1]/job_heads", "12")
    for text in right:
        opened.set_value(cell, text)
        assert opened.state(cell).violation == "", text
    for text in wrong:
        opened.set_value(cell, text)
        assert opened.state(cell).violation == "constraint", text
        assert opened.state(cell).constraint_message
        assert opened.state(cell).value.removesuffix(".0") == text


def test_without_the_number_of_heads_no_count_is_doubted() -> None:
    opened = session(form_of(VOLLCHECK))
    row = add(opened, PRODUCTS, product_heads="500")
    assert opened.state(f"{row}/product_heads").violation == ""


# -- figures -------------------------------------------------------------------------------------


def test_energy_cost_is_set_against_the_turnover_of_the_company_file(opened: FormSession) -> None:
    assert said(opened, "energy_share_note") == ""
    opened.set_value(opened.ref_of("energy_cost_year"), "676000")
    assert value(opened, "energy_share") == "8.5"
    assert said(opened, "energy_share_note") == "Energiekosten: 8,5 % des Umsatzes."
    assert said(opened, "energy_share_note", "en") == "Energy cost: 8.5% of turnover."


def test_without_turnover_there_is_no_share_and_no_doubt() -> None:
    opened = session(form_of(VOLLCHECK), energy_cost_year="676000")
    assert value(opened, "energy_share") == ""
    assert opened.state(opened.ref_of("energy_cost_year")).violation == ""


def test_energy_dearer_than_the_turnover_is_doubted(opened: FormSession) -> None:
    opened.set_value(opened.ref_of("energy_cost_year"), "8000001")
    assert opened.state(opened.ref_of("energy_cost_year")).violation == "constraint"
