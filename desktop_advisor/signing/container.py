"""The gap a seal leaves in its file: nothing may hide in it.

Bytes between the two signed ranges are the only ones a signature does not cover. So they have to be
exactly the hex of one DER structure and zeros, and in that structure everything has to be either
signed or fixed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from asn1crypto import cms

_HEX = re.compile(rb"<(?:[0-9A-F]*|[0-9a-f]*)>")
_SHA256 = "sha256"


class ContainerFault(Exception):
    """The seal's container is not what we write. is_change: proves that the file was touched."""

    def __init__(self, reason: str, *, is_change: bool = False) -> None:
        super().__init__(reason)
        self.is_change = is_change


def check_container(pdf: bytes, byte_range: Sequence[int], contents: bytes) -> None:
    """Check gap, encoding and the unsigned parts of the CMS structure.

    Raises:
        ContainerFault: something is there that the seal does not vouch for.
    """
    if len(byte_range) != 4:
        raise ContainerFault("Die gesiegelten Bereiche sind fehlerhaft.")
    start, first, second, rest = byte_range
    if start != 0 or second + rest != len(pdf) or first >= second:
        raise ContainerFault("Das Siegel deckt nicht die ganze Datei ab.", is_change=True)
    gap = pdf[first:second]
    if not _HEX.fullmatch(gap) or bytes.fromhex(gap[1:-1].decode()) != contents:
        raise ContainerFault("Im Siegel stehen fremde Zeichen.", is_change=True)
    der, padding = _split(contents)
    if any(padding):
        raise ContainerFault("Hinter dem Siegel stehen fremde Zeichen.", is_change=True)
    _check_structure(der)


def _split(contents: bytes) -> tuple[bytes, bytes]:
    """The DER structure and what follows it, by its own length (X.690 §8.1.3)."""
    if len(contents) < 4 or contents[0] != 0x30:
        raise ContainerFault("Das Siegel ist nicht lesbar.")
    short = contents[1] < 0x80
    count = 0 if short else contents[1] & 0x7F
    length = contents[1] if short else int.from_bytes(contents[2 : 2 + count], "big")
    end = 2 + count + length
    if end > len(contents):
        raise ContainerFault("Das Siegel ist unvollständig.")
    return contents[:end], contents[end:]


def _check_structure(der: bytes) -> None:
    info = cms.ContentInfo.load(der, strict=True)
    if info["content_type"].native != "signed_data":
        raise ContainerFault("Das Siegel ist von unbekannter Art.")
    data = info["content"]
    if len(data["signer_infos"]) != 1:
        raise ContainerFault("Das Siegel nennt nicht genau eine beratende Person.")
    signer = data["signer_infos"][0]
    if (data["version"].native, signer["version"].native) != ("v1", "v1"):
        raise ContainerFault("Das Siegel ist von unbekannter Fassung.")
    digests = [a["algorithm"].native for a in data["digest_algorithms"]]
    if digests != [_SHA256] or signer["digest_algorithm"]["algorithm"].native != _SHA256:
        raise ContainerFault("Das Siegel verwendet ein unbekanntes Verfahren.")
    if info.dump(force=True) != der:
        raise ContainerFault("Das Siegel ist nicht eindeutig kodiert.", is_change=True)
