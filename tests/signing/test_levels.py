"""From B-B to B-T in place and to B-LT behind: what changes, what stays, and who agrees."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import cms, tsp, x509
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.signing import sealing
from desktop_advisor.signing.keys import SoftwareKey
from desktop_advisor.signing.revocation import Line
from desktop_advisor.signing.sealing import BYTES_RESERVED
from desktop_advisor.signing.time_stamps import NoTimeStamp
from desktop_advisor.signing.upgrading import (
    CannotUpgrade,
    Level,
    Trust,
    Upgraded,
    add_time_stamp,
    add_validation_data,
    level_of,
    upgrade,
)
from desktop_advisor.signing.verdict import Outcome
from desktop_advisor.signing.verification import verify
from tests.signing import ades
from tests.signing.authorities import NOW, PASSWORD, Authority, advisor_p12, as_p12, stamps
from tests.signing.sealed import (
    anchors,
    completed,
    line,
    make_sealed,
    sample_pdf,
    service,
    stamp_anchors,
)
from tests.signing.time_stamp_authority import STAMPED_AT, TimeStampAuthority, lists

SEALED = make_sealed()
STAMPED = add_time_stamp(SEALED, service())
COMPLETE = completed(STAMPED)
FILES = {"B-B": SEALED, "B-T": STAMPED, "B-LT": COMPLETE}
TRUST = Trust(seals=anchors(), stamps=stamp_anchors())


def _upgraded(
    pdf: bytes = SEALED, authority: TimeStampAuthority | None = None, way: Line | None = None
) -> Upgraded:
    return upgrade(pdf, service(authority), way or line(), trust=TRUST, at=STAMPED_AT)


def _gap(pdf: bytes) -> tuple[int, int]:
    """Place of the seal's hex digits, brackets not included."""
    _start, first, second, _rest = (int(n) for n in ades.seal_of(pdf).byte_range)
    return first + 1, second - 1


def test_a_time_stamp_changes_nothing_but_hex_digits_within_the_seal() -> None:
    start, end = _gap(SEALED)
    assert end - start == BYTES_RESERVED
    assert len(STAMPED) == len(SEALED)
    assert STAMPED[:start] == SEALED[:start]
    assert STAMPED[end:] == SEALED[end:]
    assert STAMPED[start:end] != SEALED[start:end]
    assert set(STAMPED[start:end]) <= set(b"0123456789ABCDEF")


def test_a_time_stamp_leaves_what_is_signed_in_the_seal_alone() -> None:
    before, after = (ades.seal_of(pdf).signer_info for pdf in (SEALED, STAMPED))
    for part in ("sid", "signed_attrs", "signature"):
        assert before[part].dump() == after[part].dump()
    assert len(before["unsigned_attrs"]) == 0
    assert [a["type"].native for a in after["unsigned_attrs"]] == ["signature_time_stamp_token"]


def test_proofs_are_appended_as_one_revision_that_the_last_signature_covers() -> None:
    assert COMPLETE.startswith(STAMPED)
    reader = PdfFileReader(BytesIO(COMPLETE), strict=True)
    assert reader.xrefs.total_revisions == 3
    seal, stamp = reader.embedded_signatures
    assert (seal.field_name, stamp.field_name) == ("Siegel", "Zeitstempel")
    start, first, second, rest = (int(n) for n in stamp.byte_range)
    assert (start, second + rest) == (0, len(COMPLETE))
    assert COMPLETE[first:second].strip(b"<>").isalnum()


def test_the_store_names_certificates_and_lists_of_seal_and_stamp_once_each() -> None:
    with pikepdf.open(BytesIO(COMPLETE)) as pdf:
        store = pdf.Root.DSS
        names = {x509.Certificate.load(c.read_bytes()).subject.native["common_name"]
                 for c in store.Certs}  # fmt: skip
        assert names == {"Mareike Sonntag", "Netzwerk-CA", "Zeitstempeldienst", "Zeitstempel-CA"}
        assert (len(store.Certs), len(store.CRLs)) == (4, 2)
        start, end = _gap(COMPLETE)
        digest = hashlib.sha1(COMPLETE[start:end]).hexdigest().upper()  # noqa: S324 - as specified
        assert list(store.VRI.keys()) == [f"/{digest}"]


