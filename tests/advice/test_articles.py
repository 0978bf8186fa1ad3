"""Reading an article: what it must say, what is refused, and where the fault is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.advice.articles import (
    LARGEST_CHARACTERS,
    Block,
    BrokenArticle,
    fitting,
    read_article,
)

HEAD = """id: ofen
title: Der Ofen
summary: Ein Satz.
dimensions: D05, D12
checked_on: 2026-11-22
sources: Gesetz § 1; Richtlinie
offers: eew, grw-riga
"""
BODY = """
## Worum es geht
Ein Absatz,
der weitergeht.

Noch einer.

## Was zu tun ist
1. Erst
   und weiter.
2. Dann
- Ein Punkt
"""


def test_head_and_body_come_apart() -> None:
    article = read_article(HEAD + BODY, "ofen.md")
    assert (article.id, article.title, article.summary) == ("ofen", "Der Ofen", "Ein Satz.")
    assert article.dimensions == ("D05", "D12")
    assert article.sources == ("Gesetz § 1", "Richtlinie")
    assert article.offers == ("eew", "grw-riga")
    assert article.checked_on == date(2026, 11, 22)
    assert article.section("Worum es geht") == (
        Block("text", "Ein Absatz, der weitergeht."),
        Block("text", "Noch einer."),
    )
    assert article.section("Was zu tun ist") == (
        Block("step", "Erst und weiter.", 1),
        Block("step", "Dann", 2),
        Block("point", "Ein Punkt"),
    )
    assert article.section("Fehlt") == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: ofen", "id: Ofen!", "Kleinbuchstaben"),
        ("title: Der Ofen\n", "", "„title“"),
        ("D05, D12", "D05, D13", "„D13“"),
        ("2026-11-22", "22.11.2026", "checked_on"),
        ("offers: eew", "angebote: eew", "Zeile 7"),
        ("offers: eew", "title: noch einer\noffers: eew", "Zeile 7"),
        ("summary: Ein Satz.", "Ein Satz ohne Schlüssel", "Zeile 3"),
        ("2. Dann", "> Zitat", "Zeile 18"),
    ],
)
def test_a_fault_names_file_and_place(old: str, new: str, says: str) -> None:
    with pytest.raises(BrokenArticle) as caught:
        read_article((HEAD + BODY).replace(old, new), "ofen.md")
    assert "„ofen.md“" in caught.value.what
    assert says in caught.value.what
    assert caught.value.safe
    assert caught.value.todo


def test_a_file_without_end_is_refused_unread() -> None:
    with pytest.raises(BrokenArticle, match=str(LARGEST_CHARACTERS)):
        read_article("x" * (LARGEST_CHARACTERS + 1), "lang.md")


@given(st.text(max_size=200))
def test_whatever_stands_in_a_file_it_is_read_or_refused(words: str) -> None:
    for content in (words, HEAD + words, HEAD + "\n" + words):
        fault = None
        try:
            read_article(content, "x.md")
        except BrokenArticle as error:
            fault = error.what
        assert fault is None or "Zeile" in fault


def test_shared_offers_and_the_dimension_decide_what_fits() -> None:
    def made(name: str, dimensions: str, offers: str) -> str:
        return (
            HEAD.replace("ofen", name)
            .replace("D05, D12", dimensions)
            .replace("eew, grw-riga", offers)
        )

    articles = [
        read_article(made(*words), "x.md")
        for words in (
            ("both", "D05", "eew"),
            ("dimension", "D05", "zim"),
            ("second", "D01, D05", "zim"),
            ("stranger", "D09", "zim"),
        )
    ]
    assert [a.id for a in fitting(articles, "D05", ("eew",), most=4)] == [
        "both",
        "dimension",
        "second",
    ]
    assert fitting(articles, "D11") == ()
