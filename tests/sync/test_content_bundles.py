"""Content is published under the authority's signature, counted up, bounded, shown to its own."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterator

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from sync import content as bundle
from sync.client.calls import Calls
from sync.client.errors import RevokedError
from sync.client.port import Enrolment
from sync.server import administration, audit, authority
from sync.server.administration import AdministrationError
from sync.server.content import bundles, publish
from tests.sync.central import CA_PASSPHRASE, NETWORK, Central
from tests.sync.memory_store import MemoryStore

FILES = {"forms/kurz.md": b"# survey", "networks/itas/profile.json": b"{}"}


@pytest.fixture
def central() -> Iterator[Central]:
    with Central() as made:
        authority.create(made.database, NETWORK, CA_PASSPHRASE)
        administration.add_network(made.database, "Fremd")
        yield made


def enrolled(central: Central, network: str = NETWORK) -> Enrolment:
    store = MemoryStore()
    central.enrol(store, network)
    found = store.enrolment()
    assert found is not None
    return found


def test_a_bundle_reaches_the_laptops_of_its_network_signed_and_counted(central: Central) -> None:
    calls, laptop = Calls(central.transport), enrolled(central)
    assert calls.content(laptop) is None
    assert publish(central.database, NETWORK, FILES, CA_PASSPHRASE) == 1
    assert publish(central.database, NETWORK, FILES, CA_PASSPHRASE, actor="Ute") == 2
    reply = calls.content(laptop)
    assert reply is not None
    signed, signature, archive = (
        base64.b64decode(text) for text in (reply.manifest, reply.signature, reply.archive)
    )
    certificate = x509.load_der_x509_certificate(calls.authority(laptop)[0])
    key = certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    manifest = bundle.read_manifest(signed)
    assert (manifest.network, manifest.version, reply.version) == (NETWORK, 2, 2)
    assert bundle.unpack(archive, manifest.files) == FILES
    assert calls.content(enrolled(central, "Fremd")) is None
    assert [(b.version, b.published_by) for b in bundles(central.database, NETWORK)] == [
        (2, "Ute"),
        (1, audit.COMMAND_LINE),
    ]
    acts = [entry.action for entry in audit.entries(central.database)]
    assert acts.count("content published") == 2


def test_nobody_without_a_token_sees_it(central: Central) -> None:
    publish(central.database, NETWORK, FILES, CA_PASSPHRASE)
    answer = central.transport.request("GET", "/v1/content", headers={})
    assert answer.status == 401
    stranger = Enrolment(
        server_url="", server_id="", server_epoch="", device_id="", token="x" * 43, network=""
    )
    with pytest.raises(RevokedError):
        Calls(central.transport).content(stranger)


def test_without_the_authority_or_its_passphrase_nothing_is_published(central: Central) -> None:
    for network, passphrase in (("Fremd", CA_PASSPHRASE), (NETWORK, "falsch"), ("Keins", "")):
        with pytest.raises(AdministrationError):
            publish(central.database, network, FILES, passphrase)
    assert bundles(central.database, NETWORK) == []


@pytest.mark.parametrize(
    "path",
    [
        "forms/../../start.py",
        "/etc/passwd",
        "forms/kurz.exe",
        "forms/compiled/kurz.xml",
        "networks/itas/anchors/ca.pem",
        "networks/../profile.json",
        "fonts/a.ttf",
        "forms\\kurz.md",
        "forms/.md",
        "forms/kurz.md\n",
    ],
)
def test_only_forms_catalogues_and_profiles_belong_into_a_bundle(path: str) -> None:
    with pytest.raises(bundle.ContentError):
        bundle.pack({path: b"x"})
    forged = io.BytesIO()
    with zipfile.ZipFile(forged, "w") as archive:
        archive.writestr(zipfile.ZipInfo(path), b"x")
    with pytest.raises(bundle.ContentError):
        bundle.unpack(forged.getvalue())


def test_a_bomb_and_a_broken_archive_are_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("forms/kurz.md", bytes(bundle.MAX_FILE_BYTES + 1))
    good = bundle.pack(FILES)
    for broken in (
        bomb.getvalue(),
        good[:-30],
        b"PK\x03\x04",
        b"",
        good.replace(b"# sur", b"# SUR"),
    ):
        with pytest.raises(bundle.ContentError):
            bundle.unpack(broken, {"forms/kurz.md": "0" * 64})


def test_bytes_that_were_damaged_inside_an_archive_are_refused() -> None:
    packed = bytearray(bundle.pack({"forms/kurz.md": b"# Fragen nach dem Betrieb\n" * 200}))
    start = packed.index(b"forms/kurz.md") + len("forms/kurz.md")
    packed[start : start + 20] = bytes(byte ^ 0xFF for byte in packed[start : start + 20])

    with pytest.raises(bundle.ContentError):
        bundle.unpack(bytes(packed))
