"""Proof that certificates were not revoked: OCSP answers and revocation lists, complete or not."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import RevokedError

from desktop_advisor.signing.quiet import quiet
from desktop_advisor.signing.time_stamps import Post, topmost

Get = Callable[[str], bytes]
"""Address → content; raises OSError or KnownError."""
_OCSP_QUERY = "application/ocsp-request"
"""RFC 6960 appendix A.1."""


class NoProof(Exception):
    """The certificates cannot be proven valid; the text says why, in German."""


@dataclass(frozen=True)
class Line:
    """The way out to those who publish revocation data. lists: those that are here already, DER."""

    get: Get
    post: Post
    lists: Sequence[bytes] = ()


@dataclass
class Proofs:
    """Certificates with all that shows they were not revoked, for the DSS."""

    certificates: list[x509.Certificate] = field(default_factory=list)
    crls: list[crl.CertificateList] = field(default_factory=list)
    ocsps: list[ocsp.OCSPResponse] = field(default_factory=list)


def prove(
    leaf: x509.Certificate,
    others: Sequence[x509.Certificate],
    anchors: Sequence[x509.Certificate],
    line: Line,
    at: datetime,
) -> Proofs:
    """The certificates from `leaf` up to an anchor, each but the anchor shown to be unrevoked.

    ETSI EN 319 142-1 §6.3 asks of B-LT the full set of validation data. A trust anchor needs
    none (RFC 5280 §6.1.1 d): a self-made certificate is its own. anchors: empty takes the topmost
    certificate that came along.

    Raises:
        NoProof: a certificate is revoked, out of date, or nobody publishes data about it.
    """
    trusted = list(anchors) or [topmost(leaf, others)]
    way = _way_up(leaf, [*others, *trusted], trusted)
    found = Proofs(certificates=way)
    for lower, upper in itertools.pairwise(way):
        if not _ask(lower, upper, line, found):
            raise NoProof(f"Für das Zertifikat „{_name(lower)}“ gibt es keine Auskunft zu Sperren.")
    _check(leaf, way, trusted, found, at)
    return found


def _way_up(
    leaf: x509.Certificate, others: Iterable[x509.Certificate], anchors: list[x509.Certificate]
) -> list[x509.Certificate]:
    trusted = {anchor.sha256 for anchor in anchors}
    way, known = [leaf], list(others)
    while way[-1].sha256 not in trusted:
        names = [c for c in known if c.subject == way[-1].issuer and c not in way]
        above = next((c for c in names if c.sha256 in trusted), next(iter(names), None))
        if above is None:
            raise NoProof(f"Das Zertifikat über „{_name(way[-1])}“ fehlt.")
        way.append(above)
    return way


def _ask(lower: x509.Certificate, upper: x509.Certificate, line: Line, found: Proofs) -> bool:
    """Whether there is an answer; OCSP first, as it is small and fresh, lists at hand at last."""
    for url in lower.ocsp_urls:
        response = _tried(_status, line, url, _ocsp_request(lower, upper))
        if response is not None:
            found.ocsps.append(response)
            return True
    for point in lower.crl_distribution_points:
        published = _tried(_published, line, point.url)
        if published is not None:
            found.crls.append(published)
            return True
    at_hand = [one for one in map(_list_of, line.lists) if one.issuer == upper.subject]
    found.crls.extend(at_hand)
    return bool(at_hand)


def _list_of(der: bytes) -> crl.CertificateList:
    return crl.CertificateList.load(der, strict=True)


def _tried(ask: Callable[..., Any], *given: Any) -> Any:
    """What was asked for, None where that failed: the next source is tried instead."""
    try:
        return ask(*given)
    except Exception:  # noqa: BLE001 - a foreign answer may raise anything
        return None


def _status(line: Line, url: str, request: bytes) -> ocsp.OCSPResponse | None:
    response = ocsp.OCSPResponse.load(line.post(url, request, _OCSP_QUERY), strict=True)
    _ = response.native  # to the last byte: part of it goes into the file
    return response if response["response_status"].native == "successful" else None


def _published(line: Line, url: str | None) -> crl.CertificateList | None:
    """The list at this address; LDAP and relative names are not followed."""
    if url is None or not url.startswith(("http://", "https://")):
        return None
    return _list_of(line.get(url))


def _ocsp_request(lower: x509.Certificate, upper: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509 import load_der_x509_certificate
    from cryptography.x509.ocsp import OCSPRequestBuilder

    both = [load_der_x509_certificate(each.dump()) for each in (lower, upper)]
    request = OCSPRequestBuilder().add_certificate(both[0], both[1], SHA256()).build()
    return request.public_bytes(Encoding.DER)


def _check(
    leaf: x509.Certificate,
    way: list[x509.Certificate],
    anchors: list[x509.Certificate],
    found: Proofs,
    at: datetime,
) -> None:
    context = ValidationContext(
        trust_roots=anchors,
        other_certs=way,
        crls=found.crls,
        ocsps=found.ocsps,
        allow_fetching=False,
        revocation_mode="require",
        moment=at,
    )
    validator = CertificateValidator(leaf, intermediate_certs=way[1:], validation_context=context)
    try:
        with quiet():
            asyncio.run(validator.async_validate_path())
    except RevokedError as revoked:
        raise NoProof(f"Ein Zertifikat über „{_name(leaf)}“ ist gesperrt.") from revoked
    except Exception as failed:  # foreign data may raise anything
        why = f"Die Auskunft zu Sperren reicht für das Zertifikat „{_name(leaf)}“ nicht aus."
        raise NoProof(why) from failed


def _name(certificate: x509.Certificate) -> str:
    return str(certificate.subject.native.get("common_name", "ohne Namen"))
