"""How far an entry can be relied on, in one word and its tone."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_advisor.advice.offers import Reliability, Standing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Pill


def _tr(text: str) -> str:
    return QCoreApplication.translate("knowledge", text)


def standing_words(standing: Standing) -> tuple[str, Tone]:
    """The word of the status pill and its tone."""
    return {
        Reliability.FRESH: (_tr("✓ offen"), Tone.GOOD),
        Reliability.STALE: (_tr("älter als 90 Tage"), Tone.ATTENTION),
        Reliability.UNCLEAR: (_tr("unklar"), Tone.ATTENTION),
        Reliability.SUSPENDED: (_tr("ausgesetzt"), Tone.DANGER),
        Reliability.EXPIRED: (_tr("ausgelaufen"), Tone.DANGER),
        Reliability.CLOSED: (_tr("geschlossen"), Tone.DANGER),
    }[standing.reliability]


def standing_pill(standing: Standing) -> Pill:
    """The pill of an entry."""
    return Pill(*standing_words(standing))
