"""A short share of the runs over real HTTP with kills on both sides; `make killed` plays 300."""

from __future__ import annotations

import pytest

from tests.sync.killed_line import in_sqlite, play_runs


@pytest.mark.timeout(240)
def test_kills_and_a_bad_line_lose_nothing_and_nothing_stands_still() -> None:
    play_runs(1, 7, in_sqlite)
