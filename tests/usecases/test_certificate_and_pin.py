"""The sealing key lies under a PIN: chosen, asked for, changed; an older key comes under it."""

from __future__ import annotations

import pytest

from desktop_advisor.signing.certificate import create_certificate, import_p12
from desktop_advisor.signing.keys import TokenUnreadable
from desktop_advisor.usecases.certificate import (
    NoPinYet,
    PinTooShort,
    WrongPin,
    change_pin,
    choose_pin,
    known_anchors,
    make_certificate,
    needs_pin,
    show_certificate,
    unlock_key,
    use_token,
)
from desktop_advisor.usecases.sealing_token import Token, remember_token, token_in_use
from desktop_advisor.usecases.workplace import Workplace
from tests.workplaces import PIN


@pytest.fixture
def without(place: Workplace) -> Workplace:
    """A workplace where nobody has chosen a PIN."""
    for name in ("seal.p12", "seal.certificate", "seal.anchors"):
        place.store.save_secret(name, None)
    return place


def test_the_key_opens_with_its_pin_only(place: Workplace) -> None:
    assert unlock_key(place, PIN).certificate().holder == place.author
    with pytest.raises(WrongPin):
        unlock_key(place, PIN + "0")


def test_without_a_pin_there_is_no_key_until_one_is_chosen(without: Workplace) -> None:
    assert needs_pin(without)
    assert show_certificate(without) is None
    with pytest.raises(NoPinYet):
        unlock_key(without, PIN)
    with pytest.raises(PinTooShort):
        choose_pin(without, "12345")
    choose_pin(without, PIN)
    assert not needs_pin(without)
    held = show_certificate(without)
    assert held is not None
    assert held.is_self_issued


def test_a_key_of_an_earlier_version_comes_under_the_first_pin(without: Workplace) -> None:
    p12 = create_certificate("Jana Vogel", "ITAS", "lag daneben", without.clock)
    without.store.save_secret("seal.p12", p12)
    without.store.save_secret("seal.password", b"lag daneben")
    assert needs_pin(without)
    choose_pin(without, PIN)
    assert without.store.secret("seal.password") is None
    assert unlock_key(without, PIN).certificate().der in known_anchors(without)
    with pytest.raises(WrongPin):
        unlock_key(without, "lag daneben")


def test_another_pin_leaves_the_certificate_as_it_is(place: Workplace) -> None:
    before = show_certificate(place)
    with pytest.raises(WrongPin):
        change_pin(place, "falsch1", "987654")
    change_pin(place, PIN, "987654")
    assert show_certificate(place) == before
    assert unlock_key(place, "987654").certificate().holder == place.author
    with pytest.raises(WrongPin):
        unlock_key(place, PIN)


def test_a_token_that_is_not_there_leaves_the_key_as_it_is(place: Workplace) -> None:
    token = Token(module="/nirgends/treiber.so", token_label="Karte")
    with pytest.raises(TokenUnreadable):
        use_token(place, token, "1234")
    assert token_in_use(place) is None
    assert unlock_key(place, PIN).certificate().holder == place.author


def test_a_token_in_use_seals_with_its_own_pin_until_another_key_is_chosen(
    place: Workplace,
) -> None:
    own = show_certificate(place)
    assert own is not None
    p12 = create_certificate("Karte Vogel", "ITAS", "geheim", place.clock)
    der = import_p12(p12, "geheim", place.clock).der
    remember_token(place, Token(module="/nirgends/treiber.so", token_label="Karte", der=der))
    shown = show_certificate(place)
    assert shown is not None
    assert (shown.holder, shown.is_on_token, needs_pin(place)) == ("Karte Vogel", True, False)
    with pytest.raises(TokenUnreadable):
        unlock_key(place, PIN)
    make_certificate(place, PIN)
    assert token_in_use(place) is None
