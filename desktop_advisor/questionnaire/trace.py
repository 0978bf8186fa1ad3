"""Runs a form through steps and tells the state after each, for `desktop-advisor form run`."""

from __future__ import annotations

from typing import Any

from desktop_advisor.domain.clock import Clock
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.questionnaire.session import FormSession, NodeState
from desktop_advisor.questionnaire.xform import XForm

GROUPS = ("group", "repeat-instance", "repeat-range:controlled", "repeat-range:uncontrolled")
CHOOSING = ("select", "rank")


class UnknownStep(KnownError):
    """A step names a node the form does not have, or lacks "ref" or "value"."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__(
            f"Schritt {number}: »{name}« gibt es nicht.",
            todo="Bitte prüfen Sie die Schritte gegen den Fragebogen.",
        )


def run_steps(form: XForm, steps: list[dict[str, str]], clock: Clock) -> list[dict[str, Any]]:
    """The first state, then one after each step (design §7).

    A step is `{"ref": …, "value": …}`; also `{"add": ref}`, `{"remove": ref}`, `{"lang": name}`.
    A step that answers what is read-only leaves everything as it is.

    Raises:
        UnknownStep: a step names what the form does not have.
    """
    session = FormSession(form, now=clock)
    states = [state_of(session)]
    for number, step in enumerate(steps, start=1):
        try:
            _take(session, step)
        except KeyError as missing:
            raise UnknownStep(number, str(missing.args[0])) from None
        states.append(state_of(session))
    return states


def _take(session: FormSession, step: dict[str, str]) -> None:
    if "add" in step:
        session.add_repeat(step["add"])
    elif "remove" in step:
        session.remove_repeat(step["remove"])
    elif "lang" in step:
        session.set_language(step["lang"])
    elif not session.is_locked(step["ref"]):
        session.set_value(step["ref"], step["value"])


def state_of(session: FormSession) -> dict[str, Any]:
    """Ref → what is there: t kind, v value, rel relevant, ro readonly, req required, ok valid,
    viol what is violated, opts choices, label. Groups and repeats only have t, rel, ro, label.
    """
    return {ref: _written(state) for ref, state in session.states().items()}


def _written(state: NodeState) -> dict[str, Any]:
    written: dict[str, Any] = {"t": state.kind, "rel": state.relevant, "ro": state.readonly}
    if state.kind not in GROUPS:
        written |= {"req": state.required, "v": state.value}
        if state.kind in CHOOSING:
            written["opts"] = [choice.value for choice in state.choices]
        written["ok"] = state.valid
        if state.violation:
            written["viol"] = state.violation
    if state.has_label:
        written["label"] = state.label
    return written
