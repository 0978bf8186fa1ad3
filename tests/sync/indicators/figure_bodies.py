"""Figures as a laptop writes them."""

from __future__ import annotations

import json
from typing import Any

from sync.server.database import Database
from sync.server.indicators.facts import KeptFigure
from sync.server.people_models import CaseFigure


def body(**changed: Any) -> bytes:
    """A case in Zwickau, medium, both purposes agreed to."""
    usual = {
        "schema": 1,
        "month": "2026-11",
        "district": "14524",
        "branch": "C29",
        "size": "medium",
        "form": "kurzcheck",
        "dimensions": {"D07": 50},
        "offers": ["sgb3-82"],
        "referrals": ["Kammer"],
    }
    return json.dumps(usual | changed).encode()


def figure(company: str, hlc: int = 1, **changed: Any) -> KeptFigure:
    """The one case of a company."""
    return KeptFigure(f"case of {company}", company, hlc, body(**changed))


def write_figures(database: Database, network_id: int, count: int, **changed: Any) -> None:
    """Rows as if that many companies' laptops had sent them, in place of those of before."""
    with database.writing() as session:
        for number in range(count):
            company = f"0190a000-0000-7000-8000-{number:012d}"
            session.merge(
                CaseFigure(
                    network_id=network_id,
                    case_id=f"figures {company}",
                    company_id=company,
                    hlc=number + 1,
                    writer="w",
                    n=number + 1,
                    body=body(**changed),
                )
            )
