"""Export, check and take over the catalogue: what an editor does with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from desktop_advisor.advice.offers import (
    CATALOGUE,
    Catalogue,
    Offer,
    encode_catalogue,
    join_offers,
    read_catalogue,
)
from desktop_advisor.advice.resource_files import LARGEST_BYTES, BrokenResource, broken
from desktop_advisor.questionnaire.authoring.findings import Finding
from desktop_advisor.storage.durable_files import write_durably
from desktop_advisor.usecases.catalogue.checking import check_catalogue, check_entries
from desktop_advisor.usecases.catalogue.files import BrokenTable, read_tables, write_tables
from desktop_advisor.usecases.networks import PROFILE, read_network
from desktop_advisor.usecases.workplace import Resources

Remark = tuple[str, bool]
"""A line for the editor, and whether it is an error."""


@dataclass
class Import:
    """What came of it. target: the file written; None where errors kept it from being written."""

    remarks: list[Remark] = field(default_factory=list)
    target: Path | None = None
    added: int = 0
    changed: int = 0
    removed: int = 0


def export_catalogue(resources: Resources, path: Path, network: str = "") -> list[Path]:
    """Write the shared catalogue or a network's own as a table; the files written.

    Raises BrokenTable, or BrokenResource where the catalogue cannot be read.
    """
    source = catalogue_file(resources, network)
    return write_tables(_read(source) if source.exists() else Catalogue("", ()), path)


def import_catalogue(
    resources: Resources, path: Path, today: date, *, network: str = "", target: Path | None = None
) -> Import:
    """Take a table over, unless it has errors; warnings do not stop it.

    Raises BrokenTable where the file is no table.
    """
    reading = read_tables(path)
    findings = [*reading.findings, *check_entries(reading.entries, today)]
    made = reading.catalogue()
    target = target or catalogue_file(resources, network)
    done = Import([_remark(finding) for finding in findings])
    if not reading.entries and not findings:
        done.remarks.append((f"„{path.name}“ enthält kein Angebot.", True))
    if not any(is_error for _, is_error in done.remarks):
        done.remarks += [(fault.what, True) for fault in _clashes(resources, made, network)]
    if any(is_error for _, is_error in done.remarks):
        return done
    before = {offer.id: offer for offer in _read(target).offers} if target.exists() else {}
    after = {offer.id: offer for offer in made.offers}
    write_durably(target, encode_catalogue(made))
    done.target = target
    done.added, done.removed = len(after.keys() - before), len(before.keys() - after)
    done.changed = sum(after[name] != before[name] for name in after.keys() & before.keys())
    return done


def catalogue_file(resources: Resources, network: str = "") -> Path:
    """Where the shared catalogue lies, or that of a network. Raises BrokenTable: no such one."""
    if not network:
        return resources.root / "catalogues" / CATALOGUE
    if not (resources.networks / network / PROFILE).is_file():
        known = ", ".join(sorted(p.parent.name for p in resources.networks.glob(f"*/{PROFILE}")))
        raise BrokenTable(f"Das Netzwerk „{network}“ gibt es nicht.", f"Vorhanden sind: {known}.")
    return resources.networks / network / CATALOGUE


def check_path(path: Path, today: date) -> list[Remark]:
    """Everything wrong with a table, a catalogue, a network's folder or a resources folder.

    Raises BrokenTable where there is nothing of the kind.
    """
    if path.suffix.lower() == ".json" and path.is_file():
        return list(_of_file(path, today))
    if not path.is_dir():
        reading = read_tables(path)
        return [_remark(f) for f in (*reading.findings, *check_entries(reading.entries, today))]
    if (path / PROFILE).is_file():
        return list(_of_network(path, _shared_beside(path), today))
    if (path / "networks").is_dir():
        return list(_of_resources(Resources(path), today))
    files = sorted(path.glob("*.json"))
    if not files:
        what = f"In „{path}“ liegt kein Katalog."
        raise BrokenTable(what, "Nennen Sie eine Datei, ein Netzwerk oder den Ordner resources.")
    return [remark for file in files for remark in _of_file(file, today)]


def _of_resources(resources: Resources, today: date) -> Iterator[Remark]:
    shared = resources.root / "catalogues" / CATALOGUE
    yield from _of_file(shared, today)
    for profile in sorted(resources.networks.glob(f"*/{PROFILE}")):
        yield from _of_network(profile.parent, shared, today)


def _of_network(folder: Path, shared: Path | None, today: date) -> Iterator[Remark]:
    """The profile and the logo, the own offers, and clashes with the shared ones."""
    try:
        network = read_network(folder)
        if shared is not None:
            own = f"{folder.name}/{CATALOGUE}"
            join_offers((CATALOGUE, _read(shared).offers), (own, network.offers))
    except BrokenResource as fault:
        yield fault.what, True
        return
    if (folder / CATALOGUE).exists():
        yield from _of_file(folder / CATALOGUE, today)


def _of_file(path: Path, today: date) -> Iterator[Remark]:
    try:
        catalogue = _read(path)
    except BrokenResource as fault:
        yield fault.what, True
        return
    newest = max((offer.version for offer in catalogue.offers), default=catalogue.version)
    if catalogue.version != newest:
        yield f"{path}: Die Fassung heißt {catalogue.version}, ein Eintrag ist von {newest}.", True
    for finding in check_catalogue(catalogue, today):
        offer = _offer_at(catalogue.offers, finding)
        named = f" (Eintrag „{offer}“)" if offer else ""
        yield f"{path}{named}: {finding}", finding.is_error


def _offer_at(offers: tuple[Offer, ...], finding: Finding) -> str:
    """The entry of a finding in the exported table, whose offers begin in row 3."""
    index = finding.row - 3
    return offers[index].id if finding.sheet == "Angebote" and 0 <= index < len(offers) else ""


def _clashes(resources: Resources, made: Catalogue, network: str) -> Iterable[BrokenResource]:
    """Identifiers that the catalogue would share with another one of the same workplace."""
    shared = resources.root / "catalogues" / CATALOGUE
    pairs = [((CATALOGUE, _read(shared).offers), (f"{network}/{CATALOGUE}", made.offers))]
    if not network:
        files = sorted(resources.networks.glob(f"*/{CATALOGUE}"))
        pairs = [
            ((CATALOGUE, made.offers), (f"{file.parent.name}/{CATALOGUE}", _read(file).offers))
            for file in files
        ]
    for one, other in pairs:
        try:
            join_offers(one, other)
        except BrokenResource as fault:
            yield fault


def _shared_beside(folder: Path) -> Path | None:
    """The shared catalogue of the resources a network's folder lies in, if it lies in any."""
    found = folder.resolve().parent.parent / "catalogues" / CATALOGUE
    return found if found.is_file() else None


def _read(path: Path) -> Catalogue:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise broken(path.name, "ist zu groß")
        return read_catalogue(path.read_bytes(), path.name)
    except OSError as error:
        raise broken(path.name, "fehlt oder lässt sich nicht lesen") from error


def _remark(finding: Finding) -> Remark:
    return str(finding), finding.is_error