def test_an_upgrade_describes_the_document_as_before() -> None:
    with pikepdf.open(BytesIO(sample_pdf())) as before, pikepdf.open(BytesIO(COMPLETE)) as after:
        assert dict(before.docinfo.items()) == dict(after.docinfo.items())
        assert before.Root.Metadata.read_raw_bytes() == after.Root.Metadata.read_raw_bytes()
        assert before.trailer.ID[0] == after.trailer.ID[0]
        assert before.trailer.ID[1] != after.trailer.ID[1]


def test_each_level_is_known_by_its_parts() -> None:
    assert {name: str(level_of(pdf)) for name, pdf in FILES.items()} == {n: n for n in FILES}


def test_pyhanko_validates_each_level_as_what_it_is() -> None:
    soon = STAMPED_AT + timedelta(days=1)
    assert ades.basic(SEALED, soon).ades_subindic is AdESPassed.OK
    assert ades.with_time(STAMPED, soon).ades_subindic is AdESPassed.OK
    assert ades.long_term(COMPLETE, soon).ades_subindic is AdESPassed.OK


def test_only_long_term_proofs_outlive_the_certificate() -> None:
    later = NOW + timedelta(days=800)
    published = stamps().revocation_list(made=later - timedelta(hours=1))
    assert ades.long_term(COMPLETE, later, published).ades_subindic is AdESPassed.OK
    for pdf in (SEALED, STAMPED):
        assert ades.long_term(pdf, later, published).ades_subindic is not AdESPassed.OK


@pytest.mark.parametrize("level", FILES)
def test_independent_tools_find_nothing_wrong(level: str, tmp_path: Path) -> None:
    if shutil.which("qpdf") is None or shutil.which("pdfsig") is None:
        pytest.skip("qpdf or poppler-utils are not installed")
    file = tmp_path / "sealed.pdf"
    file.write_bytes(FILES[level])
    run = partial(subprocess.run, capture_output=True, text=True, check=False)
    checked = run(["qpdf", "--check", str(file)])
    assert (checked.returncode, checked.stderr) == (0, "")
    said = run(["pdfsig", "-nocert", str(file)]).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said


def test_an_upgrade_goes_as_far_as_it_can() -> None:
    whole = _upgraded()
    assert (whole.level, whole.note) == (Level.LONG_TERM, "")
    assert level_of(whole.pdf) is Level.LONG_TERM
    assert _upgraded(STAMPED).level is Level.LONG_TERM
    assert _upgraded(COMPLETE) == Upgraded(COMPLETE, Level.LONG_TERM)


@pytest.mark.parametrize(
    ("mood", "why"),
    [
        ("refusing", "abgelehnt"),
        ("garbage", "nicht lesbar"),
        ("empty", "nicht lesbar"),
        ("huge", "nicht lesbar"),
        ("wrong_nonce", "nicht zu dieser Anfrage"),
        ("wrong_digest", "nicht zu diesem Siegel"),
    ],
)
def test_a_service_that_answers_wrongly_leaves_every_byte_and_says_why(mood: str, why: str) -> None:
    result = _upgraded(authority=TimeStampAuthority(mood=mood))
    assert (result.pdf, result.level) == (SEALED, Level.BASIC)
    assert why in result.note


def test_a_service_of_another_authority_is_not_the_configured_one() -> None:
    stranger = TimeStampAuthority(authority=Authority("Fremde CA", "fremd"))
    result = _upgraded(authority=stranger)
    assert result.pdf == SEALED
    assert "nicht von dem eingestellten Dienst" in result.note


def test_without_configured_anchors_the_root_that_comes_along_is_taken() -> None:
    from desktop_advisor.signing.time_stamps import TimeStampService
    from tests.signing.time_stamp_authority import URL

    free = TimeStampService(URL, TimeStampAuthority().post)
    result = upgrade(SEALED, free, line(), trust=Trust(), at=STAMPED_AT)
    assert result.level is Level.LONG_TERM


