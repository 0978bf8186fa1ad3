"""What the attacks are made with: appended revisions, rebuilt files, foreign keys and tokens."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pikepdf import Array, Dictionary, Name, String
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from desktop_advisor.signing.keys import SoftwareKey
from desktop_advisor.signing.time_stamps import TimeStampService
from tests.signing import sealed
from tests.signing.authorities import NOW, PASSWORD, Authority, as_p12, network
from tests.signing.time_stamp_authority import URL, TimeStampAuthority

Change = Callable[[Any], object]
_CONTENTS = re.compile(rb"/Contents <([0-9a-fA-F]+)>")


@cache
def basic() -> bytes:
    """The victim: a small sealed report with attached data, B-B."""
    return sealed.make_sealed("B-B", pdf=drawn())


@cache
def stamped() -> bytes:
    """The victim at B-T."""
    return sealed.add_time_stamp(basic(), sealed.service())


@cache
def long_term() -> bytes:
    """The victim at B-LT."""
    return sealed.completed(stamped())


@cache
def drawn(text: bytes = b"Foerderung 10.000 Euro") -> bytes:
    """The unsealed report: two pages, words, attached data, prepared fields."""
    return rebuilt(sealed.sample_pdf(2), lambda pdf: _furnish(pdf, text))


def _furnish(pdf: pikepdf.Pdf, text: bytes) -> None:
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    for page in pdf.pages:
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = pdf.make_stream(b"BT /F1 14 Tf 72 700 Td (" + text + b") Tj ET")
    spec = pikepdf.AttachedFileSpec(
        pdf, b'{"company":{"name":"Guss"},"version":1}', mime_type="application/json"
    )
    pdf.attachments["bericht.json"] = spec
    pdf.Root.AF = Array([pdf.attachments["bericht.json"].obj])


def rebuilt(pdf: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """The file written anew after a change; a seal in it does not survive."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        opened.save(out, deterministic_id=True)
    return out.getvalue()


def appended(pdf: bytes, change: Change) -> bytes:
    """The file with one more revision, made by pyHanko's writer."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def appended_raw(pdf: bytes, body: Callable[[int], bytes], trailer: bytes = b"") -> bytes:
    """The file with a revision written by hand: one object 9999 and a classical table."""
    start = len(pdf) + 1
    thing = body(9999)
    table = start + len(thing)
    previous = re.findall(rb"startxref\s+(\d+)", pdf)[-1]
    root = re.findall(rb"/Root (\d+ \d+ R)", pdf)[-1]
    return (
        pdf
        + b"\n"
        + thing
        + b"xref\n0 1\n0000000000 65535 f \n9999 1\n%010d 00000 n \n" % start
        + b"trailer\n<</Size 10000/Root %b/Prev %b%b>>\n" % (root, previous, trailer)
        + b"startxref\n%d\n%%%%EOF\n" % table
    )


# -- the container --------------------------------------------------------------------------------


def gap(pdf: bytes, which: int = 0) -> tuple[int, int]:
    """Where the hex digits of the which-th signature begin and end."""
    found = list(_CONTENTS.finditer(pdf))[which]
    return found.start(1), found.end(1)


def cms_of(pdf: bytes) -> cms.ContentInfo:
    """The seal's CMS structure."""
    start, end = gap(pdf)
    return cms.ContentInfo.load(bytes.fromhex(pdf[start:end].decode()))


def with_cms(pdf: bytes, der: bytes) -> bytes:
    """The file with another structure in the same gap."""
    start, end = gap(pdf)
    digits = der.hex().encode()
    assert len(digits) <= end - start
    return pdf[:start] + digits.ljust(end - start, b"0") + pdf[end:]


def with_changed_cms(pdf: bytes, change: Callable[[cms.SignedData], object]) -> bytes:
    """The file with its CMS structure changed and encoded anew."""
    info = cms_of(pdf)
    change(info["content"])
    return with_cms(pdf, info.dump())


