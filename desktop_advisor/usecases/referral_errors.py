"""Why a step of a referral cannot be taken.

KnownError
├── RecipientMissing, ForeignMeasure, NoSuchReferral
├── ConsentNeedsName, ConsentMissing, ConsentWithdrawn
└── StepOutOfOrder, NotSentYet, FeedbackMissing, HandoverNotWritten
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import short_date

_NOTHING_PASSED = "Es wurde nichts weitergegeben."


class RecipientMissing(KnownError):
    """Nobody is named to whom the company is referred."""

    def __init__(self) -> None:
        super().__init__(
            "Bitte geben Sie an, an wen verwiesen wird.",
            safe="An den Verweisen hat sich nichts geändert.",
            todo="Wählen Sie einen Kontakt aus dem Katalog oder tragen Sie eine Stelle ein.",
        )


class ForeignMeasure(KnownError):
    """The measure is not (any more) in the plan of the same case."""

    def __init__(self) -> None:
        super().__init__(
            "Diese Maßnahme steht nicht (mehr) in diesem Maßnahmenplan.",
            safe="An den Verweisen hat sich nichts geändert.",
        )


class NoSuchReferral(KnownError):
    """It was taken back, here or on another laptop."""

    def __init__(self) -> None:
        super().__init__("Diesen Verweis gibt es nicht mehr.", safe="Es hat sich nichts geändert.")


class ConsentNeedsName(KnownError):
    """Nobody is named who agreed."""

    def __init__(self) -> None:
        super().__init__(
            "Bitte tragen Sie ein, wer für das Unternehmen einwilligt.",
            safe=_NOTHING_PASSED + " Der Verweis bleibt geplant.",
        )


class ConsentMissing(KnownError):
    """The company has not agreed that this body is told."""

    def __init__(self, recipient: str) -> None:
        super().__init__(
            f"Für den Verweis an „{recipient}“ liegt keine Einwilligung vor.",
            safe=_NOTHING_PASSED + " Der Verweis bleibt geplant.",
            todo="Bitte halten Sie zuerst fest, wer für das Unternehmen einwilligt.",
        )


class ConsentWithdrawn(KnownError):
    """Passing on was refused as a whole after this consent was given."""

    def __init__(self, recipient: str, on: date) -> None:
        super().__init__(
            f"Die Weitergabe wurde am {short_date(on)} abgelehnt; die frühere Einwilligung für "
            f"„{recipient}“ gilt deshalb nicht mehr.",
            safe=_NOTHING_PASSED,
            todo="Bitte verwerfen Sie den Verweis, oder lassen Sie für die Stelle neu einwilligen.",
        )


class StepOutOfOrder(KnownError):
    """The referral is past this step already. state: in words."""

    def __init__(self, recipient: str, state: str) -> None:
        super().__init__(
            f"Dieser Schritt ist beim Verweis an „{recipient}“ nicht mehr möglich "
            f"(Stand: {state}).",
            safe="Am Verweis hat sich nichts geändert.",
            todo="Legen Sie bei Bedarf einen neuen Verweis an.",
        )


class NotSentYet(KnownError):
    """An answer is noted before anything was handed over."""

    def __init__(self, recipient: str) -> None:
        super().__init__(
            f"Der Verweis an „{recipient}“ ist noch nicht als übergeben vermerkt.",
            safe="Am Verweis hat sich nichts geändert.",
            todo="Bitte vermerken Sie zuerst die Übergabe.",
        )


class FeedbackMissing(KnownError):
    """There are no words to be kept."""

    def __init__(self) -> None:
        super().__init__(
            "Bitte tragen Sie ein, was die Stelle zurückgemeldet hat.",
            safe="Am Verweis hat sich nichts geändert.",
        )


class HandoverNotWritten(KnownError):
    """The note could not be written, for instance on a full or missing drive."""

    def __init__(self, target: Path) -> None:
        super().__init__(
            f"Die Übergabenotiz konnte nicht nach „{target}“ geschrieben werden.",
            safe=_NOTHING_PASSED + " Der Verweis steht in der Firmenakte.",
            todo="Bitte prüfen Sie Laufwerk und freien Platz, oder wählen Sie einen anderen Ort.",
        )
