"""A seal grows up: a time stamp inside it (B-T), then the proofs behind it (B-LT).

Levels as in ETSI EN 319 142-1 §6.1. The time stamp goes into the unsigned attributes of the seal
(§5.3 there, EN 319 122-1 §5.3), in the space that was reserved when it was made: same length, same
signed bytes, nothing appended. The proofs are a revision of their own: the document security store
(§5.4.2) with one VRI entry, closed by a document time stamp (§5.4.3) so that the last signature
covers the whole file again (design §10). That time stamp is what B-LTA begins with; we claim B-LT
only, since nobody renews it.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import cms, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.signing.revisions import Revision
from desktop_advisor.signing.revocation import Line, NoProof, Proofs, prove
from desktop_advisor.signing.sealing import BYTES_RESERVED, FIELD, STAMP_FIELD
from desktop_advisor.signing.time_stamps import (
    TimeStampService,
    certificates_in,
    signer_of,
)
from desktop_advisor.signing.verdict import Level

__all__ = ["CannotUpgrade", "Level", "Trust", "Upgraded", "upgrade"]

_TOKEN = "signature_time_stamp_token"  # noqa: S105 - name of a CMS attribute
_EXPECTED = (PdfError, ValueError, TypeError, KeyError, StopIteration, NotImplementedError)
"""What reading a file raises that is not what we wrote."""


class CannotUpgrade(KnownError):
    """The file stays as it is. why: a German sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(
            why,
            safe="Der gesiegelte Bericht ist unverändert und so gültig wie bisher.",
            todo="Bei der nächsten Synchronisation wird es noch einmal versucht.",
        )


@dataclass(frozen=True)
class Upgraded:
    """The best that could be reached. note: why not more, "" at B-LT."""

    pdf: bytes
    level: Level
    note: str = ""


@dataclass(frozen=True)
class Trust:
    """Certificates (DER) at which the chains of an upgrade end; empty: whatever root came along.

    What is written into a file proves nothing by that: verification has anchors of its own.
    lists: revocation lists (DER) at hand, of authorities that publish none; else they are fetched.
    """

    seals: Sequence[bytes] = ()
    stamps: Sequence[bytes] = ()
    lists: Sequence[bytes] = ()


def upgrade(
    pdf: bytes, service: TimeStampService, line: Line, *, trust: Trust, at: datetime
) -> Upgraded:
    """The file as far up as service and revocation data carry it; never raises a KnownError."""
    try:
        reached = level_of(pdf)
        if reached is Level.BASIC:
            pdf, reached = add_time_stamp(pdf, service), Level.TIME_STAMPED
    except KnownError as stopped:
        return Upgraded(pdf, Level.BASIC, stopped.what)
    if reached is Level.LONG_TERM:
        return Upgraded(pdf, reached)
    try:
        complete = add_validation_data(pdf, service, line, trust=trust, at=at)
    except KnownError as stopped:
        return Upgraded(pdf, reached, stopped.what)
    return Upgraded(complete, Level.LONG_TERM)


def level_of(pdf: bytes) -> Level:
    """What the file carries, by its parts; whether they hold is for verification to say.

    Raises CannotUpgrade.
    """
    seal = _seal_in(pdf)
    if _token_in(seal) is None:
        return Level.BASIC
    stores = "/DSS" in seal.reader.root
    return Level.LONG_TERM if stores and _has_stamp(seal.reader) else Level.TIME_STAMPED


def add_time_stamp(pdf: bytes, service: TimeStampService) -> bytes:
    """B-T: the same file with a time stamp over the seal's signature value inside the seal.

    Only hex digits between the two signed ranges differ.

    Raises:
        NoTimeStamp: the service gave none.
        CannotUpgrade: no seal of ours, stamped already, or too little reserved space.
    """
    seal = _seal_in(pdf)
    if _token_in(seal) is not None:
        raise CannotUpgrade("Das Siegel trägt bereits einen Zeitstempel.")
    info = cms.ContentInfo.load(seal.der)
    signer = info["content"]["signer_infos"][0]
    digest = hashlib.sha256(signer["signature"].native).digest()
    token = asyncio.run(service.async_timestamp(digest, "sha256"))
    attribute = cms.CMSAttribute({"type": cms.CMSAttributeType(_TOKEN), "values": (token,)})
    signer["unsigned_attrs"] = cms.CMSAttributes([attribute])
    return _refilled(pdf, seal, info.dump())


