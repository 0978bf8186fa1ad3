"""A run that finds nothing new is one request, whatever the network offers beside the changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_advisor.demo.central import CentralServer, central_server
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.network_authority import ASK_AGAIN, known_lists
from desktop_advisor.usecases.network_certificate import join_network
from desktop_advisor.usecases.synchronising import synchronise
from desktop_advisor.usecases.workplace import Workplace
from sync.client.transport import Answer, HttpTransport
from sync.server import authority
from tests.workplaces import SteppingClock

CA = "Siegel am Bergaltar 5"


@pytest.fixture(params=[True, False], ids=["authority", "no authority"])
def has_authority(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def server(tmp_path: Path, has_authority: bool) -> Iterator[CentralServer]:
    with central_server(tmp_path / "server", "ITAS", passphrase=CA) as running:
        if has_authority:
            authority.create(running.database, "ITAS", CA)
        yield running


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Method and path of every request that leaves the laptop."""
    seen: list[str] = []
    send = HttpTransport.request

    def counting(line: HttpTransport, method: str, path: str, *more: Any, **named: Any) -> Answer:
        seen.append(f"{method} {path}")
        return send(line, method, path, *more, **named)

    monkeypatch.setattr(HttpTransport, "request", counting)
    return seen


def test_a_quiet_run_is_one_request_and_the_authority_is_asked_once_a_day(
    place: Workplace, server: CentralServer, asked: list[str], has_authority: bool
) -> None:
    clock = SteppingClock(place.clock())
    laptop = replace(place, clock=clock)
    create_company(laptop, CompanyDraft(name="Muldental GmbH"))
    join_network(laptop, server.url, server.one_time_code(), "Laptop")
    synchronise(laptop)
    asked.clear()
    synchronise(laptop)
    assert asked == ["POST /v1/sync"]

    clock.now += ASK_AGAIN
    asked.clear()
    synchronise(laptop)
    assert asked == ["POST /v1/sync", "GET /v1/certificates/authority"]
    synchronise(laptop)
    assert len(asked) == 3
    assert bool(known_lists(laptop)) is has_authority


def test_it_is_asked_at_once_for_a_report_that_waits_for_its_proofs(
    place: Workplace,
    server: CentralServer,
    asked: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    join_network(place, server.url, server.one_time_code(), "Laptop")
    synchronise(place)
    asked.clear()
    monkeypatch.setattr("desktop_advisor.usecases.synchronising.reports_waiting", lambda _place: 1)
    synchronise(place)
    assert "GET /v1/certificates/authority" in asked
