"""Wissen & Angebote: one search over articles, offers and the advisor's own notes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop_advisor.advice.articles import Article, fitting
from desktop_advisor.advice.offers import Offer, standing
from desktop_advisor.domain.folding import (
    Span,
    folded,
    marks,
    near_miss,
    needle,
    snippet,
    terms_of,
)
from desktop_advisor.domain.german import BERLIN, short_date
from desktop_advisor.storage.search import (
    Entry,
    FoundNote,
    catch_up,
    ensure_index,
    find_content,
    find_notes,
    index_content,
    is_known,
)
from desktop_advisor.usecases.leading_files import names_with_origin
from desktop_advisor.usecases.offers import OfferRow
from desktop_advisor.usecases.workplace import KURZCHECK, Workplace

NOTE = "note"
ARTICLE = "article"
KINDS = (ARTICLE, "funding", "training", "contact", NOTE)
MOST_NOTES = 60
"""Our choice: more than anybody scrolls through; another word narrows them down."""
FORGIVING = 6
"""Letters from which one slip is forgiven: below, too many words are one letter apart."""

OwnNote = FoundNote
"""A note of one's own as a hit, with its company."""
Item = Article | OfferRow | OwnNote


@dataclass(frozen=True)
class Hit:
    """One line of the result. marks: where the searched words stand in title and words."""

    kind: str
    key: str
    title: str
    title_marks: tuple[Span, ...]
    source: str
    words: str
    word_marks: tuple[Span, ...]
    item: Item


@dataclass(frozen=True)
class Results:
    """What a search found.

    notes: how many own notes fit while they are not asked for. They name other companies, and a
    client may be looking on, so they are shown only on request. has_more_notes: there are more
    than are counted. is_near: nothing was found as typed, this is what lies one letter beside it.
    """

    hits: tuple[Hit, ...]
    notes: int = 0
    has_more_notes: bool = False
    is_near: bool = False


class Search:
    """Finds in the content this workplace has now, and in what is noted at the moment.

    Everything but the notes is read from memory; `find` may run in a worker.
    """

    def __init__(self, place: Workplace) -> None:
        self._place = place
        today = place.clock().astimezone(BERLIN).date()
        offers = [OfferRow(offer, standing(offer, today)) for offer in place.offers]
        content: list[Article | OfferRow] = [*place.articles, *offers]
        self._items = {_key(item): item for item in content}
        self._is_indexed = False

    def item(self, key: str) -> Article | OfferRow | None:
        """The article or offer of that id."""
        return next((item for (_, k), item in self._items.items() if k == key), None)

    def articles_on(self, offer_id: str) -> tuple[Article, ...]:
        """The articles that name an offer."""
        return tuple(a for a in self._place.articles if offer_id in a.offers)

    def offers_of(self, article: Article) -> tuple[OfferRow, ...]:
        """The offers of an article that this network's catalogue has."""
        found = (self.item(offer_id) for offer_id in article.offers)
        return tuple(offer for offer in found if isinstance(offer, OfferRow))

    def find(self, query: str, kind: str = "", dimension: str = "") -> Results:
        """What fits, titles first. kind, dimension: "" for any; an empty query lists everything.

        Raises: StoreLocked.
        """
        terms = terms_of(query)
        if not terms:
            return self._listed(kind, dimension)
        self._prepare()
        found = self._found(terms, (), kind, dimension)
        slips = [] if found.hits or found.notes else self._slips(terms)
        if not slips:
            return found
        kept = [term for term in terms if term not in slips]
        return self._found(kept, slips, kind, dimension)

    def _listed(self, kind: str, dimension: str) -> Results:
        if kind == NOTE:
            self._prepare()
            found = find_notes(self._place.store, (), dimension=dimension, limit=MOST_NOTES)
            return Results(tuple(_hit(note, ()) for note in self._named(found)))
        items = self._items.values()
        return Results(tuple(_hit(i, ()) for i in items if _fits(i, kind, dimension)))

    def _found(
        self, terms: Sequence[str], slips: Sequence[str], kind: str, dimension: str
    ) -> Results:
        notes = self._notes(terms, slips, dimension) if kind in ("", NOTE) else []
        is_near = bool(slips)
        if kind == NOTE:
            hits = tuple(_hit(note, terms) for note in self._named(notes[:MOST_NOTES]))
            return Results(hits, is_near=is_near)
        items = [i for i in self._content(terms, slips) if _fits(i, kind, dimension)]
        items.sort(key=lambda item: _rank(item, terms))  # stable: within a rank bm25 decides
        hits = tuple(_hit(item, terms) for item in items)
        return Results(hits, min(len(notes), MOST_NOTES), len(notes) > MOST_NOTES, is_near)

    def _content(self, terms: Sequence[str], slips: Sequence[str]) -> Iterator[Article | OfferRow]:
        for key in find_content(self._place.store, terms, slips):
            item = self._items.get(key)
            if item is None:
                continue
            if slips:
                flat = folded(f"{_title(item)} {_body(item)}")
                if not all(near_miss(slip, flat) for slip in slips):
                    continue
            yield item

    def _notes(self, terms: Sequence[str], slips: Sequence[str], dimension: str) -> list[FoundNote]:
        return find_notes(
            self._place.store, terms, slips, dimension=dimension, limit=MOST_NOTES + 1
        )

    def _named(self, notes: Sequence[FoundNote]) -> list[FoundNote]:
        """Notes of a joined file under the name of the one it is shown in."""
        with self._place.store.read() as session:
            names = names_with_origin(session)
        return [note._replace(company=names.get(note.company_id, note.company)) for note in notes]

    def _slips(self, terms: Sequence[str]) -> list[str]:
        """The words nobody knows, long enough to be taken for a slip."""
        store = self._place.store
        return [term for term in terms if len(term) >= FORGIVING and not is_known(store, term)]

    def _prepare(self) -> None:
        store = self._place.store
        if not self._is_indexed:
            ensure_index(store)
            entries = [Entry(*key, _title(item), _body(item)) for key, item in self._items.items()]
            index_content(store, _fingerprint(entries), entries)
            self._is_indexed = True
        catch_up(store)


