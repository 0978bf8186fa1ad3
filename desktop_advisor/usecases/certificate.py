"""The advisor's sealing certificate: made at set-up, or imported."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from desktop_advisor.usecases.workplace import Workplace

if TYPE_CHECKING:
    from desktop_advisor.signing.certificate import Certificate

_ANCHORS = "seal.anchors"
_P12 = "seal.p12"
_PASSWORD = "seal.password"  # noqa: S105 - the name under which it lies in the encrypted store


@dataclass(frozen=True)
class CertificateView:
    """Whose certificate it is and until when it is valid."""

    holder: str
    organisation: str
    valid_to: datetime
    fingerprint: str
    is_self_issued: bool


def make_certificate(place: Workplace) -> None:
    """A new self-signed certificate for this advisor; the old one, if any, is replaced."""
    from desktop_advisor.signing.certificate import create_certificate, import_p12

    password = secrets.token_urlsafe(24)
    p12 = create_certificate(place.author, place.profile.name, password, place.clock)
    _keep(place, p12, password, import_p12(p12, password, place.clock).anchor)


def import_certificate(place: Workplace, content: bytes, password: str) -> None:
    """Use a .p12 the advisor brings along. Raises a KnownError when it cannot be read."""
    from desktop_advisor.signing.certificate import import_p12

    held = import_p12(content, password, place.clock)
    _keep(place, content, password, held.anchor)


def show_certificate(place: Workplace) -> CertificateView:
    """The certificate that seals the next report."""
    held = held_certificate(place)
    return CertificateView(
        held.holder, held.organisation, held.valid_to, held.fingerprint, held.is_self_issued
    )


def known_anchors(place: Workplace) -> list[bytes]:
    """Every certificate this laptop has ever sealed with, so that old reports stay checkable."""
    return msgspec.json.decode(place.store.secret(_ANCHORS) or b"[]", type=list[bytes])


def held_certificate(place: Workplace) -> Certificate:
    """The certificate of the next seal. Raises a KnownError when it has expired."""
    from desktop_advisor.signing.certificate import import_p12

    p12, password = sealing_key(place)
    return import_p12(p12, password, place.clock)


def sealing_key(place: Workplace) -> tuple[bytes, str]:
    """(PKCS#12, its password) from the encrypted store."""
    p12, password = place.store.secret(_P12), place.store.secret(_PASSWORD)
    if p12 is None or password is None:
        make_certificate(place)
        return sealing_key(place)
    return p12, password.decode()


def _keep(place: Workplace, p12: bytes, password: str, anchor: bytes) -> None:
    anchors = list(dict.fromkeys([*known_anchors(place), anchor]))
    place.store.save_secret(_ANCHORS, msgspec.json.encode(anchors))
    place.store.save_secret(_P12, p12)
    place.store.save_secret(_PASSWORD, password.encode())
