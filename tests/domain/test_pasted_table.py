"""A copied range becomes cells, and its columns find their place in a table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.domain.cell_values import CellKind, Choice
from desktop_advisor.domain.column_matching import (
    Misfit,
    Target,
    convert,
    is_count,
    is_share,
    propose,
    total,
)
from desktop_advisor.domain.pasted_table import (
    MOST_COLUMNS,
    MOST_ROWS,
    NothingToPaste,
    PastedTable,
    TooLargeToPaste,
    read_pasted,
    seems_header,
    with_header,
)

TODAY = date(2026, 11, 22)
PRODUCTS = (
    Target("product_name", "Produktgruppe", CellKind.WORDS),
    Target("product_share", "Umsatzanteil in %", CellKind.DECIMAL),
    Target("product_heads", "Beschäftigte", CellKind.WHOLE),
    Target("product_eop", "Ende der Serie (Jahr)", CellKind.WHOLE),
    Target(
        "product_followon",
        "Folgeauftrag nominiert?",
        CellKind.CHOICE,
        (Choice("yes", "Ja"), Choice("no", "Nein")),
    ),
    Target("product_margin", "Deckungsbeitrag in %", CellKind.DECIMAL),
)
JOBS = (
    Target("job_name", "Tätigkeit", CellKind.WORDS),
    Target("job_heads", "Beschäftigte", CellKind.WHOLE),
    Target("job_under30", "davon unter 30", CellKind.WHOLE),
    Target("job_30to44", "30 bis 44", CellKind.WHOLE),
    Target("job_60plus", "60 und älter", CellKind.WHOLE),
    Target("job_demand3", "Bedarf in 3 Jahren", CellKind.WHOLE),
    Target("job_demand5", "Bedarf in 5 Jahren", CellKind.WHOLE),
)


def test_a_range_of_excel_keeps_line_breaks_within_a_cell() -> None:
    cells = read_pasted('Produkt\tEOP\r\n"Kurbel-\r\nwellen"\t2029\r\n')

    assert cells == [("Produkt", "EOP"), ("Kurbel-\nwellen", "2029")]


def test_a_doubled_quote_is_one_quote() -> None:
    assert read_pasted('"Rohr ""kurz"""\t1') == [('Rohr "kurz"', "1")]


def test_a_quote_that_nothing_closes_is_a_plain_sign() -> None:
    assert read_pasted('"Rohr\t1\n5" Welle\t2') == [('"Rohr', "1"), ('5" Welle', "2")]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a;b\n1,5;2", [("a", "b"), ("1,5", "2")]),
        ('a,b\n"x,y",2', [("a", "b"), ("x,y", "2")]),
        ("12,5\n13,5\n", [("12,5",), ("13,5",)]),
        ("Guss, Eisen\nStahl", [("Guss, Eisen",), ("Stahl",)]),
    ],
)
def test_the_separator_is_found(text: str, cells: list[tuple[str, ...]]) -> None:
    assert read_pasted(text) == cells


def test_empty_rows_and_empty_outer_columns_are_left_out() -> None:
    assert read_pasted("\t\t\n\tA\t1\t\n\t\t\t\n\tB\n") == [("A", "1"), ("B", "")]


@pytest.mark.parametrize("text", ["", " \n\t\n ", "\n\n"])
def test_a_clipboard_without_text_is_said(text: str) -> None:
    with pytest.raises(NothingToPaste):
        read_pasted(text)


@pytest.mark.parametrize(
    "text", ["a\n" * (MOST_ROWS + 1), "\t".join("a" * (MOST_COLUMNS + 1)), "ä" * 1_000_001]
)
def test_what_is_too_large_is_refused(text: str) -> None:
    with pytest.raises(TooLargeToPaste):
        read_pasted(text)


def test_as_many_rows_as_allowed_are_taken() -> None:
    assert len(read_pasted("a\tb\n" * MOST_ROWS)) == MOST_ROWS


@given(
    st.lists(
        st.lists(st.text(alphabet='aä1", ;\n', min_size=1), min_size=2, max_size=4),
        min_size=1,
        max_size=5,
    )
)
def test_what_excel_would_write_is_read_back(rows: list[list[str]]) -> None:
    width = max(map(len, rows))
    table = [["k", *(r + [""] * (width - len(r)))] for r in rows]
    text = "\n".join(
        "\t".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table
    )

    read = read_pasted(text)

    assert [[c for c in row if c] for row in read] == [
        [c.strip() for c in row if c.strip()] for row in table
    ]


