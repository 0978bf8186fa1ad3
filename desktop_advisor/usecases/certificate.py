"""The advisor's sealing certificate: made or brought along, its key always under a PIN."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.usecases.sealing_token import (
    Token,
    forget_token,
    remember_token,
    token_in_use,
)
from desktop_advisor.usecases.workplace import Workplace

if TYPE_CHECKING:
    from desktop_advisor.signing.certificate import Certificate
    from desktop_advisor.signing.keys import SealingKey

LEAST_PIN = 6
"""Characters; our choice: whoever tries has opened the encrypted store before."""
_ANCHORS = "seal.anchors"
_P12 = "seal.p12"
_CERTIFICATE = "seal.certificate"
_WITHOUT_PIN = "seal.password"
"""Where earlier versions kept the key's password; gone as soon as a PIN is chosen."""


class WrongPin(KnownError):
    """The key does not open with this PIN."""

    def __init__(self) -> None:
        super().__init__(
            "Die Siegel-PIN stimmt nicht.",
            safe="Bericht und Unterschriften sind gespeichert; gesiegelt wurde nichts.",
            todo="Bitte geben Sie die PIN noch einmal ein.",
        )


class PinTooShort(KnownError):
    """A PIN that guessing would find."""

    def __init__(self) -> None:
        super().__init__(
            f"Die Siegel-PIN braucht mindestens {LEAST_PIN} Zeichen.",
            safe="Das bisherige Zertifikat bleibt unverändert.",
            todo="Bitte wählen Sie eine längere PIN aus Ziffern oder Buchstaben.",
        )


class NoPinYet(KnownError):
    """There is no key that a PIN would open."""

    def __init__(self) -> None:
        super().__init__(
            "Es ist noch keine Siegel-PIN festgelegt.",
            safe="Bericht und Unterschriften sind gespeichert.",
            todo="Bitte legen Sie die PIN fest; dabei entsteht Ihr Siegel-Zertifikat.",
        )


@dataclass(frozen=True)
class CertificateView:
    """Whose certificate it is and until when it is valid."""

    holder: str
    organisation: str
    issuer: str
    valid_to: datetime
    fingerprint: str
    is_self_issued: bool
    is_on_token: bool = False


class _Kept(msgspec.Struct, frozen=True):
    """The certificate beside its key, readable without the PIN; DER."""

    der: bytes
    issuers: tuple[bytes, ...] = ()


def needs_pin(place: Workplace) -> bool:
    """Whether a PIN has to be chosen before anything can be sealed; a token has its own."""
    if token_in_use(place) is not None:
        return False
    return place.store.secret(_P12) is None or place.store.secret(_WITHOUT_PIN) is not None


def choose_pin(place: Workplace, pin: str) -> None:
    """The first PIN: the key an earlier version made comes under it, else one is made.

    Raises PinTooShort.
    """
    from desktop_advisor.signing.certificate import under_another_password

    check_pin(pin)
    p12, password = place.store.secret(_P12), place.store.secret(_WITHOUT_PIN)
    if p12 is None or password is None:
        make_certificate(place, pin)
    else:
        keep_key(place, under_another_password(p12, password.decode(), pin), pin)


def change_pin(place: Workplace, old: str, new: str) -> None:
    """The same key under another PIN. Raises WrongPin, PinTooShort, NoPinYet."""
    from desktop_advisor.signing.certificate import (
        WrongCertificatePassword,
        under_another_password,
    )

    check_pin(new)
    try:
        keep_key(place, under_another_password(sealing_file(place), old, new), new)
    except WrongCertificatePassword as wrong:
        raise WrongPin from wrong


def make_certificate(place: Workplace, pin: str) -> None:
    """A new self-signed certificate for this advisor; the old one, if any, is replaced.

    Raises PinTooShort.
    """
    from desktop_advisor.signing.certificate import create_certificate

    check_pin(pin)
    keep_key(place, create_certificate(place.author, place.profile.name, pin, place.clock), pin)


