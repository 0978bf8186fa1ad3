"""The articles that ship: enough of them, each whole, none promising, all links alive."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from desktop_advisor.advice.articles import SECTIONS, Article
from desktop_advisor.advice.offers import Offer
from desktop_advisor.bootstrap import find_resources
from desktop_advisor.usecases.referrals import REPLY_WITHIN

RESOURCES = find_resources()
ARTICLES = RESOURCES.articles()
BASICS = {
    *("kmu-definition", "de-minimis", "paragraf-82", "paragraf-82a", "abdeckung-und-intervall"),
    *("belegstufen", "betriebsrat-rechte", "nis2-betroffenheit", "vsme", "cati-gruppen"),
    *("product-carbon-footprint", "teilqualifikationen", "wissensstafette"),
}
PROMISES = re.compile(
    r"\b(Sie (erhalten|bekommen)|wird (gefördert|bewilligt)|garantiert|steht Ihnen zu)\b"
)
NOT_NEUTRAL = re.compile(r"\b(Mitarbeiter|Arbeitnehmer|Kollegen|Chef|Berater)\b")


FACTS = {
    "abdeckung-und-intervall": (
        "Unter 60 %",
        "Zwischen 60 und 85 %",
        "2,6 bei 71 %",
        "1,9 bis 3,3",
    ),
    "cati-gruppen": ("3 zur Hälfte", "2 zu etwa einem Viertel", "1 zu 10 %", "72,5 %", "von 2019"),
    "de-minimis": ("300.000 Euro in drei Jahren", "Ende 2030", "20 Arbeitstagen", "1. Januar 2026"),
    "energiekosten": ("8 % des Umsatzes", "Modul 6 nur kleinen", "10 bis 60 %"),
    "forschungszulage-und-zim": ("25 % der förder", "KMU 35 %", "12 Mio.", "25 bis 45 %, in Ko"),
    "gespraechsanlass": ("zwei oder mehr Punkte", "nie einen gemeinsamen Mittelwert"),
    "kmu-definition": (
        "unter 250 und höchstens 50 Mio. Euro Umsatz oder 43",
        "ergeben 270",
        "25 %",
    ),
    "nis2-betroffenheit": ("mindestens 50 Beschäftigte", "jeweils über 10 Mio.", "drei Monaten"),
    "paragraf-82": ("Genau 120 Stunden reichen nicht", "75, 50 oder 25 %", "fünf Prozentpunkte"),
    "paragraf-82a": ("180 Beschäftigten sind das 18", "250 sind es 50", "unter zehn", "60 % oder"),
    "verweisberatung": (
        *{14: ("nach zwei Wochen fragt", "Wiedervorlage nach zwei")}[REPLY_WITHIN.days],
    ),
    "vsme": ("B1 bis B11", "C1 bis C9"),
    "warnzeichen-liquiditaet": ("weniger als zwei Monate", "Krisenberatung"),
    "wissensstafette": ("mehr als 30 %",),
}
"""What an article says in figures, as the program reckons it (domain §3–§5b)."""


@pytest.mark.parametrize("name", FACTS)
def test_an_article_says_the_figures_the_program_reckons_with(name: str) -> None:
    (article,) = (article for article in ARTICLES if article.id == name)
    words = f"{article.summary} {article.text} {article.unverified}".replace("\u202f", " ")
    assert [part for part in FACTS[name] if part not in words] == []


@pytest.fixture(scope="module")
def offers() -> dict[str, Offer]:
    """Of the common catalogue and of every network: an article may name what only some have."""
    networks = [p.parent.name for p in RESOURCES.networks.glob("*/profile.json")]
    own = [offer for name in networks for offer in RESOURCES.network(name).offers]
    return {offer.id: offer for offer in (*RESOURCES.offers(), *own)}


def test_every_dimension_has_at_least_two_articles_and_the_basics_are_there() -> None:
    assert len(ARTICLES) >= 26
    assert {article.id for article in ARTICLES} >= BASICS
    count = Counter(code for article in ARTICLES for code in article.dimensions)
    assert {code: n for code, n in count.items() if n < 2} == {}
    assert set(count) == {f"D{n:02}" for n in range(1, 13)}


def test_every_file_is_named_after_its_article_and_no_name_is_an_offers(
    offers: dict[str, Offer],
) -> None:
    names = {path.stem for path in (RESOURCES.root / "knowledge").glob("*.md")}
    assert names == {article.id for article in ARTICLES}
    assert not names & set(offers), "one focus, one thing to look at"


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.id)
def test_an_article_answers_the_same_four_questions(article: Article) -> None:
    headings = [block.text for block in article.body if block.kind == "heading"]
    assert tuple(headings) == SECTIONS
    assert article.body[0].kind == "heading"
    steps = article.section("Was zu tun ist")
    assert {step.kind for step in steps} == {"step"}
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert 3 <= len(steps) <= 5
    assert 2 <= len(article.section("Worauf zu achten ist")) <= 5


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.id)
def test_an_article_is_short_and_says_where_it_is_from(article: Article) -> None:
    assert 150 <= len(article.text.split()) <= 350
    assert len(article.summary) <= 140
    assert len(article.title) <= 70
    assert article.sources
    assert max(len(block.text) for block in article.body) <= 800


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.id)
def test_an_article_promises_nothing_and_speaks_of_everybody(article: Article) -> None:
    words = f"{article.title} {article.summary} {article.text}"
    assert PROMISES.findall(words) == []
    assert NOT_NEUTRAL.findall(words) == []
    assert "!" not in words


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.id)
def test_the_offers_an_article_names_exist(article: Article, offers: dict[str, Offer]) -> None:
    assert set(article.offers) <= set(offers)
    assert len(set(article.offers)) == len(article.offers)
