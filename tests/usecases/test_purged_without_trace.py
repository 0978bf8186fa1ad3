"""What was planted everywhere in a company file is nowhere on the laptop once it is purged."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

import pytest
import sqlcipher3.dbapi2
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import class_mapper

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.attachments import AttachmentFiles
from desktop_advisor.storage.key_file import load_key_file, unwrap
from desktop_advisor.storage.models import ENTITIES, Answer, Attachment, Company, Note
from desktop_advisor.storage.store import COPIES, DATABASE, KEY_FILE
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.case_remarks import keep_bookmark
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.corrections import give_reason
from desktop_advisor.usecases.pending_signatures import keep_signatures
from desktop_advisor.usecases.question_views import Bookmark
from desktop_advisor.usecases.reporting import DrawnSignature
from desktop_advisor.usecases.searching import Search
from desktop_advisor.usecases.setting_up import unlock
from desktop_advisor.usecases.sync_journal import write_journal
from desktop_advisor.usecases.workplace import Workplace
from sync.client.port import Enrolment, Settlement
from sync.protocol import Change, Gone
from tests.pictures import scribble
from tests.sync.store_bench import ids
from tests.workplaces import PASSPHRASE

WORD = "xqjwvkquitte"
"""Its trigrams stand in no word of the program's own content."""
TRIGRAM = "xqj"
ENROLMENT = Enrolment(
    server_url="http://127.0.0.1",
    server_id="s",
    server_epoch="e",
    device_id="d",
    token="t",
    network="ITAS",
)
_PAGE, _RESERVED, _SALT = 4096, 80, 16


