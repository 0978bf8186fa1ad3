"""The network as certificate authority: it vouches for the sealing keys of its advisors.

The authority's key lies in the database under a passphrase that only the running server is given.
A certificate says which person the administrator gave the enrolment code to; where that was not
written down, it says what the device says.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_der_private_key,
)
from cryptography.x509.oid import NameOID
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.protocol import Authority, CertificateReply, ProblemType
from sync.server.administration import AdministrationError
from sync.server.database import Database, now_ms
from sync.server.devices import Caller, looked_at_again
from sync.server.models import CertificateAuthority, IssuedCertificate, Network, Registration
from sync.server.problems import RefusalError, refusal

VALID_FOR = timedelta(days=15 * 365)
"""Of the authority; our choice: longer than any report has to be kept (domain §6, ten years)."""
ISSUED_FOR = timedelta(days=3 * 365)
"""Of an advisor's certificate; our choice: about as long as a laptop."""
LIST_VALID_FOR = timedelta(days=30)
"""Of a revocation list; a laptop fetches a fresh one whenever it needs one."""
_BACKDATED = timedelta(hours=1)
"""Laptops' clocks differ; a certificate must not begin in their future."""
_LEAST_PASSPHRASE = 12
_LEAST_RSA_BITS = 2048
_LONGEST_NAME = 64
"""X.520 ub-common-name."""


def create(database: Database, network: str, passphrase: str) -> str:
    """A new authority for the network; its SHA-256 fingerprint. Raises AdministrationError."""
    if len(passphrase) < _LEAST_PASSPHRASE:
        raise AdministrationError("The passphrase needs at least 12 characters.")
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Zertifizierungsstelle {network}", network)
    certificate = _self_signed(key, name)
    with database.writing() as session:
        network_id = session.scalar(select(Network.id).where(Network.name == network))
        if network_id is None:
            raise AdministrationError(f'There is no network "{network}".')
        if session.get(CertificateAuthority, network_id) is not None:
            raise AdministrationError(f'Network "{network}" has a certificate authority already.')
        session.add(
            CertificateAuthority(
                network_id=network_id,
                certificate=certificate.public_bytes(Encoding.DER),
                key=key.private_bytes(
                    Encoding.DER,
                    PrivateFormat.PKCS8,
                    BestAvailableEncryption(passphrase.encode()),
                ),
                created_ms=now_ms(),
            )
        )
    return certificate.fingerprint(hashes.SHA256()).hex()


def issue(database: Database, caller: Caller, request: str, passphrase: str) -> CertificateReply:
    """A certificate for the caller's key; earlier ones stay valid until they end.

    request: PKCS#10, DER in Base64. Raises RefusalError.
    """
    wanted = _request(request)
    with database.writing() as session:
        looked_at_again(session, caller)  # once shut out nobody would revoke what is made now
        authority = _authority(session, caller.network_id)
        registration = session.get_one(Registration, caller.registration_id)
        network = session.get_one(Network, caller.network_id).name
        above = x509.load_der_x509_certificate(authority.certificate)
        who = registration.person or _common_name(wanted)
        made = _certified(wanted, _name(who, network), above, signing_key(authority, passphrase))
        reply = CertificateReply(
            certificate=_text(made.public_bytes(Encoding.DER)),
            authority=_text(authority.certificate),
        )
        session.add(
            IssuedCertificate(
                network_id=caller.network_id,
                serial=f"{made.serial_number:x}",
                registration_id=caller.registration_id,
                subject=who,
                issued_ms=now_ms(),
                expires_ms=int(made.not_valid_after_utc.timestamp() * 1000),
            )
        )
    return reply


