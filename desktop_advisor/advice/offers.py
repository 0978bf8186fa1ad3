"""Offers: training, funding and contacts, and how far an entry can be relied on (domain §5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

import msgspec

from desktop_advisor.advice.conditions import Conditions
from desktop_advisor.advice.rates import Rate
from desktop_advisor.advice.resource_files import broken, decoded, typed
from desktop_advisor.domain.german import english_date, short_date
from desktop_advisor.domain.language import GERMAN, Words, choose, say_all, spoken

STALE_AFTER_DAYS = 90
"""An entry checked longer ago is marked (domain §5, record schema)."""
MOST_OFFERS = 2000
"""Our choice: far above any region's catalogue, low enough to be listed at once."""

CATALOGUE = "offers.json"

KIND_WORDS = Words({"funding": "Förderung", "training": "Weiterbildung", "contact": "Kontakt"})

Instrument = Literal["", "grant", "loan", "tax", "wage", "course", "advice", "tool"]
INSTRUMENT_WORDS: dict[str, str] = {
    "": "",
    "grant": "Zuschuss",
    "loan": "Darlehen",
    "tax": "steuerliche Förderung",
    "wage": "Entgeltersatz",
    "course": "Lehrgang",
    "advice": "Beratung",
    "tool": "Werkzeug",
}
Status = Literal["offen", "ausgesetzt", "geschlossen", "unklar"]


