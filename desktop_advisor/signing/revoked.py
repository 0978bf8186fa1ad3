"""Since when a certificate is revoked, by lists that its authority signed (RFC 5280 §5).

A revocation is no verdict on seals made before it: what the list says is "not from this moment on".
So a seal stands where something else than its maker's clock shows that it existed by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa


def revoked_since(path: Sequence[bytes], lists: Sequence[bytes]) -> datetime | None:
    """The earliest revocation on the way from an anchor down; None where none is known.

    path: certificates from the anchor to the signer's, DER. lists: DER; one that cannot be read or
    was not signed by the authority above is passed over. An outdated list still counts, as nobody
    is taken off it.
    """
    way = [x509.load_der_x509_certificate(der) for der in path]
    known = [found for der in lists if (found := _read(der)) is not None]
    moments = [
        entry.revocation_date_utc
        for upper, lower in pairwise(way)
        for found in known
        if _is_by(found, upper)
        and (entry := found.get_revoked_certificate_by_serial_number(lower.serial_number))
    ]
    return min(moments, default=None)


def _read(der: bytes) -> x509.CertificateRevocationList | None:
    try:
        return x509.load_der_x509_crl(der)
    except ValueError:
        return None


def _is_by(found: x509.CertificateRevocationList, upper: x509.Certificate) -> bool:
    key = upper.public_key()
    if found.issuer != upper.subject:
        return False
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return False
    try:
        return found.is_signature_valid(key)
    except (InvalidSignature, ValueError, TypeError):
        return False
