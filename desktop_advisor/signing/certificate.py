"""The advisor's certificate: made at set-up or imported, always kept as PKCS#12."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    KeySerializationEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from desktop_advisor.domain.clock import Clock
from desktop_advisor.domain.errors import KnownError

VALID_FOR = timedelta(days=5 * 365)
"""Our choice: longer than a funding period, shorter than the life of the curve."""
_BACKDATED = timedelta(hours=1)
"""Two laptops' clocks differ; a certificate must not begin in the other's future."""
_LEAST_RSA_BITS = 2048
PIN_ROUNDS = 600_000
"""PBKDF2-HMAC-SHA256 between PIN and key (OWASP Password Storage, 2023); tests ask for fewer."""


_Opened = tuple[PrivateKeyTypes | None, x509.Certificate | None, list[x509.Certificate]]


class CertificateError(KnownError):
    """A certificate that cannot be used."""


class WrongCertificatePassword(CertificateError):
    """The PKCS#12 file does not open with this password, or is none."""

    def __init__(self) -> None:
        super().__init__(
            "Die Zertifikatsdatei lässt sich mit diesem Passwort nicht öffnen.",
            safe="Das bisherige Zertifikat bleibt unverändert.",
            todo="Bitte prüfen Sie Passwort und Datei (.p12 oder .pfx).",
        )


class UnsuitableCertificate(CertificateError):
    """The file opens, but one cannot sign with what is in it."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"Mit diesem Zertifikat kann nicht gesiegelt werden: {why}",
            safe="Das bisherige Zertifikat bleibt unverändert.",
            todo="Bitte wählen Sie ein anderes Zertifikat oder lassen Sie eines erstellen.",
        )


@dataclass(frozen=True)
class Certificate:
    """What a person wants to know about a certificate, and the bytes verification needs.

    der: the certificate itself. issuers: the ones above it that came with the file, DER.
    fingerprint: SHA-256 in hex. is_self_issued: nobody but the holder vouches for it.
    """

    holder: str
    organisation: str
    issuer: str
    valid_from: datetime
    valid_to: datetime
    fingerprint: str
    is_self_issued: bool
    der: bytes
    issuers: tuple[bytes, ...] = ()

    @property
    def anchor(self) -> bytes:
        """What verification has to trust: the topmost certificate that came with it."""
        return self.issuers[-1] if self.issuers else self.der


def create_certificate(name: str, organisation: str, password: str, clock: Clock) -> bytes:
    """A self-issued ECDSA P-256 certificate with its key, as PKCS#12 under the password.

    It proves that a document is unchanged, not who the holder is (domain §6).
    """
    key = ec.generate_private_key(ec.SECP256R1())
    now = clock()
    holder = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name.strip()[:64] or "Beratende Person"),
            *_organisation(organisation),
        ]
    )
    public = key.public_key()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(holder)
        .issuer_name(holder)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now + VALID_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_signing_only(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        name.encode(), key, certificate, None, protected_by(password)
    )


def under_another_password(p12: bytes, old: str, new: str) -> bytes:
    """The same key and certificates under another password. Raises WrongCertificatePassword."""
    key, certificate, others = _opened(p12, old)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) or certificate is None:
        raise UnsuitableCertificate("Die Datei enthält keinen privaten Schlüssel mit Zertifikat.")
    return pkcs12.serialize_key_and_certificates(b"", key, certificate, others, protected_by(new))


def protected_by(password: str) -> KeySerializationEncryption:
    """How a PKCS#12 file is locked: AES-256, with PIN_ROUNDS between password and key."""
    builder = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(PIN_ROUNDS)
    ciphers = builder.key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
    return ciphers.hmac_hash(hashes.SHA256()).build(password.encode())


def _organisation(organisation: str) -> list[x509.NameAttribute[str]]:
    given = organisation.strip()[:64]
    return [x509.NameAttribute(NameOID.ORGANIZATION_NAME, given)] if given else []


def _signing_only() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def import_p12(data: bytes, password: str, clock: Clock) -> Certificate:
    """What the file holds, after checking that it can seal now.

    Raises:
        WrongCertificatePassword: the file does not open.
        UnsuitableCertificate: no key, expired, too weak, or not meant for signing.
    """
    key, certificate, chain = opened_p12(data, password)
    _check_key(key)
    _check_use(certificate)
    _check_period(certificate, clock())
    return _described(certificate, chain)


def opened_p12(
    data: bytes, password: str
) -> tuple[PrivateKeyTypes, x509.Certificate, list[x509.Certificate]]:
    """Key, certificate and those above, whether or not they can seal now.

    Raises as `import_p12`.
    """
    key, certificate, others = _opened(data, password)
    if key is None or certificate is None:
        raise UnsuitableCertificate("Die Datei enthält keinen privaten Schlüssel mit Zertifikat.")
    return key, certificate, _chain(certificate, others)


def read_certificates(der: bytes, others: Iterable[bytes]) -> Certificate:
    """A certificate with those of `others` that stand above it, all DER; it is not checked."""
    above = [x509.load_der_x509_certificate(other) for other in others]
    certificate = x509.load_der_x509_certificate(der)
    return _described(certificate, _chain(certificate, above))


def _opened(data: bytes, password: str) -> _Opened:
    try:
        return pkcs12.load_key_and_certificates(data, password.encode())
    except (ValueError, TypeError) as closed:
        raise WrongCertificatePassword from closed


def _check_key(key: object) -> None:
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= _LEAST_RSA_BITS:
        return
    strong = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, strong):
        return
    raise UnsuitableCertificate(
        "Der Schlüssel ist zu schwach oder von unbekannter Art (RSA ab 2048 Bit, ECDSA ab P-256)."
    )


def _check_use(certificate: x509.Certificate) -> None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.content_commitment or usage.digital_signature):
        raise UnsuitableCertificate("Es ist nicht für Signaturen ausgestellt.")


def require_period(der: bytes, moment: datetime) -> None:
    """Raises UnsuitableCertificate where the certificate does not hold at that moment."""
    _check_period(x509.load_der_x509_certificate(der), moment)


def _check_period(certificate: x509.Certificate, now: datetime) -> None:
    if now > certificate.not_valid_after_utc:
        end = f"{certificate.not_valid_after_utc:%d.%m.%Y}"
        raise UnsuitableCertificate(f"Es ist am {end} abgelaufen.")
    if now < certificate.not_valid_before_utc:
        begin = f"{certificate.not_valid_before_utc:%d.%m.%Y}"
        raise UnsuitableCertificate(f"Es gilt erst ab {begin}.")


def _chain(certificate: x509.Certificate, others: list[x509.Certificate]) -> list[x509.Certificate]:
    chain, current = [], certificate
    while current.issuer != current.subject:
        above = next((c for c in others if c.subject == current.issuer and c not in chain), None)
        if above is None:
            break
        chain.append(above)
        current = above
    return chain


def _described(certificate: x509.Certificate, chain: list[x509.Certificate]) -> Certificate:
    return Certificate(
        holder=_named(certificate.subject, NameOID.COMMON_NAME),
        organisation=_named(certificate.subject, NameOID.ORGANIZATION_NAME),
        issuer=_named(certificate.issuer, NameOID.COMMON_NAME),
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        is_self_issued=certificate.issuer == certificate.subject,
        der=certificate.public_bytes(Encoding.DER),
        issuers=tuple(c.public_bytes(Encoding.DER) for c in chain),
    )


def _named(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""
