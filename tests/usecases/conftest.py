"""A workplace with one company and a visit that has begun."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.visits import Person, begin_visit, plan_visit
from desktop_advisor.usecases.workplace import Workplace
from tests.workplaces import workplace

FOUNDRY = CompanyDraft(
    name="Gießerei Muldental GmbH",
    town="Zwickau",
    ags="14524",
    heads="118",
    has_works_council="yes",
)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    made = workplace(tmp_path / "laptop")
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
    found = show_company_file(place, company_id).case_id
    assert found is not None
    return found
