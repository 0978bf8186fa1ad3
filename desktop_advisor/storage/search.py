"""The search index: what the program brings along (articles, offers), and the advisor's notes.

Derived, so it is made at the first search and is no step of the schema: a later batch migration of
`note` would drop triggers made by an earlier one unseen, and an older program on the same store
has to go on writing notes. The triggers are plain SQL and only remember which note has
changed, whoever wrote it (an edit, an undo, a pulled change, a rebuild); the next search reads
those notes from the typed table and folds them. So keeping a note costs one small row more.

Trigrams rather than words, because parts of compounds have to be found ("foerderung" in
"Qualifizierungsförderung"): over 50,000 notes newest first takes a few milliseconds, while looking
the part up in a word list takes 40 (`tests/benchmarks/bench_search.py`). Two indexes, because
ranking reads every hit of an index: the content is ranked, the notes come newest first.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import text

from desktop_advisor.domain.folding import SHORT, folded, halves, near_miss, needle
from desktop_advisor.storage.store import Store, save_local_value

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

TITLE_WEIGHT = 8.0
"""Our choice: a word in the title counts as much as eight in the text."""
AT_ONCE = 200
"""Notes folded in one transaction, some 50 ms: an answer that is being saved waits no longer."""
CANDIDATES = 400
"""Newest notes looked through for a word with a slip; reading them takes about 20 ms."""
FINGERPRINT = "search:content"


class Entry(NamedTuple):
    """Content of the program to be found; kind and key name it for whoever shows it."""

    kind: str
    key: str
    title: str
    body: str


class FoundNote(NamedTuple):
    """A note that was found, with the company it belongs to."""

    note_id: uuid.UUID
    company_id: uuid.UUID
    case_id: uuid.UUID | None
    company: str
    text: str
    dimension: str


def ensure_index(store: Store) -> None:
    """Make the index where it is missing or a part of it is; else one short look."""
    with store.read() as session:
        if _is_whole(session):
            return
    with store.maintain() as session:
        # Another search may have made it while this one waited for its turn to write.
        if not _is_whole(session):
            _rebuild(session)


def _is_whole(session: Session) -> bool:
    return set(session.connection().execute(text(_THERE)).scalars()) >= set(_PARTS)


def rebuild_index(store: Store) -> None:
    """The index anew from what is kept; the next searches find what they found before.

    The notes wait until they are looked for, the content until `index_content`.
    """
    with store.maintain() as session:
        _rebuild(session)


def _rebuild(session: Session) -> None:
    connection = session.connection()
    for name, (kind, _) in _PARTS.items():
        connection.execute(text(f"DROP {kind} IF EXISTS {name}"))
    for _, sql in _PARTS.values():
        connection.execute(text(sql))
    connection.execute(text("INSERT INTO search_waiting SELECT id FROM note"))
    save_local_value(session, FINGERPRINT, None)


def index_content(store: Store, fingerprint: str, entries: Iterable[Entry]) -> bool:
    """Let these entries be found, and no others; whether that was news.

    fingerprint: names this state of the content; the same one again does nothing.
    """
    with store.read() as session:
        known = session.connection().execute(text(_KNOWN), {"name": FINGERPRINT}).scalar()
    if known == fingerprint.encode():
        return False
    rows = [
        {
            "id": number,
            "kind": entry.kind,
            "key": entry.key,
            "title": folded(entry.title),
            "body": folded(entry.body),
        }
        for number, entry in enumerate(entries, start=1)
    ]
    with store.maintain() as session:
        connection = session.connection()
        connection.execute(text("DELETE FROM search_content"))
        connection.execute(text("DELETE FROM search_entry"))
        if rows:
            connection.execute(text(_ADD_ENTRY), rows)
            connection.execute(text(_ADD_CONTENT), rows)
        save_local_value(session, FINGERPRINT, fingerprint.encode())
    return True


def catch_up(store: Store) -> int:
    """Fold the notes that have changed since the last search; how many there were."""
    done = 0
    while _is_waiting(store):
        with store.maintain() as session:
            done += _index_some(session.connection())
    return done


def find_content(
    store: Store, terms: Sequence[str], slips: Sequence[str] = (), limit: int = CANDIDATES
) -> list[tuple[str, str]]:
    """(kind, key) of the content that has all terms, the most fitting first.

    slips: folded terms of which only one half has to be there; the caller looks closer.
    """
    match = _match(terms, slips)
    if not match:
        return []
    values = {"match": match, "weight": TITLE_WEIGHT, "limit": limit}
    with store.read() as session:
        return [(kind, key) for kind, key in session.connection().execute(text(_FIND), values)]


def find_notes(
    store: Store,
    terms: Sequence[str],
    slips: Sequence[str] = (),
    *,
    dimension: str = "",
    limit: int = 60,
) -> list[FoundNote]:
    """Notes that have all terms, the newest first; only those `catch_up` has seen.

    slips: folded terms that may be off by one letter. dimension: only notes tagged with it.
    No terms at all find every note.
    """
    match = _match(terms, slips)
    if not match and (terms or slips):
        return []
    values: dict[str, Any] = {"dimension": dimension, "limit": CANDIDATES if slips else limit}
    if match:
        values["match"] = match
    with store.read() as session:
        rows = session.connection().execute(text(_FIND_NOTES if match else _ALL_NOTES), values)
        found = [_found(row) for row in rows]
    if slips:
        found = [n for n in found if all(near_miss(slip, folded(n.text)) for slip in slips)]
    return found[:limit]


def is_known(store: Store, term: str) -> bool:
    """Whether the term stands anywhere in the index."""
    match = _match([term], ())
    with store.read() as session:
        row = session.connection().execute(text(_ANYWHERE), {"match": match}).first()
    return row is not None


def plan_of_a_search(store: Store, *, notes: bool) -> list[str]:
    """How SQLite would go about it, one line for each step; for tests and for the curious."""
    values = {"match": '"ofen"', "dimension": "", "weight": TITLE_WEIGHT, "limit": 1}
    sql = _FIND_NOTES if notes else _FIND
    named = {name: value for name, value in values.items() if f":{name}" in sql}
    with store.read() as session:
        rows = session.connection().execute(text(f"EXPLAIN QUERY PLAN {sql}"), named)
        return [str(row.detail) for row in rows]


def _match(terms: Sequence[str], slips: Sequence[str]) -> str:
    """The terms in the language of FTS5; folded words hold nothing that would need escaping.

    A single letter makes no trigram; beside other words it does without.
    """
    wanted = [f'"{needle(term)}"' for term in terms if len(needle(term)) >= SHORT]
    wanted += [f'("{left}" OR "{right}")' for (left, _), (right, _) in map(halves, slips)]
    return " AND ".join(wanted)


def _is_waiting(store: Store) -> bool:
    with store.read() as session:
        return session.connection().execute(text(_WAITING), {"limit": 1}).first() is not None


def _index_some(connection: Connection) -> int:
    """The next portion of the notes that wait, with one statement for each step."""
    waiting = connection.execute(text(_WAITING), {"limit": AT_ONCE}).all()
    if not waiting:
        return 0  # another search was quicker
    named = [{"note_id": row.note_id} for row in waiting]
    for step in (_FORGET_TEXT, _FORGET_NOTE, _DONE):
        connection.execute(text(step), named)
    taken: set[int] = set()
    rows = [
        {
            "id": _place(connection, bytes(row.note_id), taken),
            "note_id": row.note_id,
            "body": folded(row.text),
        }
        for row in waiting
        if row.text
    ]
    if rows:
        connection.execute(text(_ADD_NOTE), rows)
        connection.execute(text(_ADD_TEXT), rows)
    return len(waiting)


def _place(connection: Connection, note_id: bytes, taken: set[int]) -> int:
    """A free row that comes after those of all older notes: an id begins with its time."""
    place = int.from_bytes(note_id) >> 66
    while place in taken or connection.execute(_TAKEN, {"id": place}).first():
        place += 1
    taken.add(place)
    return place


def _found(row: Any) -> FoundNote:
    case = None if row.case_id is None else uuid.UUID(bytes=bytes(row.case_id))
    return FoundNote(
        uuid.UUID(bytes=bytes(row.id)),
        uuid.UUID(bytes=bytes(row.company_id)),
        case,
        row.name or "",
        row.text,
        row.dimension,
    )


_FTS = "tokenize='trigram case_sensitive 1', content='', contentless_delete=1"
"""What is folded needs no case; the texts themselves are kept once, where they belong."""
_REMEMBER = "INSERT OR IGNORE INTO search_waiting VALUES"
_PARTS: dict[str, tuple[str, str]] = {
    "search_content": (
        "TABLE",
        f"CREATE VIRTUAL TABLE search_content USING fts5(title, body, {_FTS})",
    ),
    "search_entry": (
        "TABLE",
        "CREATE TABLE search_entry (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL)",
    ),
    "search_notes": ("TABLE", f"CREATE VIRTUAL TABLE search_notes USING fts5(body, {_FTS})"),
    "search_note": (
        "TABLE",
        "CREATE TABLE search_note (id INTEGER PRIMARY KEY, note_id BLOB NOT NULL UNIQUE)",
    ),
    "search_waiting": (
        "TABLE",
        "CREATE TABLE search_waiting (note_id BLOB PRIMARY KEY) WITHOUT ROWID",
    ),
    "search_note_added": (
        "TRIGGER",
        f"CREATE TRIGGER search_note_added AFTER INSERT ON note BEGIN {_REMEMBER} (new.id); END",
    ),
    "search_note_changed": (
        "TRIGGER",
        f"CREATE TRIGGER search_note_changed AFTER UPDATE ON note BEGIN {_REMEMBER} (new.id); END",
    ),
    "search_note_gone": (
        "TRIGGER",
        f"CREATE TRIGGER search_note_gone AFTER DELETE ON note BEGIN {_REMEMBER} (old.id); END",
    ),
}
"""Name → kind and definition, in the order in which they can be made."""
_THERE = "SELECT name FROM sqlite_master WHERE name LIKE 'search%'"
_KNOWN = "SELECT value FROM local_value WHERE name = :name"
_ADD_ENTRY = "INSERT INTO search_entry (id, kind, key) VALUES (:id, :kind, :key)"
_ADD_CONTENT = "INSERT INTO search_content (rowid, title, body) VALUES (:id, :title, :body)"
_FIND = """
    SELECT kind, key FROM search_content CROSS JOIN search_entry ON search_entry.id =
    search_content.rowid WHERE search_content MATCH :match
    ORDER BY bm25(search_content, :weight, 1.0) LIMIT :limit"""
_NOTE_COLUMNS = """
    SELECT note.id, note.company_id, note.case_id, company.name, note.text, note.dimension"""
_NOTE_CONDITIONS = """
    LEFT JOIN company ON company.id = note.company_id
    WHERE NOT note.deleted AND NOT coalesce(company.deleted, 0)
    AND :dimension IN ('', note.dimension)
    AND (note.perspective != 'br' OR EXISTS (SELECT 1 FROM "release" WHERE
    "release".case_id = note.case_id AND "release".perspective = note.perspective
    AND "release".released AND NOT "release".deleted AND NOT EXISTS (SELECT 1 FROM open_conflict
    WHERE open_conflict.entity_id = "release".id AND open_conflict.field = 'released')))"""
_FIND_NOTES = f"""{_NOTE_COLUMNS}
    FROM search_notes CROSS JOIN search_note ON search_note.id = search_notes.rowid
    CROSS JOIN note ON note.id = search_note.note_id {_NOTE_CONDITIONS}
    AND search_notes MATCH :match ORDER BY search_notes.rowid DESC LIMIT :limit"""
_ALL_NOTES = f"""{_NOTE_COLUMNS}
    FROM search_note CROSS JOIN note ON note.id = search_note.note_id {_NOTE_CONDITIONS}
    ORDER BY search_note.id DESC LIMIT :limit"""
_ANYWHERE = """
    SELECT 1 WHERE EXISTS (SELECT 1 FROM search_notes WHERE search_notes MATCH :match)
    OR EXISTS (SELECT 1 FROM search_content WHERE search_content MATCH :match)"""
_WAITING = """
    SELECT note_id, note.text FROM search_waiting
    LEFT JOIN note ON note.id = note_id AND NOT note.deleted LIMIT :limit"""
_TAKEN = text("SELECT 1 FROM search_note WHERE id = :id")
_FORGET_TEXT = """
    DELETE FROM search_notes
    WHERE rowid = (SELECT id FROM search_note WHERE note_id = :note_id)"""
_FORGET_NOTE = "DELETE FROM search_note WHERE note_id = :note_id"
_ADD_NOTE = "INSERT INTO search_note (id, note_id) VALUES (:id, :note_id)"
_ADD_TEXT = "INSERT INTO search_notes (rowid, body) VALUES (:id, :body)"
_DONE = "DELETE FROM search_waiting WHERE note_id = :note_id"