def articles_for(
    place: Workplace, dimension: str, offers: Iterable[str] = ()
) -> tuple[Article, ...]:
    """What an advisor may read about a recommendation before talking about it."""
    return fitting(place.articles, dimension, tuple(offers))


def dimension_names(place: Workplace) -> list[tuple[str, str]]:
    """Code and short name of the twelve dimensions."""
    dimensions = place.sidecar(KURZCHECK).dimensions
    return [(made.code, made.short.get("de", made.code)) for made in dimensions]


def _key(item: Article | OfferRow) -> tuple[str, str]:
    return (ARTICLE, item.id) if isinstance(item, Article) else (item.offer.kind, item.offer.id)


def _title(item: Article | OfferRow) -> str:
    return item.title if isinstance(item, Article) else item.offer.title


def _body(item: Article | OfferRow) -> str:
    if isinstance(item, Article):
        return "\n".join((item.summary, item.text, *item.keywords, *item.sources))
    return _offer_text(item.offer)


def _offer_text(offer: Offer) -> str:
    parts = (offer.summary, offer.provider, offer.conditions, offer.rates, offer.legal_basis)
    return "\n".join((*parts, offer.status_note, offer.kind_word))


def _telling(item: Article | OfferRow, terms: Sequence[str]) -> tuple[str, list[Span]]:
    """The passage with most of the searched words; else the summary."""
    if isinstance(item, Article):
        passages = [item.summary, *(block.text for block in item.body)]
    else:
        offer = item.offer
        passages = [offer.summary, offer.conditions, offer.rates, offer.status_note]
    best = max(passages, key=lambda words: sum(needle(term) in folded(words) for term in terms))
    return snippet(best, terms)


def _fingerprint(entries: Iterable[Entry]) -> str:
    """Names this state of the content, so that it is folded only when it is news."""
    seen = hashlib.sha256()
    for entry in entries:
        seen.update("\0".join(entry).encode())
        seen.update(b"\1")
    return seen.hexdigest()


def _fits(item: Article | OfferRow, kind: str, dimension: str) -> bool:
    dimensions = item.dimensions if isinstance(item, Article) else item.offer.dimensions
    return kind in ("", _key(item)[0]) and (not dimension or dimension in dimensions)


def _rank(item: Article | OfferRow, terms: Sequence[str]) -> int:
    """0: all terms begin words of the title, 1: all stand in it, 2: only in the text."""
    title = folded(_title(item))
    if all(f" {term}" in title for term in terms):
        return 0
    return 1 if all(needle(term) in title for term in terms) else 2


def _hit(item: Item, terms: Sequence[str]) -> Hit:
    if isinstance(item, FoundNote):
        words, found = snippet(item.text, terms)
        return Hit(NOTE, str(item.note_id), item.company, (), "", words, tuple(found), item)
    kind, key = _key(item)
    title = _title(item)
    if isinstance(item, Article):
        beginning, source = item.summary, f"Stand {short_date(item.checked_on)}"
    else:
        beginning, source = item.offer.summary, item.offer.provider
    words, found = _telling(item, terms) if terms else (beginning, [])
    return Hit(kind, key, title, tuple(marks(title, terms)), source, words, tuple(found), item)
