"""The network certifies sealing keys: for whom, under which name, until the laptop is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_der_private_key
from cryptography.x509.oid import NameOID

from sync.client.calls import Calls
from sync.client.enrolment import enrol
from sync.client.errors import NoAuthorityError, RevokedError, ServerSaysNoError
from sync.client.port import Enrolment
from sync.server import administration, authority
from sync.server.administration import AdministrationError
from sync.server.app import app_over
from sync.server.models import CertificateAuthority
from tests.sync.central import CA_PASSPHRASE, NETWORK, Central
from tests.sync.in_process import AppTransport
from tests.sync.memory_store import MemoryStore


@pytest.fixture(scope="module")
def central() -> Iterator[Central]:
    with Central() as made:
        authority.create(made.database, NETWORK, CA_PASSPHRASE)
        administration.add_network(made.database, "Fremd")
        yield made


def request(
    name: str = "Jana Vogel", key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | None = None
) -> bytes:
    """A PKCS#10 request under that name."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    made = builder.sign(key or ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
    return made.public_bytes(Encoding.DER)


def enrolled(central: Central, network: str = NETWORK, person: str = "") -> Enrolment:
    store = MemoryStore()
    code = administration.enrolment_code(central.database, network, person=person).text
    return enrol(store, "https://server.example", code, "Laptop", transport=central.transport)


def holder(der: bytes) -> str:
    certificate = x509.load_der_x509_certificate(der)
    return str(certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def test_a_certificate_is_signed_by_the_authority_and_signs_documents_only(
    central: Central,
) -> None:
    der, above = Calls(central.transport).certify(request(), enrolled(central))
    made, ca = x509.load_der_x509_certificate(der), x509.load_der_x509_certificate(above)
    made.verify_directly_issued_by(ca)
    assert holder(der) == "Jana Vogel"
    usage = made.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert not made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_the_name_is_that_of_the_person_the_code_was_given_to(central: Central) -> None:
    enrolment = enrolled(central, person="Ute Klein")
    der, _ = Calls(central.transport).certify(request("Der Oberbürgermeister"), enrolment)
    assert holder(der) == "Ute Klein"


FORGED = request().replace(b"Jana Vogel", b"Jana Vogex")


@pytest.mark.parametrize("nonsense", [b"", b"MII", FORGED])
def test_what_no_key_has_signed_is_not_certified(central: Central, nonsense: bytes) -> None:
    with pytest.raises(ServerSaysNoError) as refused:
        Calls(central.transport).certify(nonsense, enrolled(central))
    assert refused.value.status == (422 if nonsense else 400)


def test_a_weak_key_is_not_certified(central: Central) -> None:
    weak = rsa.generate_private_key(65537, 1024)  # noqa: S505 - it is to be refused
    with pytest.raises(ServerSaysNoError):
        Calls(central.transport).certify(request(key=weak), enrolled(central))


def test_a_network_without_authority_says_so(central: Central) -> None:
    with pytest.raises(NoAuthorityError):
        Calls(central.transport).certify(request(), enrolled(central, "Fremd"))
    with pytest.raises(NoAuthorityError):
        Calls(central.transport).authority(enrolled(central, "Fremd"))


def test_without_its_passphrase_the_authority_stays_closed(central: Central) -> None:
    line = AppTransport(app_over(central.database, central.folder / "blobs", passphrase="falsch"))
    with pytest.raises(NoAuthorityError):
        Calls(line).certify(request(), enrolled(central))
    line.close()


def test_a_revoked_laptop_gets_none_and_its_own_are_on_the_list(central: Central) -> None:
    lost, kept = enrolled(central), enrolled(central)
    der, _ = Calls(central.transport).certify(request(), lost)
    serial = x509.load_der_x509_certificate(der).serial_number
    administration.revoke(central.database, lost.device_id)
    with pytest.raises(RevokedError):
        Calls(central.transport).certify(request(), lost)
    above, listed = Calls(central.transport).authority(kept)
    revoked = x509.load_der_x509_crl(listed)
    key = x509.load_der_x509_certificate(above).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert revoked.is_signature_valid(key)
    assert [entry.serial_number for entry in revoked] == [serial]


def test_the_authority_s_key_does_not_lie_open_in_the_database(central: Central) -> None:
    with pytest.raises(AdministrationError):
        authority.create(central.database, NETWORK, CA_PASSPHRASE)
    with pytest.raises(AdministrationError):
        authority.create(central.database, "Fremd", "kurz")
    with central.database.reading() as session:
        key = session.query(CertificateAuthority).one().key
    with pytest.raises(TypeError):
        load_der_private_key(key, None)
