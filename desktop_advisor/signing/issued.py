"""A certificate from an authority for a key that stays here (RFC 2986, RFC 5280)."""

from __future__ import annotations

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs12
from cryptography.x509.oid import NameOID

from desktop_advisor.signing.certificate import (
    UnsuitableCertificate,
    WrongCertificatePassword,
    protected_by,
)

_Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def signing_request(p12: bytes, password: str, name: str) -> bytes:
    """A PKCS#10 request for the key of the file, DER. Raises WrongCertificatePassword."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name.strip()[:64])])
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    return builder.sign(_key(p12, password), hashes.SHA256()).public_bytes(Encoding.DER)


def with_issued(p12: bytes, password: str, certificate: bytes, authority: bytes) -> bytes:
    """The same key with the certificate it was given and the one above, as PKCS#12.

    certificate, authority: DER, as the authority sent them.

    Raises:
        WrongCertificatePassword: the file does not open.
        UnsuitableCertificate: the certificate is for another key, or not by that authority.
    """
    key = _key(p12, password)
    try:
        made = x509.load_der_x509_certificate(certificate)
        above = x509.load_der_x509_certificate(authority)
        made.verify_directly_issued_by(above)
    except (ValueError, TypeError, InvalidSignature) as broken:
        raise UnsuitableCertificate("Es stammt nicht von der genannten Stelle.") from broken
    if _raw(made.public_key()) != _raw(key.public_key()):
        raise UnsuitableCertificate("Es gehört zu einem anderen Schlüssel.")
    return pkcs12.serialize_key_and_certificates(b"", key, made, [above], protected_by(password))


def _key(p12: bytes, password: str) -> _Key:
    try:
        key, _, _ = pkcs12.load_key_and_certificates(p12, password.encode())
    except (ValueError, TypeError) as closed:
        raise WrongCertificatePassword from closed
    if not isinstance(key, _Key):
        raise UnsuitableCertificate("Die Datei enthält keinen geeigneten Schlüssel.")
    return key


def _raw(key: object) -> bytes:
    if isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return b""
