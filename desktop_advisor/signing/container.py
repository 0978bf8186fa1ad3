"""The gap a seal leaves in its file: nothing may hide in it.

Bytes between the two signed ranges are the only ones a signature does not cover. So they have to be
exactly the hex of one DER structure and zeros, and in that structure everything has to be either
signed or fixed, but for one time stamp over the signature's value.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any

from asn1crypto import cms, core
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from desktop_advisor.signing.encoding import NotDistinguished, expect_distinguished
from desktop_advisor.signing.faults import Changed, Fault

_HEX = re.compile(rb"<(?:[0-9A-F]*|[0-9a-f]*)>")
_SHA256 = "sha256"
_STAMP = "signature_time_stamp_token"
_MOST_CERTIFICATES = 12


def check_gap(pdf: bytes, byte_range: Sequence[int], contents: bytes) -> bytes:
    """The DER structure in the gap, after checking that the gap holds nothing else.

    Raises:
        Fault: something is there that the seal does not vouch for.
    """
    if len(byte_range) != 4:
        raise Fault("Die gesiegelten Bereiche sind fehlerhaft.")
    start, first, second, rest = byte_range
    if start != 0 or rest < 0 or second + rest != len(pdf) or not 0 < first < second:
        raise Changed("Das Siegel deckt nicht die ganze Datei ab.")
    gap = pdf[first:second]
    if not _HEX.fullmatch(gap) or bytes.fromhex(gap[1:-1].decode()) != contents:
        raise Changed("Im Siegel stehen fremde Zeichen.")
    der, padding = _split(contents)
    if any(padding):
        raise Changed("Hinter dem Siegel stehen fremde Zeichen.")
    return der


def check_seal_structure(der: bytes) -> None:
    """Check the CMS structure of a seal (RFC 5652). Raises Fault."""
    info = cms.ContentInfo.load(der, strict=True)
    signer = _only_signer(info)
    _expect_all_read(info)
    data = info["content"]
    _expect_fixed_parts(data, "v1")
    signed_by = signer["signature_algorithm"]
    if signer["digest_algorithm"]["algorithm"].native != _SHA256 or signed_by.hash_algo != _SHA256:
        raise Fault("Das Siegel verwendet ein unbekanntes Verfahren.")
    if data["encap_content_info"]["content"].native is not None:
        raise Fault("Im Siegel liegt fremder Inhalt.")
    _expect_chain_only(data)
    token = stamp_token(signer)
    raw = token.dump() if token is not None else b""
    if token is not None:
        check_token_structure(raw)
    _expect_one_form(der, kept=raw)


def check_token_structure(der: bytes) -> None:
    """Check the CMS structure of a time-stamp token (RFC 3161 §2.4.2). Raises Fault."""
    info = cms.ContentInfo.load(der, strict=True)
    signer = _only_signer(info)
    if info["content"]["encap_content_info"]["content_type"].native != "tst_info":
        raise Fault("Der Zeitstempel ist von unbekannter Art.")
    _expect_all_read(info)
    _expect_fixed_parts(info["content"], "v3")
    if len(signer["unsigned_attrs"]):
        raise Changed("Am Zeitstempel hängen fremde Angaben.")
    _expect_chain_only(info["content"])
    _expect_one_form(der)


def _expect_one_form(der: bytes, kept: bytes = b"") -> None:
    try:
        expect_distinguished(der, kept=kept)
    except NotDistinguished as odd:
        raise Changed("Siegel oder Zeitstempel sind nicht eindeutig kodiert.") from odd


def _expect_fixed_parts(data: cms.SignedData, version: str) -> None:
    """What a signature does not cover has one form only (RFC 5652 §5.1, §5.3; RFC 8933 §3)."""
    signer = data["signer_infos"][0]
    if (data["version"].native, signer["version"].native) != (version, "v1"):
        raise Fault("Siegel oder Zeitstempel sind von unbekannter Fassung.")
    digest = signer["digest_algorithm"]
    announced = list(data["digest_algorithms"])
    if len(announced) != 1 or announced[0]["algorithm"].native != digest["algorithm"].native:
        raise Fault("Siegel oder Zeitstempel verwenden ein unbekanntes Verfahren.")
    named = [announced[0], digest, signer["signature_algorithm"]]
    if any(a["algorithm"].native != "rsassa_pss" and not _is_plain(a) for a in named):
        raise Changed("Im Siegel oder Zeitstempel stehen fremde Angaben.")
    if signer["sid"].name != "issuer_and_serial_number":
        raise Fault("Siegel oder Zeitstempel nennen ihr Zertifikat auf unbekannte Art.")


def _is_plain(algorithm: Any) -> bool:
    """Whether an algorithm has no parameters: absent or null, absent for ECDSA (RFC 5754)."""
    inner: bytes = algorithm["parameters"].dump()
    return not inner or (inner == b"\x05\x00" and "ecdsa" not in algorithm["algorithm"].native)


def _expect_all_read(value: Any) -> None:
    """Every element is one that the structure's syntax names: readers skip what follows those.

    What a signed attribute carries on top would be left out of the bytes that are verified, too.
    Certificates are left to their own signatures. Raises Changed.
    """
    while isinstance(value, core.Choice):
        _expect_one_form(value.dump())
        value = value.chosen
    if value.explicit:
        _expect_one_form(value.dump())
    if isinstance(value, cms.Certificate | cms.CertificateSet):
        return
    if isinstance(value, core.Any | core.ParsableOctetString):
        value = value.parsed if value.dump() else value
    if not isinstance(value, core.Sequence | core.SequenceOf | core.SetOf):
        return
    if isinstance(value, core.Sequence) and len(value) != len(list(value)):
        raise Changed("Im Siegel oder Zeitstempel stehen fremde Angaben.")
    children = [value[key] for key in value] if isinstance(value, core.Sequence) else list(value)
    for child in children:
        _expect_all_read(child)


def stamp_token(signer: cms.SignerInfo) -> cms.ContentInfo | None:
    """The one time-stamp token of a signature, None where it has none. Raises Changed."""
    attributes = list(signer["unsigned_attrs"])
    if not attributes:
        return None
    if len(attributes) != 1 or attributes[0]["type"].native != _STAMP:
        raise Changed("Am Siegel hängen fremde Angaben.")
    values = attributes[0]["values"]
    if len(values) != 1:
        raise Changed("Am Siegel hängt mehr als ein Zeitstempel.")
    return values[0]


def _only_signer(info: cms.ContentInfo) -> cms.SignerInfo:
    if info["content_type"].native != "signed_data":
        raise Fault("Das Siegel ist von unbekannter Art.")
    signers = info["content"]["signer_infos"]
    if len(signers) != 1:
        raise Fault("Das Siegel nennt nicht genau einen Siegelnden.")
    return signers[0]


def _split(contents: bytes) -> tuple[bytes, bytes]:
    """The DER structure and what follows it, by its own length (X.690 §8.1.3)."""
    if len(contents) < 4 or contents[0] != 0x30:
        raise Fault("Das Siegel ist nicht lesbar.")
    short = contents[1] < 0x80
    count = 0 if short else contents[1] & 0x7F
    length = contents[1] if short else int.from_bytes(contents[2 : 2 + count], "big")
    end = 2 + count + length
    if end > len(contents):
        raise Fault("Das Siegel ist unvollständig.")
    return contents[:end], contents[end:]


def _expect_chain_only(data: cms.SignedData) -> None:
    """The certificates that travel along are unsigned: only those above the signer's may be there.

    Which one is the signer's is itself signed (ESS signing certificate, RFC 5035 §3).
    """
    if len(data["crls"]):
        raise Changed("Im Siegel liegen fremde Sperrlisten.")
    choices = list(data["certificates"])
    if len(choices) > _MOST_CERTIFICATES or any(c.name != "certificate" for c in choices):
        raise Changed("Im Siegel liegen fremde Zertifikate.")
    held = [c.chosen for c in choices]
    named = data["signer_infos"][0]["sid"].chosen
    serial, issuer = named["serial_number"].native, named["issuer"].dump()
    wanted = [c for c in held if c.serial_number == serial and c.issuer.dump() == issuer][:1]
    used = []
    while wanted:
        used.append(wanted.pop())
        above = used[-1].issuer
        wanted = [c for c in held if c.subject == above and c not in used][:1]
    if len(used) != len(held) or not _is_chain([c.dump() for c in used]):
        raise Changed("Im Siegel liegen fremde Zertifikate.")


def expect_confirmed(data: cms.SignedData, known: Collection[bytes]) -> None:
    """The topmost certificate that travels along is a root, or one that the check went through.

    known: certificates (DER) of the path to an anchor. Otherwise some of its bits are vouched for
    by nobody. Raises Changed.
    """
    held = [choice.chosen for choice in data["certificates"]]
    issued = {c.issuer.dump() for c in held if c.issuer != c.subject}
    for one in held:
        is_top = one.subject.dump() in issued and all(
            c.subject.dump() != one.issuer.dump() for c in held
        )
        if is_top and one.dump() not in known:
            raise Changed("Im Siegel liegen fremde Zertifikate.")


def _is_chain(used: list[bytes]) -> bool:
    """Whether each was issued by the next, and a root at the end by itself."""
    chain = [x509.load_der_x509_certificate(der) for der in used]
    if chain[-1].issuer == chain[-1].subject:
        chain.append(chain[-1])
    try:
        for below, above in pairwise(chain):
            below.verify_directly_issued_by(above)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
