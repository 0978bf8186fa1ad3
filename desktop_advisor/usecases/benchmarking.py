"""Vergleich mit ähnlichen Betrieben: from the network's signed reference set, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from desktop_advisor.assessment.benchmarks import (
    LARGEST_BYTES,
    BrokenReferenceSet,
    Group,
    ReferenceSet,
    read_reference_set,
)
from desktop_advisor.signing.detached import is_signed
from desktop_advisor.storage.models import Company
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.results import Results
from desktop_advisor.usecases.workplace import Workplace

FILE, SIGNATURE = "benchmarks.json", "benchmarks.sig"
_LARGEST_SIGNATURE = 200
"""Bytes; 64 in Base64 are 88."""


@dataclass(frozen=True)
class BenchmarkRow:
    """One dimension beside firms of the same size class; actual None where nothing may be said."""

    dimension: str
    label: str
    actual: Decimal | None
    group: Group


@dataclass(frozen=True)
class Benchmarks:
    """The set's origin and the rows with ten firms or more. why_none: the sentence without rows."""

    rows: tuple[BenchmarkRow, ...] = ()
    source: str = ""
    as_of: date | None = None
    why_none: str = ""


def show_benchmarks(place: Workplace, results: Results) -> Benchmarks:
    """The company beside its like; where there is no set, no key or no group, none and why."""
    try:
        found = reference_set(place)
    except BrokenReferenceSet as error:
        return Benchmarks(why_none=f"{error.what} {error.todo}")
    if found is None:
        return Benchmarks(why_none="Für dieses Netzwerk liegt kein Vergleichsdatensatz vor.")
    if found.form_id != results.form.sidecar.form_id:
        return Benchmarks(why_none="Der Vergleichsdatensatz gilt für einen anderen Fragebogen.")
    with place.store.read() as session:
        company = session.get_one(Company, results.company_id)
        size = company_facts(company).as_texts()["size_class"]
    if not size:
        return Benchmarks(why_none="Die Größenklasse des Unternehmens ist nicht bestimmt.")
    rows = tuple(
        BenchmarkRow(row.dimension.code, row.short, row.led.printable if row.led else None, group)
        for row in results.maturity
        if not row.is_parked and (group := found.group(row.dimension.code, size)) is not None
    )
    why = "" if rows else "In dieser Größenklasse liegen weniger als zehn Betriebe vor."
    return Benchmarks(rows, found.source, found.as_of, why)


def reference_set(place: Workplace) -> ReferenceSet | None:
    """The network's set; None where it has none.

    Raises:
        BrokenReferenceSet: it is there but not signed by the network, or damaged.
    """
    folder = place.resources.network_folder(place.profile.id)
    if not (folder / FILE).exists():
        folder = place.resources.networks / place.profile.id
    if not (folder / FILE).exists():
        return None
    content = _bounded(folder / FILE, LARGEST_BYTES)
    signature = _bounded(folder / SIGNATURE, _LARGEST_SIGNATURE)
    if not is_signed(content, signature, place.profile.reference_key):
        raise BrokenReferenceSet("die Unterschrift des Netzwerks fehlt oder passt nicht")
    return read_reference_set(content)


def _bounded(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise BrokenReferenceSet(f"„{path.name}“ lässt sich nicht lesen") from error
    if len(content) > most:
        raise BrokenReferenceSet(f"„{path.name}“ ist zu groß")
    return content
