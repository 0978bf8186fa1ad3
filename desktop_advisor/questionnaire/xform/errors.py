"""A form the program cannot work with."""

from __future__ import annotations

from desktop_advisor.domain.errors import KnownError


class BrokenForm(KnownError):
    """The XForm cannot be read, or uses what we do not support.

    Attributes:
        reason: what is wrong, with the place, in German.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Der Fragebogen ist nicht lesbar: {reason}.",
            safe="Ihre Antworten sind nicht betroffen.",
            todo="Bitte spielen Sie den Fragebogen neu ein oder informieren Sie die Redaktion.",
        )
        self.reason = reason
