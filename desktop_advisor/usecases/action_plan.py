"""Maßnahmenplan: the measures in their order, with everything one has to be warned of."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_advisor.advice.offers import Offer, Standing, spoken_offer, standing
from desktop_advisor.advice.plan import TimelineRow, early_starts, timeline
from desktop_advisor.domain.german import BERLIN, short_date
from desktop_advisor.usecases.measures import PlanRow, list_measures
from desktop_advisor.usecases.recommending import RecommendationView
from desktop_advisor.usecases.results import Results
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class ChosenOffer:
    """An offer of a measure as it stands today; offer None: no longer in the catalogue."""

    offer_id: str
    offer: Offer | None
    standing: Standing | None

    @property
    def title(self) -> str:
        """Its title, or its id where the catalogue has lost it."""
        return self.offer.title if self.offer else self.offer_id


@dataclass(frozen=True)
class PlanLine:
    """A measure with its base by title, its offers and its warnings, one sentence each.

    held: why it should wait under a warning sign, "" where none stands against it.
    """

    row: PlanRow
    base_title: str
    offers: tuple[ChosenOffer, ...]
    warnings: tuple[str, ...]
    held: str = ""


@dataclass(frozen=True)
class ActionPlan:
    """The plan of a case: lines by priority, date and effort; rows in time."""

    case_id: uuid.UUID
    today: date
    lines: tuple[PlanLine, ...]
    timeline: tuple[TimelineRow, ...]

    @property
    def rows(self) -> list[PlanRow]:
        """The bare measures, in the same order."""
        return [line.row for line in self.lines]

    def line(self, measure_id: uuid.UUID) -> PlanLine | None:
        """The line of one measure; None once it was taken off the plan."""
        return next((line for line in self.lines if line.row.measure_id == measure_id), None)


def show_plan(
    place: Workplace, results: Results, views: Sequence[RecommendationView]
) -> ActionPlan:
    """The plan of the case that `results` and `views` (its recommendations) are of.

    The fields of action stand in the order that counts, the advisor's own included (domain §3).
    """
    rows = list_measures(place, results.case_id, plan_priority(results))
    return plan_of(place, results.case_id, rows, views)


def plan_priority(results: Results) -> dict[str, Decimal]:
    """Dimension → how far ahead its measures stand, the largest first."""
    placed = results.priorities.rows
    return {p.dimension: Decimal(-p.place) for p in placed if p.place is not None}


def plan_of(
    place: Workplace,
    case_id: uuid.UUID,
    rows: Sequence[PlanRow],
    views: Sequence[RecommendationView],
) -> ActionPlan:
    """The plan of measures read before, in their order."""
    today = place.clock().astimezone(BERLIN).date()
    titles = {row.measure_id: row.draft.title for row in rows}
    bases = {row.measure_id: row for row in rows}
    early = dict(early_starts([row.as_item() for row in rows]))
    held = {view.recommendation_id: view.suspended for view in views if view.suspended}
    catalogue = {offer.id: spoken_offer(offer) for offer in place.offers}
    lines = []
    for row in rows:
        chosen = tuple(_chosen(o, catalogue.get(o), today) for o in row.draft.offers)
        base = bases.get(early[row.measure_id]) if row.measure_id in early else None
        pause = held.get(row.recommendation_id, "") if row.recommendation_id else ""
        lines.append(
            PlanLine(
                row=row,
                base_title=titles.get(row.draft.depends_on, "") if row.draft.depends_on else "",
                offers=chosen,
                warnings=tuple(_warnings(row, chosen, base, pause, today)),
                held=pause,
            )
        )
    in_time = timeline([row.as_item() for row in rows], today)
    return ActionPlan(case_id, today, tuple(lines), in_time)


def _chosen(offer_id: str, offer: Offer | None, today: date) -> ChosenOffer:
    return ChosenOffer(offer_id, offer, None if offer is None else standing(offer, today))


def _warnings(
    row: PlanRow,
    offers: Sequence[ChosenOffer],
    base: PlanRow | None,
    held: str,
    today: date,
) -> list[str]:
    """What may go wrong with an open measure; one that is done or dropped needs no warning."""
    draft = row.draft
    if not row.as_item().is_open:
        return []
    found = [held] if held else []
    if base is not None and base.draft.due_on is not None:
        found.append(
            f"Beginnt, bevor „{base.draft.title}“ am {short_date(base.draft.due_on)} endet."
        )
    if draft.starts_on is not None and draft.due_on is not None and draft.starts_on > draft.due_on:
        found.append("Der Beginn liegt nach der Frist.")
    if draft.due_on is not None and draft.due_on < today:
        found.append(f"Die Frist ist am {short_date(draft.due_on)} abgelaufen.")
    has_begun = draft.state == "running" or (
        draft.starts_on is not None and draft.starts_on <= today
    )
    return found + [sentence for chosen in offers for sentence in _of_offer(chosen, has_begun)]


def _of_offer(chosen: ChosenOffer, has_begun: bool) -> list[str]:
    if chosen.offer is None or chosen.standing is None:
        return [f"„{chosen.offer_id}“ steht nicht mehr im Katalog."]
    found = []
    if not chosen.standing.is_fresh:
        found.append(f"{chosen.offer.title}: {chosen.standing.sentence}")
    if chosen.offer.before_start and has_begun:
        found.append(
            f"{chosen.offer.title}: Der Antrag ist vor Beginn zu stellen; "
            "die Maßnahme hat nach diesem Plan schon begonnen."
        )
    return found
