"""Resource files as typed values; a fault names the file, the place and what to do."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from desktop_advisor.domain.errors import KnownError

LARGEST_BYTES = 4_000_000
"""Our choice: a hundred times the shipped catalogue, small enough to be read at once."""

T = TypeVar("T")


class BrokenResource(KnownError):
    """A catalogue or network profile cannot be used as it stands."""


def decoded(content: bytes, name: str) -> dict[str, Any]:
    """The JSON object of a resource file; its size is bounded before anything is parsed.

    Raises:
        BrokenResource: too large, not JSON, or not an object.
    """
    if len(content) > LARGEST_BYTES:
        raise broken(name, "ist zu groß")
    try:
        return msgspec.json.decode(content, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise broken(name, "ist keine gültige JSON-Datei") from error


def typed(value: Any, kind: type[T], name: str, place: str = "") -> T:
    """`value` as `kind`. Raises BrokenResource naming the entry and the field."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at ")
        field = path.strip("`").removeprefix("$").removeprefix(".")
        where = ", ".join(part for part in (place, f"Feld „{field}“" if field else "") if part)
        raise broken(name, f"ist fehlerhaft ({where or 'Kopf der Datei'}: {reason})") from error


def broken(name: str, what: str) -> BrokenResource:
    """The error an advisor reads when a resource file is at fault."""
    return BrokenResource(
        f"Die Datei „{name}“ {what}.",
        safe="Ihre Unternehmensdaten sind nicht betroffen.",
        todo="Holen Sie die Inhalte neu vom Server oder installieren Sie das Programm erneut.",
    )
