"""How far an entry can be relied on, in one word and its tone, and what kind of thing a hit is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_advisor.advice.offers import Reliability, Standing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Option, Pill

translate = QCoreApplication.translate

ALL = "all"


def standing_words(standing: Standing) -> tuple[str, Tone]:
    """The word of the status pill and its tone."""
    return {
        Reliability.FRESH: (translate("knowledge", "✓ offen"), Tone.GOOD),
        Reliability.STALE: (translate("knowledge", "älter als 90 Tage"), Tone.ATTENTION),
        Reliability.UNCLEAR: (translate("knowledge", "unklar"), Tone.ATTENTION),
        Reliability.SUSPENDED: (translate("knowledge", "ausgesetzt"), Tone.DANGER),
        Reliability.EXPIRED: (translate("knowledge", "ausgelaufen"), Tone.DANGER),
        Reliability.CLOSED: (translate("knowledge", "geschlossen"), Tone.DANGER),
    }[standing.reliability]


def standing_pill(standing: Standing) -> Pill:
    """The pill of an entry."""
    return Pill(*standing_words(standing))


def kind_word(kind: str) -> str:
    """Artikel, Förderung, Weiterbildung, Kontakt or Notiz."""
    return {
        "article": translate("knowledge", "Artikel"),
        "funding": translate("knowledge", "Förderung"),
        "training": translate("knowledge", "Weiterbildung"),
        "contact": translate("knowledge", "Kontakt"),
        "note": translate("knowledge", "Notiz"),
    }[kind]


def kind_options() -> tuple[Option, ...]:
    """What the list can be held to."""
    return (
        Option(ALL, translate("knowledge", "Alle")),
        *(Option(kind, kind_word(kind)) for kind in ("article", "funding", "training", "contact")),
        Option("note", translate("knowledge", "Notizen")),
    )
