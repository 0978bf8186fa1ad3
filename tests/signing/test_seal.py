"""The seal as pyHanko, poppler and we ourselves judge it; every tampering must be seen."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from desktop_advisor.report.drawing import draw_report
from desktop_advisor.signing.certificate import (
    CertificateError,
    UnsuitableCertificate,
    WrongCertificatePassword,
    create_certificate,
    import_p12,
)
from desktop_advisor.signing.keys import SoftwareKey
from desktop_advisor.signing.sealing import CannotSeal, seal
from desktop_advisor.signing.verification import Outcome, Verdict, verify
from tests.report.sample import FONTS, sample_report

NOW = datetime(2026, 11, 24, 11, 42, tzinfo=UTC)
PASSWORD = "ein langes Passwort"


def _now() -> datetime:
    return NOW


P12 = create_certificate("Mareike Sonntag", "ITAS Südwestsachsen", PASSWORD, _now)
ANCHOR = import_p12(P12, PASSWORD, _now).anchor


def _one_page() -> bytes:
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _seal(pdf: bytes, p12: bytes = P12, password: str = PASSWORD) -> bytes:
    key = SoftwareKey(p12, password)
    return seal(pdf, key, reason="Beratungsbericht", location="Zwickau", at=NOW)


PLAIN = _one_page()
SEALED = _seal(PLAIN)


def _judge(pdf: bytes, anchors: tuple[bytes, ...] = (ANCHOR,)) -> Verdict:
    return verify(pdf, expected_sha256=None, anchors=anchors, now=NOW)


def _said_by(tool: str, *options: str, pdf: bytes, folder: Path) -> str:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    file = folder / "sealed.pdf"
    file.write_bytes(pdf)
    run = subprocess.run([tool, *options, str(file)], capture_output=True, text=True, check=False)
    return run.stdout


def test_the_sealed_report_convinces_pyhanko_and_poppler(tmp_path: Path) -> None:
    sealed = _seal(draw_report(sample_report(), FONTS))
    embedded = PdfFileReader(BytesIO(sealed), strict=True).embedded_signatures[0]
    root = embedded.signer_cert
    status = validate_pdf_signature(
        embedded, ValidationContext(trust_roots=[root], moment=NOW, best_signature_time=NOW)
    )
    assert status.bottom_line
    said = _said_by("pdfsig", pdf=sealed, folder=tmp_path)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "Mareike Sonntag" in said


def test_the_sealed_report_stays_clean_and_embeds_its_fonts(tmp_path: Path) -> None:
    sealed = _seal(draw_report(sample_report(), FONTS))
    assert "No syntax or stream encoding errors" in _said_by(
        "qpdf", "--check", pdf=sealed, folder=tmp_path
    )
    fonts = _said_by("pdffonts", pdf=sealed, folder=tmp_path).splitlines()[2:]
    assert fonts
    assert all("yes yes yes" in line for line in fonts)


def test_the_seal_leaves_the_pages_and_their_description_alone() -> None:
    drawn = draw_report(sample_report(), FONTS)
    sealed = _seal(drawn)
    assert sealed.startswith(drawn)
    with pikepdf.open(BytesIO(drawn)) as before, pikepdf.open(BytesIO(sealed)) as after:
        assert dict(before.docinfo.items()) == dict(after.docinfo.items())


def test_an_untouched_seal_is_valid_on_all_four_points() -> None:
    recorded = hashlib.sha256(SEALED).hexdigest()
    verdict = verify(SEALED, expected_sha256=recorded, anchors=[ANCHOR], now=NOW)
    assert verdict.outcome is Outcome.VALID
    assert [p.holds for p in verdict.points] == [True, True, True, True]
    assert verdict.signer == "Mareike Sonntag"
    assert verdict.sealed_at == NOW


@pytest.mark.parametrize("anchors", [(), "someone else"])
def test_a_stranger_s_seal_is_intact_but_unknown(anchors: tuple[bytes, ...] | str) -> None:
    if isinstance(anchors, str):
        other = create_certificate(anchors, "", PASSWORD, _now)
        anchors = (import_p12(other, PASSWORD, _now).anchor,)
    verdict = _judge(SEALED, anchors)
    assert verdict.outcome is Outcome.VALID_BUT_UNKNOWN_ISSUER
    assert verdict.sealed_by.startswith("Nach eigener Angabe des Zertifikats gesiegelt von ")
    assert verdict.fingerprint in verdict.points[-1].reason
    assert verdict.fingerprint in verdict.points[-1].reason


def test_another_file_than_recorded_is_changed_even_if_its_seal_holds() -> None:
    verdict = verify(SEALED, expected_sha256="0" * 64, anchors=[ANCHOR])
    assert verdict.outcome is Outcome.CHANGED
    assert not verdict.is_intact


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(position=st.integers(0, len(SEALED) - 1), flip=st.integers(1, 255))
def test_one_changed_byte_is_never_intact(position: int, flip: int) -> None:
    broken = bytearray(SEALED)
    broken[position] ^= flip
    assert not _judge(bytes(broken)).is_intact


_CMS_START = SEALED.index(b"/Contents <") + len(b"/Contents <")
_CMS_DIGITS = len(SEALED[_CMS_START : SEALED.index(b">", _CMS_START)].rstrip(b"0"))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, _CMS_DIGITS - 1), st.sampled_from("0123456789abcdefABCDEF"))
def test_another_digit_within_the_seal_is_never_intact(position: int, digit: str) -> None:
    place = _CMS_START + position
    broken = SEALED[:place] + digit.encode() + SEALED[place + 1 :]
    assert _judge(broken).is_intact is (broken == SEALED)


def test_the_unsigned_version_numbers_of_the_seal_are_fixed() -> None:
    numbers = [
        i for i in range(_CMS_START, _CMS_START + _CMS_DIGITS, 2) if SEALED[i : i + 6] == b"020101"
    ]
    assert numbers
    for place in numbers:
        broken = SEALED[:place] + b"020103" + SEALED[place + 6 :]
        assert not _judge(broken).is_intact


def test_something_hidden_behind_the_seal_is_seen() -> None:
    place = _CMS_START + _CMS_DIGITS + 500
    assert _judge(SEALED[:place] + b"7F" + SEALED[place + 2 :]).outcome is Outcome.CHANGED


@pytest.mark.parametrize("is_visible", [True, False])
def test_an_appended_revision_is_changed(is_visible: bool) -> None:
    out = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(SEALED), strict=True)
    if is_visible:
        stream = generic.StreamObject(stream_data=b"0 0 200 200 re f")
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Contents"] = writer.add_object(stream)
        writer.update_container(page)
    else:
        writer.add_object(generic.pdf_string("unseen"))
    writer.write(out)
    assert out.getvalue().startswith(SEALED)
    assert _judge(out.getvalue()).outcome is Outcome.CHANGED


@pytest.mark.parametrize("tail", [b"\n", b"%%EOF\n", b"x" * 100])
def test_anything_behind_the_end_is_not_intact(tail: bytes) -> None:
    assert not _judge(SEALED + tail).is_intact


def test_a_second_signature_is_not_the_expected_seal() -> None:
    signed_twice = _sign_freely(_sign_freely(PLAIN, "Eins"), "Zwei")
    assert _judge(signed_twice).outcome is Outcome.NOT_CHECKABLE


def test_a_signature_that_allows_changes_is_no_seal() -> None:
    assert _judge(_sign_freely(PLAIN, "Siegel")).outcome is Outcome.NOT_CHECKABLE


def _sign_freely(pdf: bytes, field: str) -> bytes:
    from pyhanko.sign import signers

    signer = signers.SimpleSigner.load_pkcs12_data(P12, [], PASSWORD.encode())
    metadata = signers.PdfSignatureMetadata(field_name=field)
    out = BytesIO()
    signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), metadata, signer, output=out)
    return out.getvalue()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, len(SEALED) - 1))
def test_a_truncated_file_is_not_intact(length: int) -> None:
    assert not _judge(SEALED[:length]).is_intact


@pytest.mark.parametrize("data", [PLAIN, b"", b"%PDF-1.7", b"no pdf at all"])
def test_what_carries_no_seal_is_not_checkable(data: bytes) -> None:
    verdict = _judge(data)
    assert verdict.outcome is Outcome.NOT_CHECKABLE
    assert verdict.headline == "Das Dokument ist nicht prüfbar."


def test_a_broken_anchor_never_makes_a_file_valid() -> None:
    assert _judge(SEALED, (b"no certificate",)).outcome is Outcome.NOT_CHECKABLE


def test_a_sealed_report_is_not_sealed_again() -> None:
    with pytest.raises(CannotSeal, match="bereits"):
        _seal(SEALED)


@pytest.mark.parametrize("data", [b"", b"no pdf", PLAIN[:60]])
def test_no_pdf_is_not_sealed(data: bytes) -> None:
    with pytest.raises(CannotSeal):
        _seal(data)


def test_a_wrong_password_is_said_plainly() -> None:
    with pytest.raises(WrongCertificatePassword, match="Passwort"):
        import_p12(P12, "falsch", _now)
    with pytest.raises(WrongCertificatePassword):
        _seal(PLAIN, password="falsch")
    with pytest.raises(WrongCertificatePassword):
        import_p12(b"no p12", PASSWORD, _now)


def test_an_expired_certificate_is_refused() -> None:
    with pytest.raises(UnsuitableCertificate, match="abgelaufen"):
        import_p12(P12, PASSWORD, lambda: NOW + timedelta(days=6 * 365))


def _foreign_p12(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, begins: datetime) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Fremd")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(None, key, certificate, None, NoEncryption())


@pytest.mark.parametrize(
    ("key", "begins", "why"),
    [
        (rsa.generate_private_key(65537, 1024), NOW, "schwach"),  # noqa: S505 - weak on purpose
        (ec.generate_private_key(ec.SECP192R1()), NOW, "schwach"),
        (ec.generate_private_key(ec.SECP256R1()), NOW + timedelta(days=1), "erst ab"),
    ],
)
def test_an_unsuitable_certificate_names_the_reason(
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, begins: datetime, why: str
) -> None:
    with pytest.raises(CertificateError, match=why):
        import_p12(_foreign_p12(key, begins), "", _now)


def test_an_imported_chain_of_an_authority_seals_and_verifies_to_its_root() -> None:
    p12, root = _issued_p12()
    certificate = import_p12(p12, PASSWORD, _now)
    assert not certificate.is_self_issued
    assert certificate.anchor == root
    verdict = _judge(_seal(PLAIN, p12), (root,))
    assert verdict.outcome is Outcome.VALID
    assert verdict.signer == "Beraterin"


def _issued_p12() -> tuple[bytes, bytes]:
    from cryptography.hazmat.primitives.serialization import Encoding

    root_key, key = rsa.generate_private_key(65537, 2048), rsa.generate_private_key(65537, 2048)
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Netzwerk-CA")])
    holder = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Beraterin")])
    begins, ends = NOW - timedelta(days=1), NOW + timedelta(days=30)

    def build(subject: x509.Name, public: rsa.RSAPublicKey, *, is_ca: bool) -> x509.Certificate:
        usage = x509.KeyUsage(not is_ca, not is_ca, False, False, False, is_ca, is_ca, False, False)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(root_name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(ends)
            .add_extension(x509.BasicConstraints(is_ca, None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()),
                critical=False,
            )
            .sign(root_key, hashes.SHA256())
        )

    root = build(root_name, root_key.public_key(), is_ca=True)
    leaf = build(holder, key.public_key(), is_ca=False)
    p12 = pkcs12.serialize_key_and_certificates(
        b"x", key, leaf, [root], BestAvailableEncryption(PASSWORD.encode())
    )
    return p12, root.public_bytes(Encoding.DER)
