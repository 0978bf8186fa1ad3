"""What the console's QR code holds: an address that says where and with which code to enrol."""

from __future__ import annotations

import base64
import binascii
import ssl
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

SCHEME = "advisor"
_LONGEST = 64 * 1024


@dataclass(frozen=True)
class EnrolmentText:
    """ca_pem: certificates of the only authority that may vouch for the server; "" for any."""

    server: str
    code: str
    ca_pem: str = ""


def read_enrolment_text(text: str) -> EnrolmentText | None:
    """The parts of advisor://enrol?server=…&code=…[&ca=…]; None where the text is none.

    ca: a certificate as PEM, or as DER in Base64 or Base64url. One that cannot be read makes the
    whole text unreadable, as the server would be trusted on weaker grounds than was meant.
    """
    plain = "".join(text.split()) if "BEGIN" not in text else text.strip()
    if len(plain) > _LONGEST:
        return None
    try:
        parts = urlsplit(plain)
        found = parse_qs(parts.query, max_num_fields=10)
    except ValueError:
        return None
    server, code = (found.get(name, [""])[0].strip() for name in ("server", "code"))
    if parts.scheme.lower() != SCHEME or not server or not code:
        return None
    ca_pem = _pem(found["ca"][0]) if found.get("ca") else ""
    return None if ca_pem is None else EnrolmentText(server, code, ca_pem)


def _pem(text: str) -> str | None:
    """The certificate as PEM; None where it is none."""
    if "-----BEGIN CERTIFICATE-----" in text:
        return text
    plain = text.strip().replace(" ", "+").replace("-", "+").replace("_", "/")
    try:
        der = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    return ssl.DER_cert_to_PEM_cert(der) if der.startswith(b"\x30\x82") else None