@pytest.mark.parametrize(
    ("cells", "is_header"),
    [
        ([("Produkt", "Anteil"), ("Wellen", "12,5")], True),
        ([("Wellen", "12,5"), ("Guss", "3")], False),
        ([("Tätigkeit", "Bereich"), ("Dreher", "Halle 1")], True),
        ([("Wellen",), ("Guss",)], False),
        ([("Produkt", "Anteil")], False),
    ],
)
def test_a_header_row_is_recognised(cells: list[tuple[str, ...]], is_header: bool) -> None:
    assert seems_header(cells) is is_header


@pytest.mark.parametrize(
    ("heads", "names"),
    [
        (
            ("Bezeichnung", "Umsatz", "MA", "Kunde", "EOP", "Nachfolge", "DB II"),
            ("name", "share", "heads", "", "eop", "followon", "margin"),
        ),
        (
            ("Teilefamilie", "Umsatz in %", "Köpfe", "Serienende", "Werk"),
            ("name", "share", "heads", "eop", ""),
        ),
    ],
)
def test_heads_of_companies_find_their_product_column(
    heads: tuple[str, ...], names: tuple[str, ...]
) -> None:
    proposed = propose(PastedTable(heads, ()), PRODUCTS)

    assert proposed == tuple(f"product_{name}" if name else "" for name in names)


def test_figures_in_heads_decide() -> None:
    heads = ("Beruf", "Köpfe", "< 30", "30-44", "60+", "Bedarf +5", "Bedarf +3")

    proposed = propose(PastedTable(heads, ()), JOBS)

    ends = ("name", "heads", "under30", "30to44", "60plus", "demand5", "demand3")
    assert proposed == tuple(f"job_{end}" for end in ends)


def test_two_equal_heads_do_not_share_a_column() -> None:
    proposed = propose(PastedTable(("Umsatzanteil", "Umsatzanteil"), ()), PRODUCTS)

    assert proposed == ("product_share", "")


def test_without_heads_the_columns_are_taken_in_order_where_they_fit() -> None:
    pasted = with_header([("Wellen", "60,5", "viele"), ("Guss", "39,5", "12 ?")], has_header=False)

    assert propose(pasted, PRODUCTS) == ("product_name", "product_share", "")


def test_cells_become_form_values_and_nothing_is_lost_silently() -> None:
    cells = read_pasted("Produkt\tUmsatz %\tFolgeauftrag\tKunde\nWellen\tca. 60\tja\tVW\n")
    pasted = with_header(cells, has_header=True)

    made = convert(
        pasted, ("product_name", "product_share", "product_followon", ""), PRODUCTS, TODAY
    )

    assert made.rows == ({"product_name": "Wellen", "product_followon": "yes"},)
    why = "Bitte eine Zahl eingeben, zum Beispiel 12,5."
    assert made.misfits == (Misfit(2, "Umsatzanteil in %", "ca. 60", why),)
    assert made.unmapped == ("Kunde",)


def test_a_column_of_shares_is_known_by_its_name_or_label() -> None:
    assert is_share("product_share", "")
    assert is_share("x", "Anteil am Umsatz")
    assert not is_share("product_margin", "Deckungsbeitrag in %")


@pytest.mark.parametrize(
    ("name", "label", "is_counted"),
    [
        ("job_heads", "Köpfe", True),
        ("job_30to44", "30 bis 44", True),
        ("job_60plus", "60 und älter", True),
        ("job_demand3", "Bedarf in 3 J.", True),
        ("product_eop", "Serienende", False),
        ("job_c1_is", "Ist 1", False),
        ("job_c1_should", "Soll 1", False),
    ],
)
def test_only_counts_are_summed_up(name: str, label: str, is_counted: bool) -> None:
    assert is_count(Target(name, label, CellKind.WHOLE)) is is_counted


def test_a_total_leaves_out_what_is_no_number() -> None:
    assert total(("12.5", "", "dk", "NaN", "7.5")) == Decimal(20)
    assert total(("", "kv")) is None


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        cells = read_pasted(text)
    except NothingToPaste:
        return
    assert len({len(row) for row in cells}) == 1
