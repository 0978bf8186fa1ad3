"""A row is shown from one company file, whatever changes of another file say of its id."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from desktop_advisor.domain.identifiers import answer_id
from desktop_advisor.storage.conflicts import list_conflicts
from desktop_advisor.storage.log_tables import LoggedChange
from desktop_advisor.storage.models import Answer, Assessment, Case, Company, Visit
from desktop_advisor.storage.sync_port import StoreChanges, sort_in_all
from sync.blocks import block_of, frame_of
from sync.client.port import Enrolment, Settlement
from sync.protocol import Change, Gone
from tests.storage.desks import Desk
from tests.storage.test_rebuild_from_log import contents

ENROLMENT = Enrolment(
    server_url="", server_id="", server_epoch="", device_id="", token="", network=""
)
Arrive = Callable[..., None]
LATE = 1_900_000_000_000 << 16
OTHER = uuid.UUID("0190a000-0000-7000-8000-0000000000c1")
"""The file in which a stranger may write."""
CASE, VISIT = uuid.uuid4(), uuid.uuid4()


class Hand:
    """Writes changes of any file about any row."""

    def __init__(self, company: uuid.UUID = OTHER) -> None:
        self._company = str(company)
        self._writer = uuid.uuid4().hex
        self._n = 0

    def says(self, entity: str, row: uuid.UUID, hlc: int = LATE, **fields: Any) -> list[Change]:
        """One change for each field."""
        return [self._change(entity, str(row), name, v, hlc) for name, v in fields.items()]

    def _change(self, entity: str, row: str, name: str, value: Any, hlc: int) -> Change:
        self._n += 1
        return Change(
            writer=self._writer,
            n=self._n,
            company_id=self._company,
            entity=entity,
            entity_id=row,
            field=name,
            value=str(value) if isinstance(value, uuid.UUID) else value,
            hlc=hlc,
            author="Fremd",
        )


@pytest.fixture(params=["pulled", "as frames"])
def arrive(desk: Desk, request: pytest.FixtureRequest) -> Arrive:
    """What comes in one reply: change by change, or in the frames of its files."""

    def receive(*files: list[Change]) -> None:
        if request.param == "pulled":
            said: dict[str, Any] = {"pulled": tuple(c for changes in files for c in changes)}
        else:
            said = {"frames": tuple(frame_of(block_of(changes)) for changes in files)}
        StoreChanges(desk.store).settle(Settlement(batch_id="", enrolment=ENROLMENT, **said))
        sort_in_all(desk.store)

    return receive


@pytest.fixture(autouse=True)
def _comes_out_of_the_log(desk: Desk) -> Any:
    yield
    before = contents(desk.store)
    desk.store.rebuild()
    assert contents(desk.store) == before


def erase(desk: Desk, company: uuid.UUID) -> None:
    """The server says that the file was erased for good."""
    gone = (Gone(company_id=str(company), reason="purged", erased_ms=1),)
    settlement = Settlement(batch_id="", enrolment=ENROLMENT, gone=gone)
    StoreChanges(desk.store).settle(settlement)


def homes(desk: Desk, record: Any) -> list[uuid.UUID]:
    """The files from which the rows of a table are shown."""
    with desk.store.read() as session:
        return list(session.scalars(select(record.company_id)))


def heads(desk: Desk, company: uuid.UUID) -> list[str]:
    """Fields of this file whose changes nothing replaces."""
    with desk.store.read() as session:
        of_file = select(LoggedChange.field).where(
            LoggedChange.company_id == company, LoggedChange.is_head
        )
        return sorted(session.scalars(of_file))


def answer(desk: Desk, question: str, value: str) -> dict[str, Any]:
    """The fields of an answer of the desk's assessment."""
    return {
        "key": {"assessment_id": str(desk.assessment), "question": question},
        "response": {"state": "answered", "value": value, "reason": ""},
    }


def test_a_company_is_shown_from_its_own_file_only(desk: Desk, arrive: Arrive) -> None:
    hand, absent = Hand(), uuid.uuid4()

    arrive(
        hand.says("company", desk.company, name="Fremd") + hand.says("company", absent, town="A")
    )

    assert homes(desk, Company) == [desk.company]
    assert desk.name == "Huber Zerspanung"
    assert heads(desk, OTHER) == []


def test_an_answer_is_shown_only_where_its_id_follows_from_its_key(
    desk: Desk, arrive: Arrive
) -> None:
    desk.answer("q1", "3")

    arrive(
        Hand(desk.company).says("answer", uuid.uuid4(), **answer(desk, "q1", "5")),
        Hand().says("answer", uuid.uuid4(), **answer(desk, "q1", "5")),
        Hand().says("answer", uuid.uuid4(), **answer(desk, "q2", "5")),
    )

    assert desk.shown("q1") == "3"
    assert homes(desk, Answer) == [desk.company]


def test_a_key_from_which_the_id_does_not_follow_hides_no_answer(
    desk: Desk, arrive: Arrive
) -> None:
    desk.answer("q1", "3")
    row = answer_id(desk.assessment, "q1")
    arrive(Hand(desk.company).says("answer", row, key=answer(desk, "q2", "")["key"]))
    assert desk.shown("q1") == "3"
    with desk.store.read() as session:
        assert list_conflicts(session) == []


