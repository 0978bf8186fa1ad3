"""The search index follows the notes, whoever changes them, and finds like a plain look through."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from desktop_advisor.domain.folding import folded, needle, terms_of
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.conflicts import list_conflicts, settle
from desktop_advisor.storage.models import Company, Note
from desktop_advisor.storage.search import (
    Entry,
    catch_up,
    ensure_index,
    find_content,
    find_notes,
    index_content,
    is_known,
    plan_of_a_search,
    rebuild_index,
)
from desktop_advisor.storage.store import Store
from desktop_advisor.storage.sync_port import StoreChanges
from sync.client.port import Settlement
from tests.storage.desks import PASSPHRASE, Desk, TurnedClock
from tests.storage.test_rebuild_from_log import ENROLMENT, PutStore, send
from tests.sync.store_bench import aside

START = TurnedClock()
COMPANY = new_id(START())
NOTES = [new_id(START()) for _ in range(4)]
WORDS = ("Ofen", "öffnen", "Gießerei", "Qualifizierungsförderung", "KI", "x", "Förderung nötig")
QUERIES = ("ofen", "foerderung", "giess", "ki", "forderung notig", "fen", "x", "qualifizierung ki")


def write(store: Store, note_id: uuid.UUID, words: str, company: uuid.UUID = COMPANY) -> None:
    with store.edit("Anna Weber") as session:
        note = session.get(Note, note_id)
        if note is None:
            note = Note(id=note_id, company_id=company)
            session.add(note)
        note.text = words


def delete(store: Store, note_id: uuid.UUID, *, deleted: bool = True) -> None:
    with store.edit("Anna Weber") as session:
        note = session.get(Note, note_id)
        if note is not None:
            note.deleted = deleted


def found(store: Store, query: str) -> list[uuid.UUID]:
    ensure_index(store)
    catch_up(store)
    return [note.note_id for note in find_notes(store, terms_of(query))]


def looked_through(store: Store, query: str) -> list[uuid.UUID]:
    """The same without an index: every note that has all the words, the newest first."""
    needles = [needle(term) for term in terms_of(query) if len(needle(term)) > 2]
    with store.read() as session:
        notes = session.scalars(select(Note).where(Note.deleted.is_(False)).order_by(Note.id))
        hits = [n.id for n in notes if needles and all(s in folded(n.text) for s in needles)]
    return hits[::-1]


STEPS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.one_of(
            st.tuples(st.just("write"), st.sampled_from(NOTES), st.sampled_from(WORDS)),
            st.tuples(st.just("delete"), st.sampled_from(NOTES), st.booleans()),
            st.tuples(st.sampled_from(["exchange", "settle", "quarantine", "rebuild", "search"])),
        ),
    ),
    min_size=3,
    max_size=12,
)


@pytest.fixture(scope="module")
def two_laptops(copy_of_new_store: PutStore) -> Callable[[Path], list[Store]]:
    def opened(folder: Path) -> list[Store]:
        for name in ("eins", "zwei"):
            copy_of_new_store(name, folder / name)
        return [Store.open(folder / n, PASSPHRASE, clock=START) for n in ("eins", "zwei")]

    return opened


def take(stores: list[Store], number: int, step: tuple[object, ...]) -> None:
    store = stores[number]
    match step:
        case ("write", uuid.UUID() as note, str(words)):
            write(store, note, words)
        case ("delete", uuid.UUID() as note, bool(gone)):
            delete(store, note, deleted=gone)
        case ("exchange",):
            send(stores[0], stores[1])
            send(stores[1], stores[0])
        case ("settle",):
            with store.edit("S") as session:
                for conflict in list_conflicts(session):
                    settle(session, conflict, conflict.values[0].value)
        case ("quarantine",):
            kept = aside(StoreChanges(store).outbox(1))
            settled = Settlement(batch_id="", kept=kept, enrolment=ENROLMENT)
            StoreChanges(store).settle(settled)
        case ("rebuild",):
            store.rebuild()
        case ("search",):
            found(store, "ofen")


@given(steps=STEPS)
@settings(deadline=None, max_examples=30)
def test_the_index_follows_the_notes_and_a_rebuilt_one_is_the_same(
    two_laptops: Callable[[Path], list[Store]], steps: list[tuple[int, tuple[object, ...]]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stores = two_laptops(Path(folder))
        for number, step in steps:
            take(stores, number, step)
            found(stores[0], "ofen")
        for store in stores:
            before = {query: found(store, query) for query in QUERIES}
            assert before == {query: looked_through(store, query) for query in QUERIES}
            rebuild_index(store)
            assert {query: found(store, query) for query in QUERIES} == before
            store.close()


def test_a_note_carries_its_company_and_a_deleted_company_takes_its_notes_along(
    desk: Desk,
) -> None:
    write(desk.store, NOTES[0], "Ofen 3 wird 2028 elektrisch", desk.company)
    found(desk.store, "ofen")
    (note,) = find_notes(desk.store, terms_of("elektrisch"))
    assert (note.company, note.text) == ("Huber Zerspanung", "Ofen 3 wird 2028 elektrisch")
    desk.rename("Huber und Söhne")
    assert find_notes(desk.store, terms_of("ofen"))[0].company == "Huber und Söhne"
    with desk.store.edit("Anna Weber") as session:
        session.get_one(Company, desk.company).deleted = True
    assert find_notes(desk.store, terms_of("ofen")) == []


def test_what_has_caught_up_does_not_write_again(desk: Desk) -> None:
    write(desk.store, NOTES[0], "Ofen")
    ensure_index(desk.store)
    assert catch_up(desk.store) == 1
    assert catch_up(desk.store) == 0
    write(desk.store, NOTES[0], "Halle")
    write(desk.store, NOTES[0], "Halle 4")
    assert catch_up(desk.store) == 1


def test_a_lost_trigger_is_noticed_and_the_index_made_anew(desk: Desk) -> None:
    found(desk.store, "ofen")
    with desk.store.maintain() as session:
        session.connection().execute(text("DROP TRIGGER search_note_added"))
    write(desk.store, NOTES[0], "Ofen")
    assert found(desk.store, "ofen") == [NOTES[0]]


def test_two_notes_of_one_millisecond_are_both_found(desk: Desk) -> None:
    twin = uuid.UUID(int=NOTES[0].int ^ 1)
    write(desk.store, NOTES[0], "Ofen rechts")
    write(desk.store, twin, "Ofen links")
    assert set(found(desk.store, "ofen")) == {NOTES[0], twin}
    write(desk.store, twin, "Halle")
    assert found(desk.store, "ofen") == [NOTES[0]]


def test_notes_can_be_narrowed_to_a_dimension_and_forgive_a_slip(desk: Desk) -> None:
    write(desk.store, NOTES[0], "Weiterbildung der Formerei")
    write(desk.store, NOTES[1], "Weiterbildung am Ofen")
    with desk.store.edit("Anna Weber") as session:
        session.get_one(Note, NOTES[1]).dimension = "D07"
    assert found(desk.store, "weiterbildung") == [NOTES[1], NOTES[0]]
    (tagged,) = find_notes(desk.store, terms_of("weiterbildung"), dimension="D07")
    assert tagged.note_id == NOTES[1]
    assert not is_known(desk.store, "weiterbilding")
    slipped = find_notes(desk.store, terms_of("ofen"), slips=["weiterbilding"])
    assert [note.note_id for note in slipped] == [NOTES[1]]
    assert [n.note_id for n in find_notes(desk.store, ())] == [NOTES[1], NOTES[0]]


def test_a_hit_in_the_title_comes_before_hits_in_the_text(desk: Desk) -> None:
    ensure_index(desk.store)
    entries = [
        Entry("article", "a", "Netzwerke", "Hier steht einmal Ofen, sonst vieles andere. " * 2),
        Entry("article", "b", "Der Ofen", "Hier steht wenig davon, aber vieles andere. " * 2),
        *(Entry("article", f"c{n}", "Halle", "Etwas anderes.") for n in range(5)),
    ]
    assert index_content(desk.store, "eins", entries)
    assert find_content(desk.store, terms_of("ofen")) == [("article", "b"), ("article", "a")]
    assert not index_content(desk.store, "eins", [])
    assert index_content(desk.store, "zwei", entries[:1])
    assert find_content(desk.store, terms_of("ofen")) == [("article", "a")]
    assert find_content(desk.store, terms_of("§ . ")) == []


def test_a_rebuilt_index_waits_for_its_content(desk: Desk) -> None:
    ensure_index(desk.store)
    entries = [Entry("article", "a", "Der Ofen", "")]
    index_content(desk.store, "eins", entries)
    rebuild_index(desk.store)
    assert find_content(desk.store, terms_of("ofen")) == []
    assert index_content(desk.store, "eins", entries)
    assert find_content(desk.store, terms_of("ofen")) == [("article", "a")]


def test_a_search_reads_the_index_and_never_all_notes(desk: Desk) -> None:
    ensure_index(desk.store)
    for notes in (True, False):
        plan = plan_of_a_search(desk.store, notes=notes)
        scans = [step for step in plan if step.startswith("SCAN")]
        assert len(scans) == 1
        assert "VIRTUAL TABLE INDEX" in scans[0]
        assert scans[0].endswith(("M1", "M2")) or ":M" in scans[0]
    in_order = plan_of_a_search(desk.store, notes=True)
    assert not any("TEMP B-TREE" in step for step in in_order), "the newest come without sorting"
