"""Sealed files as honest people have them; every one must be accepted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from pikepdf import Array, Dictionary, Name

from desktop_advisor.signing.certificate import create_certificate
from desktop_advisor.signing.keys import SoftwareKey
from desktop_advisor.signing.time_stamps import TimeStampService
from tests.signing import hostile, sealed
from tests.signing.authorities import NOW, PASSWORD, Authority, network
from tests.signing.time_stamp_authority import URL, TimeStampAuthority

LATER = NOW + timedelta(days=400)


@dataclass(frozen=True)
class Honest:
    """A file, its level, what has to be trusted for it, and when it is checked."""

    name: str
    level: str
    build: Callable[[], bytes]
    anchors: Callable[[], list[bytes]] = sealed.anchors
    stamp_anchors: Callable[[], list[bytes]] = sealed.stamp_anchors
    now: datetime = NOW


def _signed_by(count: int) -> bytes:
    """A report with this many drawn signatures: pictures on its last page."""

    def draw(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[-1].obj
        pictures = Dictionary()
        content = b""
        for number in range(count):
            image = pdf.make_stream(hashlib.sha256(bytes([number])).digest()[:16])
            image.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=4, Height=4))
            image.update(Dictionary(ColorSpace=Name.DeviceGray, BitsPerComponent=8))
            pictures[f"/S{number}"] = image
            content += b"q 90 0 0 30 %d 200 cm /S%d Do Q " % (72 + 95 * number, number)
        page.Resources.XObject = pictures
        page.Contents = pdf.make_stream(content)

    return hostile.rebuilt(hostile.drawn(), draw)


def _attached(count: int) -> bytes:
    def attach(pdf: pikepdf.Pdf) -> None:
        for number in range(count):
            name = f"Anlage {number} – Größe.csv"
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"a;b\n1;2\n", filename=name)

    return hostile.rebuilt(hostile.drawn(), attach)


def _with_links_and_outline() -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        jump = Dictionary(S=Name.GoTo, D=Array([pdf.pages[1].obj, Name.Fit]))
        web = Dictionary(S=Name.URI, URI=pikepdf.String("https://example.de/JS/AA (/JavaScript)"))
        links = [hostile.note("Link", A=jump), hostile.note("Link", A=web)]
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link) for link in links])
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Anlass", 0))
        pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
        pdf.Root.Numbers = pdf.make_indirect(7)

    return hostile.rebuilt(hostile.drawn(), add)


def _packed() -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(hostile.drawn())) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _key(made: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> SoftwareKey:
    return hostile.issued_by(network(), key=made)


def _seal(pdf: bytes, key: SoftwareKey | None = None, level: str = "B-B") -> bytes:
    return sealed.make_sealed(level, key, pdf=pdf)


@cache
def _own() -> SoftwareKey:
    """As the program makes one at set-up."""
    return SoftwareKey(create_certificate("Jörg Weiß", "ITAS", PASSWORD, lambda: NOW), PASSWORD)


@cache
def _below_an_intermediate() -> SoftwareKey:
    root = network()
    middle_key = ec.generate_private_key(ec.SECP256R1())
    middle = Authority("Regional-CA", "regional", middle_key)
    middle.certificate = root._signed("Regional-CA", middle_key.public_key(), is_ca=True)
    key = ec.generate_private_key(ec.SECP256R1())
    chain = [middle.certificate, root.certificate]
    protection = BestAvailableEncryption(PASSWORD.encode())
    p12 = pkcs12.serialize_key_and_certificates(
        b"", key, middle.issue("Beraterin", key), chain, protection
    )
    return SoftwareKey(p12, PASSWORD)


def _without_chain(pdf: bytes) -> bytes:
    """Stamped by a service that sends its certificate only."""
    authority = TimeStampAuthority(with_chain=False)
    service = TimeStampService(URL, authority.post, sealed.stamp_anchors())
    return sealed.add_time_stamp(pdf, service)


def _through_a_drive(pdf: bytes) -> bytes:
    """Written to a drive in parts and read again."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Beratungsbericht Gießerei (Kopie 2).pdf"
        with path.open("wb") as file:
            for start in range(0, len(pdf), 4096):
                file.write(pdf[start : start + 4096])
        return path.read_bytes()