def import_certificate(place: Workplace, content: bytes, password: str) -> None:
    """Use a .p12 the advisor brings along; its password is the PIN from now on.

    Raises a KnownError when it cannot be read.
    """
    keep_key(place, content, password)


def use_token(place: Workplace, token: Token, pin: str) -> None:
    """Seal with a card or stick from now on, after it has shown its certificate once.

    Raises TokenError, UnsuitableCertificate.
    """
    from desktop_advisor.signing.certificate import require_period
    from desktop_advisor.signing.keys import TokenKey

    held = TokenKey(Path(token.module), token.token_label, token.key_label, pin).certificate()
    require_period(held.der, place.clock())
    trust(place, held.anchor)
    remember_token(place, msgspec.structs.replace(token, der=held.der, issuers=held.issuers))


def show_certificate(place: Workplace) -> CertificateView | None:
    """The certificate that seals the next report; None before a PIN was chosen."""
    held = held_certificate(place)
    if held is None:
        return None
    return CertificateView(
        held.holder,
        held.organisation,
        held.issuer,
        held.valid_to,
        held.fingerprint,
        held.is_self_issued,
        is_on_token=token_in_use(place) is not None,
    )


def known_anchors(place: Workplace) -> list[bytes]:
    """Every certificate this laptop has ever sealed with, so that old reports stay checkable."""
    return msgspec.json.decode(place.store.secret(_ANCHORS) or b"[]", type=list[bytes])


def held_certificate(place: Workplace) -> Certificate | None:
    """The certificate of the next seal, read without its key; None before a PIN was chosen."""
    from desktop_advisor.signing.certificate import read_certificates

    token = token_in_use(place)
    if token is not None:
        return read_certificates(token.der, token.issuers)
    kept = place.store.secret(_CERTIFICATE)
    if kept is None:
        return None
    held = msgspec.json.decode(kept, type=_Kept)
    return read_certificates(held.der, held.issuers)


def unlock_key(place: Workplace, pin: str) -> SealingKey:
    """The key for one session of signing.

    Raises:
        NoPinYet: nothing was set up.
        WrongPin: it does not open.
        TokenError: the token does not.
        UnsuitableCertificate: it has expired.
    """
    from desktop_advisor.signing.certificate import WrongCertificatePassword, require_period
    from desktop_advisor.signing.keys import SoftwareKey, TokenKey

    token = token_in_use(place)
    key: SealingKey
    if token is not None:
        key = TokenKey(Path(token.module), token.token_label, token.key_label, pin)
    else:
        key = SoftwareKey(sealing_file(place), pin)
    try:
        require_period(key.certificate().der, place.clock())
    except WrongCertificatePassword as wrong:
        raise WrongPin from wrong
    return key


def sealing_file(place: Workplace) -> bytes:
    """The key under its PIN, PKCS#12. Raises NoPinYet."""
    p12 = place.store.secret(_P12)
    if p12 is None or needs_pin(place):
        raise NoPinYet
    return p12


def check_pin(pin: str) -> None:
    """Raises PinTooShort."""
    if len(pin) < LEAST_PIN:
        raise PinTooShort


def trust(place: Workplace, authority: bytes) -> None:
    """Whoever this certificate (DER) vouches for is known here from now on."""
    anchors = list(dict.fromkeys([*known_anchors(place), authority]))
    place.store.save_secret(_ANCHORS, msgspec.json.encode(anchors))


def keep_key(place: Workplace, p12: bytes, password: str) -> None:
    """This key seals from now on; what vouches for it is known. Raises UnsuitableCertificate."""
    from desktop_advisor.signing.certificate import import_p12

    held = import_p12(p12, password, place.clock)
    trust(place, held.anchor)
    place.store.save_secret(_P12, p12)
    place.store.save_secret(_CERTIFICATE, msgspec.json.encode(_Kept(held.der, held.issuers)))
    place.store.save_secret(_WITHOUT_PIN, None)
    forget_token(place)