def show(database: Database, caller: Caller, passphrase: str) -> Authority:
    """The caller's authority with a fresh revocation list. Raises RefusalError."""
    with database.reading() as session:
        authority = _authority(session, caller.network_id)
        revoked = session.scalars(
            select(IssuedCertificate)
            .where(
                IssuedCertificate.network_id == caller.network_id,
                IssuedCertificate.revoked_ms.is_not(None),
            )
            .order_by(IssuedCertificate.serial)
        ).all()
        above = x509.load_der_x509_certificate(authority.certificate)
        key = signing_key(authority, passphrase)
        made = _revocation_list(above, revoked).sign(key, hashes.SHA256())
        return Authority(
            authority=_text(authority.certificate),
            revocation_list=_text(made.public_bytes(Encoding.DER)),
        )


def _authority(session: Session, network_id: int) -> CertificateAuthority:
    found = session.get(CertificateAuthority, network_id)
    if found is None:
        raise _no_authority()
    return found


def _no_authority() -> RefusalError:
    return refusal(
        ProblemType.NO_AUTHORITY,
        HTTPStatus.NOT_FOUND,
        "This network has no certificate authority, or it is not open.",
    )


def _not_certified(why: str) -> RefusalError:
    title = "This request for a certificate is not granted."
    return refusal(
        ProblemType.CERTIFICATE_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY, title, detail=why
    )


def signing_key(authority: CertificateAuthority, passphrase: str) -> ec.EllipticCurvePrivateKey:
    """The authority's private key. Raises RefusalError where the passphrase does not open it."""
    try:
        key = load_der_private_key(authority.key, passphrase.encode() or None)
    except (ValueError, TypeError) as closed:
        raise _no_authority() from closed
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise _no_authority()
    return key


def _request(text: str) -> x509.CertificateSigningRequest:
    """The request, if its own signature proves that the key is at hand and strong enough."""
    try:
        wanted = x509.load_der_x509_csr(base64.b64decode(text, validate=True))
        key = wanted.public_key()
        is_valid = wanted.is_signature_valid
    except (ValueError, binascii.Error, InvalidSignature, UnsupportedAlgorithm) as error:
        raise _not_certified("It is no PKCS#10 in Base64.") from error
    is_strong = (isinstance(key, rsa.RSAPublicKey) and key.key_size >= _LEAST_RSA_BITS) or (
        isinstance(key, ec.EllipticCurvePublicKey)
        and isinstance(key.curve, ec.SECP256R1 | ec.SECP384R1 | ec.SECP521R1)
    )
    if not is_valid or not is_strong:
        raise _not_certified("It is not signed by a key that is strong enough.")
    return wanted


def _common_name(wanted: x509.CertificateSigningRequest) -> str:
    found = wanted.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    name = str(found[0].value).strip() if found else ""
    if not name or not name.isprintable():
        raise _not_certified("It has no common name.")
    return name


def _name(who: str, network: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, who[:_LONGEST_NAME]),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, network[:_LONGEST_NAME]),
        ]
    )


def _self_signed(key: ec.EllipticCurvePrivateKey, name: x509.Name) -> x509.Certificate:
    now = datetime.now(UTC)
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now + VALID_FOR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(is_authority=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )


def _certified(
    wanted: x509.CertificateSigningRequest,
    name: x509.Name,
    above: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    now = datetime.now(UTC)
    public = wanted.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(above.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(min(now + ISSUED_FOR, above.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(is_authority=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
        .sign(key, hashes.SHA256())
    )


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _revocation_list(
    above: x509.Certificate, revoked: Sequence[IssuedCertificate]
) -> x509.CertificateRevocationListBuilder:
    now = datetime.now(UTC)
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(above.subject)
        .last_update(now - _BACKDATED)
        .next_update(now + LIST_VALID_FOR)
        .add_extension(x509.CRLNumber(now_ms()), critical=False)
    )
    for row in revoked:
        moment = datetime.fromtimestamp((row.revoked_ms or 0) / 1000, tz=UTC)
        entry = x509.RevokedCertificateBuilder().serial_number(int(row.serial, 16))
        made = made.add_revoked_certificate(entry.revocation_date(moment).build())
    return made


def _text(der: bytes) -> str:
    return base64.b64encode(der).decode()
