"""Keys on a card (SoftHSM2 stands in for one) and in a file; what goes wrong is said in words."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.signing.certificate import WrongCertificatePassword
from desktop_advisor.signing.keys import (
    SoftwareKey,
    TokenKey,
    TokenKeyMissing,
    TokenMissing,
    TokenPinLocked,
    TokenUnreadable,
    WrongTokenPin,
)
from desktop_advisor.signing.upgrading import Level, level_of
from desktop_advisor.signing.verdict import Outcome
from desktop_advisor.signing.verification import verify
from tests.signing.authorities import NOW, PASSWORD, advisor_p12, network
from tests.signing.sealed import advisor, anchors, make_sealed

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
TOKEN, PIN = "Karte Sonntag", "582914"
CURVE, RSA, BARE = "Siegel EC", "Siegel RSA", "ohne Zertifikat"


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TokenKey]:
    """A card with two keys and their certificates, and a key that has none."""
    if not MODULE.exists():
        pytest.skip("SoftHSM2 is not installed (Debian: softhsm2)")
    folder = tmp_path_factory.mktemp("card")
    (folder / "tokens").mkdir()
    config = folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(config)
    opener = ["softhsm2-util", "--init-token", "--free", "--label", TOKEN]
    subprocess.run([*opener, "--so-pin", "0000", "--pin", PIN], check=True, capture_output=True)
    _fill(folder)
    yield TokenKey(MODULE, TOKEN, CURVE, PIN)
    if before is None:
        del os.environ["SOFTHSM2_CONF"]
    else:
        os.environ["SOFTHSM2_CONF"] = before


def _fill(folder: Path) -> None:
    import pkcs11

    keys = {
        CURVE: ec.generate_private_key(ec.SECP256R1()),
        RSA: rsa.generate_private_key(65537, 2048),
        BARE: ec.generate_private_key(ec.SECP256R1()),
    }
    for number, (label, key) in enumerate(keys.items(), start=1):
        file = folder / f"{number}.pem"
        plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(plain)
        loader = ["softhsm2-util", "--import", str(file), "--token", TOKEN, "--pin", PIN]
        named = ["--label", label, "--id", f"0{number}"]
        subprocess.run([*loader, *named], check=True, capture_output=True)
    token = pkcs11.lib(str(MODULE)).get_token(token_label=TOKEN)
    with token.open(rw=True, user_pin=PIN) as session:
        for number, (label, key) in enumerate(keys.items(), start=1):
            if label != BARE:
                issued = network().issue(f"Karteninhaberin {number}", key)
                session.create_object(_certificate(issued.public_bytes(Encoding.DER), number))
        session.create_object(_certificate(network().der, 9))


def _certificate(der: bytes, number: int) -> dict[Any, Any]:
    from asn1crypto import x509
    from pkcs11 import Attribute, CertificateType, ObjectClass

    certificate = x509.Certificate.load(der)
    return {
        Attribute.CLASS: ObjectClass.CERTIFICATE,
        Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
        Attribute.TOKEN: True,
        Attribute.LABEL: f"cert {number}",
        Attribute.ID: bytes([number]),
        Attribute.SUBJECT: certificate.subject.dump(),
        Attribute.VALUE: der,
    }


@pytest.mark.parametrize(
    ("label", "holder"), [(CURVE, "Karteninhaberin 1"), (RSA, "Karteninhaberin 2")]
)
def test_a_card_seals_and_its_chain_comes_along(card: TokenKey, label: str, holder: str) -> None:
    key = replace(card, key_label=label)
    sealed = make_sealed("B-LT", key)
    verdict = verify(sealed, expected_sha256=None, anchors=anchors(), now=NOW)
    assert verdict.outcome is Outcome.VALID
    assert verdict.signer == holder
    assert level_of(sealed) is Level.LONG_TERM


def test_a_card_says_whose_it_is(card: TokenKey) -> None:
    certificate = card.certificate()
    assert (certificate.holder, certificate.issuer) == ("Karteninhaberin 1", "Netzwerk-CA")
    assert certificate.anchor == network().der


def _refused(key: TokenKey | SoftwareKey) -> KnownError:
    with pytest.raises(KnownError) as told:
        make_sealed(key=key)
    with pytest.raises(type(told.value)):
        key.certificate()
    return told.value


def test_a_wrong_pin_costs_an_attempt_and_says_so(card: TokenKey) -> None:
    told = _refused(replace(card, pin="000000"))
    assert isinstance(told, WrongTokenPin)
    assert "noch einmal" in told.todo
    assert make_sealed(key=card)  # and the right one still opens it


def test_a_pin_of_impossible_length_is_a_wrong_pin(card: TokenKey) -> None:
    assert isinstance(_refused(replace(card, pin="1")), WrongTokenPin)


def test_a_locked_pin_leads_to_the_puk(card: TokenKey, monkeypatch: pytest.MonkeyPatch) -> None:
    import pkcs11

    def locked(*_args: object, **_kwargs: object) -> None:
        raise pkcs11.PinLocked

    monkeypatch.setattr(TokenKey, "_session", locked)  # SoftHSM2 never locks itself
    told = _refused(card)
    assert isinstance(told, TokenPinLocked)
    assert "PUK" in told.todo


def test_a_card_that_is_not_inserted_is_asked_for_by_name(card: TokenKey) -> None:
    told = _refused(replace(card, token_label="Andere Karte"))
    assert isinstance(told, TokenMissing)
    assert "„Andere Karte“" in told.what


@pytest.mark.parametrize("label", ["gibt es nicht", BARE, ""])
def test_a_key_that_is_missing_ambiguous_or_bare_is_named(card: TokenKey, label: str) -> None:
    told = _refused(replace(card, key_label=label))
    assert isinstance(told, TokenKeyMissing)
    assert label in told.what


def test_a_card_taken_out_while_it_seals_is_said_plainly(
    card: TokenKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pkcs11
    from pyhanko.sign.pkcs11 import PKCS11Signer

    async def gone(*_args: object, **_kwargs: object) -> bytes:
        raise pkcs11.DeviceRemoved

    monkeypatch.setattr(PKCS11Signer, "async_sign_raw", gone)
    with pytest.raises(TokenMissing):
        make_sealed(key=card)


def test_a_driver_that_is_none_is_not_readable(tmp_path: Path) -> None:
    pytest.importorskip("pkcs11")
    nothing = tmp_path / "treiber.so"
    assert isinstance(_refused(TokenKey(nothing, TOKEN, CURVE, PIN)), TokenUnreadable)
    nothing.write_bytes(b"no library")
    assert isinstance(_refused(TokenKey(nothing, TOKEN, CURVE, PIN)), TokenUnreadable)


def test_a_wrong_password_of_a_file_is_said_plainly() -> None:
    assert isinstance(_refused(SoftwareKey(advisor_p12(), "falsch")), WrongCertificatePassword)


def test_neither_pin_nor_password_shows_in_what_is_printed() -> None:
    shown = f"{advisor()!r} {TokenKey(MODULE, TOKEN, CURVE, PIN)!r}"
    assert PASSWORD not in shown
    assert PIN not in shown


def test_a_file_is_decrypted_once_per_session_of_signing(monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_advisor.signing import keys

    opened: list[str] = []
    real = keys.opened_p12
    monkeypatch.setattr(
        keys, "opened_p12", lambda data, password: opened.append("") or real(data, password)
    )
    key = advisor()
    key.certificate()
    make_sealed(key=key)
    assert len(opened) == 1
