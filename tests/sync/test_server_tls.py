"""The server speaks TLS by its own certificate, and laptops trust no other."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from sync.client.calls import Calls
from sync.client.errors import AddressNotSecureError
from sync.client.transport import HttpTransport
from sync.server.cli import main
from sync.server.serving import bound_socket, server_for, url_of
from tests.sync.central import Central


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """PEM files of a certificate for this machine, and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    paths = tmp_path / "server.pem", tmp_path / "server-key.pem"
    paths[0].write_bytes(made.public_bytes(Encoding.PEM))
    paths[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return paths


@contextmanager
def secured(central: Central, certificate: Path, key: Path) -> Iterator[str]:
    """The address of the server over TLS, while the block runs."""
    with bound_socket("127.0.0.1", 0) as bound:
        server = server_for(central.app, certificate=str(certificate), key=str(key))
        thread = threading.Thread(target=server.run, args=([bound],))
        thread.start()
        try:
            yield url_of(bound, is_tls=True)
        finally:
            server.should_exit = True
            thread.join()


def test_a_laptop_reaches_a_server_whose_certificate_it_trusts(
    central: Central, certificate: tuple[Path, Path]
) -> None:
    chain, key = certificate
    with secured(central, chain, key) as url:
        assert url.startswith("https://127.0.0.1:")
        with HttpTransport(url, ca_file=str(chain), pause=lambda _: None) as line:
            assert Calls(line).health().service == "advisor-server"
        with (
            HttpTransport(url, pause=lambda _: None) as line,
            pytest.raises(AddressNotSecureError),
        ):
            Calls(line).health()


def test_a_key_that_does_not_fit_is_said_before_anything_is_served(
    central: Central,
    certificate: tuple[Path, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = tmp_path / "other.pem"
    other.write_text("no key")
    url = f"sqlite:///{central.folder / 'server.sqlite'}"
    options = ["--port", "0", "--blobs", str(tmp_path), "--database-url", url]

    code = main(["serve", *options, "--certificate", str(certificate[0]), "--key", str(other)])

    assert code == 1
    assert "advisor-server:" in capsys.readouterr().err
