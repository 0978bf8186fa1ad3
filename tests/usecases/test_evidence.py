"""Evidence files: harmless, encrypted, found again, and photos only with consent."""

from __future__ import annotations

import io
import time
import uuid
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop_advisor.storage.attachments import AttachmentFiles
from desktop_advisor.storage.models import Attachment
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.accepted_files import (
    LARGEST_BYTES,
    EmptyFile,
    Executable,
    TooLarge,
    UnknownKind,
    kind_of,
)
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.evidence import (
    AttachmentView,
    FileNotHere,
    PhotoConsentMissing,
    add_file,
    add_photo,
    list_files,
    looks_like_a_photo,
    read_file,
    record_photo_consent,
    remove_file,
    require_photo_consent,
    restore_file,
    thumbnail,
)
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.pictures import HeicPhoto, TooManyPixels, UnreadablePicture
from desktop_advisor.usecases.visits import begin_visit, end_visit, plan_visit, record_consent
from desktop_advisor.usecases.workplace import Workplace
from sync.client.port import Enrolment, Settlement
from tests.workplaces import workplace

ASSESSMENT = uuid.uuid4()
PDF = b"%PDF-1.7\nQualifikationsmatrix der Kernmacherei\n%%EOF"
GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


@pytest.fixture
def case_id(place: Workplace, company_id: uuid.UUID, visit_id: uuid.UUID) -> uuid.UUID:
    case = show_company_file(place, company_id).case_id
    assert case is not None
    return case


@pytest.fixture
def consented(place: Workplace, visit_id: uuid.UUID) -> None:
    record_consent(place, visit_id, "photos", granted=True, given_by="Martin Uhlig")


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Workplace]:
    made = workplace(tmp_path / "anderer", name="Ute Klein")
    yield made
    made.close()


