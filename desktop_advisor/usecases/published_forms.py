"""Published content on trial: forms compile, catalogues and profiles read, before they count."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_advisor.advice.dependency_file import DEPENDENCIES, read_dependencies
from desktop_advisor.advice.offers import CATALOGUE, read_offers
from desktop_advisor.advice.resource_files import BrokenResource
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.usecases.form_outline import outline_of
from desktop_advisor.usecases.networks import PROFILE, read_network
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.workplace import Resources, Workplace, load_form

if TYPE_CHECKING:
    from desktop_advisor.questionnaire.authoring.findings import Finding

_WORKBOOKS = (".xlsx", ".md")
_SHOWN = 5
"""Mistakes that are told at once; who published the form has the checker at hand."""


class ContentRefused(KnownError):
    """What the network published does not come into force."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"Neue Inhalte Ihres Netzwerks werden nicht übernommen. {why}",
            safe="Die bisherigen Fragebögen und Kataloge bleiben in Gebrauch.",
            todo="Bitte geben Sie Ihrer Netzwerkzentrale Bescheid.",
        )


def stage(files: Mapping[str, bytes], folder: Path, place: Workplace) -> list[str]:
    """Write catalogues, profiles and compiled forms below `folder`; the forms' names, sorted.

    Takes about a second per form. Raises ContentRefused, naming form, sheet, row and column.
    """
    source = folder / "source"
    for path, content in files.items():
        target = (source if path.startswith("forms/") else folder) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    workbooks = sorted(p for p in source.glob("forms/*") if p.suffix in _WORKBOOKS)
    names = [path.stem for path in workbooks]
    if len(set(names)) != len(names):
        raise ContentRefused("Ein Fragebogen ist doppelt darin, als .md und als .xlsx.")
    offers = _offers(files, place)
    for workbook in workbooks:
        _compile(workbook, folder / "forms", offers)
    shutil.rmtree(source, ignore_errors=True)
    return names


def check_published(resources: Resources, network_id: str) -> None:
    """Read everything as it will be read when in force. Raises ContentRefused."""
    published = resources.content
    if published is None:
        raise ContentRefused("Sie lassen sich nicht lesen.")
    try:
        for folder in sorted((published / "networks").glob("*")):
            resources.offers_of(read_network(folder))
        if (resources.network_folder(network_id) / PROFILE).exists():
            resources.offers_of(resources.network(network_id))
        resources.offers()
        read_dependencies(resources.catalogue(DEPENDENCIES).read_bytes())
    except (BrokenResource, OSError) as error:
        what = error.what if isinstance(error, KnownError) else "Eine Datei fehlt."
        raise ContentRefused(what) from error


def _offers(files: Mapping[str, bytes], place: Workplace) -> list[str]:
    """Ids that a form's rules may name: those known here and those that come along."""
    known = {offer.id for offer in place.offers}
    for path, content in files.items():
        if path.endswith(f"/{CATALOGUE}"):
            try:
                known |= {offer.id for offer in read_offers(content, path)}
            except BrokenResource as error:
                raise ContentRefused(error.what) from error
    return sorted(known)


def _compile(path: Path, target: Path, offers: Sequence[str]) -> None:
    from desktop_advisor.questionnaire.authoring.building import write_compiled
    from desktop_advisor.questionnaire.authoring.checking import check_workbook
    from desktop_advisor.questionnaire.authoring.compiling import compile_workbook

    try:
        findings = check_workbook(path, offers=offers)
        _refuse(path, [finding for finding in findings if finding.is_error])
        compiled = compile_workbook(path)
        if compiled.sidecar.form_id != path.stem:
            raise ContentRefused(
                f"Der Fragebogen „{path.stem}“ nennt sich selbst „{compiled.sidecar.form_id}“."
            )
        write_compiled(compiled, target, path.stem)
        form = load_form(target, path.stem)
    except ContentRefused:
        raise
    except KnownError as error:
        raise ContentRefused(f"Fragebogen „{path.stem}“: {error.what}") from error
    if all(item.kind in (Kind.NOTE, Kind.OTHER) for item in outline_of(form).items):
        raise ContentRefused(f"Der Fragebogen „{path.stem}“ enthält keine Frage.")


def _refuse(path: Path, errors: list[Finding]) -> None:
    if not errors:
        return
    told = [_place(error) for error in errors[:_SHOWN]]
    more = f" … und {len(errors) - _SHOWN} weitere" if len(errors) > _SHOWN else ""
    raise ContentRefused(f"Fragebogen „{path.stem}“: {'; '.join(told)}{more}")


def _place(error: Finding) -> str:
    column = f", Spalte {error.column}" if error.column else ""
    return f"Blatt {error.sheet}, Zeile {error.row}{column}: {error.message}"
