"""Job profiles: what is to be learned, who is needed, who leaves; few persons stay unseen.

Whatever leaves this module concerns profiles of three persons or more (domain §3). A smaller one,
or one whose size nobody gave, is counted and nothing else: no sum, share or maximum holds it, so
that none can be differenced out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop_advisor.assessment import job_figures as figures
from desktop_advisor.assessment.job_figures import Figure
from desktop_advisor.assessment.job_rows import (
    LEAST_PERSONS,
    Competence,
    JobProfile,
    known_bands,
)
from desktop_advisor.domain.language import say


class Outlook(StrEnum):
    """What the numbers suggest for a job in five years; a hint, never a plan for persons."""

    REPLACED = "replaced"
    RETAINED = "retained"
    NEW = "new"
    OPEN = "open"


@dataclass(frozen=True)
class JobFigures:
    """A profile of three persons or more with its arithmetic; a figure is None when not known.

    gap: Σ max(0, target − current) · heads, in level-persons. change3, change5: demand − heads.
    need: demand in five years − (heads − exits), persons; negative: fewer are needed than stay.
    exits_share, over_55: 0–1. substitution: percent 0–100. learning: competences with a step to
    go, the largest first.
    """

    profile: JobProfile
    heads: Decimal
    gap: Figure | None
    change3: Figure | None
    change5: Figure | None
    need: Figure | None
    exits_share: Figure | None
    over_55: Figure | None
    substitution: Figure | None
    learning: tuple[Competence, ...]
    outlook: Outlook
    hint: str


@dataclass(frozen=True)
class CompetenceNeed:
    """One competence over all shown profiles that name it; persons: heads of those with a step."""

    name: str
    persons: Decimal
    gap: Figure


@dataclass(frozen=True)
class JobTotals:
    """Over the shown profiles only; None when no shown profile says anything of it.

    age: persons per band, None below three persons with a known age; over_55: 0–1 of those.
    fall, rise: persons fewer and more in five years; recruit: persons to be found or trained.
    """

    heads: Figure | None
    age: tuple[Decimal, ...] | None
    over_55: Figure | None
    gap: Figure | None
    fall: Figure | None
    rise: Figure | None
    recruit: Figure | None


@dataclass(frozen=True)
class JobsSummary:
    """All that may be said. few, unknown: masked profiles below three and of unknown size."""

    jobs: tuple[JobFigures, ...]
    competences: tuple[CompetenceNeed, ...]
    totals: JobTotals
    few: int
    unknown: int

    @property
    def masked(self) -> int:
        """How many profiles are not shown."""
        return self.few + self.unknown


def assess_jobs(rows: Iterable[JobProfile]) -> JobsSummary:
    """What may be said of the profiles: figures of those with three persons or more."""
    few = unknown = 0
    shown = []
    for row in rows:
        if row.heads is None:
            unknown += 1
        elif row.heads < LEAST_PERSONS:
            few += 1
        else:
            shown.append(_assess(row, row.heads))
    return JobsSummary(
        jobs=tuple(shown),
        competences=_needs(shown),
        totals=_totals(shown),
        few=few,
        unknown=unknown,
    )


def job_facts(summary: JobsSummary) -> dict[str, str]:
    """The figures that rules read (`questionnaire.fact_names.FIGURES`), of shown profiles only.

    Shares in percent 0–100, persons and level-persons as they are; "" where nothing is known.
    """
    jobs, totals = summary.jobs, summary.totals
    exits = [job.exits_share.value * 100 for job in jobs if job.exits_share]
    replaceable = [
        job.substitution.value
        for job in jobs
        if job.substitution and job.change5 and job.change5.value < 0
    ]
    over_55 = totals.over_55
    return {
        "job_exits": _text(max(exits, default=None)),
        "job_substitution": _text(max(replaceable, default=None)),
        "job_gap": _text(totals.gap.value if totals.gap else None),
        "job_demand_fall": _text(totals.fall.value if totals.fall else None),
        "job_demand_rise": _text(totals.rise.value if totals.rise else None),
        "staff_over_55": _text(over_55.value * 100 if over_55 else None),
    }


# -- one profile -----------------------------------------------------------------------------


def _assess(row: JobProfile, heads: Decimal) -> JobFigures:
    name = row.name
    steps = [(c.name, c.current, c.target) for c in row.competences]
    change5 = figures.change(name, 5, heads, row.demand5)
    outlook, hint = _outlook(row, heads)
    learning = [c for c in row.competences if c.step]
    return JobFigures(
        profile=row,
        heads=heads,
        gap=figures.gap(name, heads, steps),
        change3=figures.change(name, 3, heads, row.demand3),
        change5=change5,
        need=figures.need(name, heads, row.demand5, row.exits5),
        exits_share=figures.exits_share(name, heads, row.exits5),
        over_55=figures.over_55(name, heads, known_bands(row)),
        substitution=figures.substitution(name, row.substitution, row.substitution_source),
        learning=tuple(sorted(learning, key=lambda c: -(c.step or 0))),
        outlook=outlook,
        hint=hint,
    )


def _outlook(row: JobProfile, heads: Decimal) -> tuple[Outlook, str]:
    demand, exits = row.demand5, row.exits5
    if demand is None:
        return Outlook.OPEN, say("Der Bedarf in fünf Jahren ist noch offen.")
    if demand == 0:
        return (
            Outlook.REPLACED,
            say(
                "Die Tätigkeit wird nach heutigem Auftragsbild abgelöst; Wege in andere "
                "Tätigkeiten kommen in Betracht."
            ),
        )
    staying = heads - (exits or 0)
    if demand > staying:
        words = (
            say("Mehr Bedarf als heute")
            if demand > heads
            else say("Abgänge übersteigen den Rückgang")
        )
        if demand == heads:
            words = say("Gleicher Bedarf, aber Abgänge")
        return Outlook.NEW, say("{0}: neu zu besetzen oder dafür zu qualifizieren.").format(words)
    if demand < staying:
        return (
            Outlook.REPLACED,
            say(
                "Der Bedarf sinkt stärker als durch Abgänge; Qualifizierung für andere Tätigkeiten "
                "kommt in Betracht."
            ),
        )
    if any(c.step for c in row.competences):
        return Outlook.RETAINED, say("Die Tätigkeit bleibt, mit neuen Anforderungen an das Können.")
    return Outlook.RETAINED, say("Die Tätigkeit bleibt.")


# -- all shown profiles ----------------------------------------------------------------------


def _needs(jobs: Sequence[JobFigures]) -> tuple[CompetenceNeed, ...]:
    """Competences of the same name together, the largest gap first."""
    found: dict[str, list[tuple[JobFigures, Competence]]] = {}
    for job in jobs:
        for competence in job.learning:
            found.setdefault(competence.name.casefold(), []).append((job, competence))
    needs = [
        CompetenceNeed(
            name=parts[0][1].name,
            persons=sum((job.heads for job, _ in parts), Decimal(0)),
            gap=figures.competence_gap(
                parts[0][1].name,
                [(j.profile.name, j.heads, c.step or Decimal(0)) for j, c in parts],
            ),
        )
        for parts in found.values()
    ]
    return tuple(sorted(needs, key=lambda need: (-need.gap.value, need.name)))


def _totals(jobs: Sequence[JobFigures]) -> JobTotals:
    changes = [(j.profile.name, j.change5.value) for j in jobs if j.change5]
    needs = [(j.profile.name, j.need.value) for j in jobs if j.need]
    bands = [(j.profile.name, known) for j in jobs if (known := known_bands(j.profile))]
    return JobTotals(
        heads=figures.heads([(j.profile.name, j.heads) for j in jobs]),
        age=tuple(sum(column, Decimal(0)) for column in zip(*(b for _, b in bands), strict=True))
        or None,
        over_55=figures.all_over_55(bands),
        gap=figures.total_gap([(j.profile.name, j.gap.value) for j in jobs if j.gap]),
        fall=figures.fall(changes),
        rise=figures.rise(changes),
        recruit=figures.recruit(needs),
    )


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
