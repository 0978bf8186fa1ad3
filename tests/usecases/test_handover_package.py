"""A company file goes from laptop to laptop without a server: whole, once, or not at all."""

from __future__ import annotations

import hashlib
import tracemalloc
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_advisor.storage.log_tables import LoggedChange, Upload
from desktop_advisor.storage.models import Attachment, Company
from desktop_advisor.storage.package_errors import (
    BadReceivingKey,
    DamagedPackage,
    ForPassphrase,
    ForRecipient,
    NewerPackage,
    NotAPackage,
    PackageError,
    TruncatedPackage,
    WrongPackagePassphrase,
)
from desktop_advisor.storage.sealed_stream import (
    CHUNK_BYTES,
    MAGIC,
    TAG_BYTES,
    Lock,
    Opener,
    SealedReader,
    SealedWriter,
    lock_with_passphrase,
)
from desktop_advisor.storage.sync_models import ErasedFile, JournalEntry
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.exporting import export_company_file
from desktop_advisor.usecases.handover_package import (
    PackageCancelled,
    PassphraseTooShort,
    for_passphrase,
    for_recipient,
    suggested_passphrase,
    write_package,
)
from desktop_advisor.usecases.package_intake import TakenAlready, preview_package, take_package
from desktop_advisor.usecases.receiving_key import key_text, read_key, receiving_key
from desktop_advisor.usecases.workplace import Workplace
from tests.sync.store_bench import waiting
from tests.workplaces import CHEAP, workplace

PHRASE = "Ofen drei bleibt kalt"
PHOTO = bytes(range(256)) * 900


@pytest.fixture
def colleague(tmp_path: Path) -> Iterator[Workplace]:
    made = workplace(tmp_path / "zwei", name="Ralf Kunz")
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def photo(place: Workplace, company_id: uuid.UUID) -> str:
    """SHA-256 of an attachment of the company file."""
    return _attach(place, company_id, PHOTO)


@pytest.fixture
def package(place: Workplace, company_id: uuid.UUID, photo: str, stick: Path) -> Path:
    """The company file with its attachment, under PHRASE."""
    assert photo
    return write_package(place, [company_id], stick, _phrase()).path


def _phrase() -> Lock:
    return for_passphrase(PHRASE, CHEAP)


def _attach(place: Workplace, company_id: uuid.UUID, content: bytes) -> str:
    with place.store.edit(place.author) as session:
        sha256 = place.store.files.add(content)
        session.add(
            Attachment(id=uuid.uuid4(), company_id=company_id, sha256=sha256, size=len(content))
        )
    return sha256


def _rename(place: Workplace, company_id: uuid.UUID, name: str) -> None:
    with place.store.edit(place.author) as session:
        session.get_one(Company, company_id).name = name


def _name(place: Workplace, company_id: uuid.UUID) -> str:
    with place.store.read() as session:
        return session.get_one(Company, company_id).name


def _log(place: Workplace) -> list[tuple[bytes, int, int]]:
    with place.store.read() as session:
        rows = session.scalars(select(LoggedChange).order_by(LoggedChange.writer, LoggedChange.n))
        return [(row.writer, row.n, row.upload) for row in rows]


def _take(place: Workplace, path: Path, phrase: str = PHRASE) -> None:
    take_package(place, preview_package(place, path, phrase), phrase)


def test_a_package_brings_the_whole_file_with_its_attachments(
    place: Workplace, company_id: uuid.UUID, colleague: Workplace, package: Path, photo: str
) -> None:
    before = _log(colleague)
    preview = preview_package(colleague, package, PHRASE)
    assert _log(colleague) == before, "a preview writes nothing"
    assert not colleague.store.files.has(photo)
    (company,) = preview.companies
    assert (company.name, company.is_new, company.known) == ("Gießerei Muldental GmbH", True, 0)
    assert company.fresh == company.changes == preview.fresh > 5
    assert (preview.author, preview.network) == ("Jana Vogel", place.profile.name)
    assert (preview.fresh_attachments, preview.fresh_bytes) == (1, len(PHOTO))

    take_package(colleague, preview, PHRASE)

    assert export_company_file(colleague, company_id, is_complete=True) == export_company_file(
        place, company_id, is_complete=True
    )
    assert colleague.store.files.read(photo) == PHOTO
    names = {(writer, n) for writer, n, _ in _log(place)}
    assert {(writer, n) for writer, n, _ in _log(colleague)} == names
    assert {upload for *_, upload in _log(colleague)} == {Upload.LOCAL}
    with colleague.store.read() as session:
        (line,) = session.scalars(select(JournalEntry))
    assert (line.kind, "Jana Vogel" in line.text) == ("package", True)
    assert "Muldental" not in line.text


