"""Gesprächsprotokoll as plain values: who met when, what was talked about, what was agreed."""

from __future__ import annotations

from datetime import date

import msgspec

from desktop_advisor.report.model import Branding, SignatureSlot, TalkingPoint, Visit

TITLE = "Gesprächsprotokoll"
WITHHELD = (
    "Der Betriebsrat hat eigene Antworten gegeben und sie nicht zur Wiedergabe freigegeben; "
    "dieses Protokoll enthält sie nicht."
)
DRAFT = (
    "Vorläufig: Nicht alles ist besprochen. Was noch offen ist, steht unter „Offene Punkte“; "
    "unterschrieben werden kann das Protokoll trotzdem."
)
SIGNED = "Das Protokoll gibt wieder, was an den genannten Terminen besprochen und vereinbart wurde."
LEVELS = (
    "Kennpunkte, bei denen Geschäftsführung (GF) und Betriebsrat (BR) mindestens zwei Stufen "
    "auseinanderliegen; Stufen von 0 bis 5. Gem.: am Tisch gemeinsam festgelegt."
)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One note. time: "09:14" or "". speaker: who spoke, in words, "" for nobody in particular.

    question: the words it was written to, "" for a free note.
    """

    text: str
    time: str = ""
    speaker: str = ""
    question: str = ""


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """The notes to one field of action in order of time; field "" for those to none."""

    field: str
    entries: tuple[Entry, ...]


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """How many questions one side answered at a visit. fields: short name and number of each."""

    who: str
    count: int
    fields: tuple[tuple[str, int], ...] = ()


class VisitRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What happened at one visit. remark: that it still lasts or was interrupted, else ""."""

    visit: Visit
    topics: tuple[Topic, ...] = ()
    answered: tuple[Answered, ...] = ()
    remark: str = ""


class Agreed(msgspec.Struct, frozen=True, kw_only=True):
    """A measure with its owner, "" for nobody, its date, None for none, and its state in words."""

    title: str
    owner: str = ""
    due_on: date | None = None
    state: str = ""


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """When one meets again. time, place: "" where that is not agreed."""

    on: date
    what: str
    time: str = ""
    place: str = ""


class Minutes(msgspec.Struct, frozen=True, kw_only=True):
    """The minutes of one case. is_draft: something is open or a visit not over yet.

    withheld: that a side's answers are missing, "" where none are. open_points: one sentence each.
    """

    network: Branding
    created_on: date
    company: tuple[str, ...]
    advisor: tuple[str, ...]
    check_name: str
    occasion: str = ""
    is_draft: bool = False
    visits: tuple[VisitRecord, ...] = ()
    talking_points: tuple[TalkingPoint, ...] = ()
    withheld: str = ""
    measures: tuple[Agreed, ...] = ()
    next_talk: Meeting | None = None
    open_points: tuple[str, ...] = ()
    signatures: tuple[SignatureSlot, ...] = ()
