"""Signatures: each covers its whole revision but itself (ISO 19005-3, 6.1.12, 6.4.3, annex B)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from asn1crypto import cms

_END = re.compile(rb"%%EOF(?:\r\n|\n|\r)?")
_DIGESTS = {"/DigestMethod", "/DigestValue", "/DigestLocation"}


def signature_faults(pdf: bytes) -> list[str]:
    """What is wrong with any of them, in the order of the fields."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        fields = opened.Root.get("/AcroForm", {}).get("/Fields", [])
        return [
            fault
            for field in fields
            if "/V" in field
            for fault in (*_coverage(pdf, field.V), *_container(field.V), *_references(field.V))
        ]


def _coverage(pdf: bytes, signature: Any) -> Iterator[str]:
    """All bytes from the first to the next end of file, but those between the brackets."""
    first, before, after, rest = (int(n) for n in signature.ByteRange)
    gap = pdf[before:after]
    if first or not re.fullmatch(rb"<[0-9A-Fa-f]*>", gap):
        yield "A 6.4.3: the gap is not the contents"
    place = pdf.rfind(b" obj", 0, before)
    if b"endobj" in pdf[place:before] or not pdf[:before].rstrip().endswith(b"/Contents"):
        yield "A 6.4.3: the gap is elsewhere"
    end = _END.search(pdf, after)
    if end is None or after + rest not in (end.end(), end.start() + len(b"%%EOF")):
        yield f"A 6.4.3: {len(pdf) - after - rest} bytes behind the signed ones"


def _container(signature: Any) -> Iterator[str]:
    """One signer, whose certificate is there."""
    signed = cms.ContentInfo.load(bytes(signature.Contents))["content"]
    if len(signed["signer_infos"]) != 1:
        yield "A 6.4.3: not one signer"
    elif not any(
        _made_by(signed["signer_infos"][0], held.chosen) for held in signed["certificates"]
    ):
        yield "A 6.4.3: the signer's certificate is missing"


def _made_by(signer: Any, certificate: Any) -> bool:
    sid = signer["sid"].chosen
    return bool(
        sid["issuer"] == certificate.issuer
        and sid["serial_number"].native == certificate.serial_number
    )


def _references(signature: Any) -> Iterator[str]:
    for reference in signature.get("/Reference", []):
        if set(reference.keys()) & _DIGESTS:
            yield "A 6.1.12: digest in a reference"