def _own_anchors() -> list[bytes]:
    return [_own().certificate().anchor]


def _none() -> list[bytes]:
    return []


_FEW = "Dr.-Ing. Anna-Lena Freifrau von und zu Müller-Lüdenscheidt-Wölkersdorf"[:60]

HONEST = [
    Honest("basic", "B-B", hostile.basic),
    Honest("stamped", "B-T", hostile.stamped),
    Honest("long term", "B-LT", hostile.long_term),
    *(
        Honest(f"{n} drawn signatures", "B-B", lambda n=n: _seal(_signed_by(n)))  # type: ignore[misc]
        for n in range(1, 6)
    ),
    Honest("drawn signatures, stamped", "B-T", lambda: _seal(_signed_by(3), level="B-T")),
    Honest("drawn signatures, long term", "B-LT", lambda: _seal(_signed_by(5), level="B-LT")),
    Honest("more attachments", "B-B", lambda: _seal(_attached(3))),
    Honest("more attachments, long term", "B-LT", lambda: _seal(_attached(2), level="B-LT")),
    Honest("links and outline", "B-B", lambda: _seal(_with_links_and_outline())),
    Honest(
        "links and outline, long term",
        "B-LT",
        lambda: _seal(_with_links_and_outline(), level="B-LT"),
    ),
    Honest("packed objects", "B-B", lambda: _seal(_packed())),
    Honest("packed objects, long term", "B-LT", lambda: _seal(_packed(), level="B-LT")),
    Honest("fields not prepared", "B-B", lambda: _seal(sealed.sample_pdf(prepared=False))),
    Honest(
        "fields not prepared, long term",
        "B-LT",
        lambda: _seal(sealed.sample_pdf(prepared=False), level="B-LT"),
    ),
    Honest("RSA key", "B-B", lambda: _seal(hostile.drawn(), _key(hostile.chosen_rsa()))),
    Honest(
        "RSA key, long term",
        "B-LT",
        lambda: _seal(hostile.drawn(), _key(hostile.chosen_rsa()), "B-LT"),
    ),
    Honest(
        "P-384 key",
        "B-B",
        lambda: _seal(hostile.drawn(), _key(ec.generate_private_key(ec.SECP384R1()))),
    ),
    Honest(
        "P-521 key, stamped",
        "B-T",
        lambda: _seal(hostile.drawn(), _key(ec.generate_private_key(ec.SECP521R1())), "B-T"),
    ),
    Honest("intermediate", "B-B", lambda: _seal(hostile.drawn(), _below_an_intermediate())),
    Honest(
        "intermediate, stamped",
        "B-T",
        lambda: _seal(hostile.drawn(), _below_an_intermediate(), "B-T"),
    ),
    Honest("own certificate", "B-B", lambda: _seal(hostile.drawn(), _own()), _own_anchors),
    Honest(
        "own certificate, stamped",
        "B-T",
        lambda: _seal(hostile.drawn(), _own(), "B-T"),
        _own_anchors,
    ),
    Honest("long name", "B-B", lambda: _seal(hostile.drawn(), hostile.issued_by(network(), _FEW))),
    Honest("service without chain", "B-T", lambda: _without_chain(hostile.basic())),
    Honest("stamp of an unnamed service", "B-T", hostile.stamped, stamp_anchors=_none),
    Honest("through a drive", "B-LT", lambda: _through_a_drive(hostile.long_term())),
    Honest("checked years later", "B-LT", hostile.long_term, now=LATER + timedelta(days=2000)),
    Honest(
        "expired, but stamped in time",
        "B-T",
        lambda: sealed.add_time_stamp(
            hostile.Freely(hostile.expired()).sign(hostile.drawn()), sealed.service()
        ),
        now=LATER,
    ),
    Honest("clock half a day ahead", "B-B", hostile.basic, now=NOW - timedelta(hours=12)),
]
