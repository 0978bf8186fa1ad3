"""What the advisor did to the generated report: passages changed, parts of their own."""

from __future__ import annotations

import msgspec


class EditedPassage(msgspec.Struct, frozen=True, kw_only=True):
    """A passage whose generated text was changed; both are printed in the annex.

    key, chapter: as `report.passages` names them. label: what the passage is, in words. text: ""
    where it was left out.
    """

    key: str
    chapter: str
    label: str
    original: str
    text: str = ""


class Inserted(msgspec.Struct, frozen=True, kw_only=True):
    """The advisor's own paragraph or photo, at the end of a chapter. image: PNG or JPEG, or b"".

    id: of the row it is kept in, so that the page leads back to it.
    """

    chapter: str
    id: str = ""
    text: str = ""
    image: bytes = b""
    caption: str = ""
