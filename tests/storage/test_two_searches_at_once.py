"""Two searches that begin at once share the work of making the index."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from desktop_advisor.storage import search
from desktop_advisor.usecases.searching import Search
from tests.workplaces import workplace


def test_both_find_the_same(tmp_path: Path) -> None:
    place = workplace(tmp_path / "laptop")
    both = Search(place)
    with ThreadPoolExecutor(4) as pool:
        hits = [pool.submit(both.find, "vsme", "", "") for _ in range(8)]
        found = [[hit.key for hit in done.result().hits] for done in hits]
    assert found[0]
    assert found == [found[0]] * 8
    place.close()


def test_who_comes_late_finds_no_note_waiting(tmp_path: Path) -> None:
    place = workplace(tmp_path / "laptop")
    search.ensure_index(place.store)
    with place.store.maintain() as session:
        assert search._index_some(session.connection()) == 0
    place.close()
