"""Whatever is said, in whatever order: what is on the disk is what the screen shows."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop_advisor.domain.answers import Evidence, Perspective
from desktop_advisor.questionnaire.authoring.building import compile_file
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.interview import Interview, ReasonMissing
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.visits import plan_visit
from tests.workplaces import workplace

OWN = Path(__file__).with_name("own.md")
VALUES = {
    Kind.LEVEL: ["0", "2", "5", "na", "dk", "kv", ""],
    Kind.CHOICE: ["sn", "be", "zwickau", "mitte", ""],
    Kind.CHOICES: ["a", "a b", ""],
    Kind.RANK: ["b a", ""],
    Kind.INTEGER: ["1", "3", "40", "dk", ""],
    Kind.DATE: ["2026-11-22", ""],
    Kind.LONG_TEXT: ["ein Satz", "na", ""],
}


WHICH = st.integers(0, 20)
"""Which of the things at hand: keys of rows are random, so they are not drawn themselves."""


class Conversation(RuleBasedStateMachine):
    """One interview over an own questionnaire, compared with a second one opened anew."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.place = workplace(self.folder / "laptop")
        compile_file(OWN, self.place.forms)
        company = create_company(self.place, CompanyDraft(name="Muster GmbH"))
        visit_id = plan_visit(self.place, company, starts_at=self.place.clock())
        self.talk = Interview(self.place, visit_id, "own")

    def teardown(self) -> None:
        if hasattr(self, "place"):
            self.place.close()
            shutil.rmtree(self.folder)

    @rule(which=WHICH, choice=WHICH, reason=st.sampled_from(["", "weil"]))
    def answer(self, which: int, choice: int, reason: str) -> None:
        asked = [q for q in self.talk.questions() if self.talk.question(q).kind in VALUES]
        key = asked[which % len(asked)]
        values = VALUES[self.talk.question(key).kind]
        value = values[choice % len(values)]
        try:
            self.talk.answer(key, value, reason)
        except ReasonMissing:
            assert value == "na"
            return
        assert self.talk.question(key).response.form_value == value

    @rule(which=WHICH, note=st.text(max_size=20), level=st.sampled_from(Evidence))
    def remark(self, which: int, note: str, level: Evidence) -> None:
        key = self.talk.questions()[which % len(self.talk.questions())]
        self.talk.write_note(key, note)
        self.talk.set_evidence(key, level)

    @rule(names=st.lists(st.sampled_from(["Kolben", "Batterie", ""]), min_size=1, max_size=3))
    def paste(self, names: list[str]) -> None:
        if "products" in self.talk.questions():
            self.talk.fill_rows("products", [{"product": name} for name in names])

    @precondition(lambda self: bool(self.talk.table("products").rows))
    @rule(which=WHICH, share=st.sampled_from(["10", "99.5", "160", ""]))
    def fill_cell(self, which: int, share: str) -> None:
        rows = self.talk.table("products").rows
        row = rows[which % len(rows)]
        self.talk.answer(f"{row.key}/share", share)

    @precondition(lambda self: bool(self.talk.table("products").rows))
    @rule(which=WHICH)
    def drop_row(self, which: int) -> None:
        rows = self.talk.table("products").rows
        self.talk.remove_row(rows[which % len(rows)].key)

    @rule()
    def undo(self) -> None:
        self.talk.undo()

    @rule(perspective=st.sampled_from(Perspective))
    def switch(self, perspective: Perspective) -> None:
        self.talk.switch(perspective)

    @rule(code=st.sampled_from(["D01", "parts"]), is_parked=st.booleans())
    def park(self, code: str, is_parked: bool) -> None:
        (self.talk.park if is_parked else self.talk.take_up)(code)

    @invariant()
    def what_is_shown_is_what_is_stored(self) -> None:
        other = Interview(self.place, self.talk.visit_id, "own")
        other.switch(self.talk.perspective)
        assert _shown(other) == _shown(self.talk)
        done, total = self.talk.progress()
        assert 0 <= done <= total


def _shown(talk: Interview) -> dict[str, Any]:
    tables = {key: talk.table(key) for key in ("products", "shift")}
    return {
        "asked": talk.questions(),
        "views": [talk.question(key) for key in talk.questions()],
        "tables": tables,
        "sections": talk.dimensions(),
        "sides": [talk.comparison(key) for key in talk.questions()],
    }


TestConversation = pytest.mark.filterwarnings("default")(Conversation.TestCase)
TestConversation.settings = settings(
    max_examples=8,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
