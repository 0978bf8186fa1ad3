"""Whether a sealed PDF is unchanged, and why we say so (design §10).

Four points must hold together: the whole file's SHA-256 as recorded, a strict reading, the
expected signatures with the last covering the whole file, and a chain to the anchors this
installation trusts. pyHanko's own verdict is not enough: it tolerates revisions and containers
that we refuse.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from desktop_advisor.domain.german import BERLIN, short_date
from desktop_advisor.signing import later_proofs, reading, sealed_file
from desktop_advisor.signing.faults import Fault
from desktop_advisor.signing.printed import printed_digests
from desktop_advisor.signing.sealed_file import Seal, Trust
from desktop_advisor.signing.sealing import FIELD, STAMP_FIELD
from desktop_advisor.signing.stamps import Stamp
from desktop_advisor.signing.verdict import Level, Outcome, Point, Verdict

__all__ = ["Level", "Outcome", "Point", "Verdict", "verify"]

_WHOLE = "Prüfsumme der Datei"
_READING = "Aufbau der Datei"
_SEAL = "Siegel"
_CHAIN = "Zertifikat"


def verify(
    pdf: bytes,
    *,
    expected_sha256: str | None,
    anchors: Sequence[bytes],
    stamp_anchors: Sequence[bytes] = (),
    lists: Sequence[bytes] = (),
    now: datetime | None = None,
) -> Verdict:
    """The verdict on a file.

    expected_sha256: as recorded when it was sealed, None where no record exists.
    anchors: trusted certificates of people, stamp_anchors: of time-stamp authorities, DER. With no
    stamp_anchors a time stamp is named, but proves nothing. lists: revocation lists of authorities,
    DER. now: None for this machine's clock.
    Whatever raises is "nicht prüfbar", never valid.
    """
    whole = _whole_file(pdf, expected_sha256)
    trust = Trust(anchors, stamp_anchors, now or datetime.now(UTC), lists)
    with _silence():
        return _checked(pdf, whole, trust)


def _checked(pdf: bytes, whole: Point, trust: Trust) -> Verdict:
    try:
        read = reading.read_strictly(pdf)
    except Exception as fault:  # noqa: BLE001 - a hostile file may raise anything
        faulty = Point(_READING, False, _why(fault, "Die Datei ist fehlerhaft"))
        return Verdict(_worst(whole, Outcome.NOT_CHECKABLE), (whole, faulty))
    held = Point(_READING, not read.look_fault, read.look_fault or _SOUND)
    is_change = False
    broken: tuple[Point, ...] = ()
    try:
        found = _sealed(pdf, read.reader, trust)
        if held.holds:
            verdict = _judged((whole, held), found, trust, read)
            return replace(verdict, printed=printed_digests(pdf) if read.attached else None)
    except Exception as fault:  # noqa: BLE001 - see above
        is_change = isinstance(fault, Fault) and fault.is_change
        broken = (Point(_SEAL, False, _why(fault, "Das Siegel ist nicht lesbar")),)
    outcome = Outcome.CHANGED if is_change else Outcome.NOT_CHECKABLE
    return Verdict(_worst(whole, outcome), (whole, held, *broken))


_SOUND = "Die Datei ist fehlerfrei aufgebaut und sieht überall gleich aus."


def _sealed(pdf: bytes, reader: Any, trust: Trust) -> tuple[Seal, Stamp | None]:
    """(the seal, the time stamp over the whole file if there is one)."""
    found = sealed_file.filled_fields(reader)
    if STAMP_FIELD not in found:
        return sealed_file.read_seal(pdf, reader, trust), None
    seal, stamp = found[FIELD], found[STAMP_FIELD]
    later = later_proofs.read_document_stamp(pdf, reader, seal, stamp, trust.stamp_anchors)
    before = pdf[: later_proofs.end_of_seal(seal)]
    return sealed_file.read_seal(before, reading.first_reader(before), trust, later), later


def _judged(
    points: tuple[Point, Point],
    found: tuple[Seal, Stamp | None],
    trust: Trust,
    read: reading.Read,
) -> Verdict:
    whole, seal, stamp = points[0], found[0], found[0].stamp or found[1]
    question = _question(seal, found[1], trust, is_on_record=whole.holds is True)
    outcome = Outcome.VALID_BUT_UNKNOWN_ISSUER if question else Outcome.VALID
    intact = Point(_SEAL, True, "Das Siegel ist unversehrt und deckt die ganze Datei ab.")
    known = Point(_CHAIN, not question, question or _known(seal))
    is_changed = whole.holds is False
    return Verdict(
        _worst(whole, outcome),
        (*points, intact, known),
        seal.signer,
        seal.fingerprint,
        seal.claimed_at.astimezone(BERLIN),
        level=_level(*found),
        stamped_at=stamp.at.astimezone(BERLIN) if stamp else None,
        stamped_by=stamp.authority if stamp else "",
        is_time_trusted=stamp is not None and stamp.is_trusted,
        doubt=_DOUBTFUL if question and seal.is_issuer_known and not is_changed else "",
        title=read.title,
        attached=read.attached,
    )


def _known(seal: Seal) -> str:
    said = "Das Zertifikat gehört zu einem, dem dieses Programm vertraut."
    if seal.revoked_at is None:
        return said
    return f"{said} Es ist seit dem {_day(seal.revoked_at)} gesperrt; gesiegelt wurde vorher."


_DOUBTFUL = (
    "Das Dokument ist unverändert. Ob das Siegel zu diesem Zeitpunkt gelten konnte, ist nicht "
    "belegt."
)


def _question(seal: Seal, later: Stamp | None, trust: Trust, *, is_on_record: bool) -> str:
    """Why the certificate does not vouch for the seal; "" where it does.

    A file that is on record here needs no proof of its age: it was recorded when it was sealed. The
    same holds of a certificate revoked since, as a laptop that is shut out brings no records here;
    but it might go on sealing by itself, so the day that its seal names has to lie before.
    """
    if not seal.is_for_documents:
        return "Das Zertifikat ist nicht dafür ausgestellt, Dokumente zu siegeln."
    if not seal.valid_from <= seal.moment <= seal.valid_to:
        return (
            f"Das Zertifikat gilt von {_day(seal.valid_from)} bis {_day(seal.valid_to)}; gesiegelt "
            f"wurde nach den Angaben im Siegel am {_day(seal.moment)}."
        )
    if not seal.is_issuer_known:
        return _unknown(seal)
    stamps = [stamp for stamp in (seal.stamp, later) if stamp is not None]
    if trust.stamp_anchors and not all(stamp.is_trusted for stamp in stamps):
        return "Der Zeitstempel stammt von einer Stelle, der dieses Programm nicht vertraut."
    proven = [stamp.at for stamp in stamps if stamp.is_trusted]
    if seal.revoked_at is not None:
        proven += [seal.claimed_at] if is_on_record else []
        return "" if min(proven, default=seal.revoked_at) < seal.revoked_at else _revoked(seal)
    return "" if is_on_record or proven else _unproven(seal)


def _revoked(seal: Seal) -> str:
    return (
        f"Das Zertifikat ist seit dem {_day(seal.revoked_at or seal.moment)} gesperrt, etwa weil "
        "der Rechner verloren ging. Dass vorher gesiegelt wurde, ist nicht belegt. Gewissheit gibt "
        "der Vergleich mit der Ausfertigung, die beim Siegeln abgelegt wurde."
    )


def _unproven(seal: Seal) -> str:
    """What is in question where nothing but the seal itself says when it was made."""
    if seal.is_ahead_of_time:
        return f"Das Siegel nennt einen Tag in der Zukunft: {_day(seal.claimed_at)}."
    if not seal.has_expired:
        return ""
    return (
        f"Das Zertifikat ist seit dem {_day(seal.valid_to)} abgelaufen. Dass vorher gesiegelt "
        "wurde, sagt nur die Uhr des siegelnden Rechners; ein Zeitstempel, der es belegt, fehlt. "
        "Gewissheit gibt der Vergleich mit der Ausfertigung, die beim Siegeln abgelegt wurde."
    )


def _unknown(seal: Seal) -> str:
    return (
        "Das Zertifikat ist auf diesem Gerät nicht bekannt, etwa weil ein anderes Gerät "
        "gesiegelt hat. Gewissheit gibt der Vergleich mit dem Fingerabdruck, den die "
        "versiegelnde Person in ihren Einstellungen sieht. Fingerabdruck dieser Datei: "
        f"{seal.fingerprint}."
    )


def _level(seal: Seal, later: Stamp | None) -> Level:
    if later is not None:
        return Level.LONG_TERM
    return Level.TIME_STAMPED if seal.stamp is not None else Level.BASIC


def _day(moment: datetime) -> str:
    return short_date(moment.astimezone(BERLIN).date())


def _worst(whole: Point, outcome: Outcome) -> Outcome:
    return Outcome.CHANGED if whole.holds is False else outcome


def _why(fault: Exception, otherwise: str) -> str:
    return str(fault) if isinstance(fault, Fault) else f"{otherwise} ({type(fault).__name__})."


def _whole_file(pdf: bytes, expected: str | None) -> Point:
    if expected is None:
        return Point(_WHOLE, None, "Zu dieser Datei ist hier keine Prüfsumme hinterlegt.")
    if hashlib.sha256(pdf).hexdigest() == expected.strip().lower():
        return Point(_WHOLE, True, "Die Prüfsumme stimmt mit der hinterlegten überein.")
    return Point(
        _WHOLE, False, "Die Prüfsumme weicht von der hinterlegten ab: Es ist eine andere Datei."
    )


_TALKATIVE = ("pyhanko", "pyhanko_certvalidator", "pikepdf")


@contextmanager
def _silence() -> Iterator[None]:
    """The libraries log an unknown issuer or a torn page tree; here these are answers."""
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
