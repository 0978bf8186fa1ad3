"""What the check of a sealed file says, in words a person without technical knowledge follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop_advisor.domain.german import BERLIN, clock_time, short_date


class Outcome(StrEnum):
    """What may be said of the file; only VALID is ever shown as good."""

    VALID = "valid"
    VALID_BUT_UNKNOWN_ISSUER = "valid_but_unknown_issuer"
    CHANGED = "changed"
    NOT_CHECKABLE = "not_checkable"

    @property
    def word(self) -> str:
        """The outcome in a word or two, as in a list of files."""
        return _WORDS[self]


class Level(StrEnum):
    """How long the seal stays provable: baseline levels of ETSI EN 319 142-1 §6.

    BASIC: seal alone. TIME_STAMPED: with a time stamp. LONG_TERM: with the proofs that a check
    needs years later, and a time stamp over them.
    """

    BASIC = "B-B"
    TIME_STAMPED = "B-T"
    LONG_TERM = "B-LT"


_WORDS = {
    Outcome.VALID: "unverändert",
    Outcome.VALID_BUT_UNKNOWN_ISSUER: "unverändert, Herkunft nicht belegt",
    Outcome.CHANGED: "verändert",
    Outcome.NOT_CHECKABLE: "nicht prüfbar",
}
_HEADLINES = {
    Outcome.VALID: "Das Dokument ist unverändert und von einem bekannten Zertifikat versiegelt.",
    Outcome.VALID_BUT_UNKNOWN_ISSUER: "Das Dokument ist unverändert. Wer es versiegelt hat, ist "
    "diesem Programm nicht bekannt.",
    Outcome.CHANGED: "Das Dokument wurde nach dem Siegeln verändert.",
    Outcome.NOT_CHECKABLE: "Das Dokument ist nicht prüfbar.",
}


@dataclass(frozen=True)
class Point:
    """One of the four points. holds: None where it could not be asked."""

    title: str
    holds: bool | None
    reason: str


@dataclass(frozen=True)
class Verdict:
    """The outcome with its reasons, in German; the signer as far as the seal could be read.

    doubt: the headline where the seal is intact, yet more than its issuer is in question.
    level: None where no intact seal was found. stamped_at, stamped_by: the time stamp's own words;
    is_time_trusted: whether this installation trusts who stamped. attached: the JSON file that the
    sealed document carries as its data, b"" for none. printed: the checksums (SHA-256) on its
    pages, None where they were not read. title: as its metadata say.
    """

    outcome: Outcome
    points: tuple[Point, ...]
    signer: str = ""
    fingerprint: str = ""
    sealed_at: datetime | None = None
    level: Level | None = None
    stamped_at: datetime | None = None
    stamped_by: str = ""
    is_time_trusted: bool = False
    doubt: str = ""
    title: str = ""
    attached: bytes = b""
    printed: tuple[str, ...] | None = None

    @property
    def is_intact(self) -> bool:
        """True where no byte has changed since the seal, whoever made it."""
        return self.outcome in (Outcome.VALID, Outcome.VALID_BUT_UNKNOWN_ISSUER)

    @property
    def headline(self) -> str:
        """The outcome as one sentence or two."""
        return self.doubt or _HEADLINES[self.outcome]

    @property
    def sealed_by(self) -> str:
        """Who sealed it; only where the certificate is known is that more than its own word."""
        if not self.signer or self.outcome is Outcome.VALID:
            return f"Gesiegelt von {self.signer}" if self.signer else ""
        return f"Nach eigener Angabe des Zertifikats gesiegelt von {self.signer}"

    @property
    def proof(self) -> tuple[str, ...]:
        """Level and time in sentences, each only as sure as it is; none where no seal is intact.

        Drawn signatures are not mentioned: they are pictures, and nobody has compared them.
        """
        if self.level is None or self.sealed_at is None:
            return ()
        claimed = f"Angegebener Zeitpunkt: {_moment(self.sealed_at)}, Uhr des siegelnden Rechners."
        return (f"Stufe {self.level}: {_LEVELS[self.level]}", claimed, *self._stamp_lines())

    def _stamp_lines(self) -> tuple[str, ...]:
        if self.stamped_at is None:
            return ()
        at = _moment(self.stamped_at)
        if self.is_time_trusted:
            return (f"Belegt: Das Siegel bestand am {at} (Zeitstempel von {self.stamped_by}).",)
        return (f"Nach Angabe von „{self.stamped_by}“, hier nicht bekannt, bestand es am {at}.",)


_LEVELS = {
    Level.BASIC: "Siegel ohne Zeitstempel.",
    Level.TIME_STAMPED: "Siegel mit Zeitstempel.",
    Level.LONG_TERM: "Siegel mit Zeitstempel und Nachweisen für spätere Prüfungen.",
}


def _moment(at: datetime) -> str:
    local = at.astimezone(BERLIN)
    return f"{short_date(local.date())} um {clock_time(local)}"


def not_checkable(title: str, reason: str) -> Verdict:
    """The verdict on a file of which nothing can be said."""
    return Verdict(Outcome.NOT_CHECKABLE, (Point(title, False, reason),))
