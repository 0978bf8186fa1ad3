"""The seal of a file that ends with it: unbroken, over every byte, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import x509
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from desktop_advisor.signing.container import (
    check_gap,
    check_seal_structure,
    expect_confirmed,
    stamp_token,
)
from desktop_advisor.signing.faults import Changed, Fault
from desktop_advisor.signing.reading import entries, entry
from desktop_advisor.signing.revoked import revoked_since
from desktop_advisor.signing.sealing import FIELD, STAMP_FIELD
from desktop_advisor.signing.stamps import Stamp, certificates_of, digest_of, read_stamp

_MOST_FIELDS = 16
_CLOCKS_DIFFER = timedelta(days=1)
_NOT_FOR_DOCUMENTS = {"server_auth", "code_signing", "time_stamping", "ocsp_signing"}


@dataclass(frozen=True)
class Trust:
    """What we rely on. anchors, stamp_anchors: certificates, DER. now: for expired ones.

    lists: revocation lists, DER.
    """

    anchors: Sequence[bytes]
    stamp_anchors: Sequence[bytes]
    now: datetime
    lists: Sequence[bytes] = ()


@dataclass(frozen=True)
class Seal:
    """An unbroken seal.

    claimed_at: by its maker's clock. moment: at which its certificate had to be valid.
    has_expired: the certificate or one above it, by now. revoked_at: None where no list says so.
    """

    signer: str
    fingerprint: str
    claimed_at: datetime
    valid_from: datetime
    valid_to: datetime
    is_for_documents: bool
    has_expired: bool
    is_ahead_of_time: bool
    stamp: Stamp | None
    moment: datetime
    is_issuer_known: bool = False
    revoked_at: datetime | None = None


def filled_fields(reader: Any) -> dict[str, Any]:
    """The signatures of a file by the names of their fields. Raises Fault for any other field."""
    form = entry(reader.root, "/AcroForm", {})
    fields = entry(form, "/Fields", [])
    if len(fields) > _MOST_FIELDS:
        raise Fault("Die Datei hat mehr Felder als ein Bericht.")
    filled = [str(field["/T"]) for field in entries(fields) if _is_filled(field)]
    found = {signature.field_name: signature for signature in reader.embedded_signatures}
    if not filled:
        raise Fault("Die Datei trägt kein Siegel.")
    if len(filled) != len(found) or set(filled) != set(found):
        raise Fault(_OTHERS)
    if not {FIELD} <= set(filled) <= {FIELD, STAMP_FIELD}:
        raise Fault(_OTHERS)
    return found


_OTHERS = "Die Datei trägt andere Signaturen oder Felder als das eine erwartete Siegel."


def _is_filled(field: Any) -> bool:
    if entry(field, "/FT") != "/Sig" or "/Kids" in field or "/Parent" in field:
        raise Fault(_OTHERS)
    return entry(field, "/V") is not None


def read_seal(pdf: bytes, reader: Any, trust: Trust, later: Stamp | None = None) -> Seal:
    """The seal that ends this file. Raises Fault where it is broken or is none.

    later: a time stamp over the sealed file. The moment at which the certificate had to be valid is
    the earliest that a trusted stamp proves, else what the seal itself claims.
    """
    found = filled_fields(reader)
    if set(found) != {FIELD}:
        raise Fault(_OTHERS)
    embedded = found[FIELD]
    _expect_last(reader, embedded)
    expect_certification(reader, embedded)
    check_seal_structure(
        check_gap(pdf, [int(n) for n in embedded.byte_range], bytes(embedded.pkcs7_content))
    )
    stamp = _stamp(embedded, trust)
    claimed = embedded.self_reported_timestamp
    if claimed is None:
        raise Fault("Das Siegel sagt nicht, wann es angebracht wurde.")
    proven = [s.at for s in (stamp, later) if s is not None and s.is_trusted]
    moment = min(proven, default=claimed)
    status = _status(embedded, trust.anchors, moment)
    if not (status.intact and status.valid):
        raise Changed("Der Inhalt passt nicht zum Siegel: Die Datei wurde verändert.")
    _expect_covered(status)
    described = replace(_described(embedded, claimed, stamp, trust), moment=moment)
    if not (trust.anchors and status.trusted):
        return described
    path = certificates_of(status.validation_path)
    expect_confirmed(embedded.signed_data, path)
    since = revoked_since(path, trust.lists)
    return replace(described, is_issuer_known=True, revoked_at=since)


def _expect_last(reader: Any, embedded: Any) -> None:
    if reader.xrefs.total_revisions != embedded.signed_revision + 1:
        raise Changed("Nach dem Siegel wurde etwas an die Datei angehängt.")


def _expect_covered(status: Any) -> None:
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE or not status.docmdp_ok:
        raise Changed("Das Siegel deckt nicht die ganze Datei ab.")


def expect_certification(reader: Any, embedded: Any) -> None:
    """The signature is the document's certification, and allows no changes. Raises Fault."""
    certified = entry(reader.root, "/Perms", {})
    certified = certified.raw_get("/DocMDP") if "/DocMDP" in certified else None
    seal = embedded.sig_field.raw_get("/V")
    if certified is None or certified != seal or embedded.docmdp_level is not MDPPerm.NO_CHANGES:
        raise Fault("Die Signatur ist kein Siegel, das Änderungen ausschließt.")
    if str(entry(embedded.sig_object, "/SubFilter")) != "/ETSI.CAdES.detached":
        raise Fault("Die Signatur ist kein PAdES-Siegel.")


def _stamp(embedded: Any, trust: Trust) -> Stamp | None:
    token = stamp_token(embedded.signer_info)
    if token is None:
        return None
    signature = embedded.signer_info["signature"].native
    return read_stamp(token["content"], digest_of(signature), trust.stamp_anchors)


def _described(embedded: Any, claimed: datetime, stamp: Stamp | None, trust: Trust) -> Seal:
    certificate = embedded.signer_cert
    above = [c for c in embedded.other_embedded_certs if c.sha256 != certificate.sha256]
    ends = min([certificate.not_valid_after, *(c.not_valid_after for c in above)])
    return Seal(
        signer=str(certificate.subject.native.get("common_name", "")),
        fingerprint=certificate.sha256.hex(),
        claimed_at=claimed,
        valid_from=certificate.not_valid_before,
        valid_to=certificate.not_valid_after,
        is_for_documents=_is_for_documents(certificate),
        has_expired=trust.now > ends,
        is_ahead_of_time=claimed > trust.now + _CLOCKS_DIFFER,
        stamp=stamp,
        moment=claimed,
    )


def _is_for_documents(certificate: x509.Certificate) -> bool:
    """Whether key usages allow it; a certificate without any allows all (RFC 5280 §4.2.1.3)."""
    usage = certificate.key_usage_value
    if usage is not None and not usage.native & {"digital_signature", "non_repudiation"}:
        return False
    extended = certificate.extended_key_usage_value
    return extended is None or not set(extended.native) <= _NOT_FOR_DOCUMENTS


def _status(embedded: Any, anchors: Sequence[bytes], moment: datetime) -> Any:
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in anchors],
        allow_fetching=False,
        revocation_mode="soft-fail",
        moment=moment,
        best_signature_time=moment,
    )
    return validate_pdf_signature(embedded, context, key_usage_settings=KeyUsageConstraints())
