"""The compiled form as the program loads it: plain XForm plus sidecar, nothing of the editors."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.questionnaire.sidecar import Sidecar


class BrokenQuestionnaire(KnownError):
    """A compiled questionnaire is missing, unreadable, or its two halves do not belong together."""


@dataclass(frozen=True)
class Questionnaire:
    """One form ready to run.

    xform_bytes: the XForm document. sidecar: scoring, rules and the row map of the same workbook.
    """

    xform_bytes: bytes
    sidecar: Sidecar


def available(folder: Path) -> list[str]:
    """Names of the compiled questionnaires in a folder, sorted; none if there is no folder."""
    return sorted(path.stem for path in folder.glob("*.json") if path.with_suffix(".xml").is_file())


def load_questionnaire(folder: Path, name: str) -> Questionnaire:
    """The questionnaire NAME, its XForm proven to be the one its sidecar was made with.

    Raises:
        BrokenQuestionnaire: a file is missing, unreadable or altered.
    """
    try:
        xform = (folder / f"{name}.xml").read_bytes()
        sidecar = msgspec.json.decode((folder / f"{name}.json").read_bytes(), type=Sidecar)
    except OSError as error:
        raise _broken(name, "fehlt oder lässt sich nicht lesen") from error
    except msgspec.DecodeError as error:
        raise _broken(name, "ist beschädigt") from error
    if hashlib.sha256(xform).hexdigest() != sidecar.form_hash:
        raise _broken(name, "ist verändert: Formular und Begleitdatei passen nicht zusammen")
    return Questionnaire(xform, sidecar)


def _broken(name: str, what: str) -> BrokenQuestionnaire:
    return BrokenQuestionnaire(
        f"Der Fragebogen „{name}“ {what}.",
        safe="Ihre Antworten sind nicht betroffen.",
        todo="Installieren Sie das Programm erneut oder holen Sie die Inhalte neu vom Server.",
    )
