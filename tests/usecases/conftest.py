"""A workplace with one company and a visit that has begun."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_advisor.storage.models import Case
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.setting_up import unlock
from desktop_advisor.usecases.visits import Person, begin_visit, plan_visit
from desktop_advisor.usecases.workplace import Workplace
from tests.workplaces import PASSPHRASE, SteppingClock, resources, workplace

FOUNDRY = CompanyDraft(
    name="Gießerei Muldental GmbH",
    town="Zwickau",
    ags="14524",
    heads="118",
    has_works_council="yes",
)


@pytest.fixture(scope="session")
def set_up_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """A closed store without a company, and the time when it was left: made once a run."""
    folder = tmp_path_factory.mktemp("set up") / "laptop"
    made = workplace(folder)
    left_at = made.clock()
    made.close()
    return folder, left_at


@pytest.fixture
def place(tmp_path: Path, set_up_once: tuple[Path, datetime]) -> Iterator[Workplace]:
    """A copy of it, opened; whoever needs a second laptop sets one up."""
    folder, left_at = set_up_once
    shutil.copytree(folder, tmp_path / "laptop")
    clock = SteppingClock(left_at)
    made = unlock(resources(), tmp_path / "laptop", PASSPHRASE, clock=clock)
    yield made
    made.close()


@pytest.fixture
def company_id(place: Workplace) -> uuid.UUID:
    return create_company(place, FOUNDRY)


@pytest.fixture
def visit_id(place: Workplace, company_id: uuid.UUID) -> uuid.UUID:
    people = (Person("Martin Uhlig", "gf"), Person("Sabine Krauß", "br"))
    planned = plan_visit(place, company_id, starts_at=place.clock(), people=people)
    begin_visit(place, planned)
    return planned


@pytest.fixture
def case_id(place: Workplace, company_id: uuid.UUID, visit_id: uuid.UUID) -> uuid.UUID:
    assert visit_id
    with place.store.read() as session:
        return session.scalars(select(Case.id).where(Case.company_id == company_id)).one()
