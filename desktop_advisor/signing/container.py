"""The gap a seal leaves in its file: nothing may hide in it.

Bytes between the two signed ranges are the only ones a signature does not cover. So they have to be
exactly the hex of one DER structure and zeros, and in that structure everything has to be either
signed or fixed, but for one time stamp over the signature's value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from asn1crypto import cms
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
    data = info["content"]
    if (data["version"].native, signer["version"].native) != ("v1", "v1"):
        raise Fault("Das Siegel ist von unbekannter Fassung.")
    digests = [a["algorithm"].native for a in data["digest_algorithms"]]
    signed_by = signer["signature_algorithm"]
    if (
        digests != [_SHA256]
        or signer["digest_algorithm"]["algorithm"].native != _SHA256
        or signed_by.hash_algo != _SHA256
    ):
        raise Fault("Das Siegel verwendet ein unbekanntes Verfahren.")
    if data["encap_content_info"]["content"].native is not None:
        raise Fault("Im Siegel liegt fremder Inhalt.")
    _expect_chain_only(data)
    token = stamp_token(signer)
    raw = token.dump() if token is not None else b""
    if token is not None:
        check_token_structure(raw)
    try:
        expect_distinguished(der, kept=raw)
    except NotDistinguished as odd:
        raise Changed("Das Siegel ist nicht eindeutig kodiert.") from odd


def check_token_structure(der: bytes) -> None:
    """Check the CMS structure of a time-stamp token (RFC 3161 §2.4.2). Raises Fault."""
    info = cms.ContentInfo.load(der, strict=True)
    signer = _only_signer(info)
    if info["content"]["encap_content_info"]["content_type"].native != "tst_info":
        raise Fault("Der Zeitstempel ist von unbekannter Art.")
    if len(signer["unsigned_attrs"]):
        raise Changed("Am Zeitstempel hängen fremde Angaben.")
    _expect_chain_only(info["content"])


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
    serial = data["signer_infos"][0]["sid"].chosen["serial_number"].native
    wanted = [c for c in held if c.serial_number == serial][:1]
    used = []
    while wanted:
        used.append(wanted.pop())
        above = used[-1].issuer
        wanted = [c for c in held if c.subject == above and c not in used][:1]
    if len(used) != len(held) or not _is_chain([c.dump() for c in used]):
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