def test_a_file_that_is_shown_in_another_goes_along(
    place: Workplace, company_id: uuid.UUID, colleague: Workplace, stick: Path
) -> None:
    other = create_company(place, CompanyDraft(name="Muldental Guss"))
    create_company(place, CompanyDraft(name="Unbeteiligt"))
    with place.store.edit(place.author) as session:
        session.get_one(Company, other).merged_into = company_id
    written = write_package(place, [company_id], stick, _phrase())
    _take(colleague, written.path)
    assert (written.files, _name(colleague, other)) == (2, "Muldental Guss")


def test_only_the_recipients_laptop_opens_what_was_locked_to_it(
    place: Workplace, company_id: uuid.UUID, colleague: Workplace, stick: Path
) -> None:
    typed = receiving_key(colleague).lower().replace("-", " ").replace("0", "o")
    path = write_package(place, [company_id], stick, for_recipient(typed)).path
    with pytest.raises(ForRecipient):
        preview_package(place, path)
    take_package(colleague, preview_package(colleague, path))
    assert _name(colleague, company_id) == "Gießerei Muldental GmbH"


def test_a_slip_in_a_receiving_key_is_seen() -> None:
    public = bytes(range(32))
    text = key_text(public)
    assert len(text.split("-")) == 14
    assert read_key(text) == public
    for place, sign in enumerate(text):
        if sign != "-":
            other = "7" if sign != "7" else "8"
            with pytest.raises(BadReceivingKey):
                read_key(text[:place] + other + text[place + 1 :])
    with pytest.raises(BadReceivingKey):
        read_key(text[:-1])


def test_the_same_package_twice_says_that_it_is_taken_already(
    colleague: Workplace, package: Path
) -> None:
    _take(colleague, package)
    after = _log(colleague)
    again = preview_package(colleague, package, PHRASE)
    assert again.is_taken_already
    assert again.companies[0].known == again.companies[0].changes
    with pytest.raises(TakenAlready):
        take_package(colleague, again, PHRASE)
    assert _log(colleague) == after


def test_packages_both_ways_end_equal_and_show_what_conflicts(
    place: Workplace, company_id: uuid.UUID, colleague: Workplace, package: Path, stick: Path
) -> None:
    _take(colleague, package)
    _rename(place, company_id, "Guss Muldental SE")
    _rename(colleague, company_id, "Muldental Guss AG")
    there = write_package(place, [company_id], stick, _phrase()).path
    back = write_package(colleague, [company_id], stick, _phrase()).path
    assert there != back
    preview = preview_package(colleague, there, PHRASE)
    assert (preview.fresh, preview.conflicts) == (1, 1)
    assert _name(colleague, company_id) == "Muldental Guss AG"
    _take(colleague, there)
    _take(place, back)
    assert _name(place, company_id) == _name(colleague, company_id)
    assert export_company_file(place, company_id, is_complete=True) == export_company_file(
        colleague, company_id, is_complete=True
    )


def test_what_the_server_has_confirmed_stays_confirmed_and_the_rest_goes_out(
    place: Workplace, company_id: uuid.UUID, colleague: Workplace, package: Path, stick: Path
) -> None:
    _take(colleague, package)
    with colleague.store.maintain() as session:
        for row in session.scalars(select(LoggedChange)):
            row.upload = Upload.APPLIED
    _rename(place, company_id, "Neu")
    _take(colleague, write_package(place, [company_id], stick, _phrase()).path)
    assert [change.value for change in waiting(StoreChanges(colleague.store))] == ["Neu"]


