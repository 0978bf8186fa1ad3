"""Time stamps as the check sees them: over what, by whom, when, and whether we trust that."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, x509
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from desktop_advisor.signing.container import expect_confirmed
from desktop_advisor.signing.faults import Changed, Fault

_DIGESTS = ("sha256", "sha384", "sha512")


@dataclass(frozen=True)
class Stamp:
    """A sound time stamp. authority: its name, "nach eigener Angabe" unless it is trusted."""

    at: datetime
    authority: str
    is_trusted: bool


def read_stamp(
    signed_data: cms.SignedData, digest: Callable[[str], bytes], anchors: Sequence[bytes]
) -> Stamp:
    """What a time-stamp token proves.

    digest: of what has to be stamped, by the name of the algorithm. anchors: trusted time-stamp
    authorities, DER. Raises Changed where the token belongs to something else.
    """
    info = signed_data["encap_content_info"]["content"].parsed
    if info["message_imprint"]["hash_algorithm"]["algorithm"].native not in _DIGESTS:
        raise Fault("Der Zeitstempel verwendet ein unbekanntes Verfahren.")
    moment = info["gen_time"].native
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in anchors],
        allow_fetching=False,
        revocation_mode="soft-fail",
        moment=moment,
        best_signature_time=moment,
    )
    said = asyncio.run(validate_tst_signed_data(signed_data, context, digest))
    status = TimestampSignatureStatus(**said)
    if not (status.intact and status.valid):
        raise Changed("Der Zeitstempel gehört nicht zu diesem Dokument.")
    if status.trusted:
        expect_confirmed(signed_data, certificates_of(status.validation_path))
    certificate = status.signing_cert
    return Stamp(moment, _name(certificate), bool(anchors) and _is_fit(status, moment))


def certificates_of(path: Any) -> list[bytes]:
    """The certificates of a validated path, its anchor included, DER."""
    return [certificate.dump() for certificate in path.iter_certs(include_root=True)]


def digest_of(value: bytes) -> Callable[[str], bytes]:
    """The digest of these bytes, by the name of the algorithm."""
    return lambda algorithm: hashlib.new(algorithm, value).digest()


def _is_fit(status: Any, moment: datetime) -> bool:
    certificate = status.signing_cert
    usage = certificate.extended_key_usage_value
    stamps_only = usage is not None and "time_stamping" in usage.native
    within = certificate.not_valid_before <= moment <= certificate.not_valid_after
    return bool(status.trusted) and stamps_only and within


def _name(certificate: x509.Certificate) -> str:
    named = certificate.subject.native
    return str(named.get("common_name") or named.get("organization_name") or "")
