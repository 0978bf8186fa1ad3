"""Whose seals and time stamps this installation trusts, and where that is written."""

from __future__ import annotations

from pathlib import Path

from desktop_advisor.usecases.certificate import known_anchors
from desktop_advisor.usecases.workplace import Resources, Workplace

SEALS, STAMPS = "anchors", "stamp_anchors"
"""Folders of a network with certificates (PEM or DER): of people's authority, of time stamps'."""
_ENDINGS = {".pem", ".cer", ".crt", ".der"}


def trusted_seals(place: Workplace) -> list[bytes]:
    """This laptop's own certificates and the network's, DER."""
    return [*known_anchors(place), *network_anchors(place.resources, place.profile.id, SEALS)]


def trusted_stamps(place: Workplace) -> list[bytes]:
    """The network's time-stamp authorities, DER."""
    return network_anchors(place.resources, place.profile.id, STAMPS)


def network_anchors(resources: Resources, network_id: str, kind: str) -> list[bytes]:
    """The certificates in a network's folder; one that cannot be read is left out, never trusted.

    network_id: "" for those of every network.
    """
    pattern = f"{network_id or '*'}/{kind}/*"
    files = sorted(p for p in resources.networks.glob(pattern) if p.suffix.lower() in _ENDINGS)
    return [der for path in files if (der := _read(path))]


def _read(path: Path) -> bytes:
    from desktop_advisor.signing.isolated import read_certificate

    try:
        return read_certificate(path)
    except (OSError, ValueError):
        return b""
