"""A company file larger than a reply comes in several, and stands in nobody's way."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sync.server import assignments, devices, events, people, pull, reply
from sync.server.models import StoredReply
from tests.sync.by_hand import Desk, change, changeset
from tests.sync.central import COMPANY, NETWORK, Central

OTHER = COMPANY[:-1] + "9"
THIRD = COMPANY[:-1] + "8"
ROOM = 1_100
ENTRIES = 9
"""Of some 500 bytes each, two of which fit into a reply."""
LONG = "a" * 300


@pytest.fixture(autouse=True)
def small_replies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replies with room for little, so that a small file is a large one."""
    for module in (pull, events):
        monkeypatch.setattr(module, "PULL_BYTES", ROOM)


@pytest.fixture
def desks(central: Central) -> tuple[Desk, Desk]:
    """A laptop whose file is large, and one of team Zwei, which has none."""
    author, other = Desk(central), Desk(central)
    network = network_of(central)
    people.add_team(central.database, network, "Zwei", "Test")
    advisor = devices.authenticate(central.database, f"Bearer {other.enrolment.token}").advisor_id
    people.move(central.database, network, advisor, "Zwei", "Test")
    for n in range(1, ENTRIES + 1):
        author.verdicts(changeset(change(n, value=f"{n} {LONG}")))
    return author, other


def network_of(central: Central) -> int:
    return people.network_id_of(central.database, NETWORK)


def team_of(central: Central) -> int:
    return people.team_id_of(central.database, network_of(central), "Zwei")


def grant(central: Central) -> None:
    """The file goes to team Zwei."""
    network, team = network_of(central), team_of(central)
    assignments.assign(central.database, network, COMPANY, "Test", team_id=team)


def pulled(desk: Desk, cursor: int, **members: Any) -> dict[str, Any]:
    answer = desk.post(cursor=cursor, **{"batch": None, **members})
    assert answer.status == 200, answer.body
    found: dict[str, Any] = msgspec.json.decode(answer.body)
    return found


def numbers(said: dict[str, Any], company: str = COMPANY) -> list[int]:
    """Which changes of the file a reply brings, in order."""
    of_file = [some for some in said["pulled"] if some["company_id"] == company]
    return [one["n"] for some in of_file for one in some["changes"]]


def to_the_end(desk: Desk, cursor: int = 0) -> list[list[int]]:
    """What each reply brings until there is no more."""
    replies = []
    while True:
        said = pulled(desk, cursor)
        replies.append(numbers(said))
        cursor = said["cursor"]
        if not said["more"]:
            return replies


def test_a_granted_file_comes_whole_in_as_many_replies_as_it_takes(
    central: Central, desks: tuple[Desk, Desk]
) -> None:
    author, other = desks
    grant(central)
    author.verdicts(changeset(change(ENTRIES + 1, value=LONG)))

    replies = to_the_end(other)

    assert sorted({n for some in replies for n in some}) == list(range(1, ENTRIES + 2))
    assert max(map(len, replies)) <= 2 < len(replies)


def test_who_is_moved_gets_a_large_file_of_the_team_so_too(
    central: Central, desks: tuple[Desk, Desk]
) -> None:
    _, other = desks
    cursor = pulled(other, 0)["cursor"]
    advisor = devices.authenticate(central.database, f"Bearer {other.enrolment.token}").advisor_id
    people.move(central.database, network_of(central), advisor, "Beratung", "Test")

    replies = to_the_end(other, cursor)

    assert [n for some in replies for n in some] == list(range(1, ENTRIES + 1))
    assert max(map(len, replies)) <= 2


def test_a_file_taken_away_between_two_replies_leaves_and_comes_back_whole(
    central: Central, desks: tuple[Desk, Desk]
) -> None:
    _, other = desks
    grant(central)
    said = pulled(other, 0)
    assert numbers(said)
    assert said["more"]
    network, team = network_of(central), team_of(central)
    assignments.withdraw(central.database, network, COMPANY, "Test", team_id=team)

    said = pulled(other, said["cursor"])
    assert (numbers(said), [gone["company_id"] for gone in said["gone"]]) == ([], [COMPANY])

    grant(central)
    replies = to_the_end(other, said["cursor"])
    assert [n for some in replies for n in some] == list(range(1, ENTRIES + 1))


def test_of_the_files_asked_for_again_as_many_come_as_fit_and_at_least_one(
    central: Central, desks: tuple[Desk, Desk]
) -> None:
    author, _ = desks
    for n, company in ((90, OTHER), (91, THIRD)):
        author.verdicts(changeset(change(n, company, value=LONG), company=company))
    head = author_head(author)

    large = pulled(author, head, again=[COMPANY])
    several = pulled(author, head, again=[COMPANY, OTHER, THIRD])
    small = pulled(author, head, again=[OTHER, THIRD])

    assert numbers(large) == list(range(1, ENTRIES + 1))
    assert len({some["company_id"] for some in several["pulled"]}) == 1
    assert (numbers(small, OTHER), numbers(small, THIRD)) == ([90], [91])


def author_head(author: Desk) -> int:
    cursor, more = 0, True
    while more:
        said = pulled(author, cursor)
        cursor, more = said["cursor"], said["more"]
    return cursor


def test_a_file_that_no_reply_has_room_for_comes_in_part_and_what_is_new_of_it_all_the_same(
    central: Central, desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    author, _ = desks
    colleague = Desk(central)
    cursor = author_head(colleague)
    author.verdicts(changeset(change(ENTRIES + 1, value=LONG)))
    monkeypatch.setattr(pull, "AGAIN_BYTES", 3 * ROOM)

    brought = numbers(pulled(colleague, cursor, again=[COMPANY]))

    assert 1 in brought
    assert ENTRIES + 1 in brought
    assert ENTRIES not in brought


def test_a_kept_reply_that_cannot_be_read_stands_in_no_purge_s_way(
    central: Central, desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reply, "MAX_REPLY_BYTES", 100)

    assignments.purge(central.database, network_of(central), COMPANY, "objection", "Test")

    with central.database.reading() as session:
        assert session.query(StoredReply).all() == []
