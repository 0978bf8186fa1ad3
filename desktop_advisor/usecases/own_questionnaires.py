"""Questionnaires the advisor brings along: checked, compiled, kept beside the store."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import select

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import counted
from desktop_advisor.questionnaire.xform import read_xform
from desktop_advisor.storage.durable_files import write_durably
from desktop_advisor.storage.errors import DiskFull
from desktop_advisor.storage.models import Case
from desktop_advisor.usecases.form_outline import outline_of
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.questionnaires import QuestionnaireView, view_of, write_version
from desktop_advisor.usecases.workplace import Form, Workplace, version_name

if TYPE_CHECKING:
    from desktop_advisor.questionnaire.authoring.findings import Finding

WORKBOOKS = (".xlsx", ".md")
SHOWN = 8
"""Findings an editor is told at once; mending those often mends the rest (our choice)."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
"""What may be a file name on every system, with room for the version behind it."""
_SAFE = "Die bisherigen Fragebögen bleiben unverändert in Gebrauch."


@dataclass(frozen=True)
class Place:
    """One mistake. where: "Blatt survey, Zeile 3, Spalte F (relevant)". advice: "" for none."""

    where: str
    what: str
    advice: str


class Refused(KnownError):
    """A workbook is not taken in as a questionnaire.

    Attributes:
        headline: what happened, without the places.
        places: what is wrong, place by place; () where it is none of the cells.
    """

    def __init__(self, headline: str, todo: str, places: Sequence[Place] = ()) -> None:
        shown = [f"{p.where}: {p.what}" for p in places[:SHOWN]]
        more = [f"… und {len(places) - SHOWN} weitere"] if len(places) > SHOWN else []
        super().__init__("\n".join([headline, *shown, *more]), safe=_SAFE, todo=todo)
        self.headline = headline
        self.places = tuple(places)


class InUse(KnownError):
    """Consultations under way are asked with it."""

    def __init__(self, title: str, cases: int) -> None:
        many = counted(cases, "laufender Beratungsfall nutzt", "laufende Beratungsfälle nutzen")
        super().__init__(
            f"{many} den Fragebogen „{title}“.",
            safe="Der Fragebogen bleibt erhalten.",
            todo="Wechseln Sie dort zuerst zu einem anderen Fragebogen.",
        )


def add_questionnaire(place: Workplace, path: Path) -> QuestionnaireView:
    """Check, compile and keep a workbook; an own one of the same name is replaced.

    Drafts go on with the version they were begun with. Takes about a second.

    Raises:
        Refused: what is wrong with it, by sheet, row and column.
        BrokenWorkbook: it cannot be read, or is larger than any questionnaire.
    """
    from desktop_advisor.questionnaire.authoring.checking import check_workbook
    from desktop_advisor.questionnaire.authoring.compiling import compile_workbook

    if path.suffix.lower() not in WORKBOOKS:
        raise Refused(
            f"„{path.name}“ ist keine Arbeitsmappe.", "Wählen Sie eine Datei .xlsx oder .md."
        )
    findings = check_workbook(path, offers=[offer.id for offer in place.offers])
    _refuse_errors(path, [finding for finding in findings if finding.is_error])
    compiled = compile_workbook(path)
    sidecar = compiled.sidecar
    _refuse_name(place, sidecar.form_id)
    _refuse_empty(path, Form(read_xform(compiled.xform), sidecar))
    kept = version_name(sidecar.form_id, sidecar.form_hash)
    try:
        write_version(place, kept, compiled.xform, msgspec.json.encode(sidecar))
        pointer = sidecar.form_hash.encode("ascii")
        write_durably(place.forms / f"{sidecar.form_id}.own", pointer)
    except OSError as error:
        raise DiskFull from error
    return view_of(place, sidecar.form_id)


def remove_questionnaire(place: Workplace, name: str) -> None:
    """Offer an own questionnaire no longer; its versions stay for what was filled with them.

    Raises: InUse, where an open case is asked with it.
    """
    if name not in place.own_forms():
        raise ValueError(name)
    using = select(Case.id).where(
        Case.questionnaire == name, Case.state == "open", Case.deleted.is_(False)
    )
    with place.store.read() as session:
        cases = len(session.scalars(using).all())
    if cases:
        raise InUse(view_of(place, name).title, cases)
    with contextlib.suppress(FileNotFoundError):
        (place.forms / f"{name}.own").unlink()


def _refuse_errors(path: Path, errors: Sequence[Finding]) -> None:
    if not errors:
        return
    raise Refused(
        f"„{path.name}“ hat {len(errors)} Fehler.",
        "Berichtigen Sie die genannten Stellen und fügen Sie die Datei erneut hinzu.",
        [_place(error) for error in errors],
    )


def _place(error: Finding) -> Place:
    where = f"Blatt {error.sheet}, Zeile {error.row}"
    if error.column:
        where += f", Spalte {error.column}" + (f" ({error.header})" if error.header else "")
    return Place(where, error.message, error.suggestion)


def _refuse_name(place: Workplace, name: str) -> None:
    bundled = {form.casefold() for form in place.resources.form_names()}
    if name.casefold() in bundled:
        raise Refused(
            f"„{name}“ heißt schon ein Fragebogen des Programms.",
            "Tragen Sie im Blatt „settings“ eine andere form_id ein.",
        )
    if not _NAME.fullmatch(name):
        raise Refused(
            f"Die form_id „{name}“ enthält andere Zeichen als Buchstaben ohne Umlaute, Ziffern, "
            "Punkt, Strich und Unterstrich oder ist zu lang.",
            "Tragen Sie im Blatt „settings“ eine kurze form_id ein.",
        )


def _refuse_empty(path: Path, form: Form) -> None:
    asked = [i for i in outline_of(form).items if i.kind not in (Kind.NOTE, Kind.OTHER)]
    if not asked:
        raise Refused(
            f"„{path.name}“ enthält keine Frage, die das Gespräch stellen kann.",
            "Prüfen Sie das Blatt „survey“.",
        )
