"""`desktop-advisor verify FILE…`: is a sealed report unchanged, and why?

Exit codes: 0 unchanged and of a known issuer, 1 changed, 2 not checkable, 3 unchanged, but its
issuer or its age is not proven. For several files the gravest: 1, then 2, then 3.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from desktop_advisor import bootstrap
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.signing.isolated import read_certificate
from desktop_advisor.signing.verdict import Outcome, Verdict
from desktop_advisor.usecases.anchors import SEALS, STAMPS, network_anchors

if TYPE_CHECKING:
    from desktop_advisor.usecases.checking import Checked
    from desktop_advisor.usecases.workplace import Workplace

CODES = {
    Outcome.VALID: 0,
    Outcome.CHANGED: 1,
    Outcome.NOT_CHECKABLE: 2,
    Outcome.VALID_BUT_UNKNOWN_ISSUER: 3,
}
_GRAVEST_FIRST = (1, 2, 3)


class BadAnchor(KnownError):
    """A certificate that was named cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"„{path}“ ist kein lesbares Zertifikat.",
            safe="Es wurde nichts geprüft.",
            todo="Bitte geben Sie eine Zertifikatsdatei an (PEM oder DER).",
        )


class NothingToCheck(KnownError):
    """Folders without a PDF, or one hash for several files."""

    def __init__(self, why: str) -> None:
        super().__init__(why, safe="Es wurde nichts geprüft.", todo="Bitte rufen Sie neu auf.")


def add_to(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.description = __doc__
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("file", type=Path, nargs="+", help="PDF, or a folder of them")
    parser.add_argument(
        "--anchor", type=Path, action="append", default=[], help="certificate to trust for seals"
    )
    parser.add_argument(
        "--stamp-anchor", type=Path, action="append", default=[], help="the same for time stamps"
    )
    parser.add_argument("--network", default="", help="trust this network's certificates only")
    parser.add_argument("--sha256", default=None, help="hash of the whole file as recorded")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    parser.add_argument(
        "--store", action="store_true", help="unlock the store: its records and certificates count"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check, print, and return the exit code. Raises KnownError."""
    files = list(_files(arguments.file))
    if not files:
        raise NothingToCheck("In den Ordnern liegt keine PDF-Datei.")
    if arguments.sha256 and len(files) > 1:
        raise NothingToCheck("Eine Prüfsumme gilt für eine Datei, angegeben sind mehrere.")
    say = _say_json if arguments.json else _say
    codes = set()
    with _checker(arguments) as checker:
        for path in files:
            checked = checker.check(path)
            codes.add(CODES[checked.verdict.outcome])
            say(path, checked)
    return next((code for code in _GRAVEST_FIRST if code in codes), 0)


def _files(given: list[Path]) -> Iterator[Path]:
    for path in given:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf")
        else:
            yield path


@dataclass(frozen=True)
class _Checker:
    expected: str | None
    anchors: list[bytes]
    stamp_anchors: list[bytes]
    place: Workplace | None
    lists: Sequence[bytes] = ()

    def check(self, path: Path) -> Checked:
        """The verdict on one file; one that cannot be read is not checkable."""
        from desktop_advisor.signing.verdict import not_checkable
        from desktop_advisor.usecases.checking import (
            CannotRead,
            Checked,
            by_record,
            check_bytes,
            read_pdf,
        )

        try:
            pdf = read_pdf(path)
        except CannotRead as error:
            return Checked(not_checkable("Datei", error.what), None)

        def check(expected: str | None) -> Checked:
            return check_bytes(
                pdf,
                expected=expected,
                anchors=self.anchors,
                stamp_anchors=self.stamp_anchors,
                lists=self.lists,
            )

        if self.place is None or self.expected:
            return check(self.expected)
        return by_record(self.place, pdf, check)


@contextmanager
def _checker(arguments: argparse.Namespace) -> Iterator[_Checker]:
    resources = bootstrap.find_resources()
    seals = [_certificate(path) for path in arguments.anchor]
    stamps = [_certificate(path) for path in arguments.stamp_anchor]
    seals += network_anchors(resources, arguments.network, SEALS)
    stamps += network_anchors(resources, arguments.network, STAMPS)
    if not arguments.store:
        yield _Checker(arguments.sha256, seals, stamps, None)
        return
    from desktop_advisor.usecases.anchors import trusted_seals, trusted_stamps
    from desktop_advisor.usecases.network_authority import known_lists

    place = _unlocked(arguments)
    try:
        seals, stamps = [*seals, *trusted_seals(place)], [*stamps, *trusted_stamps(place)]
        yield _Checker(arguments.sha256, seals, stamps, place, known_lists(place))
    finally:
        place.close()


def _unlocked(arguments: argparse.Namespace) -> Workplace:
    from getpass import getpass

    from desktop_advisor.usecases.setting_up import unlock

    folder = arguments.data or bootstrap.data_folder()
    return unlock(bootstrap.find_resources(), folder, getpass("Passphrase: "))


def _certificate(path: Path) -> bytes:
    try:
        return read_certificate(path)
    except (OSError, ValueError) as error:
        raise BadAnchor(path) from error


# -- saying it ------------------------------------------------------------------------------------


def _say(path: Path, checked: Checked) -> None:
    verdict = checked.verdict
    lines = [f"{path}: {verdict.outcome.word}", f"  {verdict.headline}"]
    for point in verdict.points:
        mark = {True: "ja", False: "nein", None: "nicht gefragt"}[point.holds]
        lines.append(f"  {point.title}: {mark}. {point.reason}")
    lines += [f"  {line}" for line in (verdict.sealed_by, *verdict.proof) if line]
    if checked.about is not None:
        about = checked.about
        lines.append(f"  Bericht für {about.company}, Fassung {about.version}. {about.words}")
        lines.append(f"  Prüfsumme des Inhalts: {about.content_hash}")
    sys.stdout.write("\n".join(lines) + "\n")


def _say_json(path: Path, checked: Checked) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(_values(path, checked)) + b"\n")
    sys.stdout.flush()


def _values(path: Path, checked: Checked) -> dict[str, Any]:
    verdict: Verdict = checked.verdict
    return {
        "file": str(path),
        "outcome": verdict.outcome,
        "headline": verdict.headline,
        "points": verdict.points,
        "level": verdict.level,
        "signer": verdict.signer,
        "fingerprint": verdict.fingerprint,
        "sealed_at": verdict.sealed_at,
        "stamped_at": verdict.stamped_at,
        "stamped_by": verdict.stamped_by,
        "is_time_trusted": verdict.is_time_trusted,
        "title": verdict.title,
        "about": checked.about,
    }
