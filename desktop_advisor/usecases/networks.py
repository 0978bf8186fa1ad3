"""Networks as folders: profile, logo and own offers, read from disk (domain §0).

A network is a folder `networks/<id>/` with `profile.json`; `logo.png` and `offers.json` may be
missing. Another network is a copy of such a folder under a new name, no code is touched.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from pathlib import Path

import msgspec

from desktop_advisor.advice.network_profile import NetworkProfile, read_profile
from desktop_advisor.advice.offers import Offer, read_offers
from desktop_advisor.advice.resource_files import LARGEST_BYTES, BrokenResource, broken

PROFILE, LOGO, OFFERS = "profile.json", "logo.png", "offers.json"
LARGEST_LOGO = 1_000_000
"""Bytes; our choice: a logo on a cover needs a tenth of it."""
MOST_PIXELS = 4000
"""Of either side; our choice: 130 points on a cover print well with a sixth of it."""

_PNG = b"\x89PNG\r\n\x1a\n"
_FOLDER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class Network:
    """All a network brings along; logo: PNG bytes, empty where none is known."""

    profile: NetworkProfile
    logo: bytes = b""
    offers: tuple[Offer, ...] = ()


def read_network(folder: Path) -> Network:
    """The network of a folder; its name is the network's identifier.

    Raises:
        BrokenResource: naming the folder, the file and the field.
    """
    if not _FOLDER.fullmatch(folder.name):
        raise broken(folder.name, "heißt anders als erlaubt: Kleinbuchstaben, Ziffern, Bindestrich")
    where = f"{folder.name}/{PROFILE}"
    profile = read_profile(_content(folder / PROFILE), where)
    if profile.id not in ("", folder.name):
        raise broken(where, f"nennt die Kennung „{profile.id}“; es gilt der Name des Ordners")
    offers = folder / OFFERS
    return Network(
        profile=msgspec.structs.replace(profile, id=folder.name),
        logo=_logo(folder / LOGO),
        offers=read_offers(_content(offers), f"{folder.name}/{OFFERS}") if offers.exists() else (),
    )


def read_networks(root: Path) -> tuple[list[Network], list[BrokenResource]]:
    """Every network below `root`, by name, and what is wrong with those that cannot be read.

    One broken folder must not lock the advisors of the other networks out.
    """
    found: list[Network] = []
    faults: list[BrokenResource] = []
    for path in sorted(root.glob(f"*/{PROFILE}")):
        try:
            found.append(read_network(path.parent))
        except BrokenResource as fault:
            faults.append(fault)
    return sorted(found, key=lambda network: network.profile.name), faults


def _content(path: Path) -> bytes:
    """The bytes of a resource file, its size bounded before it is read."""
    name = f"{path.parent.name}/{path.name}"
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise broken(name, "ist zu groß")
        return path.read_bytes()
    except OSError as error:
        raise broken(name, "fehlt oder lässt sich nicht lesen") from error


def _logo(path: Path) -> bytes:
    """The picture, or nothing where there is none. Raises BrokenResource for anything but a PNG."""
    if not path.exists():
        return b""
    name = f"{path.parent.name}/{LOGO}"
    picture = _content(path)
    if len(picture) > LARGEST_LOGO:
        raise broken(name, f"ist größer als {LARGEST_LOGO // 1_000_000} MB")
    if not picture.startswith(_PNG) or len(picture) < 24:
        raise broken(name, "ist kein PNG-Bild")
    width, height = struct.unpack(">II", picture[16:24])
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise broken(name, f"hat mehr als {MOST_PIXELS} Bildpunkte je Seite")
    return picture
