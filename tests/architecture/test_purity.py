"""Assessment and advice are given today and their content; they look up neither."""

from __future__ import annotations

import pytest

from tests.architecture.floors import room
from tests.architecture.imports import sources
from tests.architecture.purity import PURE_ROOMS, impurities


def test_assessment_and_advice_read_no_clock_and_no_file() -> None:
    assert impurities(sources()) == []


def test_both_rooms_are_looked_at() -> None:
    assert {room(name) for name in sources()} >= set(PURE_ROOMS)


@pytest.mark.parametrize(
    "source",
    [
        "from pathlib import Path",
        "import os.path",
        "import time",
        "from time import monotonic",
        "from desktop_advisor.domain.clock import system_clock",
        "def f(path):\n    return open(path)",
        "def f(path):\n    return path.read_bytes()",
        "def f(path):\n    return path.open()",
        "from datetime import datetime\ndef f():\n    return datetime.now()",
        "from datetime import date\ndef f(today=None):\n    return today or date.today()",
        "from datetime import date\nnow = date.today",
        "import importlib.resources",
    ],
)
@pytest.mark.parametrize("floor", PURE_ROOMS)
def test_a_planted_clock_or_file_is_found(floor: str, source: str) -> None:
    assert impurities({f"desktop_advisor.{floor}.x": source})


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "advice.x",
            "from datetime import date\ndef f(today: date) -> int:\n    return today.year",
        ),
        ("advice.x", "def f(now):\n    return now.date()"),
        ("usecases.x", "from pathlib import Path\nPath('x').read_bytes()"),
    ],
)
def test_a_day_that_is_handed_in_and_the_floors_above_are_fine(module: str, source: str) -> None:
    assert impurities({f"desktop_advisor.{module}": source}) == []