@pytest.mark.parametrize("reason", ["purged", "withdrawn"])
def test_an_erased_company_file_is_not_brought_back(
    company_id: uuid.UUID, colleague: Workplace, package: Path, photo: str, reason: str
) -> None:
    with colleague.store.maintain() as session:
        moment = datetime(2026, 11, 1, tzinfo=UTC)
        session.add(ErasedFile(company_id=company_id, erased_at=moment, reason=reason))
    preview = preview_package(colleague, package, PHRASE)
    assert preview.companies[0].refusal
    with pytest.raises(TakenAlready):
        take_package(colleague, preview, PHRASE)
    assert _log(colleague) == []
    assert not colleague.store.files.has(photo)


def test_every_class_of_changed_byte_is_refused_unharmed(
    colleague: Workplace, package: Path, photo: str
) -> None:
    whole = package.read_bytes()
    header = 12 + int.from_bytes(whole[10:12], "big")
    body = header + 64
    chunk = CHUNK_BYTES + TAG_BYTES
    assert len(whole) > body + 2 * chunk, "more than two chunks"
    places = [
        *(0, 7, 8, 11, 12, header - 1),  # magic, version, length, header
        *(header, header + 32, body - 1),  # checksum, proof
        *(body, body + chunk - 1, body + chunk, len(whole) - TAG_BYTES - 1, len(whole) - 1),
    ]
    for where in places:
        changed = bytearray(whole)
        changed[where] ^= 1
        package.write_bytes(changed)
        with pytest.raises(PackageError):
            preview_package(colleague, package, PHRASE)
    for swapped in (_swap_chunks(whole, body, chunk), whole + b"\0", whole + whole[-chunk:]):
        package.write_bytes(swapped)
        with pytest.raises(DamagedPackage):
            preview_package(colleague, package, PHRASE)
    assert _log(colleague) == []
    assert not colleague.store.files.has(photo)


def _swap_chunks(whole: bytes, body: int, chunk: int) -> bytes:
    first, second = whole[body : body + chunk], whole[body + chunk : body + 2 * chunk]
    return whole[:body] + second + first + whole[body + 2 * chunk :]


def test_a_package_cut_off_anywhere_is_refused(colleague: Workplace, package: Path) -> None:
    whole = package.read_bytes()
    body = 12 + int.from_bytes(whole[10:12], "big") + 64
    ends = [*range(body, len(whole), CHUNK_BYTES + TAG_BYTES), 9, body - 1]
    for end in ends:
        package.write_bytes(whole[:end])
        with pytest.raises(TruncatedPackage):
            preview_package(colleague, package, PHRASE)
    for end in (body + 5, len(whole) - 1):
        package.write_bytes(whole[:end])
        with pytest.raises(DamagedPackage):
            preview_package(colleague, package, PHRASE)


def test_another_file_a_newer_one_and_a_wrong_passphrase_are_told_apart(
    colleague: Workplace, package: Path, tmp_path: Path
) -> None:
    with pytest.raises(WrongPackagePassphrase):
        preview_package(colleague, package, "Ofen vier bleibt kalt")
    with pytest.raises(ForPassphrase):
        preview_package(colleague, package)
    newer = tmp_path / "neuer.dapaket"
    newer.write_bytes(MAGIC + b"\x00\x02" + b"\xff\xff" + b"..")
    with pytest.raises(NewerPackage):
        preview_package(colleague, newer, PHRASE)
    for content in (b"", b"%PDF-1.7", b"PK\x03\x04"):
        newer.write_bytes(content)
        with pytest.raises(NotAPackage):
            preview_package(colleague, newer, PHRASE)
    with pytest.raises(NotAPackage):
        preview_package(colleague, tmp_path / "fehlt", PHRASE)


def _forged(path: Path, *records: bytes) -> Path:
    with path.open("wb") as file:
        writer = SealedWriter(file, lock_with_passphrase(PHRASE, CHEAP))
        writer.write(b"".join(records))
        writer.finish()
    return path


