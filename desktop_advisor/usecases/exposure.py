"""Product exposure of a case, and the scenarios it is looked at in."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.advice.dependency_file import DEPENDENCIES, read_dependencies
from desktop_advisor.assessment.dependencies import DependencyTable, YearAssumption
from desktop_advisor.assessment.exposure import Affected, Exposure, FollowOn, Product
from desktop_advisor.assessment.exposure_facts import exposure_facts, relative_exposure
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.german import BERLIN
from desktop_advisor.domain.language import say
from desktop_advisor.storage.advice_models import Scenario
from desktop_advisor.storage.history import undo_last_row
from desktop_advisor.storage.models import Case
from desktop_advisor.usecases.case_table import CaseTable, TableState, read_case_table
from desktop_advisor.usecases.workplace import Workplace

PRODUCTS = "products"
"""Name of the table in both checks, and in own questionnaires that want the same evaluation."""
_NEEDED = ("name", "share")


@dataclass(frozen=True)
class ScenarioView:
    """One year. remaining: the share that counts, 0–1; is_own: the advisor set it, note: why.

    assumption: what is bundled for the year.
    """

    assumption: YearAssumption
    remaining: Decimal
    is_own: bool
    note: str

    @property
    def year(self) -> int:
        """The year that is looked at."""
        return self.assumption.year

    @property
    def source(self) -> str:
        """Where the assumption is from, a sentence without a full stop."""
        if self.is_own:
            return self.note.rstrip(".") or say("Annahme ohne Begründung")
        return self.assumption.usual.source

    def affected(self, exposure: Exposure, remaining: Decimal | None = None) -> Affected:
        """What it touches; remaining: another share under trial."""
        return exposure.scenario(self.year, self.remaining if remaining is None else remaining)


@dataclass(frozen=True)
class ExposureView:
    """What the products of a case amount to.

    state, question, visit_id, told_by: as in `CaseTable`. exposure: None unless "shown".
    this_year: of today, for what ends soon. scenarios: the years of the shipped table, in order.
    """

    state: TableState
    company_id: uuid.UUID
    visit_id: uuid.UUID | None
    question: str
    told_by: Perspective
    this_year: int
    exposure: Exposure | None
    scenarios: tuple[ScenarioView, ...]

    def facts(self) -> dict[str, str]:
        """What rules read, see `exposure_facts`."""
        return exposure_facts(self.exposure, self.this_year)

    def relative(self) -> dict[str, Decimal]:
        """E_rel by dimension for the priorities, see `relative_exposure`."""
        return relative_exposure(self.exposure)


class NoSuchYear(ValueError):
    """A scenario for a year that the shipped table does not look at."""


def show_exposure(
    place: Workplace, case_id: uuid.UUID, hidden: Collection[Perspective] | None = None
) -> ExposureView:
    """The exposure of the table's joint rows, else of the leading side's.

    hidden: sides that must not appear; None: those not released.
    """
    dependencies = shipped_dependencies(place)
    with place.store.read() as session:
        table = read_case_table(place, session, case_id, PRODUCTS, _NEEDED, hidden)
        own = _own_scenarios(session, case_id)
    return _view(place, dependencies, table, own)


def shipped_dependencies(place: Workplace) -> DependencyTable:
    """The dependency table in force, published or shipped. Raises BrokenResource."""
    file = place.resources.catalogue(DEPENDENCIES)
    return read_dependencies(file.read_bytes())


def set_scenario(
    place: Workplace, case_id: uuid.UUID, year: int, remaining: Decimal | None, note: str = ""
) -> None:
    """How much of today's combustion volume this case assumes to be left in a year, 0–1.

    remaining: None goes back to the bundled assumption. note: why.

    Raises:
        NoSuchYear: the shipped table does not look at that year.
        ValueError: a share outside 0–1.
    """
    if remaining is not None and not 0 <= remaining <= 1:
        raise ValueError(remaining)
    if all(scenario.year != year for scenario in shipped_dependencies(place).scenarios):
        raise NoSuchYear(year)
    kept = note.strip() if remaining is not None else ""
    with place.store.edit(place.author) as session:
        row_id = uuid.uuid5(case_id, f"scenario:{year}")
        row = session.get(Scenario, row_id)
        if row is None:
            company_id = session.get_one(Case, case_id).company_id
            row = Scenario(id=row_id, company_id=company_id, case_id=case_id, year=year)
            session.add(row)
        row.deleted = False
        if row.remaining != remaining:
            row.remaining = remaining
        if row.note != kept:
            row.note = kept


def undo_scenario(place: Workplace, case_id: uuid.UUID) -> int | None:
    """Take back this laptop's last change of a scenario; its year, None when nothing is left."""
    with place.store.edit(place.author) as session:
        of_case = session.scalars(select(Scenario).where(Scenario.case_id == case_id))
        years = {row.id: row.year for row in of_case}
        undone = undo_last_row(session, list(years), birth="case_id")
        return None if undone is None else years[undone]


def _own_scenarios(session: Session, case_id: uuid.UUID) -> dict[int, tuple[Decimal, str]]:
    query = select(Scenario).where(Scenario.case_id == case_id, Scenario.deleted.is_(False))
    return {
        row.year: (row.remaining, row.note)
        for row in session.scalars(query)
        if row.year is not None and row.remaining is not None
    }


def _view(
    place: Workplace,
    dependencies: DependencyTable,
    table: CaseTable,
    own: Mapping[int, tuple[Decimal, str]],
) -> ExposureView:
    products = tuple(product_of(row) for row in table.rows)
    return ExposureView(
        state=table.state,
        company_id=table.company_id,
        visit_id=table.visit_id,
        question=table.question,
        told_by=table.told_by,
        this_year=place.clock().astimezone(BERLIN).year,
        exposure=Exposure(products, dependencies) if table.state == "shown" else None,
        scenarios=tuple(_scenario(s, own) for s in dependencies.scenarios),
    )


def _scenario(assumption: YearAssumption, own: Mapping[int, tuple[Decimal, str]]) -> ScenarioView:
    if assumption.year in own:
        remaining, note = own[assumption.year]
        return ScenarioView(assumption, remaining, True, note)
    return ScenarioView(assumption, assumption.usual.remaining, False, "")


def product_of(row: Mapping[str, str]) -> Product:
    """A product from the cells of its row; what makes no sense counts as not said."""
    group = row.get("cati", "")
    follow_on = row.get("followon", "")
    return Product(
        name=row.get("name", ""),
        share=_amount(row.get("share", "")),
        heads=_amount(row.get("heads", "")),
        group=int(group) if group.isdecimal() else None,
        eop=_year(row.get("eop", "")),
        follow_on=FollowOn(follow_on) if follow_on in set(FollowOn) else FollowOn.UNKNOWN,
        margin=row.get("margin", ""),
    )


def _amount(value: str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None


def _year(value: str) -> int | None:
    """The year of "2029" or "2029-12-31"; None for anything else."""
    year, _, _ = value.partition("-")
    return int(year) if len(year) == 4 and year.isdecimal() else None
