"""Ages and competences of jobs as plain values, so that screen and PDF draw the same picture.

Lengths and places are fractions 0–1 of the drawing's width. Decimal in, float out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop_advisor.domain.german import decimal_mark, percent
from desktop_advisor.domain.language import say
from desktop_advisor.report.charts import fraction

BAND_WORDS = ("unter 30", "30 bis 44", "45 bis 54", "55 bis 59", "60 und älter")
"""In the order of `domain.staff_list.BANDS`."""
ELDER_BANDS = 2
"""The last two bands are drawn with a pattern: who may retire within ten years or so."""
HIGHEST_SKILL = Decimal(4)


@dataclass(frozen=True)
class AgeBar:
    """One band. length: of the longest bar. figure: "7 · 23 %". is_elder: drawn with a pattern."""

    label: str
    figure: str
    length: float
    is_elder: bool


@dataclass(frozen=True)
class AgeChart:
    """Bars from young to old; spoken: the same in one sentence, for whoever does not see it."""

    bars: tuple[AgeBar, ...]
    spoken: str


def age_chart(persons: Sequence[Decimal]) -> AgeChart:
    """The bars of these numbers of persons per band; their sum must be above 0."""
    total, most = sum(persons, Decimal(0)), max(persons)
    pairs = list(zip((say(word) for word in BAND_WORDS), persons, strict=True))
    first_elder = len(pairs) - ELDER_BANDS
    bars = tuple(
        AgeBar(
            label, f"{count:f} · {percent(count / total)}", fraction(count, most), n >= first_elder
        )
        for n, (label, count) in enumerate(pairs)
    )
    parts = ", ".join(say("{0} Jahre {1:f}").format(label, count) for label, count in pairs)
    spoken = parts.replace(say("60 und älter Jahre"), say("60 Jahre und älter"))
    return AgeChart(bars, say("Altersstruktur von {0:f} Personen: {1}.").format(total, spoken))


@dataclass(frozen=True)
class SkillScale:
    """Ist and Soll on the scale 0–4; places are None when not said.

    text: "1 → 3", with "?" for what is not known. has_step: whether something is to be learned.
    """

    name: str
    current: float | None
    target: float | None
    text: str
    has_step: bool


def skill_scale(name: str, current: Decimal | None, target: Decimal | None) -> SkillScale:
    """The scale of one competence."""
    return SkillScale(
        name=name,
        current=None if current is None else fraction(current, HIGHEST_SKILL),
        target=None if target is None else fraction(target, HIGHEST_SKILL),
        text=f"{_level(current)} → {_level(target)}",
        has_step=current is not None and target is not None and target > current,
    )


def _level(value: Decimal | None) -> str:
    return "?" if value is None else decimal_mark(f"{value.normalize():f}")
