"""How spans of time, numbers and names are worded."""

from __future__ import annotations

import pytest

from sync.server import administration, people
from sync.server.audit import AdministrationError
from sync.server.console import rendering
from sync.server.console.rendering import ago, counted, day_and_time, since
from sync.server.console.wording import wrong
from sync.server.people import called
from sync.server.terminal import counted as counted_in_english
from tests.sync.central import NETWORK, Central

NOW_MS = 1_795_000_000_000
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS


@pytest.mark.parametrize(
    ("passed_ms", "words"),
    [
        (-5 * HOUR_MS, "gerade eben"),
        (59_000, "gerade eben"),
        (MINUTE_MS, "vor 1 Minute"),
        (59 * MINUTE_MS, "vor 59 Minuten"),
        (100 * MINUTE_MS, "vor 2 Stunden"),
        (23.6 * HOUR_MS, "vor 1 Tag"),
        (71.9 * HOUR_MS, "vor 3 Tagen"),
    ],
)
def test_how_long_ago_is_said_in_the_nearest_unit(
    monkeypatch: pytest.MonkeyPatch, passed_ms: float, words: str
) -> None:
    monkeypatch.setattr(rendering, "now_ms", lambda: NOW_MS)

    assert ago(int(NOW_MS - passed_ms)) == words


def test_how_long_something_lasts_is_said_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "now_ms", lambda: NOW_MS)

    assert since(NOW_MS - 3 * MINUTE_MS) == "seit 3 Minuten"
    assert since(NOW_MS) == "seit weniger als einer Minute"
    assert day_and_time(NOW_MS) == "18.11., 12:06 Uhr"


def test_one_is_not_said_like_many() -> None:
    said = [counted(n, "Datei", "Dateien") for n in (0, 1, 1200)]

    assert said == ["0 Dateien", "1 Datei", "1.200 Dateien"]
    assert [counted_in_english(n, "file") for n in (1, 2)] == ["1 file", "2 files"]


def test_no_kind_is_said_twice() -> None:
    assert called("Team", "Team Zwickau") == "Team Zwickau"
    assert called("Team", "Teamwork") == "Team Teamwork"
    assert called("team", "Beratung") == "team Beratung"


def test_a_refusal_says_a_name_as_it_is_and_in_german(central: Central) -> None:
    team = "Team Zwickau"
    people.add_team(central.database, 1, team, "Test")
    people.add_advisor(central.database, 1, "Jana Vogel", actor="Test")
    refused = []
    for act in (
        lambda: people.add_team(central.database, 1, team, "Test"),
        lambda: administration.enrolment_code(
            central.database, NETWORK, person="Jana Vogel", team=team
        ),
    ):
        with pytest.raises(AdministrationError) as error:
            act()
        refused.append(wrong(error.value))
    assert refused == [
        "„Team Zwickau“ gibt es in diesem Netzwerk schon.",
        "Jana Vogel gehört zu einem anderen Team als „Team Zwickau“.",
    ]