def photo(size: tuple[int, int] = (80, 40), *, orientation: int = 1) -> bytes:
    """A JPEG as a telephone makes it: left half red, right half blue, place and maker inside."""
    image = Image.new("RGB", size, (200, 0, 0))
    image.paste((0, 0, 200), (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = "Telefonwerk"
    exif.get_ifd(GPS).update({1: "N", 2: (50.0, 43.0, 12.0), 3: "E", 4: (12.0, 29.0, 0.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, quality=95, comment=b"Halle 3")
    return out.getvalue()


def keep_photo(
    place: Workplace, case_id: uuid.UUID, content: bytes, name: str = "a.jpg"
) -> AttachmentView:
    return add_photo(
        place, case_id=case_id, assessment_id=ASSESSMENT, question="q1", name=name, content=content
    )


def keep_file(
    place: Workplace, case_id: uuid.UUID, content: bytes = PDF, name: str = "Matrix.pdf"
) -> AttachmentView:
    return add_file(
        place, case_id=case_id, assessment_id=ASSESSMENT, question="q1", name=name, content=content
    )


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims that size and is empty after its head."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = zlib.crc32(kind + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + kind + body + crc

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    body = (
        chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 50_000)) + chunk(b"IEND", b"")
    )
    return b"\x89PNG\r\n\x1a\n" + body


def archive(*names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


@pytest.mark.usefixtures("consented")
def test_place_and_maker_are_gone_from_a_kept_photo(place: Workplace, case_id: uuid.UUID) -> None:
    original = photo()
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(GPS)
    kept = keep_photo(place, case_id, original)
    read = read_file(place, kept.attachment_id)
    opened = Image.open(io.BytesIO(read))
    assert opened.format == "JPEG"
    assert dict(opened.getexif()) == {}
    assert not opened.getexif().get_ifd(GPS)
    assert "exif" not in opened.info
    assert "comment" not in opened.info
    assert b"Telefonwerk" not in read


@pytest.mark.usefixtures("consented")
def test_a_photo_taken_sideways_stands_upright(place: Workplace, case_id: uuid.UUID) -> None:
    kept = keep_photo(place, case_id, photo(orientation=6))
    opened = Image.open(io.BytesIO(read_file(place, kept.attachment_id)))
    assert opened.size == (40, 80)
    top, bottom = opened.getpixel((20, 10)), opened.getpixel((20, 70))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 150 > top[2]  # red, the left half, turned to the top
    assert bottom[2] > 150 > bottom[0]


@pytest.mark.usefixtures("consented")
def test_a_large_photo_is_made_small_enough_to_travel(place: Workplace, case_id: uuid.UUID) -> None:
    kept = keep_photo(place, case_id, photo((4000, 3000)))
    opened = Image.open(io.BytesIO(read_file(place, kept.attachment_id)))
    assert opened.size == (2560, 1920)


@pytest.mark.usefixtures("consented")
@pytest.mark.parametrize("side", [7_100, 10_000, 60_000])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(
    place: Workplace, case_id: uuid.UUID, side: int
) -> None:
    bomb = png_of(side, side)
    began = time.perf_counter()
    with pytest.raises(TooManyPixels):
        keep_photo(place, case_id, bomb)
    with pytest.raises(TooManyPixels):
        keep_file(place, case_id, bomb, "plan.png")
    assert time.perf_counter() - began < 1
    assert list_files(place, case_id) == []


@pytest.mark.usefixtures("consented")
def test_a_broken_or_foreign_photo_is_refused_in_words(
    place: Workplace, case_id: uuid.UUID
) -> None:
    with pytest.raises(UnreadablePicture):
        keep_photo(place, case_id, photo()[:300])
    with pytest.raises(UnreadablePicture):
        keep_photo(place, case_id, png_of(100, 5_000))
    with pytest.raises(UnreadablePicture):
        keep_photo(place, case_id, PDF)
    with pytest.raises(HeicPhoto, match="JPEG"):
        keep_photo(place, case_id, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40)


def test_without_consent_a_photo_is_not_kept_but_a_file_is(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    with pytest.raises(PhotoConsentMissing) as refused:
        keep_photo(place, case_id, photo())
    assert refused.value.visit_id == visit_id
    assert refused.value.safe
    assert refused.value.todo
    assert list_files(place, case_id) == []
    assert keep_file(place, case_id).name == "Matrix.pdf"


def test_a_consent_of_an_earlier_visit_does_not_cover_this_one(
    place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    record_consent(place, visit_id, "photos", granted=True, given_by="Martin Uhlig")
    talk = Interview(place, visit_id)
    talk.answer("d07_plan", "1")
    end_visit(place, visit_id)
    keep_photo(place, case_id, photo())
    second = plan_visit(place, company_id, starts_at=place.clock())
    begin_visit(place, second)
    for assessment_id in (talk.assessment_id, ASSESSMENT, None):
        with pytest.raises(PhotoConsentMissing) as refused:
            require_photo_consent(place, case_id, assessment_id)
        assert refused.value.visit_id == second


def test_consent_given_now_is_recorded_with_who_speaks_for_the_company(
    place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID
) -> None:
    record_photo_consent(place, case_id, ASSESSMENT)
    (visit,) = show_company_file(place, company_id).visits
    (consent,) = (c for c in visit.consents if c.purpose == "photos")
    assert consent.granted
    assert consent.given_by == "Martin Uhlig"
    assert keep_photo(place, case_id, photo()).is_picture


def test_a_withdrawn_consent_counts_no_longer(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    record_photo_consent(place, case_id, ASSESSMENT)
    record_consent(place, visit_id, "photos", granted=False, given_by="Martin Uhlig")
    with pytest.raises(PhotoConsentMissing):
        keep_photo(place, case_id, photo())


def test_files_are_found_by_case_and_question_newest_first(
    place: Workplace, case_id: uuid.UUID
) -> None:
    keep_file(place, case_id, PDF + b"1", "eins.pdf")
    keep_file(place, case_id, PDF + b"2", "zwei.pdf")
    add_file(
        place, case_id=case_id, assessment_id=None, question="", name="drei.txt", content=b"Notiz"
    )
    assert [f.name for f in list_files(place, case_id, "q1")] == ["zwei.pdf", "eins.pdf"]
    assert [f.name for f in list_files(place, case_id)] == ["drei.txt", "zwei.pdf", "eins.pdf"]
    assert [f.name for f in list_files(place, case_id, "")] == ["drei.txt"]
    assert list_files(place, uuid.uuid4()) == []
    assert all(f.is_here and f.added_at for f in list_files(place, case_id))


def test_a_removed_file_can_be_brought_back_with_its_bytes(
    place: Workplace, case_id: uuid.UUID
) -> None:
    kept = keep_file(place, case_id)
    remove_file(place, kept.attachment_id)
    assert list_files(place, case_id) == []
    restore_file(place, kept.attachment_id)
    assert list_files(place, case_id) == [kept]
    assert read_file(place, kept.attachment_id) == PDF


def test_the_same_file_twice_is_one_row_and_one_blob(place: Workplace, case_id: uuid.UUID) -> None:
    first = keep_file(place, case_id)
    assert keep_file(place, case_id) == first
    add_file(place, case_id=case_id, assessment_id=None, question="q2", name="b.pdf", content=PDF)
    assert len(list_files(place, case_id)) == 2
    assert sum(p.is_file() for p in (place.folder / "anlagen").rglob("*")) == 1


def test_nothing_of_a_file_lies_readable_on_the_disk(place: Workplace, case_id: uuid.UUID) -> None:
    keep_file(place, case_id, name="Personalliste geheim.pdf")
    place.store.close()
    for path in place.folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert b"Qualifikationsmatrix" not in raw
            assert b"Personalliste" not in raw


def test_the_bytes_are_on_the_disk_before_the_row(
    place: Workplace, case_id: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def battery_death(*_args: object) -> str:
        raise OSError("simulated")

    monkeypatch.setattr(AttachmentFiles, "add", battery_death)
    with pytest.raises(OSError, match="simulated"):
        keep_file(place, case_id)
    assert list_files(place, case_id) == []


@pytest.mark.usefixtures("consented")
def test_a_thumbnail_fits_and_only_pictures_have_one(place: Workplace, case_id: uuid.UUID) -> None:
    kept = keep_photo(place, case_id, photo((400, 200)))
    small = thumbnail(place, kept.attachment_id, 96)
    assert Image.open(io.BytesIO(small)).size == (96, 48)
    assert thumbnail(place, kept.attachment_id, 96) is small
    assert thumbnail(place, keep_file(place, case_id).attachment_id, 96) == b""


def test_another_laptop_sees_the_row_and_says_that_the_bytes_are_missing(
    place: Workplace, other: Workplace, case_id: uuid.UUID
) -> None:
    kept = keep_file(place, case_id)
    enrolment = Enrolment(
        server_url="https://server.test",
        server_id="s",
        server_epoch="1",
        device_id="d",
        token="t",
        network="ITAS",
    )
    parcels = StoreChanges(place.store).outbox(10_000_000)
    frames = tuple(parcel.frame for parcel in parcels)
    StoreChanges(other.store).settle(Settlement(batch_id="b", frames=frames, enrolment=enrolment))
    (seen,) = list_files(other, case_id, "q1")
    assert (seen.name, seen.size, seen.assessment_id) == ("Matrix.pdf", len(PDF), ASSESSMENT)
    assert not seen.is_here
    assert thumbnail(other, seen.attachment_id, 96) == b""
    with pytest.raises(FileNotHere, match="synchronisieren"):
        read_file(other, seen.attachment_id)
    with place.store.read() as session:
        sha256 = session.get_one(Attachment, kept.attachment_id).sha256
    assert other.store.files.add(place.store.files.read(sha256)) == sha256  # what the sync does
    assert read_file(other, seen.attachment_id) == PDF


def test_a_picture_among_the_files_loses_its_place_too(
    place: Workplace, case_id: uuid.UUID
) -> None:
    kept = keep_file(place, case_id, photo(), "Scan.jpg")
    opened = Image.open(io.BytesIO(read_file(place, kept.attachment_id)))
    assert not opened.getexif().get_ifd(GPS)
    out = io.BytesIO()
    Image.new("RGBA", (9, 5), (1, 2, 3, 4)).save(out, "PNG", dpi=(72, 72), comment="Halle")
    drawn = read_file(place, keep_file(place, case_id, out.getvalue(), "b.png").attachment_id)
    again = Image.open(io.BytesIO(drawn))
    assert (again.format, again.size, again.getpixel((0, 0))) == ("PNG", (9, 5), (1, 2, 3, 4))
    assert again.info == {}


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml"), "word"),
        ("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml"), "spreadsheetml"),
        ("a.ods", archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "opendoc"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "excel"),
        ("a.csv", "Größe;Zahl\r\n1;2".encode("cp1252"), "text/csv"),
        ("a.txt", "Notiz".encode("utf-16"), "text/plain"),
    ],
)
def test_kinds_are_told_by_their_content(name: str, content: bytes, media_type: str) -> None:
    assert media_type in kind_of(name, content).media_type
    assert kind_of("anders.dat", content).media_type.split("/")[0] in {"application", "text"}


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("Rechnung.pdf", b"MZ\x90\x00" + b"\0" * 60, Executable),
        ("Liste.txt", b"#!/bin/sh\nrm", Executable),
        ("start.bat", b"@echo off\r\n", Executable),
        ("Seite.html", b"<html></html>", Executable),
        ("setup.msi", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60, Executable),
        ("a.zip", archive("a.exe"), UnknownKind),
        ("a.dat", bytes(range(256)), UnknownKind),
        ("a.pdf", b"", EmptyFile),
    ],
)
def test_what_is_no_evidence_is_refused(name: str, content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        kind_of(name, content)


def test_a_file_over_the_limit_is_refused_at_once(place: Workplace, case_id: uuid.UUID) -> None:
    with pytest.raises(TooLarge, match="25 MB"):
        keep_file(place, case_id, PDF + b"\0" * LARGEST_BYTES)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (r"C:\Users\x\..\Matrix.pdf", "Matrix.pdf"),
        ("../../etc/Matrix.PDF", "Matrix.PDF"),
        ("Rechnung.exe", "Rechnung.pdf"),
        ("Stand 3.11. final", "Stand 3.11. final.pdf"),
        ("a\x00\n<b>.pdf", "ab.pdf"),
        ("", "Datei.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_bare_and_ends_as_its_content_is(
    place: Workplace, case_id: uuid.UUID, given: str, kept: str
) -> None:
    assert keep_file(place, case_id, name=given).name == kept


def test_what_cameras_write_counts_as_a_photo() -> None:
    assert looks_like_a_photo(photo())
    assert looks_like_a_photo(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    assert not looks_like_a_photo(PDF)
    assert not looks_like_a_photo(b"")
