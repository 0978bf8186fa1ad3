"""The shipped content, read once per test process."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_advisor.advice.offers import Offer, read_offers
from desktop_advisor.questionnaire.authoring.compiling import compile_workbook
from desktop_advisor.questionnaire.authoring.workbook import read_workbook
from desktop_advisor.questionnaire.sidecar import Sidecar
from desktop_advisor.usecases.networks import Network, read_networks

RESOURCES = Path(__file__).parents[2] / "resources"
KURZCHECK = RESOURCES / "forms" / "kurzcheck.md"

Rows = list[dict[str, str]]


def rows_of(sheet: str) -> Rows:
    """The filled rows of a sheet of the Kurzcheck workbook."""
    return [row for _, row in read_workbook(KURZCHECK).sheet(sheet).rows()]


@pytest.fixture(scope="session")
def sidecar() -> Sidecar:
    return compile_workbook(KURZCHECK).sidecar


@pytest.fixture(scope="session")
def questions() -> dict[str, dict[str, str]]:
    """Scored questions of the survey sheet by name."""
    return {row["name"]: row for row in rows_of("survey") if row.get("score_dimension")}


@pytest.fixture(scope="session")
def anchors() -> dict[str, Rows]:
    """Rows of the choices sheet by list."""
    lists: dict[str, Rows] = {}
    for row in rows_of("choices"):
        lists.setdefault(row["list_name"], []).append(row)
    return lists


@pytest.fixture(scope="session")
def shared() -> dict[str, Offer]:
    """The catalogue that all networks share."""
    content = (RESOURCES / "catalogues" / "offers.json").read_bytes()
    return {offer.id: offer for offer in read_offers(content)}


@pytest.fixture(scope="session")
def networks() -> dict[str, Network]:
    """The shipped networks by folder."""
    found, faults = read_networks(RESOURCES / "networks")
    assert faults == []
    return {network.profile.id: network for network in found}


@pytest.fixture(scope="session")
def offers(shared: dict[str, Offer], networks: dict[str, Network]) -> dict[str, Offer]:
    """All shipped offers, the networks' own included: what a rule may name."""
    own = {offer.id: offer for network in networks.values() for offer in network.offers}
    return shared | own