class Offer(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One entry of the catalogue, in German; fields ending in _en hold the English text.

    conditions: what has to hold, rates: how much, both in words; "" when nothing is known.
    before_start: whether the application must precede the start; None when not known.
    de_minimis: whether it counts as de minimis aid; None when not known.
    cumulation: what it may or may not be combined with; "" when not known.
    status_note: what is not certain about the status. valid_to: last day, inclusive.
    checked_on: when a person last compared the entry with its source; checked_by: who.
    rate_table: the rates as figures, the first line that fits a company counts.
    grant_cap: the grant at most, €; max_months: of the project; both whatever the rate.
    source: public address or document; legal_url: of the legal basis. is_helpdesk: answers on the
    phone. reference: programme and source code of the field's brief.
    """

    id: str
    kind: Literal["funding", "training", "contact"]
    instrument: Instrument = ""
    target: Literal["company", "employees"]
    title: str
    title_en: str
    provider: str
    summary: str
    summary_en: str
    conditions: str = ""
    conditions_en: str = ""
    rates: str = ""
    rates_en: str = ""
    cumulation: str = ""
    cumulation_en: str = ""
    legal_basis: str = ""
    legal_url: str = ""
    source: str
    reference: str = ""
    dimensions: tuple[str, ...] = ()
    eligibility: Conditions = Conditions()
    rate_table: tuple[Rate, ...] = ()
    grant_cap: Decimal | None = None
    max_months: int | None = None
    before_start: bool | None = None
    de_minimis: bool | None = None
    is_helpdesk: bool = False
    phone: str = ""
    email: str = ""
    website: str = ""
    status: Status
    status_note: str = ""
    status_note_en: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    checked_on: date
    checked_by: str = ""
    version: str

    @property
    def kind_word(self) -> str:
        """Förderung, Weiterbildung or Kontakt."""
        return KIND_WORDS[self.kind]


def spoken_offer(offer: Offer) -> Offer:
    """The entry with its words in the language spoken, where it has them in that language."""
    if spoken() == GERMAN:
        return offer
    conditions = msgspec.structs.replace(
        offer.eligibility, to_clarify=say_all(offer.eligibility.to_clarify)
    )
    words = {f: choose(getattr(offer, f), getattr(offer, f"{f}_en")) for f in _IN_BOTH}
    rates = tuple(
        msgspec.structs.replace(rate, note=choose(rate.note, rate.note_en))
        for rate in offer.rate_table
    )
    return msgspec.structs.replace(offer, **words, eligibility=conditions, rate_table=rates)


_IN_BOTH = ("title", "summary", "conditions", "rates", "cumulation", "status_note")
"""Fields with a twin that ends in _en."""


class Reliability(StrEnum):
    """How far an entry can be relied on, best first."""

    FRESH = "fresh"
    STALE = "stale"
    UNCLEAR = "unclear"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    CLOSED = "closed"


@dataclass(frozen=True)
class Standing:
    """The verdict on one entry on one day, with the sentence that screen and PDF print."""

    reliability: Reliability
    sentence: str
    sentence_en: str

    @property
    def said(self) -> str:
        """The sentence in the language spoken."""
        return choose(self.sentence, self.sentence_en)

    @property
    def is_fresh(self) -> bool:
        """Whether it may be printed without a warning."""
        return self.reliability is Reliability.FRESH

    @property
    def is_available(self) -> bool:
        """Whether an application can be thought of at all today."""
        return self.reliability not in (
            Reliability.CLOSED,
            Reliability.EXPIRED,
            Reliability.SUSPENDED,
        )


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    offers: list[dict[str, object]]


@dataclass(frozen=True)
class Catalogue:
    """All offers of one version of the catalogue."""

    version: str
    offers: tuple[Offer, ...]


def read_catalogue(content: bytes, name: str = CATALOGUE) -> Catalogue:
    """The catalogue in the bytes of a file called `name`.

    Raises:
        BrokenResource: naming the entry and the field.
    """
    head = typed(decoded(content, name), _Head, name)
    if len(head.offers) > MOST_OFFERS:
        raise broken(name, f"hat mehr als {MOST_OFFERS} Einträge")
    offers: dict[str, Offer] = {}
    for number, raw in enumerate(head.offers, start=1):
        place = f"Eintrag {number} „{str(raw.get('id', 'ohne Kennung'))[:60]}“"
        offer = typed(raw, Offer, name, place)
        if offer.id in offers:
            raise broken(name, f"ist fehlerhaft ({place}: die Kennung kommt zweimal vor)")
        offers[offer.id] = offer
    return Catalogue(head.version, tuple(offers.values()))


def encode_catalogue(catalogue: Catalogue) -> bytes:
    """The catalogue file: fields in their order, what is not known left out, for people to compare.

    `read_catalogue` gives the same catalogue back.
    """
    offers = [_said(offer) for offer in catalogue.offers]
    head = {"version": catalogue.version, "offers": msgspec.to_builtins(offers)}
    return msgspec.json.format(msgspec.json.encode(head), indent=2) + b"\n"


def _said(struct: msgspec.Struct) -> dict[str, object]:
    """The fields that differ from their default, by value: equal catalogues give equal bytes."""
    said: dict[str, object] = {}
    for field in msgspec.structs.fields(struct):
        value = getattr(struct, field.name)
        if value == field.default:
            continue
        if isinstance(value, tuple):
            value = [_said(one) if isinstance(one, msgspec.Struct) else one for one in value]
        said[field.name] = _said(value) if isinstance(value, msgspec.Struct) else value
    return said


def join_offers(*catalogues: tuple[str, tuple[Offer, ...]]) -> tuple[Offer, ...]:
    """The offers of several catalogues in their order; each comes with its name for the error.

    Raises:
        BrokenResource: two of them use the same identifier; all such identifiers are named.
    """
    owner: dict[str, str] = {}
    clashes: list[str] = []
    for name, offers in catalogues:
        for offer in offers:
            if offer.id in owner:
                clashes.append(f"„{offer.id}“ steht auch in {owner[offer.id]}")
            owner.setdefault(offer.id, name)
    if clashes:
        raise broken(catalogues[-1][0], f"ist fehlerhaft ({'; '.join(clashes)})")
    return tuple(offer for _, offers in catalogues for offer in offers)


def read_offers(content: bytes, name: str = CATALOGUE) -> tuple[Offer, ...]:
    """The offers of the catalogue file. Raises BrokenResource."""
    return read_catalogue(content, name).offers


def standing(offer: Offer, today: date) -> Standing:
    """How far the entry can be relied on today; what weighs most decides, its age is always said.

    Closed and expired outweigh suspended, then unclear, then merely old (domain §5, last bullet).
    """
    reliability, german, english = _judged(offer, today)
    checked_en = english_date(offer.checked_on)
    if _age_days(offer, today) > STALE_AFTER_DAYS:
        german = german.rstrip() + (
            f" Zuletzt geprüft am {short_date(offer.checked_on)}, vor mehr als {STALE_AFTER_DAYS} "
            "Tagen: vor der Antragstellung bei der zuständigen Stelle bestätigen."
        )
        english = english.rstrip() + (
            f" Last checked on {checked_en}, more than {STALE_AFTER_DAYS} days ago: "
            "confirm with the responsible body before applying."
        )
    else:
        german = german.rstrip() + f" Stand der Förderinformation: {short_date(offer.checked_on)}."
        english = english.rstrip() + f" Information as of {checked_en}."
    return Standing(reliability, german.strip(), english.strip())


def _age_days(offer: Offer, today: date) -> int:
    return (today - offer.checked_on).days


def _judged(offer: Offer, today: date) -> tuple[Reliability, str, str]:
    outside = _outside_validity(offer, today)
    note, note_en = offer.status_note, offer.status_note_en
    if offer.status == "geschlossen":
        return Reliability.CLOSED, f"Geschlossen. {note}", f"Closed. {note_en}"
    if outside is not None:
        return outside
    if offer.status == "ausgesetzt":
        return Reliability.SUSPENDED, f"Derzeit ausgesetzt. {note}", f"Suspended. {note_en}"
    if offer.status == "unklar":
        return Reliability.UNCLEAR, f"Stand unklar. {note}", f"Status unclear. {note_en}"
    is_old = _age_days(offer, today) > STALE_AFTER_DAYS
    return Reliability.STALE if is_old else Reliability.FRESH, note, note_en


def _outside_validity(offer: Offer, today: date) -> tuple[Reliability, str, str] | None:
    note, note_en = offer.status_note, offer.status_note_en
    if offer.valid_to is not None and offer.valid_to < today:
        end = short_date(offer.valid_to)
        return (
            Reliability.EXPIRED,
            f"Ausgelaufen am {end}. {note}",
            f"Ended on {english_date(offer.valid_to)}. {note_en}",
        )
    if offer.valid_from is not None and offer.valid_from > today:
        start = short_date(offer.valid_from)
        return (
            Reliability.CLOSED,
            f"Gilt erst ab {start}. {note}",
            f"Not valid before {english_date(offer.valid_from)}. {note_en}",
        )
    return None