@pytest.mark.parametrize("hlc", [0, LATE])
def test_a_row_stays_in_the_file_that_named_it_first(desk: Desk, arrive: Arrive, hlc: int) -> None:
    before = heads(desk, desk.company)

    arrive(Hand().says("assessment", desk.assessment, hlc, form_id="fremd", deleted=True))

    with desk.store.read() as session:
        shown = session.get_one(Assessment, desk.assessment)
        assert (shown.company_id, shown.form_id) == (desk.company, "kurz")
        assert list_conflicts(session) == []
    assert (heads(desk, desk.company), heads(desk, OTHER)) == (before, [])


@pytest.mark.parametrize("named", [{}, {"case_id": CASE}])
@pytest.mark.parametrize("together", [False, True])
def test_a_row_is_where_its_parent_is_whoever_named_it_first(
    desk: Desk, arrive: Arrive, named: dict[str, Any], together: bool
) -> None:
    own, hand = Hand(desk.company), Hand()
    forged = hand.says("visit", VISIT, purpose="fremd", **named)
    case = own.says("case", CASE, title="Beratung")
    visit = own.says("visit", VISIT, purpose="unser", case_id=CASE)

    for files in [(forged, case + visit)] if together else [(forged,), (case,), (visit,)]:
        arrive(*files)

    with desk.store.read() as session:
        shown = session.get_one(Visit, VISIT)
        assert (shown.company_id, shown.purpose) == (desk.company, "unser")
    assert heads(desk, OTHER) == []


def test_a_row_goes_once_its_parent_is_shown_in_another_file(desk: Desk, arrive: Arrive) -> None:
    arrive(Hand().says("visit", VISIT, purpose="fremd", case_id=CASE))
    assert homes(desk, Visit) == [OTHER]

    arrive(Hand(desk.company).says("case", CASE, title="Beratung"))

    assert homes(desk, Visit) == []
    assert homes(desk, Case) == [desk.company]


def test_an_answer_of_another_file_is_not_shown_among_ours(desk: Desk, arrive: Arrive) -> None:
    row = answer_id(desk.assessment, "q2")

    arrive(Hand().says("answer", row, **answer(desk, "q2", "5")))
    assert homes(desk, Answer) == []

    desk.answer("q2", "1")
    assert (desk.shown("q2"), homes(desk, Answer)) == ("1", [desk.company])
    assert {"key", "response"} <= set(heads(desk, desk.company))


def test_answers_that_came_before_their_assessment_go_with_it(desk: Desk, arrive: Arrive) -> None:
    desk.assessment = uuid.uuid4()
    row = answer_id(desk.assessment, "q2")
    arrive(Hand().says("answer", row, **answer(desk, "q2", "5")))
    assert homes(desk, Answer) == [OTHER]

    arrive(Hand(desk.company).says("assessment", desk.assessment, form_id="kurz"))

    assert homes(desk, Answer) == []


def test_an_edit_neither_replaces_nor_names_what_another_file_says(
    desk: Desk, arrive: Arrive
) -> None:
    # Without its key an answer cannot be shown, so that nothing has told yet whose it is.
    row = answer_id(desk.assessment, "q1")
    forged = Hand().says("answer", row, response=answer(desk, "q1", "3")["response"])
    arrive(forged)

    desk.answer("q1", "3")

    with desk.store.read() as session:
        own = select(LoggedChange).where(LoggedChange.is_own, LoggedChange.entity == "answer")
        written = {change.field: change for change in session.scalars(own)}
    assert written.keys() == {"key", "response"}
    assert {change.bases for change in written.values()} == {"[]"}
    assert {change.company_id for change in written.values()} == {desk.company}
    assert heads(desk, OTHER) == []


def test_erasing_a_file_leaves_no_row_of_it_and_takes_none_of_another(
    desk: Desk, arrive: Arrive
) -> None:
    desk.answer("q1", "3")
    hand = Hand()
    arrive(hand.says("company", OTHER, 0, name="Andere"))
    arrive(
        hand.says("company", desk.company, 0, name="Fremd")
        + hand.says("assessment", desk.assessment, 0, state="fremd")
        + hand.says("answer", answer_id(desk.assessment, "q1"), 0, **answer(desk, "q1", "5"))
    )

    erase(desk, OTHER)

    assert (desk.name, desk.shown("q1")) == ("Huber Zerspanung", "3")
    assert homes(desk, Assessment) == [desk.company]


def test_what_another_file_says_of_an_erased_row_shows_again(desk: Desk, arrive: Arrive) -> None:
    arrive(Hand().says("assessment", desk.assessment, state="done"))

    erase(desk, desk.company)

    with desk.store.read() as session:
        shown = session.get_one(Assessment, desk.assessment)
        assert (shown.company_id, shown.form_id, shown.state) == (OTHER, "", "done")
    assert homes(desk, Company) == []
    assert heads(desk, OTHER) == ["state"]