@pytest.mark.parametrize(
    "records",
    [
        b"",
        b"M\xff\xff\xff\xff",
        b"M\x00\x00\x00\x02{}",
        b"X\x00\x00\x00\x00",
        b'M\x00\x00\x00\x0c{"format":1}',
        b"M\x00\x00\x00\x40" + b"[" * 64,
    ],
    ids=["empty", "endless", "bare", "foreign", "half", "deep"],
)
def test_a_forged_content_under_the_right_key_is_refused(
    colleague: Workplace, tmp_path: Path, records: bytes
) -> None:
    with pytest.raises(PackageError):
        preview_package(colleague, _forged(tmp_path / "f.dapaket", records), PHRASE)


def test_a_content_of_a_newer_format_says_so(colleague: Workplace, tmp_path: Path) -> None:
    path = _forged(tmp_path / "f.dapaket", b'M\x00\x00\x00\x0c{"format":2}')
    with pytest.raises(NewerPackage):
        preview_package(colleague, path, PHRASE)


def test_costs_that_a_forger_set_too_high_are_refused(tmp_path: Path) -> None:
    path = _forged(tmp_path / "f.dapaket", b"M")
    raw = path.read_bytes()
    assert b'"memory_kib":64' in raw
    end = 12 + int.from_bytes(raw[10:12], "big")
    header = raw[12:end].replace(b'"memory_kib":64', b'"memory_kib":99999999')
    head = raw[:10] + len(header).to_bytes(2, "big") + header
    path.write_bytes(head + hashlib.sha256(head).digest() + raw[end + 32 :])
    with path.open("rb") as file, pytest.raises(DamagedPackage):
        SealedReader(file, Opener(PHRASE))


def test_a_file_that_was_exchanged_after_the_preview_is_not_taken(
    place: Workplace, company_id: uuid.UUID, colleague: Workplace, package: Path, stick: Path
) -> None:
    preview = preview_package(colleague, package, PHRASE)
    _rename(place, company_id, "Anders")
    other = write_package(place, [company_id], stick, _phrase()).path
    other.replace(package)
    with pytest.raises(DamagedPackage, match="Vorschau"):
        take_package(colleague, preview, PHRASE)
    assert _log(colleague) == []


def test_a_cancelled_intake_leaves_nothing(
    place: Workplace, company_id: uuid.UUID, colleague: Workplace, stick: Path
) -> None:
    photos = [_attach(place, company_id, PHOTO[start:]) for start in range(3)]
    path = write_package(place, [company_id], stick, _phrase()).path
    preview = preview_package(colleague, path, PHRASE)
    seen: list[int] = []

    def once_a_file_is_here() -> bool:
        seen.append(sum(colleague.store.files.has(sha) for sha in photos))
        return seen[-1] > 0

    with pytest.raises(PackageCancelled):
        take_package(colleague, preview, PHRASE, cancelled=once_a_file_is_here)
    assert seen[-1] == 1
    assert _log(colleague) == []
    assert not any(colleague.store.files.has(sha) for sha in photos)


def test_a_cancelled_writing_leaves_no_file(
    place: Workplace, company_id: uuid.UUID, stick: Path
) -> None:
    with pytest.raises(PackageCancelled):
        write_package(place, [company_id], stick, _phrase(), cancelled=lambda: True)
    assert list(stick.iterdir()) == []


def test_a_passphrase_is_long_or_suggested() -> None:
    with pytest.raises(PassphraseTooShort):
        for_passphrase("kurz")
    assert suggested_passphrase() != suggested_passphrase()
    assert len(suggested_passphrase().replace("-", "")) == 20


def test_the_memory_does_not_grow_with_the_package(
    place: Workplace, company_id: uuid.UUID, colleague: Workplace, stick: Path
) -> None:
    for number in range(12):
        _attach(place, company_id, bytes([number]) * 700_000)

    def peak(work: Callable[[], object]) -> int:
        tracemalloc.start()
        try:
            work()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    path = write_package(place, [company_id], stick, _phrase()).path
    assert path.stat().st_size > 8_000_000
    assert peak(lambda: preview_package(colleague, path, PHRASE)) < 5_000_000
    assert peak(lambda: write_package(place, [company_id], stick, _phrase())) < 5_000_000