def with_attributes(pdf: bytes, *attributes: tuple[str, Any]) -> bytes:
    """The file with exactly these unsigned attributes at its seal."""

    def stuff(data: cms.SignedData) -> None:
        data["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes(
            [cms.CMSAttribute({"type": kind, "values": [value]}) for kind, value in attributes]
        )

    return with_changed_cms(pdf, stuff)


def token_over(data: bytes, authority: TimeStampAuthority | None = None) -> cms.ContentInfo:
    """A time-stamp token over some bytes, by the trusted service or another."""
    import asyncio

    given = authority or TimeStampAuthority()
    service = TimeStampService(URL, given.post, [given.authority.der])
    digest = hashlib.sha256(data).digest()
    return asyncio.run(service.async_timestamp(digest, "sha256"))


# -- other keys -----------------------------------------------------------------------------------


def self_made(name: str = "Mareike Sonntag", **changes: Any) -> SoftwareKey:
    """The key of somebody who calls himself as the advisor does, and vouches for himself."""
    return issued_by(Authority("Netzwerk-CA", "fremd"), name, **changes)


def issued_by(
    authority: Authority, name: str = "Mareike Sonntag", *, key: Any = None, **changes: Any
) -> SoftwareKey:
    """A key with a certificate of this authority. changes: see Authority.issue."""
    made = key or ec.generate_private_key(ec.SECP256R1())
    return SoftwareKey(as_p12(made, authority.issue(name, made, **changes), authority), PASSWORD)


@cache
def expired() -> SoftwareKey:
    """A key of the network, valid for one day only."""
    return issued_by(network(), ends=NOW + timedelta(days=1))


@cache
def chosen_rsa() -> rsa.RSAPrivateKey:
    """One RSA key for all who need one."""
    return rsa.generate_private_key(65537, 2048)


def with_usage(usage: x509.KeyUsage, purposes: list[x509.ObjectIdentifier]) -> SoftwareKey:
    """A key of the network whose certificate is for these usages only."""
    ca, key = network(), ec.generate_private_key(ec.SECP256R1())
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Server")]))
        .issuer_name(ca.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=30))
        .add_extension(usage, critical=True)
    )
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    return SoftwareKey(as_p12(key, builder.sign(ca.key, hashes.SHA256()), ca), PASSWORD)


class _AtWill(signers.PdfSigner):
    """Signs at any moment, whatever an earlier signature forbids."""

    at: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session

    def _enforce_certification_constraints(self, reader: Any) -> None:
        """Nothing stops an attacker."""


@dataclass(frozen=True)
class Freely:
    """Signs by pyHanko as one likes, without the rules of our seal."""

    key: SoftwareKey
    field: str = "Siegel"
    digest: str = "sha256"
    is_certification: bool = True
    level: fields.MDPPerm = fields.MDPPerm.NO_CHANGES
    subfilter: fields.SigSeedSubFilter = fields.SigSeedSubFilter.PADES
    at: datetime = NOW

    def sign(self, pdf: bytes) -> bytes:
        """The file with one more signature."""
        with self.key.opened() as signer:
            metadata = signers.PdfSignatureMetadata(
                field_name=self.field,
                md_algorithm=self.digest,
                certify=self.is_certification,
                docmdp_permissions=self.level,
                subfilter=self.subfilter,
            )
            signing = _AtWill(
                metadata, signer=signer, new_field_spec=fields.SigFieldSpec(self.field)
            )
            out = BytesIO()
            writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
            signing.at = self.at
            signing.sign_pdf(writer, bytes_reserved=16384, output=out)
        return out.getvalue()


def text_stream(text: str) -> generic.StreamObject:
    """A page's content that prints one line."""
    data = f"BT /F1 14 Tf 72 700 Td ({text}) Tj ET".encode()
    return generic.StreamObject(stream_data=data)


def note(subtype: str, **more: Any) -> Dictionary:
    """An annotation over a page, for pikepdf."""
    given = Dictionary(
        Type=Name.Annot, Subtype=Name("/" + subtype), Rect=Array([60, 690, 400, 720]), F=4
    )
    given.Contents = String("")
    for key, value in more.items():
        given["/" + key] = value
    return given
