"""A network's and a time-stamp service's certification authority, with lists of what they revoked.

Keys are made once per run; nothing here is random but they.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

NOW = datetime(2026, 11, 24, 11, 42, tzinfo=UTC)
PASSWORD = "ein langes Passwort"
LISTS = "http://lists.invalid"
"""Where the certificates say that revocation lists lie; a test's `get` answers for it."""

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(eq=False)
class Authority:
    """Issues certificates and says which it revoked.

    short: its name in addresses. today: what its certificates and lists are dated by.
    """

    name: str
    short: str
    key: Key = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    revoked: list[int] = field(default_factory=list)
    base: str = LISTS
    today: datetime = NOW

    def __post_init__(self) -> None:
        """Its own certificate, signed by itself."""
        self.certificate = self._signed(self.name, self.key.public_key(), is_ca=True)

    @property
    def der(self) -> bytes:
        """Its certificate."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def list_url(self) -> str:
        """Where its certificates say the list lies."""
        return f"{self.base}/{self.short}.crl"

    def issue(
        self,
        name: str,
        key: Key,
        *,
        stamps: bool = False,
        lists: bool = True,
        answers: str = "",
        begins: datetime | None = None,
        ends: datetime | None = None,
    ) -> x509.Certificate:
        """A certificate for this key. stamps: for a time-stamp service. lists: names the list.

        answers: address of an OCSP responder. begins, ends: yesterday, and in a year.
        """
        return self._signed(
            name,
            key.public_key(),
            stamps=stamps,
            lists=lists,
            answers=answers,
            begins=begins or self.today - timedelta(days=1),
            ends=ends or self.today + timedelta(days=365),
        )

    def revocation_list(
        self, made: datetime | None = None, lasts: timedelta = timedelta(days=7)
    ) -> bytes:
        """The list of what was revoked, DER. made: an hour ago."""
        made = made or self.today - timedelta(hours=1)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(made)
            .next_update(made + lasts)
            .add_extension(x509.CRLNumber(1), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
        )
        for serial in self.revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(serial)
            builder = builder.add_revoked_certificate(entry.revocation_date(made).build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def ocsp_answer(self, request: bytes, certificate: x509.Certificate) -> bytes:
        """That this certificate is in order, in answer to a request that asks for it."""
        asked = ocsp.load_der_ocsp_request(request)
        assert asked.serial_number == certificate.serial_number
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=certificate,
            issuer=self.certificate,
            algorithm=asked.hash_algorithm,
            cert_status=ocsp.OCSPCertStatus.GOOD,
            this_update=NOW,
            next_update=NOW + timedelta(days=1),
            revocation_time=None,
            revocation_reason=None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.certificate)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def _signed(
        self,
        name: str,
        public: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
        *,
        is_ca: bool = False,
        stamps: bool = False,
        lists: bool = False,
        answers: str = "",
        begins: datetime | None = None,
        ends: datetime | None = None,
    ) -> x509.Certificate:
        usage = x509.KeyUsage(not is_ca, not is_ca, False, False, False, is_ca, is_ca, False, False)
        issuer_key = self.key.public_key()
        builder = (
            x509.CertificateBuilder()
            .subject_name(_named(name))
            .issuer_name(_named(self.name))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins or self.today - timedelta(days=30))
            .not_valid_after(ends or self.today + timedelta(days=3650))
            .add_extension(x509.BasicConstraints(is_ca, None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False
            )
        )
        if stamps:
            purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(purpose, critical=True)
        if lists:
            full = [x509.UniformResourceIdentifier(self.list_url)]
            point = x509.DistributionPoint(full, None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        if answers:
            access = x509.AccessDescription(
                AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(answers)
            )
            builder = builder.add_extension(x509.AuthorityInformationAccess([access]), False)
        return builder.sign(self.key, hashes.SHA256())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


@cache
def network() -> Authority:
    """The advisory network's authority, which vouches for advisors."""
    return Authority("Netzwerk-CA", "netzwerk")


@cache
def stamps() -> Authority:
    """The authority above the time-stamp service."""
    return Authority("Zeitstempel-CA", "zeitstempel")


@cache
def stamping_key() -> rsa.RSAPrivateKey:
    """The time-stamp service's key."""
    return rsa.generate_private_key(65537, 2048)


@cache
def advisor_p12(name: str = "Mareike Sonntag", lists: bool = True) -> bytes:
    """An advisor's key with a certificate of the network, as PKCS#12 under PASSWORD."""
    key = ec.generate_private_key(ec.SECP256R1())
    return as_p12(key, network().issue(name, key, lists=lists), network())


def as_p12(key: Key, certificate: x509.Certificate, issuer: Authority) -> bytes:
    """Key, certificate and the one above under PASSWORD."""
    cheap = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(1000)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(PASSWORD.encode())
    )
    return pkcs12.serialize_key_and_certificates(b"", key, certificate, [issuer.certificate], cheap)
