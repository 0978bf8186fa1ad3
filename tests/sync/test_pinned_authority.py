"""A laptop believes a server only by the authority that it knows, over real TLS on loopback."""

from __future__ import annotations

import datetime as dt
import ipaddress
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sync.client.enrolment import enrol
from sync.client.errors import AddressNotSecureError
from sync.client.transport import HttpTransport
from sync.server.serving import bound_socket, server_for, url_of
from tests.sync.central import Central, sync
from tests.sync.memory_store import MemoryStore

NOW = dt.datetime.now(dt.UTC)


class TestAuthority:
    """A self-made certificate authority."""

    __test__ = False

    def __init__(self, name: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        basic = x509.BasicConstraints(ca=True, path_length=0)
        builder = self._builder(self._name, self._key.public_key())
        self._certificate = builder.add_extension(basic, critical=True).sign(
            self._key, hashes.SHA256()
        )
        self.pem = self._certificate.public_bytes(serialization.Encoding.PEM).decode()

    def write_server(self, folder: Path) -> Path:
        """A PEM file with a key and a certificate for 127.0.0.1."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Server")])
        address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
        certificate = (
            self._builder(name, key.public_key())
            .add_extension(x509.SubjectAlternativeName([address]), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        path = folder / "server.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        return path

    def _builder(
        self, subject: x509.Name, public: ec.EllipticCurvePublicKey
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - dt.timedelta(days=1))
            .not_valid_after(NOW + dt.timedelta(days=1))
        )


@pytest.fixture(scope="module")
def ours() -> TestAuthority:
    """The network's own authority."""
    return TestAuthority("Netz ITAS")


@pytest.fixture
def https(central: Central, ours: TestAuthority, tmp_path: Path) -> Iterator[str]:
    """The server behind a certificate of that authority."""
    listening = bound_socket("127.0.0.1", 0)
    server = server_for(central.app, certificate=str(ours.write_server(tmp_path)))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    yield url_of(listening, is_tls=True)
    server.should_exit = True
    thread.join()
    listening.close()


def test_a_laptop_enrols_and_syncs_by_the_pinned_authority_and_remembers_it(
    central: Central, https: str, ours: TestAuthority
) -> None:
    store = MemoryStore()

    enrolment = enrol(store, https, central.code(), "Laptop", ca_pem=ours.pem)
    with HttpTransport(https, ca_pem=enrolment.ca_pem) as line:
        outcome = sync(store, line)

    assert outcome.requests == 1
    assert store.enrolment() == enrolment
    assert enrolment.ca_pem == ours.pem


def test_a_server_of_another_authority_is_refused_whatever_the_environment_says(
    central: Central,
    https: str,
    ours: TestAuthority,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trusted = tmp_path / "trusted.pem"
    trusted.write_text(ours.pem)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(trusted))
    code = central.code()

    with pytest.raises(AddressNotSecureError):
        enrol(MemoryStore(), https, code, "Laptop", ca_pem=TestAuthority("Fremdes Netz").pem)
    enrol(MemoryStore(), https, code, "Laptop", ca_pem=ours.pem)


def test_a_server_of_no_public_authority_is_refused_without_a_pin(
    central: Central, https: str
) -> None:
    with pytest.raises(AddressNotSecureError):
        enrol(MemoryStore(), https, central.code(), "Laptop")


@pytest.mark.parametrize("pem", ["kein Zertifikat", "-----BEGIN CERTIFICATE-----\nx\n"])
def test_an_authority_that_cannot_be_read_is_refused(pem: str) -> None:
    with pytest.raises(AddressNotSecureError):
        HttpTransport("https://server.example", ca_pem=pem)
