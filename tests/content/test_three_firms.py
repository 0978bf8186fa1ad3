"""Every offer for three firms: a foundry in Zwickau, a harness maker in Chemnitz, a toolmaker.

Chemnitz is not Zwickau is not Leipzig (domain §0, §5); each line was read as an advisor would.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_advisor.advice.eligibility import CompanyFacts, Verdict, check
from desktop_advisor.advice.fitting_rates import rate_for
from desktop_advisor.advice.offers import Offer
from desktop_advisor.domain.company_size import SizeClass
from desktop_advisor.usecases.networks import Network

TODAY = date(2026, 11, 24)

FOUNDRY = CompanyFacts(
    heads=48,
    staff_units=Decimal(46),
    turnover_million=Decimal(8),
    county="14524",
    wz="24.51",
    has_works_council=True,
    size=SizeClass.SMALL,
)
HARNESS_MAKER = CompanyFacts(
    heads=180,
    staff_units=Decimal(172),
    turnover_million=Decimal(31),
    county="14511",
    wz="29.31",
    has_works_council=True,
    size=SizeClass.MEDIUM,
)
TOOLMAKER = CompanyFacts(
    heads=9,
    staff_units=Decimal(8),
    turnover_million=Decimal("1.4"),
    county="14713",
    wz="25.73",
    has_works_council=False,
    size=SizeClass.MICRO,
)
FIRMS = (FOUNDRY, HARNESS_MAKER, TOOLMAKER)
SIGNS = {"+": Verdict.IN_QUESTION, "?": Verdict.OPEN, "-": Verdict.EXCLUDED}

# Zwickau, Chemnitz, Leipzig: + kommt in Betracht, ? Voraussetzung offen, - ausgeschlossen
VERDICTS = {
    "sgb3-82": "???",
    "sgb3-82a": "???",
    "kurzarbeit": "???",
    "sgb3-106a": "---",
    "bildungsgutschein": "???",
    "inqa-coaching": "+++",
    "bafa-beratung": "???",
    "sab-betriebsberatung": "???",
    "kammer-kurzberatung": "???",
    "efre-jtf-fue": "???",
    "efre-jtf-ket": "???",
    "innopraemie": "???",
    "sab-technologietransfer": "---",
    "regionales-wachstum-jtf": "-+-",
    "regionales-wachstum-land": "?--",
    "regionales-wachstum-land-ost": "---",
    "grw-riga": "???",
    "jtf-sachsen": "-++",
    "zim": "+++",
    "forschungszulage": "???",
    "kfw-digital-innovation": "+++",
    "kfw-erp-365": "???",
    "eew": "+++",
    "eew-modul-1": "???",
    "eew-modul-6": "?-?",
    "aufstiegs-bafoeg": "???",
    "sab-weiterbildung": "???",
    "zukunftszentrum-sachsen": "+++",
    "mittelstand-digital-chemnitz": "???",
    "afa-arbeitgeberservice": "+++",
    "mein-now": "+++",
    "zefas": "???",
    "weiterbildungsverbuende": "???",
    "traweba": "???",
    "hochschul-transfer": "+++",
    "krisenberatung": "???",
    "wirtschaftsfoerderung": "+++",
    "hochvolt": "???",
    "batterie-leistungselektronik": "???",
    "digital-basis": "???",
    "teilqualifikation": "???",
    "ki-kompetenz": "???",
    "it-sicherheit": "???",
    "energiescouts": "???",
    "meister-techniker": "???",
    "transformations-multiplikatoren": "???",
    "duales-studium": "???",
    "anerkennung": "???",
}


def test_every_shared_offer_is_judged_for_each_firm(shared: dict[str, Offer]) -> None:
    found = {
        name: "".join(_sign(check(offer, firm, TODAY).verdict) for firm in FIRMS)
        for name, offer in shared.items()
    }
    assert found == VERDICTS


def _sign(verdict: Verdict) -> str:
    return next(sign for sign, meant in SIGNS.items() if meant is verdict)


def test_all_three_firms_differ() -> None:
    columns = ["".join(signs[firm] for signs in VERDICTS.values()) for firm in range(3)]
    assert len(set(columns)) == 3


@pytest.mark.parametrize(
    ("network", "firm", "signs"),
    [
        (
            "itas",
            FOUNDRY,
            {"amz-sachsen": "+", "cwe-chemnitz": "-", "itas-helpdesk": "?", "zukunfts-check": "?"},
        ),
        ("itas", HARNESS_MAKER, {"cwe-chemnitz": "?", "zukunfts-check": "?"}),
        ("itas", TOOLMAKER, {"itas-helpdesk": "-", "zukunfts-check": "-"}),
        ("molewa", TOOLMAKER, {"acod": "+", "zukunfts-check": "-", "pythia": "?"}),
        ("retranetz-bb", TOOLMAKER, {"berlin-partner": "-", "wfbb": "-"}),
    ],
)
def test_a_networks_contacts_keep_to_its_region(
    networks: dict[str, Network], network: str, firm: CompanyFacts, signs: dict[str, str]
) -> None:
    own = {offer.id: offer for offer in networks[network].offers}
    assert {name: _sign(check(own[name], firm, TODAY).verdict) for name in signs} == signs


@pytest.mark.parametrize(
    ("firm", "persons"),
    [(FOUNDRY, "5 Beschäftigten (10 %)"), (HARNESS_MAKER, "18 Beschäftigten (10 %)")],
)
def test_the_qualification_allowance_names_every_open_condition(
    shared: dict[str, Offer], firm: CompanyFacts, persons: str
) -> None:
    sentence = check(shared["sgb3-82a"], firm, TODAY).sentence
    assert persons in sentence
    for words in (
        "Betriebsvereinbarung oder betriebsbezogener Tarifvertrag",
        "der Betrieb trägt die Lehrgangskosten",
        "Arbeitsverhältnis ungekündigt",
        "mehr als 120 Stunden",
        "AZAV",
        "keine gesetzlich vorgeschriebene Schulung",
        "in den letzten 4 Jahren",
    ):
        assert words in sentence


def test_the_toolmaker_declares_in_writing_instead_of_an_agreement(
    shared: dict[str, Offer],
) -> None:
    judged = check(shared["sgb3-82a"], TOOLMAKER, TODAY)
    assert "schriftliche Erklärung" in judged.sentence
    assert "einer Person (10 %)" in judged.sentence


def test_all_that_excludes_and_all_that_is_open_besides_is_named(
    shared: dict[str, Offer],
) -> None:
    judged = check(shared["regionales-wachstum-land"], HARNESS_MAKER, TODAY)
    assert judged.sentence == (
        "ausgeschlossen, weil das Gebiet nicht passt (Chemnitz, Stadt) und weil die Größe nicht "
        "passt (mittleres Unternehmen). Außerdem offen: derzeit werden keine Anträge angenommen."
    )
    assert judged.points[-1] == "außerdem offen: derzeit werden keine Anträge angenommen"


def test_every_sentence_is_one_of_three_and_ends_as_a_sentence(shared: dict[str, Offer]) -> None:
    for offer in shared.values():
        for firm in (*FIRMS, CompanyFacts()):
            judged = check(offer, firm, TODAY)
            assert judged.sentence.startswith(judged.wording)
            assert judged.sentence.endswith(".")
            assert ".." not in judged.sentence
            assert (judged.verdict is Verdict.EXCLUDED) or not judged.still_open


@pytest.mark.parametrize(
    ("name", "shares"),
    [
        ("bafa-beratung", (80, 80, 50)),
        ("grw-riga", (35, 20, None)),
        ("forschungszulage", (35, 35, 35)),
        ("sgb3-82", (100, 50, 100)),
    ],
)
def test_rates_of_the_three_firms(
    shared: dict[str, Offer], name: str, shares: tuple[int | None, ...]
) -> None:
    found = tuple(getattr(rate_for(shared[name], firm), "share", None) for firm in FIRMS)
    assert found == shares


@pytest.mark.parametrize(
    ("name", "firm", "words"),
    [
        ("bafa-beratung", FOUNDRY, "bis zu 80 % von höchstens 3.500 €, höchstens 2.800 €"),
        ("bafa-beratung", TOOLMAKER, "bis zu 50 % von höchstens 3.500 €, höchstens 1.750 €"),
        ("grw-riga", HARNESS_MAKER, "bis zu 20 % (Stadt Chemnitz)"),
        ("grw-riga", TOOLMAKER, ""),
        ("zim", HARNESS_MAKER, ""),
        ("sab-weiterbildung", FOUNDRY, ""),
        ("regionales-wachstum-land", HARNESS_MAKER, ""),
    ],
)
def test_the_rate_is_said_where_it_is_known_to_hold(
    shared: dict[str, Offer], name: str, firm: CompanyFacts, words: str
) -> None:
    said = check(shared[name], firm, TODAY).rate_sentence.replace("\u202f", " ")
    assert words in said
    assert bool(said) == bool(words)