def test_a_token_larger_than_the_reserved_space_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "BYTES_RESERVED", 4096)
    tight = make_sealed()
    result = _upgraded(tight)
    assert result.pdf == tight
    assert "größer als der freie Platz" in result.note


def _in_longer_lengths(answer: bytes) -> bytes:
    """An answer whose token says its own length in one byte more than it needs (BER)."""
    response = cms.ContentInfo.load(tsp.TimeStampResp.load(answer)["time_stamp_token"].dump())
    token = response.dump()
    longer = b"\x30\x83\x00" + token[2:]
    status = bytes.fromhex("3003020100")
    size = len(status + longer)
    return b"\x30\x82" + size.to_bytes(2, "big") + status + longer


@pytest.mark.parametrize("fault", ["other encoding", "foreign certificate"])
def test_a_token_that_our_check_would_refuse_is_not_attached(fault: str) -> None:
    authority = TimeStampAuthority(extra=(Authority("Versteck", "x").der,) * (fault[0] == "f"))
    if fault == "other encoding":
        respond = authority.respond
        authority.respond = lambda body: _in_longer_lengths(respond(body))  # type: ignore[method-assign]
    result = _upgraded(authority=authority)
    assert (result.pdf, result.level) == (SEALED, Level.BASIC)
    assert result.note.startswith("Der Zeitstempel des Dienstes ist nicht verwendbar.")


def _line_without(name: str) -> Line:
    def get(url: str) -> bytes:
        if name in url:
            raise OSError(url)
        return lists(url)

    return Line(get=get, post=line().post)


@pytest.mark.parametrize(
    ("list_name", "who"), [("netzwerk", "Mareike Sonntag"), ("zeitstempel", "Zeitstempeldienst")]
)
def test_without_a_revocation_list_it_stays_at_b_t_and_says_whose(list_name: str, who: str) -> None:
    result = _upgraded(STAMPED, way=_line_without(list_name))
    assert (result.pdf, result.level) == (STAMPED, Level.TIME_STAMPED)
    assert result.note == f"Für das Zertifikat „{who}“ gibt es keine Auskunft zu Sperren."


def test_an_ocsp_answer_is_asked_for_first_and_put_into_the_store() -> None:
    asked: list[str] = []
    authority = Authority("Fragbare CA", "fragbar")
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = authority.issue("Gefragt", key, answers="http://ocsp.invalid/")
    sealed = make_sealed("B-T", SoftwareKey(as_p12(key, certificate, authority), PASSWORD))

    def post(url: str, body: bytes, media_type: str) -> bytes:
        asked.append(f"{media_type} {url}")
        return authority.ocsp_answer(body, certificate)

    trust = Trust(seals=[authority.der], stamps=stamp_anchors())
    complete = add_validation_data(sealed, service(), Line(lists, post), trust=trust, at=STAMPED_AT)
    assert asked == ["application/ocsp-request http://ocsp.invalid/"]
    with pikepdf.open(BytesIO(complete)) as pdf:
        assert (len(pdf.Root.DSS.OCSPs), len(pdf.Root.DSS.CRLs)) == (1, 1)
    verdict = verify(complete, expected_sha256=None, anchors=[authority.der], now=STAMPED_AT)
    assert verdict.outcome is Outcome.VALID


@pytest.mark.parametrize("answer", [b"", b"garbage", bytes.fromhex("30030a0106")])
def test_a_bad_ocsp_answer_gives_way_to_the_list(answer: bytes) -> None:
    authority = Authority("Stumme CA", "stumm")
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = authority.issue("Ungefragt", key, answers="http://ocsp.invalid/")
    sealed = make_sealed("B-T", SoftwareKey(as_p12(key, certificate, authority), PASSWORD))

    def get(url: str) -> bytes:
        return authority.revocation_list() if "stumm" in url else lists(url)

    way = Line(get, lambda _url, _body, _type: answer)
    trust = Trust(seals=[authority.der], stamps=stamp_anchors())
    complete = add_validation_data(sealed, service(), way, trust=trust, at=STAMPED_AT)
    with pikepdf.open(BytesIO(complete)) as pdf:
        assert "/OCSPs" not in pdf.Root.DSS
        assert len(pdf.Root.DSS.CRLs) == 2