def add_validation_data(
    pdf: bytes, service: TimeStampService, line: Line, *, trust: Trust, at: datetime
) -> bytes:
    """B-LT: certificates, revocation data and a document time stamp appended as one revision.

    at: when the revocation data are judged; with time zone.

    Raises:
        CannotUpgrade: revocation data are missing or not enough, or the file is not at B-T.
        NoTimeStamp: the service gave no document time stamp.
    """
    seal = _seal_in(pdf)
    token = _token_in(seal)
    if token is None or "/DSS" in seal.reader.root:
        raise CannotUpgrade("Das Siegel ist nicht auf der Stufe B-T.")
    try:
        proofs = _proofs(seal, token, line, trust, at)
    except NoProof as missing:
        raise CannotUpgrade(str(missing)) from missing
    writer = Revision.of(pdf)
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        seal.digits,
        certs=_once(c for p in proofs for c in p.certificates),
        crls=_once(c for p in proofs for c in p.crls),
        ocsps=_once(o for p in proofs for o in p.ocsps),
    )
    out = BytesIO()
    stamper = PdfTimeStamper(service, field_name=STAMP_FIELD)
    stamper.timestamp_pdf(writer, "sha256", bytes_reserved=BYTES_RESERVED, output=out)
    return out.getvalue()


def _proofs(seal: _Seal, token: Any, line: Line, trust: Trust, at: datetime) -> list[Proofs]:
    """Of the seal's certificate and of the time-stamp service's."""
    signed, stamped = cms.ContentInfo.load(seal.der)["content"], token["content"]
    found = replace(line, lists=trust.lists)
    return [
        prove(signer_of(one), certificates_in(one), _loaded(anchors), found, at)
        for one, anchors in ((signed, trust.seals), (stamped, trust.stamps))
    ]


def _loaded(anchors: Sequence[bytes]) -> list[x509.Certificate]:
    return [x509.Certificate.load(der) for der in anchors]


def _once(found: Any) -> list[Any]:
    return list({each.dump(): each for each in found}.values())


@dataclass(frozen=True)
class _Seal:
    """der: the CMS structure without padding. start, end: place of its hex digits in the file."""

    reader: PdfFileReader
    der: bytes
    digits: bytes
    start: int
    end: int


def _seal_in(pdf: bytes) -> _Seal:
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=True)
        embedded = next(s for s in reader.embedded_signatures if s.field_name == FIELD)
        _zero, first, second, _rest = (int(n) for n in embedded.byte_range)
        gap = pdf[first:second]
        if gap[:1] != b"<" or gap[-1:] != b">":
            raise CannotUpgrade("Die Datei ist nicht so gesiegelt, wie dieses Programm es tut.")
        content = cms.ContentInfo.load(bytes.fromhex(gap[1:-1].decode()))
        return _Seal(reader, content.dump(), gap[1:-1], first + 1, second - 1)
    except _EXPECTED as unread:
        raise CannotUpgrade("Das Siegel der Datei ist nicht lesbar.") from unread


def _token_in(seal: _Seal) -> Any:
    signer = cms.ContentInfo.load(seal.der)["content"]["signer_infos"][0]
    for attribute in signer["unsigned_attrs"]:
        if attribute["type"].native == _TOKEN:
            return attribute["values"][0]
    return None


def _has_stamp(reader: PdfFileReader) -> bool:
    return any(s.field_name == STAMP_FIELD for s in reader.embedded_timestamp_signatures)


def _refilled(pdf: bytes, seal: _Seal, der: bytes) -> bytes:
    room = seal.end - seal.start
    digits = der.hex().encode()
    if seal.digits != seal.digits.lower():
        digits = digits.upper()
    if len(digits) > room:
        raise CannotUpgrade("Der Zeitstempel ist größer als der freie Platz im Siegel.")
    return pdf[: seal.start] + digits.ljust(room, b"0") + pdf[seal.end :]
