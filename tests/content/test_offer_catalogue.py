"""The shipped catalogue and network profiles: complete, dated, neutral (domain §5, §6)."""

from __future__ import annotations

from collections import Counter
from datetime import date

from desktop_advisor.advice.offers import Offer, Reliability, standing
from desktop_advisor.domain.regions import COUNTIES
from desktop_advisor.questionnaire.sidecar import Sidecar
from desktop_advisor.usecases.networks import Network

CHECKED = date(2026, 11, 24)
PURPOSES = {
    "consultation",
    "referral",
    "statistics",
    "benchmark",
    "photos",
    "follow_up",
}


def test_there_are_at_least_18_offers_of_all_three_kinds(offers: dict[str, Offer]) -> None:
    kinds = Counter(offer.kind for offer in offers.values())
    assert len(offers) >= 18
    assert set(kinds) == {"funding", "training", "contact"}


def test_every_offer_names_source_version_and_existing_dimensions(
    offers: dict[str, Offer], sidecar: Sidecar
) -> None:
    codes = {dimension.code for dimension in sidecar.dimensions}
    for offer in offers.values():
        assert offer.source, offer.id
        assert offer.version, offer.id
        assert offer.dimensions, offer.id
        assert set(offer.dimensions) <= codes, offer.id


def test_no_offer_promises_anything(offers: dict[str, Offer]) -> None:
    for offer in offers.values():
        for text in (offer.summary, offer.conditions, offer.rates, offer.status_note):
            assert "sie erhalten" not in text.casefold(), offer.id


def test_german_and_english_texts_come_in_pairs(offers: dict[str, Offer]) -> None:
    for offer in offers.values():
        for part in ("title", "summary", "conditions", "rates", "status_note"):
            german, english = getattr(offer, part), getattr(offer, f"{part}_en")
            assert bool(german) == bool(english), (offer.id, part)


def test_whatever_is_not_certain_says_why(offers: dict[str, Offer]) -> None:
    for offer in offers.values():
        if offer.status != "offen":
            assert offer.status_note, offer.id


def test_unverified_programmes_are_marked_unclear(offers: dict[str, Offer]) -> None:
    for name in ("sab-betriebsberatung", "innopraemie", "grw-riga", "aufstiegs-bafoeg"):
        assert standing(offers[name], CHECKED).reliability is Reliability.UNCLEAR


def test_suspended_training_money_of_the_state_is_marked(offers: dict[str, Offer]) -> None:
    judged = standing(offers["sab-weiterbildung"], CHECKED)
    assert judged.reliability is Reliability.SUSPENDED
    assert "ausgesetzt" in judged.sentence


def test_programmes_that_end_with_2026_are_gone_on_new_year(offers: dict[str, Offer]) -> None:
    for name in ("bafa-beratung", "kurzarbeit", "zukunftszentrum-sachsen"):
        assert standing(offers[name], date(2026, 12, 31)).is_available
        assert standing(offers[name], date(2027, 1, 1)).reliability is Reliability.EXPIRED


def test_offers_are_limited_to_counties_the_program_knows(offers: dict[str, Offer]) -> None:
    for offer in offers.values():
        for prefix in (*offer.eligibility.counties, *offer.eligibility.not_counties):
            assert any(ags.startswith(prefix) for ags in COUNTIES), offer.id


def test_the_shipped_networks_know_their_counties_and_texts(networks: dict[str, Network]) -> None:
    assert set(networks) == {"itas", "molewa", "neutral", "retranetz-bb"}
    for network in networks.values():
        assert set(network.profile.counties) <= set(COUNTIES)
        assert network.profile.liability
        assert network.profile.privacy
        assert network.profile.signatures


def test_every_profile_asks_each_purpose_by_itself_and_none_is_ticked(
    networks: dict[str, Network],
) -> None:
    for network in networks.values():
        assert {purpose.id for purpose in network.profile.consents} == PURPOSES
        assert not any(purpose.is_preset for purpose in network.profile.consents)


def test_a_network_that_has_ended_says_so(networks: dict[str, Network]) -> None:
    itas = networks["itas"].profile
    assert itas.has_ended(CHECKED)
    assert "endete" in itas.note


def test_no_logo_is_invented(networks: dict[str, Network]) -> None:
    assert {network.profile.id for network in networks.values() if network.logo} == set()
