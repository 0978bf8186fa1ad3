"""The chapter on employment as plain values, and the arithmetic of its figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop_advisor.assessment.job_figures import UNIT, Figure, plain, signed
from desktop_advisor.assessment.job_profiles import JobFigures, JobsSummary
from desktop_advisor.domain.derivation import Derivation
from desktop_advisor.domain.german import THIN_SPACE, counted, percent
from desktop_advisor.domain.language import say
from desktop_advisor.report import jobs_model as page
from desktop_advisor.report.jobs_chart import age_chart
from desktop_advisor.report.wording import PERSPECTIVES
from desktop_advisor.usecases.job_profiles import JobsView

MOST_LEARNING = 10
"""Competences in the list of all jobs; each job prints all of its own (our choice)."""
_FEW = "mit weniger als drei Personen: Angaben nicht gezeigt."
_UNKNOWN = "ohne Angabe der Personenzahl: Angaben nicht gezeigt."


def jobs_chapter(view: JobsView) -> page.JobsChapter | None:
    """The chapter of what the screen shows; None where no row is filled or it is put aside."""
    if view.state != "shown":
        return None
    summary = view.summary
    ages = summary.totals.age or ()
    return page.JobsChapter(
        told_by=say("Angaben aus der Tabelle der Tätigkeiten, {0}.").format(
            PERSPECTIVES[view.told_by]
        ),
        masked=masked_sentences(summary),
        totals=tuple(_totals(summary)) if summary.jobs else (),
        ages=ages,
        ages_spoken=age_chart(ages).spoken if ages else "",
        learning=tuple(_learning(summary)),
        jobs=tuple(_job(job) for job in summary.jobs),
    )


def job_derivations(view: JobsView) -> tuple[Derivation, ...]:
    """How each printed figure came about: totals, what is to be learned, then job by job."""
    totals = view.summary.totals
    figures = [totals.heads, totals.over_55, totals.recruit, totals.fall, totals.rise, totals.gap]
    figures += [need.gap for need in view.summary.competences[:MOST_LEARNING]]
    for job in view.summary.jobs:
        figures += [job.gap, job.change3, job.change5, job.exits_share, job.need, job.over_55]
        figures.append(job.substitution)
    return tuple(figure.derivation for figure in figures if figure is not None)


def masked_sentences(summary: JobsSummary) -> tuple[str, ...]:
    """What is said of the profiles that are not shown; () where all are."""
    said = ((summary.few, say(_FEW)), (summary.unknown, say(_UNKNOWN)))
    return tuple(
        f"{counted(n, say('Tätigkeit', 'count'), say('Tätigkeiten', 'count'))} {why}"
        for n, why in said
        if n
    )


def _totals(summary: JobsSummary) -> Iterator[page.Line]:
    totals = summary.totals
    lines: tuple[tuple[str, Figure | None, str], ...] = (
        (say("Personen in den gezeigten Tätigkeiten"), totals.heads, ""),
        (say("Zu besetzen oder zu qualifizieren in 5 Jahren"), totals.recruit, say(" Personen")),
        (say("Weniger Bedarf in 5 Jahren"), totals.fall, say(" Personen")),
        (say("Mehr Bedarf in 5 Jahren"), totals.rise, say(" Personen")),
        (say("Qualifizierungslücke"), totals.gap, f" {say(UNIT)}"),
    )
    for label, figure, unit in lines:
        value = f"{plain(figure.value)}{unit}" if figure else say("offen")
        yield page.Line(label=label, value=value)
    if totals.over_55:
        yield page.Line(label=say("55 Jahre und älter"), value=percent(totals.over_55.value))


def _learning(summary: JobsSummary) -> Iterator[page.Line]:
    for need in summary.competences[:MOST_LEARNING]:
        persons = counted(int(need.persons), say("Person"), say("Personen"))
        yield page.Line(
            label=f"{need.name} ({persons})", value=f"{plain(need.gap.value)} {say(UNIT)}"
        )


def _job(job: JobFigures) -> page.Job:
    said = job.profile
    code = say("KldB {0}").format(said.kldb) if said.kldb else ""
    about = (counted(int(job.heads), say("Person"), say("Personen")), code, said.requirement)
    return page.Job(
        name=said.name or say("Tätigkeit ohne Namen"),
        about=" · ".join(part for part in about if part),
        gap=f"{plain(job.gap.value)} {say(UNIT)}" if job.gap else "",
        demand3=_demand(said.demand3, job.change3),
        demand5=_demand(said.demand5, job.change5),
        exits=percent(job.exits_share.value) if job.exits_share else "",
        need=signed(job.need.value) if job.need else "",
        over_55=percent(job.over_55.value) if job.over_55 else "",
        substitution=f"{plain(job.substitution.value)}{THIN_SPACE}%" if job.substitution else "",
        source=said.substitution_source,
        hint=job.hint,
        skills=tuple(
            page.Skill(name=c.name, current=c.current, target=c.target) for c in said.competences
        ),
    )


def _demand(demand: Decimal | None, change: Figure | None) -> str:
    return f"{plain(demand)} ({signed(change.value)})" if demand is not None and change else ""
