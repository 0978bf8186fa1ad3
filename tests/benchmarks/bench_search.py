"""How fast the search is over 50,000 notes, as a ratio to a plain look through the same texts.

`python -m tests.benchmarks.bench_search [NOTES]`; the plain look is one LIKE over the note table,
which neither folds nor orders. The words are drawn with a fixed seed.
"""

from __future__ import annotations

import random
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import insert, text

from desktop_advisor.domain.folding import terms_of
from desktop_advisor.storage.log_tables import table_of
from desktop_advisor.storage.models import Company, Note
from desktop_advisor.storage.search import catch_up, ensure_index, find_notes, is_known
from desktop_advisor.storage.store import Store
from tests.storage.desks import CHEAP, PASSPHRASE, TurnedClock

NOTES = 50_000
ROUNDS = 7
BOUND_MS = 50
"""First hits, by the issue of this part."""
FRONTS = (
    "Weiter Qualifizierungs Maschinen Energie Personal Produkt Antriebs Lieferanten Wissens "
    "Schicht Werkzeug Batterie Betriebs Kunden Qualitäts Ausbildungs Netz Strom Planungs Lager"
)
BACKS = (
    "bildung förderung planung ofen matrix messung bedarf sicherung kosten beratung anlage "
    "gespräch vertrag werk halle leitung prüfung steuerung stelle teile daten audit technik"
)
SMALL = (
    "die der und mit im für sucht seit Angebot liegt vor wird elektrisch März Rückruf will "
    "nicht genug Termin drei zwei Betriebsrat Geschäftsführung sieht anders Kunde Auftrag läuft "
    "aus"
)
QUERIES = {
    "one word": "ofen",
    "part of compounds": "foerderung",
    "rare compound": "Energiefoerderung Batterieofen",
    "three words": "energieaudit halle betriebsrat",
    "common trigrams": "ung der",
    "nowhere": "förderungsungen",
    "number": "4711",
}


def notes(count: int) -> Iterator[str]:
    """Short observations of compounds, small words and a part number here and there."""
    draw = random.Random(1)
    compounds = [front + back for front in FRONTS.split() for back in BACKS.split()]
    small = SMALL.split()
    for _ in range(count):
        words = [
            draw.choice(compounds) if draw.random() < 0.2 else draw.choice(small)
            for _ in range(draw.randint(10, 40))
        ]
        if draw.random() < 0.05:
            words.append(f"Teil{draw.randint(1000, 9999)}")
        yield " ".join(words)


def fill(store: Store, count: int) -> None:
    """Rows as a sync would leave them, without the log, which the search does not read."""
    company = uuid.uuid4()
    with store.edit("Bench") as session:
        session.add(Company(id=company, company_id=company, name="Kabelwerk Sonnenberg"))
    rows = [
        {"id": uuid.UUID(int=(n << 80) | n), "company_id": company, "text": words, "deleted": False}
        for n, words in enumerate(notes(count), start=1)
    ]
    fields = {"dimension": "", "question": "", "case_id": None, "written_at": None}
    with store.maintain() as session:
        connection = session.connection()
        connection.execute(insert(table_of(Note)), [row | fields for row in rows])


def seconds(work: Callable[[], object]) -> float:
    """Median of a few rounds."""

    def once() -> float:
        start = perf_counter()
        work()
        return perf_counter() - start

    return median(once() for _ in range(ROUNDS))


def plain_look(store: Store, query: str) -> None:
    """Every note that holds the words as typed, the first sixty."""
    sql = "SELECT id, text FROM note WHERE text LIKE :words LIMIT 60"
    with store.read() as session:
        session.connection().execute(text(sql), {"words": f"%{query}%"}).all()


def first_hits(store: Store, query: str) -> None:
    """What the screen asks for; where nothing is found, whether a word was mistyped."""
    catch_up(store)
    terms = terms_of(query)
    if not find_notes(store, terms):
        find_notes(store, (), [t for t in terms if len(t) >= 6 and not is_known(store, t)])


def main(count: int) -> None:
    """Print one line for each query."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder), PASSPHRASE, clock=TurnedClock(), cost=CHEAP)
        fill(store, count)
        start = perf_counter()
        ensure_index(store)
        catch_up(store)
        sys.stdout.write(f"{count} notes indexed in {perf_counter() - start:.1f} s\n")
        whole = seconds(lambda: plain_look(store, "nirgendwo"))
        sys.stdout.write(f"{'plain look through all':<22} {whole * 1000:8.2f} ms\n")
        for name, query in QUERIES.items():
            took = seconds(lambda q=query: first_hits(store, q))  # type: ignore[misc]
            verdict = "" if took * 1000 < BOUND_MS else f"  over {BOUND_MS} ms"
            ratio = took / whole
            line = f"{name:<22} {took * 1000:8.2f} ms {ratio:7.2f} x plain{verdict}\n"
            sys.stdout.write(line)
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NOTES)
