"""Whatever is said, in whatever order: what is on the disk is what the screen shows."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop_advisor.domain.answers import Evidence, Perspective
from desktop_advisor.questionnaire.authoring.building import compile_file
from desktop_advisor.usecases.answer_sheet import AnsweredMeanwhile
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


FILTERED = ("town",)
"""What the form itself clears when it offers it no longer."""
WHICH = st.integers(0, 20)
"""Which of the things at hand: keys of rows are random, so they are not drawn themselves."""


class Conversation(RuleBasedStateMachine):
    """One interview over an own questionnaire beside another window of it.

    Each is compared with a third one opened anew; `said` is what the last word on a question was.
    """

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.place = workplace(self.folder / "laptop")
        compile_file(OWN, self.place.forms)
        company = create_company(self.place, CompanyDraft(name="Muster GmbH"))
        visit_id = plan_visit(self.place, company, starts_at=self.place.clock())
        self.talk = Interview(self.place, visit_id, "own")
        self.window = Interview(self.place, visit_id, "own")
        self.is_behind = False
        self.said: dict[tuple[Perspective, str], str] = {}

    def teardown(self) -> None:
        if hasattr(self, "place"):
            self.place.close()
            shutil.rmtree(self.folder)

    @rule(which=WHICH, choice=WHICH, reason=st.sampled_from(["", "weil"]))
    def answer(self, which: int, choice: int, reason: str) -> None:
        self._answer(self.talk, which, choice, reason)

    @rule(which=WHICH, choice=WHICH)
    def answer_in_the_other_window(self, which: int, choice: int) -> None:
        self._answer(self.window, which, choice, "weil")
        self.is_behind = True

    def _answer(self, talk: Interview, which: int, choice: int, reason: str) -> None:
        asked = [q for q in talk.questions() if talk.question(q).kind in VALUES]
        key = asked[which % len(asked)]
        values = VALUES[talk.question(key).kind]
        value = values[choice % len(values)]
        try:
            talk.answer(key, value, reason)
        except ReasonMissing:
            assert value == "na"
            return
        except AnsweredMeanwhile:
            self._has_caught_up(talk)
            return
        assert talk.question(key).response.form_value == value
        self.said.pop((talk.perspective, key), None)
        if value:  # an open question may show the form's own proposal again
            self.said[talk.perspective, key] = value

    def _has_caught_up(self, talk: Interview) -> None:
        if talk is self.talk:
            self.is_behind = False

    @rule(which=WHICH, note=st.text(max_size=20), level=st.sampled_from(Evidence))
    def remark(self, which: int, note: str, level: Evidence) -> None:
        key = self.talk.questions()[which % len(self.talk.questions())]
        try:
            self.talk.write_note(key, note)
            self.talk.set_evidence(key, level)
        except AnsweredMeanwhile:
            self._has_caught_up(self.talk)

    @rule(which=WHICH)
    def remark_in_the_other_window(self, which: int) -> None:
        with suppress(AnsweredMeanwhile):
            key = self.window.questions()[which % len(self.window.questions())]
            self.window.write_note(key, "nebenan")
        self.is_behind = True

    @rule(names=st.lists(st.sampled_from(["Rad", ""]), min_size=1, max_size=2))
    def paste_in_the_other_window(self, names: list[str]) -> None:
        if "products" in self.window.questions():
            self.window.fill_rows("products", [{"product": name} for name in names])
            self.is_behind = True

    @precondition(lambda self: bool(self.window.table("products").rows))
    @rule(which=WHICH)
    def drop_row_in_the_other_window(self, which: int) -> None:
        rows = self.window.table("products").rows
        self.window.remove_row(rows[which % len(rows)].key)
        self.is_behind = True

    @rule(perspective=st.sampled_from([Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL]))
    def somebody_sits_down_at_the_other_window(self, perspective: Perspective) -> None:
        self.window.switch(perspective)

    @rule(which=WHICH, note=st.sampled_from(["", "abweichend"]))
    def compare(self, which: int, note: str) -> None:
        key = self.talk.questions()[which % len(self.talk.questions())]
        others = set(self.talk.comparison(key).hidden)
        self.talk.reveal(key)
        assert not self.talk.comparison(key).hidden
        assert others <= {side.perspective for side in self.talk.comparison(key).sides}
        self.talk.write_dissent(key, note)
        assert self.talk.comparison(key).note == note

    @rule(names=st.lists(st.sampled_from(["Kolben", "Batterie", ""]), min_size=1, max_size=3))
    def paste(self, names: list[str]) -> None:
        if "products" in self.talk.questions():
            self.talk.fill_rows("products", [{"product": name} for name in names])

    @precondition(lambda self: bool(self.talk.table("products").rows))
    @rule(which=WHICH, share=st.sampled_from(["10", "99.5", "160", ""]))
    def fill_cell(self, which: int, share: str) -> None:
        rows = self.talk.table("products").rows
        row = rows[which % len(rows)]
        try:
            self.talk.answer(f"{row.key}/share", share)
        except AnsweredMeanwhile:
            self._has_caught_up(self.talk)

    @precondition(lambda self: bool(self.talk.table("products").rows))
    @rule(which=WHICH)
    def drop_row(self, which: int) -> None:
        rows = self.talk.table("products").rows
        self.talk.remove_row(rows[which % len(rows)].key)

    @rule()
    def undo(self) -> None:
        self.talk.undo()
        self.said.clear()
        self.is_behind = False

    @rule(perspective=st.sampled_from(Perspective))
    def switch(self, perspective: Perspective) -> None:
        self.talk.switch(perspective)
        self.is_behind = False

    @rule(code=st.sampled_from(["D01", "parts"]), is_parked=st.booleans())
    def park(self, code: str, is_parked: bool) -> None:
        (self.talk.park if is_parked else self.talk.take_up)(code)

    @invariant()
    def what_is_shown_is_what_is_stored(self) -> None:
        other = Interview(self.place, self.talk.visit_id, "own")
        other.switch(self.talk.perspective)
        if not self.is_behind:
            assert _shown(other) == _shown(self.talk)
        done, total = self.talk.progress()
        assert 0 <= done <= total

    @invariant()
    def nothing_said_is_lost(self) -> None:
        other = Interview(self.place, self.talk.visit_id, "own")
        for (perspective, key), value in self.said.items():
            if perspective is not other.perspective:
                other.switch(perspective)
            if key in other.questions() and key not in FILTERED:
                assert other.question(key).response.form_value == value


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
    max_examples=6,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
