"""Whether a sealed PDF is unchanged, and why we say so (design §10).

Four points must hold together: the whole file's SHA-256 as recorded, a strict reading, the one
expected seal covering the whole file, and a chain to the anchors this installation trusts.
pyHanko's own verdict is not enough: it tolerates revisions and containers that we refuse.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from desktop_advisor.domain.german import BERLIN
from desktop_advisor.signing.container import ContainerFault, check_container
from desktop_advisor.signing.sealing import FIELD


class Outcome(StrEnum):
    """What may be said of the file."""

    VALID = "valid"
    VALID_BUT_UNKNOWN_ISSUER = "valid_but_unknown_issuer"
    CHANGED = "changed"
    NOT_CHECKABLE = "not_checkable"


_HEADLINES = {
    Outcome.VALID: "Das Dokument ist unverändert und von einem bekannten Zertifikat versiegelt.",
    Outcome.VALID_BUT_UNKNOWN_ISSUER: "Das Dokument ist unverändert. Wer es versiegelt hat, ist "
    "diesem Programm nicht bekannt.",
    Outcome.CHANGED: "Das Dokument ist nicht unverändert.",
    Outcome.NOT_CHECKABLE: "Das Dokument ist nicht prüfbar.",
}


@dataclass(frozen=True)
class Point:
    """One of the four points. holds: None where it could not be asked."""

    title: str
    holds: bool | None
    reason: str


@dataclass(frozen=True)
class Verdict:
    """The outcome with its reasons, in German; the signer as far as the seal could be read."""

    outcome: Outcome
    points: tuple[Point, ...]
    signer: str = ""
    fingerprint: str = ""
    sealed_at: datetime | None = None

    @property
    def is_intact(self) -> bool:
        """True where no byte has changed since the seal, whoever made it."""
        return self.outcome in (Outcome.VALID, Outcome.VALID_BUT_UNKNOWN_ISSUER)

    @property
    def headline(self) -> str:
        """The outcome as one sentence."""
        return _HEADLINES[self.outcome]

    @property
    def sealed_by(self) -> str:
        """Who sealed it; only where the certificate is known is that more than its own word."""
        if not self.signer or self.outcome is Outcome.VALID:
            return f"Gesiegelt von {self.signer}" if self.signer else ""
        return f"Nach eigener Angabe des Zertifikats gesiegelt von {self.signer}"


class _Changed(Exception):
    """The seal proves a change."""


@dataclass(frozen=True)
class _Seal:
    signer: str
    fingerprint: str
    sealed_at: datetime | None
    is_trusted: bool


def verify(pdf: bytes, *, expected_sha256: str | None, anchors: Sequence[bytes]) -> Verdict:
    """The verdict on a file.

    expected_sha256: as recorded when it was sealed, None where no record exists.
    anchors: trusted certificates, DER. Whatever raises is "nicht prüfbar", never valid.
    """
    whole = _whole_file(pdf, expected_sha256)
    with _silence():
        return _checked(pdf, whole, anchors)


def _checked(pdf: bytes, whole: Point, anchors: Sequence[bytes]) -> Verdict:
    try:
        reader = _strict(pdf)
    except Exception as fault:  # noqa: BLE001 - a hostile file may raise anything
        faulty = Point(_READING, False, f"Die Datei ist fehlerhaft ({_kind(fault)}).")
        return Verdict(_worst(whole, Outcome.NOT_CHECKABLE), (whole, faulty))
    read = Point(_READING, True, "Die Datei ist fehlerfrei aufgebaut.")
    try:
        return _judged(whole, read, _sealed(pdf, reader, anchors))
    except _Changed as change:
        outcome, reason = Outcome.CHANGED, str(change)
    except ContainerFault as fault:
        outcome = Outcome.CHANGED if fault.is_change else Outcome.NOT_CHECKABLE
        reason = str(fault)
    except Exception as fault:  # noqa: BLE001 - see above
        outcome, reason = Outcome.NOT_CHECKABLE, f"Das Siegel ist nicht lesbar ({_kind(fault)})."
    return Verdict(_worst(whole, outcome), (whole, read, Point(_SEAL, False, reason)))


_WHOLE = "Prüfsumme der Datei"
_READING = "Aufbau der Datei"
_SEAL = "Siegel"
_CHAIN = "Zertifikat"


def _judged(whole: Point, read: Point, seal: _Seal) -> Verdict:
    intact = "Das Siegel ist unversehrt und deckt die ganze Datei ab."
    known = "Das Zertifikat gehört zu einem, dem dieses Programm vertraut."
    if not seal.is_trusted:
        known = (
            "Das Zertifikat ist auf diesem Gerät nicht bekannt, etwa weil ein anderes Gerät "
            "gesiegelt hat. Gewissheit gibt der Vergleich mit dem Fingerabdruck, den die "
            "versiegelnde Person in ihren Einstellungen sieht. Fingerabdruck dieser Datei: "
            f"{seal.fingerprint}."
        )
    points = (whole, read, Point(_SEAL, True, intact), Point(_CHAIN, seal.is_trusted, known))
    outcome = Outcome.VALID if seal.is_trusted else Outcome.VALID_BUT_UNKNOWN_ISSUER
    return Verdict(_worst(whole, outcome), points, seal.signer, seal.fingerprint, seal.sealed_at)


def _worst(whole: Point, outcome: Outcome) -> Outcome:
    return Outcome.CHANGED if whole.holds is False else outcome


def _kind(fault: Exception) -> str:
    return type(fault).__name__


def _whole_file(pdf: bytes, expected: str | None) -> Point:
    if expected is None:
        return Point(_WHOLE, None, "Zu dieser Datei ist hier keine Prüfsumme hinterlegt.")
    if hashlib.sha256(pdf).hexdigest() == expected.lower():
        return Point(_WHOLE, True, "Die Prüfsumme stimmt mit der hinterlegten überein.")
    return Point(_WHOLE, False, "Die Prüfsumme weicht von der hinterlegten ab.")


def _strict(pdf: bytes) -> PdfFileReader:
    reader = PdfFileReader(BytesIO(pdf), strict=True)
    _ = reader.root, reader.xrefs.total_revisions
    return reader


def _sealed(pdf: bytes, reader: PdfFileReader, anchors: Sequence[bytes]) -> _Seal:
    found = list(reader.embedded_signatures)
    if not found:
        raise ContainerFault("Die Datei trägt kein Siegel.")
    if len(found) > 1 or found[0].field_name != FIELD:
        raise ContainerFault("Die Datei trägt andere Signaturen als das eine erwartete Siegel.")
    embedded = found[0]
    if reader.xrefs.total_revisions != embedded.signed_revision + 1:
        raise _Changed("Nach dem Siegel wurde etwas an die Datei angehängt.")
    _expect_whole_coverage(pdf, embedded)
    moment = embedded.self_reported_timestamp
    trusted = _status(embedded, anchors, moment)
    if not (trusted.intact and trusted.valid):
        raise _Changed("Der Inhalt passt nicht zum Siegel: Die Datei wurde verändert.")
    if trusted.coverage is not SignatureCoverageLevel.ENTIRE_FILE or not trusted.docmdp_ok:
        raise _Changed("Das Siegel deckt nicht die ganze Datei ab.")
    certificate = embedded.signer_cert
    return _Seal(
        str(certificate.subject.native.get("common_name", "")),
        certificate.sha256.hex(),
        moment.astimezone(BERLIN) if moment else None,
        bool(anchors) and bool(trusted.trusted),
    )


def _expect_whole_coverage(pdf: bytes, embedded: Any) -> None:
    """The seal is a certification without allowed changes, and its gap holds only the seal."""
    if embedded.docmdp_level is not MDPPerm.NO_CHANGES:
        raise ContainerFault("Die Signatur ist kein Siegel, das Änderungen ausschließt.")
    if str(embedded.sig_object.get("/SubFilter")) != "/ETSI.CAdES.detached":
        raise ContainerFault("Die Signatur ist kein PAdES-Siegel.")
    check_container(pdf, [int(n) for n in embedded.byte_range], bytes(embedded.pkcs7_content))


def _status(embedded: Any, anchors: Sequence[bytes], moment: datetime | None) -> Any:
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in anchors],
        allow_fetching=False,
        revocation_mode="soft-fail",
        moment=moment,
        best_signature_time=moment,
    )
    usage = KeyUsageConstraints(
        key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
    )
    return validate_pdf_signature(embedded, context, key_usage_settings=usage)


@contextmanager
def _silence() -> Iterator[None]:
    """pyHanko logs an unknown issuer as a warning; here it is an answer, not an event."""
    loggers = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