def test_a_certificate_that_names_no_list_stays_at_b_t() -> None:
    key = SoftwareKey(advisor_p12("Ohne Liste", lists=False), PASSWORD)
    result = _upgraded(make_sealed(key=key))
    assert result.level is Level.TIME_STAMPED
    assert "„Ohne Liste“" in result.note


def test_a_stale_list_is_not_enough() -> None:
    def get(url: str) -> bytes:
        if "netzwerk" not in url:
            return lists(url)
        return Authority.revocation_list(_network(), made=NOW - timedelta(days=90))

    result = _upgraded(STAMPED, way=Line(get, line().post))
    assert (result.pdf, result.level) == (STAMPED, Level.TIME_STAMPED)
    assert "reicht" in result.note


def _network() -> Authority:
    from tests.signing.authorities import network

    return network()


def test_a_revoked_certificate_is_never_completed() -> None:
    authority = Authority("Strenge CA", "streng")
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = authority.issue("Gesperrt", key)
    authority.revoked.append(certificate.serial_number)
    sealed = make_sealed("B-T", SoftwareKey(as_p12(key, certificate, authority), PASSWORD))

    def get(url: str) -> bytes:
        return authority.revocation_list() if "streng" in url else lists(url)

    trust = Trust(seals=[authority.der], stamps=stamp_anchors())
    result = upgrade(sealed, service(), Line(get, line().post), trust=trust, at=STAMPED_AT)
    assert (result.pdf, result.level) == (sealed, Level.TIME_STAMPED)
    assert "gesperrt" in result.note


def test_a_self_made_certificate_is_its_own_anchor_and_needs_no_list() -> None:
    from desktop_advisor.signing.certificate import create_certificate

    key = SoftwareKey(create_certificate("Allein", "", PASSWORD, lambda: NOW), PASSWORD)
    trust = Trust(seals=[key.certificate().der], stamps=stamp_anchors())
    sealed = make_sealed(key=key)
    result = upgrade(sealed, service(), line(), trust=trust, at=STAMPED_AT)
    assert (result.level, result.note) == (Level.LONG_TERM, "")


def test_a_file_without_prepared_fields_reaches_every_level() -> None:
    bare = make_sealed("B-LT", pdf=sample_pdf(prepared=False))
    assert level_of(bare) is Level.LONG_TERM
    assert ades.long_term(bare, STAMPED_AT + timedelta(days=1)).ades_subindic is AdESPassed.OK


def test_no_step_is_taken_twice_and_no_foreign_file_is_touched() -> None:
    with pytest.raises(CannotUpgrade, match="bereits"):
        add_time_stamp(STAMPED, service())
    for pdf in (SEALED, COMPLETE):
        with pytest.raises(CannotUpgrade, match="Stufe B-T"):
            add_validation_data(pdf, service(), line(), trust=TRUST, at=STAMPED_AT)
    for pdf in (b"", b"no pdf", sample_pdf(), SEALED[:-200]):
        result = _upgraded(pdf)
        assert (result.pdf, result.level) == (pdf, Level.BASIC)
        assert result.note


def test_an_unreachable_service_is_said_plainly() -> None:
    authority = TimeStampAuthority()

    def unreachable(url: str, _body: bytes, _media_type: str) -> bytes:
        raise ConnectionError(url)

    authority.post = unreachable  # type: ignore[method-assign]
    result = _upgraded(authority=authority)
    assert result == Upgraded(SEALED, Level.BASIC, "Der Zeitstempeldienst ist nicht erreichbar.")
    with pytest.raises(NoTimeStamp) as told:
        add_time_stamp(SEALED, service(authority))
    assert isinstance(told.value, KnownError)
    assert "Siegel bleibt gültig" in told.value.safe


def test_the_same_input_gives_the_same_bytes_but_for_the_signature_itself() -> None:
    again = make_sealed()
    start, end = _gap(SEALED)
    assert again[:start] == SEALED[:start]
    assert again[end:] == SEALED[end:]
