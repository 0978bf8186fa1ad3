"""What is to be put down, and the work of putting it down, away from the window's thread."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.tasks import Control
from desktop_advisor.usecases.accepted_files import LARGEST_BYTES, TooLarge
from desktop_advisor.usecases.evidence import (
    AttachmentView,
    PhotoConsentMissing,
    add_file,
    add_photo,
    looks_like_a_photo,
)
from desktop_advisor.usecases.workplace import Workplace


class CannotOpen(KnownError):
    """The file is gone, or another program holds it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"„{name}“ lässt sich nicht öffnen.",
            safe="Es wurde nichts gespeichert, die Datei ist unverändert.",
            todo="Bitte schließen Sie sie in anderen Programmen und versuchen Sie es noch einmal.",
        )


class CannotWrite(KnownError):
    """A readable copy could not be written."""

    def __init__(self, target: Path) -> None:
        super().__init__(
            f"Die Kopie konnte nicht nach „{target}“ geschrieben werden.",
            safe="Die Datei liegt unverändert in der Firmenakte.",
            todo="Bitte prüfen Sie Laufwerk und freien Platz, oder wählen Sie einen anderen Ort.",
        )


def write_copy(target: Path, content: bytes) -> None:
    """A readable copy where the advisor wants it. Raises: CannotWrite."""
    try:
        target.write_bytes(content)
    except OSError as error:
        raise CannotWrite(target) from error


@dataclass(frozen=True)
class Spot:
    """Where files are put down: an answer of one perspective."""

    case_id: uuid.UUID
    assessment_id: uuid.UUID | None
    question: str


@dataclass(frozen=True)
class Item:
    """One file to put down. source: a path, or the bytes themselves (from the clipboard).

    is_photo: None where its content decides.
    """

    name: str
    source: Path | bytes
    is_photo: bool | None = None

    def read(self) -> bytes:
        """The bytes. Raises: TooLarge, before they are read; CannotOpen."""
        if isinstance(self.source, bytes):
            return self.source
        try:
            if self.source.stat().st_size > LARGEST_BYTES:
                raise TooLarge(self.name)
            return self.source.read_bytes()
        except OSError as error:
            raise CannotOpen(self.name) from error


@dataclass
class Intake:
    """How it went. waiting: photos that may not be kept before somebody agrees to them."""

    kept: list[AttachmentView] = field(default_factory=list)
    refused: list[Exception] = field(default_factory=list)
    waiting: list[Item] = field(default_factory=list)


def taking(
    place: Workplace, spot: Spot, items: Sequence[Item], words: str
) -> Callable[[Control], Intake]:
    """The work that keeps `items`; one that is refused does not stop the others.

    words: what is said meanwhile, with {0} for the name.
    """

    def work(control: Control) -> Intake:
        done = Intake()
        for number, item in enumerate(items):
            if control.cancelled():
                break
            control.progress(words.format(item.name), number / len(items))
            try:
                done.kept.append(_keep(place, spot, item))
            except PhotoConsentMissing:
                done.waiting.append(item)
            except KnownError as error:
                done.refused.append(error)
        return done

    return work


def _keep(place: Workplace, spot: Spot, item: Item) -> AttachmentView:
    content = item.read()
    is_photo = looks_like_a_photo(content) if item.is_photo is None else item.is_photo
    return (add_photo if is_photo else add_file)(
        place,
        case_id=spot.case_id,
        assessment_id=spot.assessment_id,
        question=spot.question,
        name=item.name,
        content=content,
    )
