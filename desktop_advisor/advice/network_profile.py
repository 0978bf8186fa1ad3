"""Network profile: name, region, funder and texts of the network an advisor works for.

Networks end, merge and change their funder, so none of this is ever written in code (domain §0).
"""

from __future__ import annotations

import re
from datetime import date

import msgspec

from desktop_advisor.advice.resource_files import broken, decoded, typed

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class ConsentPurpose(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One purpose of data processing that is ticked by itself, off by default (domain §6)."""

    id: str
    title: str
    text: str
    title_en: str = ""
    text_en: str = ""
    is_preset: bool = False


class NetworkProfile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a network prints and asks; "" and empty mean not known or not wanted.

    id: the name of the network's folder; a file need not say it.
    region: in words. counties: AGS of five digits, empty for anywhere. funding_number:
    Förderkennzeichen, free text. project_end: last day of the funded project; note: what has to be
    confirmed before use. website: address for contact.
    main_color, tint and their dark twins: "#rrggbb", "" for the program's own.
    controller: who answers for the data (Art. 4 No. 7 GDPR), supervisory_authority for complaints.
    privacy, liability, signatures: paragraphs of the report, "what a signature is worth" last.
    reference_key: Ed25519 public key, 32 bytes in Base64, that signs the network's reference set.
    time_stamp_url: RFC 3161 service that later stamps sealed reports, when laptops synchronise.
    """

    id: str = ""
    name: str
    short_name: str
    consents: tuple[ConsentPurpose, ...]
    region: str = ""
    counties: tuple[str, ...] = ()
    funder_line: str = ""
    funding_number: str = ""
    project_end: date | None = None
    note: str = ""
    website: str = ""
    main_color: str = ""
    tint: str = ""
    main_color_dark: str = ""
    tint_dark: str = ""
    controller: str = ""
    data_protection_officer: str = ""
    supervisory_authority: str = ""
    report_footer: str = ""
    privacy: tuple[str, ...] = ()
    liability: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    reference_key: str = ""
    time_stamp_url: str = ""

    def has_ended(self, today: date) -> bool:
        """Whether the funded project is over, so that its funder line needs confirming."""
        return self.project_end is not None and self.project_end < today


def read_profile(content: bytes, name: str = "Netzwerkprofil") -> NetworkProfile:
    """The profile in the bytes of a file called `name`.

    Raises:
        BrokenResource: naming the field; also when a colour or identifier is malformed, or a
            purpose of data processing comes ticked.
    """
    profile = typed(decoded(content, name), NetworkProfile, name)
    fault = _fault(profile)
    if fault:
        raise broken(name, f"ist fehlerhaft ({fault})")
    return profile


def _fault(profile: NetworkProfile) -> str:
    if profile.id and not _ID.fullmatch(profile.id):
        return "Feld „id“: nur Kleinbuchstaben, Ziffern und Bindestriche"
    for field in ("main_color", "tint", "main_color_dark", "tint_dark"):
        colour: str = getattr(profile, field)
        if colour and not _COLOUR.fullmatch(colour):
            return f"Feld „{field}“: keine Farbe der Form #rrggbb"
    ids = [purpose.id for purpose in profile.consents]
    if len(set(ids)) < len(ids):
        return "Feld „consents“: eine Kennung kommt zweimal vor"
    if any(purpose.is_preset for purpose in profile.consents):
        return "Feld „consents“: eine Einwilligung darf nicht vorausgewählt sein"
    return ""
