"""An offer says how far it can be relied on; a broken catalogue says where (domain §5)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_advisor.advice.offers import (
    STALE_AFTER_DAYS,
    Offer,
    Reliability,
    read_catalogue,
    read_offers,
    standing,
)
from desktop_advisor.advice.resource_files import LARGEST_BYTES, BrokenResource

TODAY = date(2026, 11, 24)

RAW: dict[str, Any] = {
    "id": "probe",
    "kind": "funding",
    "target": "company",
    "title": "Probe",
    "title_en": "Sample",
    "provider": "Stelle",
    "summary": "Kurz gesagt.",
    "summary_en": "In short.",
    "source": "example.org",
    "status": "offen",
    "checked_on": "2026-11-22",
    "version": "1",
}


def offer(**changes: Any) -> Offer:
    return msgspec.convert(RAW | changes, Offer)


def catalogue(*offers: dict[str, Any]) -> bytes:
    return json.dumps({"version": "2026.11", "offers": offers}).encode()


def test_a_recently_checked_open_offer_is_fresh_and_says_its_date() -> None:
    judged = standing(offer(), TODAY)
    assert judged.is_fresh
    assert judged.sentence == "Stand der Förderinformation: 22.11.2026."
    assert "22 Nov 2026" in judged.sentence_en


@example(STALE_AFTER_DAYS)
@example(STALE_AFTER_DAYS + 1)
@given(st.integers(min_value=0, max_value=2000))
def test_an_entry_turns_stale_on_the_91st_day(days: int) -> None:
    judged = standing(offer(checked_on=(TODAY - timedelta(days=days)).isoformat()), TODAY)
    assert judged.is_fresh == (days <= STALE_AFTER_DAYS)
    assert ("vor mehr als 90 Tagen" in judged.sentence) == (days > STALE_AFTER_DAYS)


def test_an_offer_is_valid_through_its_last_day() -> None:
    ending = offer(valid_to="2026-12-31")
    assert standing(ending, date(2026, 12, 31)).is_fresh
    judged = standing(ending, date(2027, 1, 1))
    assert judged.reliability is Reliability.EXPIRED
    assert judged.sentence.startswith("Ausgelaufen am 31.12.2026.")


def test_an_offer_that_has_not_begun_is_not_available() -> None:
    assert standing(offer(valid_from=TODAY.isoformat()), TODAY).is_available
    judged = standing(offer(valid_from="2027-01-01"), TODAY)
    assert not judged.is_available
    assert "ab 01.01.2027" in judged.sentence


@pytest.mark.parametrize(
    ("status", "reliability", "available"),
    [
        ("ausgesetzt", Reliability.SUSPENDED, False),
        ("geschlossen", Reliability.CLOSED, False),
        ("unklar", Reliability.UNCLEAR, True),
    ],
)
def test_the_status_decides_and_its_note_is_printed(
    status: str, reliability: Reliability, available: bool
) -> None:
    judged = standing(offer(status=status, status_note="Weil es so ist."), TODAY)
    assert judged.reliability is reliability
    assert judged.is_available is available
    assert "Weil es so ist." in judged.sentence


def test_closed_outweighs_expired_and_expired_outweighs_suspended() -> None:
    past = {"valid_to": "2026-01-31"}
    assert standing(offer(status="geschlossen", **past), TODAY).reliability is Reliability.CLOSED
    assert standing(offer(status="ausgesetzt", **past), TODAY).reliability is Reliability.EXPIRED


def test_an_old_suspended_entry_says_both() -> None:
    judged = standing(offer(status="ausgesetzt", checked_on="2026-01-01"), TODAY)
    assert "ausgesetzt" in judged.sentence
    assert "01.01.2026" in judged.sentence


def test_a_catalogue_is_read_with_its_version() -> None:
    read = read_catalogue(catalogue(RAW, RAW | {"id": "zwei"}))
    assert read.version == "2026.11"
    assert [o.id for o in read.offers] == ["probe", "zwei"]
    assert read.offers[0].kind_word == "Förderung"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": "vielleicht"}, "status"),
        ({"checked_on": "gestern"}, "checked_on"),
        ({"eligibility": {"max_staff": "viele"}}, "eligibility.max_staff"),
        ({"eligability": {}}, "eligability"),
    ],
)
def test_a_faulty_entry_is_named_with_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BrokenResource) as caught:
        read_offers(catalogue(RAW, RAW | {"id": "kaputt"} | changes))
    assert "Eintrag 2 „kaputt“" in caught.value.what
    assert field in caught.value.what


def test_an_identifier_used_twice_is_refused() -> None:
    with pytest.raises(BrokenResource, match="zweimal"):
        read_offers(catalogue(RAW, RAW))


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b'{"offers": 3}', b"[" * 9999])
def test_what_is_no_catalogue_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenResource):
        read_offers(content)


def test_a_catalogue_is_bounded_before_it_is_parsed() -> None:
    with pytest.raises(BrokenResource, match="zu groß"):
        read_offers(b" " * (LARGEST_BYTES + 1))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_but_never_crash(content: bytes) -> None:
    with pytest.raises(BrokenResource):
        read_offers(content)
