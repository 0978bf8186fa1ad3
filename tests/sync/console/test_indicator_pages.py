"""Indikatoren at the console: who sees them, what stands there, and what the files hold."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from sync.server import administration, assignments, authority, content, people
from sync.server.indicators.pages import METHOD
from sync.server.indicators.published import look
from sync.server.indicators.sheets import as_csv, workbook
from sync.server.indicators.tables import Row, Table
from sync.server.people_models import CaseFigure, CompanyFile, IndicatorCell
from tests.sync.central import CA_PASSPHRASE, NETWORK, Central
from tests.sync.console.conftest import SignIn
from tests.sync.indicators.figure_bodies import body, write_figures

PAGE = "/konsole/indikatoren"


def network(central: Central, name: str = NETWORK) -> int:
    return people.network_id_of(central.database, name)


def test_without_enough_companies_the_page_says_from_how_many_on(
    central: Central, sign_in: SignIn
) -> None:
    write_figures(central.database, network(central), 4)
    visit = sign_in("auditor")
    assert visit.open(PAGE).status == 200
    assert "<svg" not in visit.page
    assert "sobald mindestens fünf Unternehmen dazugehören" in visit.page
    assert "sobald zehn Unternehmen derselben Größenklasse" in visit.page


def test_bars_and_tables_say_the_same(central: Central, sign_in: SignIn) -> None:
    write_figures(central.database, network(central), 12, offers=[], referrals=[])
    visit = sign_in("coordinator")
    visit.open(PAGE)
    assert "Zwickau (14524)" in visit.page
    assert "Kraftwagen und Kraftwagenteile" in visit.page
    assert '<desc id="text-district">Zwickau (14524): 12</desc>' in visit.page
    assert re.search(
        r'<th scope="row">Zwickau \(14524\)</th><td class="number">12</td>', visit.page
    )
    assert re.search(r'<td class="number">12</td><td class="number">2,5</td>', visit.page)


def test_offers_are_called_as_the_networks_newest_content_calls_them(
    central: Central, sign_in: SignIn
) -> None:
    authority.create(central.database, NETWORK, CA_PASSPHRASE)
    write_figures(central.database, network(central), 5, offers=["sgb3-82", "x-1", "eigenes"])
    with central.database.writing() as session:
        for number in range(5):
            company = f"0190a000-0000-7000-9000-{number:012d}"
            session.add(
                CaseFigure(
                    network_id=network(central),
                    case_id=company,
                    company_id=company,
                    hlc=1,
                    writer="w",
                    n=1,
                    body=body(offers=[]),
                )
            )

    def publish(title: str) -> None:
        files = {
            "catalogues/offers.json": {"offers": [{"id": "sgb3-82", "title": title}]},
            "networks/itas/offers.json": {"offers": [{"id": "eigenes", "title": "Rat <ITAS>"}]},
            "networks/x/offers.json": {"offers": [{"id": "x-1"}]},
        }
        packed = {path: json.dumps(held).encode() for path, held in files.items()}
        content.publish(central.database, NETWORK, packed, CA_PASSPHRASE)

    publish("Förderung, alter Name")
    publish("Weiterbildung Beschäftigter")
    visit = sign_in("coordinator")
    visit.open(PAGE)

    named = re.findall(r'<th scope="row">([^<]+)</th><td class="number">5</td>', visit.page)
    assert {"Weiterbildung Beschäftigter", "Rat &lt;ITAS&gt;", "x-1"} <= set(named)
    assert "sgb3-82" not in visit.page
    assert "alter Name" not in visit.page


def test_the_page_needs_no_style_or_script_of_its_own(central: Central, sign_in: SignIn) -> None:
    write_figures(central.database, network(central), 12)
    visit = sign_in("coordinator")
    visit.open(PAGE)
    assert " style=" not in visit.page
    assert "<script" not in visit.page


def test_another_networks_companies_are_never_counted(central: Central, sign_in: SignIn) -> None:
    administration.add_network(central.database, "MoLeWa")
    write_figures(central.database, network(central, "MoLeWa"), 12)
    visit = sign_in("coordinator")
    visit.open(PAGE)
    assert "Zwickau" not in visit.page


def test_an_admin_has_no_business_here(sign_in: SignIn) -> None:
    visit = sign_in("admin")
    assert [visit.open(f"{PAGE}{end}").status for end in ("", ".csv", ".xlsx")] == [403] * 3


def test_the_csv_file_holds_the_tables(central: Central, sign_in: SignIn) -> None:
    write_figures(central.database, network(central), 12)
    answer = sign_in("coordinator").open(f"{PAGE}.csv")
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";"))
    assert "attachment" in answer.headers["content-disposition"]
    assert ["Unternehmen nach Kreis", "Zwickau (14524)", "12", ""] in [row[:4] for row in rows]
    assert ["12", "2,5"] in [row[2:4] for row in rows]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t"])
def test_no_text_becomes_a_formula(begin: str) -> None:
    label = f'{begin}HYPERLINK("http://x")'
    row = Row(label, 5, Decimal("2.5"))
    table = Table("mean", "Titel", (row,), total=None, fewest=5, as_of_ms=1)
    book = load_workbook(io.BytesIO(workbook([table], "=1+1", METHOD, str)))
    assert book["Hinweise"]["A1"].data_type == "s"
    cell = book["1 mean"]["A4"]
    assert (cell.data_type, cell.value) == ("s", label)
    text = as_csv([table], str).decode("utf-8-sig")
    assert next(csv.reader([text.splitlines()[1]], delimiter=";"))[1] == f"'{label}"


def test_an_erased_company_leaves_no_trace_but_its_share(central: Central) -> None:
    here = network(central)
    write_figures(central.database, here, 5)
    look(central.database, here)
    company = "0190a000-0000-7000-8000-000000000003"
    with central.database.writing() as session:
        session.add(CompanyFile(network_id=here, company_id=company, created_ms=1, created_by="x"))
    assignments.purge(central.database, here, company, next(iter(assignments.REASONS)), "Test")
    published = look(central.database, here)
    assert {cell.n for cell in published.cells.values()} == {5}
    with central.database.reading() as session:
        assert all(company.encode() not in row.body for row in session.query(IndicatorCell))
