"""pyHanko's AdES validation (ETSI EN 319 102-1) of our files: an opinion that is not ours."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any
from unittest.mock import patch

from asn1crypto import x509
from asn1crypto.crl import CertificateList
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.ades import (
    ades_basic_validation,
    ades_lta_validation,
    ades_with_time_validation,
)
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import (
    REQUIRE_REVINFO,
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

from desktop_advisor.signing.quiet import quiet
from tests.signing.sealed import anchors, stamp_anchors

_IF_KNOWN = RevocationCheckingPolicy(
    RevocationCheckingRule.CHECK_IF_DECLARED_SOFT, RevocationCheckingRule.CHECK_IF_DECLARED_SOFT
)


def basic(pdf: bytes, at: datetime) -> Any:
    """Basic signatures (§5.3): the seal by itself."""
    seal = seal_of(pdf)
    return asyncio.run(
        ades_basic_validation(
            seal.signed_data,
            _spec(_IF_KNOWN),
            timing_info=_timing(at),
            raw_digest=seal.compute_digest(),
        )
    )


def with_time(pdf: bytes, at: datetime) -> Any:
    """Signatures with time (§5.5)."""
    seal = seal_of(pdf)
    return asyncio.run(
        ades_with_time_validation(
            seal.signed_data,
            _spec(_IF_KNOWN),
            timing_info=_timing(at),
            raw_digest=seal.compute_digest(),
        )
    )


def long_term(pdf: bytes, at: datetime, fresh_list: bytes | None = None) -> Any:
    """Signatures with long-term data (§5.6), revocation data of every certificate demanded.

    fresh_list: what the time-stamp service's authority publishes on the day of the check.
    """
    published = [] if fresh_list is None else [CRLContainer(CertificateList.load(fresh_list))]
    known = LocalKnowledge(known_crls=published)
    spec = PdfSignatureValidationSpec(replace(_spec(REQUIRE_REVINFO), local_knowledge=known))
    with _clocks_at(at), quiet():
        return asyncio.run(ades_lta_validation(seal_of(pdf), spec, timing_info=_timing(at)))


@contextmanager
def _clocks_at(moment: datetime) -> Iterator[None]:
    """pyHanko dates its proofs of existence by the machine's clock, whatever time it is told."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return moment.astimezone(tz)

    with ExitStack() as patches:
        for module in ("ltv.poe", "ltv.ades_past"):
            patches.enter_context(patch(f"pyhanko_certvalidator.{module}.datetime", Stopped))
        yield


def seal_of(pdf: bytes) -> Any:
    """The seal as pyHanko reads it."""
    seal = PdfFileReader(BytesIO(pdf), strict=True).embedded_signatures[0]
    seal.compute_integrity_info()
    return seal


def _timing(at: datetime) -> ValidationTimingInfo:
    return ValidationTimingInfo(at, at, point_in_time_validation=False)


def _spec(revocation: RevocationCheckingPolicy) -> SignatureValidationSpec:
    return SignatureValidationSpec(
        cert_validation_policy=_policy(anchors(), revocation),
        ts_cert_validation_policy=_policy(stamp_anchors(), revocation),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
        key_usage_settings=KeyUsageConstraints({"non_repudiation"}),
    )


def _policy(ders: list[bytes], revocation: RevocationCheckingPolicy) -> CertValidationPolicySpec:
    roots = [x509.Certificate.load(der) for der in ders]
    return CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=roots),
        revinfo_policy=CertRevTrustPolicy(revocation),
    )
