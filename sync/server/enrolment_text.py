"""What a laptop is given to enrol: address, code, and by which authority it knows the server."""

from __future__ import annotations

import base64
import ssl
from pathlib import Path
from urllib.parse import urlencode

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from sync.server.audit import AdministrationError


def enrolment_text(server: str, code: str, authority: bytes = b"") -> str:
    """An address that the laptop's enrolment can take apart.

    authority: certificate (DER) of the only one that may vouch for the server; b"" for any that
    laptops know. It is said only where there is TLS.
    """
    parts = {"server": server, "code": code}
    if authority and server.startswith("https:"):
        parts["ca"] = base64.urlsafe_b64encode(authority).decode().rstrip("=")
    return "advisor://enrol?" + urlencode(parts)


def authority_of(chain: Path | None, named: Path | None) -> bytes:
    """The authority (DER) that laptops have to be told of; b"" where they know it anyway.

    chain: what the server shows, PEM. named: PEM of the authority; without it the self-signed
    certificate in the chain, unless it is one of the publicly trusted. Raises AdministrationError,
    OSError.
    """
    shown = _certificates(chain) if chain else []
    if named is not None:
        authority, *more = _certificates(named)
        if more:
            raise AdministrationError(f"{named} holds more than one certificate.")
        if shown and not any(_vouches(authority, certificate) for certificate in shown):
            raise AdministrationError(f"{named} vouches for no certificate of {chain}.")
        return authority.public_bytes(Encoding.DER)
    own = [c.public_bytes(Encoding.DER) for c in shown if _vouches(c, c)]
    return own[-1] if own and own[-1] not in _publicly_trusted() else b""


def _certificates(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except ValueError as error:
        raise AdministrationError(f"{path} holds no certificate that can be read.") from error


def _vouches(authority: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _publicly_trusted() -> frozenset[bytes]:
    """The authorities that the laptops' program brings along."""
    from requests.adapters import DEFAULT_CA_BUNDLE_PATH

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    return frozenset(context.get_ca_certs(binary_form=True))
