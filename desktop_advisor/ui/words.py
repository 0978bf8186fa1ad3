"""Settled words for states the screens share, with the tone that goes with each."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop_advisor.domain.german import BERLIN, clock_time, counted, short_date
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.usecases.questionnaires import QuestionnaireView

translate = QCoreApplication.translate


def visit_state(state: str) -> tuple[str, Tone]:
    """State of a visit (planned, running, interrupted, done) → word and tone."""
    return {
        "planned": (translate("words", "geplant"), Tone.NEUTRAL),
        "running": (translate("words", "läuft"), Tone.MAIN),
        "interrupted": (translate("words", "unterbrochen"), Tone.ATTENTION),
        "done": (translate("words", "abgeschlossen"), Tone.GOOD),
    }.get(state, (state, Tone.NEUTRAL))


def measure_state(state: str) -> tuple[str, Tone]:
    """State of a measure (agreed, running, done, dropped) → word and tone."""
    return {
        "agreed": (translate("words", "vereinbart"), Tone.MAIN),
        "running": (translate("words", "läuft"), Tone.MAIN),
        "done": (translate("words", "umgesetzt"), Tone.GOOD),
        "dropped": (translate("words", "verworfen"), Tone.NEUTRAL),
    }.get(state, (state, Tone.NEUTRAL))


def perspective(code: str) -> tuple[str, Tone]:
    """gf, br, ber, gem → Sichtweise in words."""
    return {
        "gf": (translate("words", "Geschäftsführung"), Tone.MAIN),
        "br": (translate("words", "Betriebsrat"), Tone.BR),
        "ber": (translate("words", "Beratung"), Tone.NEUTRAL),
        "gem": (translate("words", "gemeinsam"), Tone.GOOD),
    }.get(code, (code, Tone.NEUTRAL))


def genitive(code: str) -> str:
    """gf, br, ber, gem → whose answers they are, in the genitive."""
    return {
        "gf": translate("words", "der Geschäftsführung"),
        "br": translate("words", "des Betriebsrats"),
        "ber": translate("words", "der Beratung"),
        "gem": translate("words", "von allen gemeinsam"),
    }.get(code, code)


def questionnaire_length(view: QuestionnaireView) -> str:
    """36 Fragen · ca. 50 min; "" where it cannot be read."""
    if view.problem:
        return ""
    questions = counted(view.questions, translate("words", "Frage"), translate("words", "Fragen"))
    if view.takes_two_visits:
        return joined(questions, translate("words", "zwei Termine"))
    about = translate("words", "ca. {0} min").format(max(5, view.minutes))
    return joined(questions, about)


def day_and_time(moment: datetime | None) -> str:
    """24.11.2026, 08:30; "ohne Zeit" where none is set."""
    if moment is None:
        return translate("words", "ohne Zeit")
    return f"{short_date(moment.astimezone(BERLIN).date())}, {clock_time(moment)}"


def age_words(since: datetime, now: datetime) -> str:
    """How long ago: eben, 40 Minuten, 5 Stunden, 3 Tage."""
    minutes = max(0, int((now - since).total_seconds()) // 60)
    if minutes < 1:
        return translate("words", "eben")
    if minutes < 60:
        return counted(minutes, translate("words", "Minute"), translate("words", "Minuten"))
    hours = minutes // 60
    if hours < 24:
        return counted(hours, translate("words", "Stunde"), translate("words", "Stunden"))
    return counted(hours // 24, translate("words", "Tag"), translate("words", "Tage"))


def joined(*parts: str) -> str:
    """The parts that say something, with a middle dot between them."""
    return " · ".join(part for part in parts if part)
