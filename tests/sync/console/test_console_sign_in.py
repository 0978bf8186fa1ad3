"""Who gets into the console, and how a session ends."""

from __future__ import annotations

import pytest

from tests.sync.central import Central
from tests.sync.console.visits import Visit, add_person


@pytest.fixture
def visit(central: Central) -> Visit:
    """A browser at a server where Ada administers ITAS."""
    add_person(central.database, "ITAS", "Ada", "admin")
    return Visit(central.transport)


def test_an_admin_signs_in_and_sees_the_overview(visit: Visit) -> None:
    assert visit.open("/konsole").headers["location"] == "/konsole/anmelden"

    assert visit.sign_in("Ada").headers["location"] == "/konsole"

    assert "<h1>Übersicht</h1>" in visit.page
    assert "Ada" in visit.page