def test_nothing_of_a_purged_file_is_left_in_tables_index_pages_or_files(
    place: Workplace, company_id: uuid.UUID, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    files_before = _files(place.folder)
    _keep_another_file(place)
    _plant_local_values(place, case_id, visit_id)
    _plant_records(place, company_id)
    attached = _plant_files(place, company_id)
    _plant_a_conflict(place, company_id)
    write_journal(place, "erased", f"Die Akte {WORD} wurde entfernt.", company_id)
    copies = place.folder / COPIES
    copies.mkdir(exist_ok=True)
    (copies / "vor-0005-20261124-080000.db").write_bytes(b"as it was before")
    assert Search(place).find(WORD)
    planted = {*ENTITIES} - {"closed_year", "staff_count"}  # numbers only
    held = {_table(name) for name in planted}
    assert held | {"change_log", "local_value", "journal_entry"} <= set(_tables_with_word(place))
    assert _is_in_the_index(place)

    _purge(place, company_id)

    assert _tables_with_word(place) == []
    assert not _is_in_the_index(place)
    assert not any(place.store.files.has(sha256) for sha256 in attached)
    place.close()
    assert _files(place.folder) == files_before
    pages = b"".join(_decrypted_pages(place.folder))
    assert b"CREATE TABLE" in pages
    assert WORD.encode() not in pages.lower()
    assert case_id.bytes not in pages


def test_the_journal_forgets_a_withdrawn_file_that_is_purged_later(
    place: Workplace, company_id: uuid.UUID
) -> None:
    _purge(place, company_id, "withdrawn")
    write_journal(place, "erased", f"Die Akte {WORD} ist nicht mehr zugewiesen.", company_id)
    _purge(place, company_id)
    assert _tables_with_word(place) == []


def test_a_program_that_is_ended_amid_a_purge_finishes_it_at_its_next_start(
    place: Workplace, company_id: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    attached = _plant_files(place, company_id)

    def end(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as ending:
        ending.setattr(AttachmentFiles, "remove", end)
        with pytest.raises(KeyboardInterrupt):
            _purge(place, company_id)
    place.close()

    with closing(unlock(place.resources, place.folder, PASSPHRASE, clock=place.clock)) as again:
        assert not any(again.store.files.has(sha256) for sha256 in attached)


def _keep_another_file(place: Workplace) -> None:
    """Notes beside which the few that go are not enough for the index to tidy up by itself."""
    other = create_company(place, CompanyDraft(name="Formenbau Zschopau"))
    with place.store.edit(place.author) as session:
        for number in range(60):
            note_id = new_id(place.clock())
            session.add(Note(id=note_id, company_id=other, text=f"Gespräch {number} im Werk"))


def _plant_local_values(place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID) -> None:
    signature = DrawnSignature(WORD, "gf", "Zwickau", scribble(), place.clock())
    keep_signatures(place, case_id, compose_report(place, case_id), {0: signature})
    give_reason(place, case_id, WORD)
    keep_bookmark(place, visit_id, "kurzcheck", Bookmark(Perspective.MANAGEMENT, WORD, "one"))


def _plant_records(place: Workplace, company_id: uuid.UUID) -> None:
    """A row of every record with the word in every column that holds text."""
    with place.store.edit(place.author) as session:
        session.get_one(Company, company_id).name = WORD
        for record in set(ENTITIES.values()) - {Company}:
            key = "assessment_id" if record is Answer else "id"
            values: dict[str, object] = {"company_id": company_id, key: new_id(place.clock())}
            for column in class_mapper(record).columns:
                if isinstance(column.type, JSON):
                    values[column.key] = [WORD]
                elif isinstance(column.type, String | Text) and column.key != "sha256":
                    values[column.key] = WORD
            session.add(record(**values))


def _plant_files(place: Workplace, company_id: uuid.UUID) -> list[str]:
    """One whole attachment, and one of which only a part has come."""
    whole = place.store.files.add(WORD.encode())
    cut = hashlib.sha256(b"still to come").hexdigest()
    place.store.files.keep_part(cut, b"still")
    with place.store.edit(place.author) as session:
        for sha256 in (whole, cut):
            row = Attachment(id=new_id(place.clock()), company_id=company_id, sha256=sha256)
            row.file_name = f"{WORD}.png"
            session.add(row)
    StoreChanges(place.store).blob_sent(str(company_id), whole)
    return [whole, cut]


def _plant_a_conflict(place: Workplace, company_id: uuid.UUID) -> None:
    """Somebody else's value of the note that this laptop has written."""
    with place.store.edit(place.author) as session:
        note = Note(id=new_id(place.clock()), company_id=company_id, text=f"{WORD} hier")
        session.add(note)
        note_id = note.id
    theirs = Change(
        writer="ab" * 16,
        n=1,
        company_id=str(company_id),
        entity="note",
        entity_id=str(note_id),
        field="text",
        value=f"{WORD} dort",
        bases=(),
        hlc=1,
        author=WORD,
        device=WORD,
        schema=5,
    )
    settlement = Settlement(batch_id="", pulled=(theirs,), enrolment=ENROLMENT)
    StoreChanges(place.store).settle(settlement)


def _purge(
    place: Workplace,
    company_id: uuid.UUID,
    reason: Literal["withdrawn", "purged"] = "purged",
) -> None:
    changes = StoreChanges(place.store)
    parcels = ids(changes.outbox(10**9))
    gone = Gone(company_id=str(company_id), reason=reason, erased_ms=1_790_000_000_000)
    changes.settle(Settlement(batch_id="", applied=parcels, gone=(gone,), enrolment=ENROLMENT))


def _table(entity: str) -> str:
    return str(class_mapper(ENTITIES[entity]).local_table.name)  # type: ignore[attr-defined]


def _tables_with_word(place: Workplace) -> list[str]:
    """Every table of the decrypted database that says it, the index's own ones included."""
    found = []
    with closing(_opened(place.folder)) as connection:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        for (table,) in connection.execute(query).fetchall():
            rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()
            cells = (cell for row in rows for cell in row)
            if any(
                WORD in (c.decode("latin-1") if isinstance(c, bytes) else f"{c}") for c in cells
            ):
                found.append(table)
    return found


def _says_it(cell: object) -> bool:
    return WORD in (cell.decode("latin-1") if isinstance(cell, bytes) else f"{cell}")


def _is_in_the_index(place: Workplace) -> bool:
    """Whether its blocks hold the trigram, be it of an entry that is only marked as gone."""
    with closing(_opened(place.folder)) as connection:
        blocks = connection.execute("SELECT block FROM search_notes_data")
        return any(TRIGRAM.encode() in block for (block,) in blocks)


def _opened(folder: Path) -> sqlcipher3.dbapi2.Connection:
    connection = sqlcipher3.dbapi2.connect(str(folder / DATABASE))
    connection.execute(f"PRAGMA key = \"x'{_data_key(folder).hex()}'\"")
    return connection


def _data_key(folder: Path) -> bytes:
    return unwrap(load_key_file(folder / KEY_FILE), PASSPHRASE)


def _files(folder: Path) -> set[str]:
    """All but the two that SQLite keeps while it is open."""
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    return found - {f"{DATABASE}-wal", f"{DATABASE}-shm"}


def _decrypted_pages(folder: Path) -> Iterator[bytes]:
    """Every page as it lies in the file, free ones included (SQLCipher 4: AES-256-CBC, IV last)."""
    key, raw = _data_key(folder), (folder / DATABASE).read_bytes()
    for start in range(0, len(raw), _PAGE):
        page = raw[start + (0 if start else _SALT) : start + _PAGE]
        body, reserved = page[:-_RESERVED], page[-_RESERVED:]
        decryptor = Cipher(AES(key), CBC(reserved[:16])).decryptor()
        yield decryptor.update(body) + decryptor.finalize()
