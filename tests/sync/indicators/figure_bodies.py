"""Figures as a laptop writes them."""

from __future__ import annotations

import json
from typing import Any

from sync.server.indicators.facts import KeptFigure


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
