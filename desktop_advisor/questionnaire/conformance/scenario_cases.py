"""The suite of whole forms: the state of every node after the start and after each step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from desktop_advisor.questionnaire.expression.nodes import Node, string_value
from desktop_advisor.questionnaire.expression.xml_source import read_xml
from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.questionnaire.trace import state_of
from desktop_advisor.questionnaire.xform import XForm, read_xform

State = dict[str, dict[str, Any]]

_NOW = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)
_ZONE = ZoneInfo("America/Phoenix")
_RANDOM = ("uuid:",)


def scenario_passes(case: dict[str, Any]) -> bool:
    """Whether every recorded state equals ours; random ids are not compared."""
    recorded = [case["init"], *(step["state"] for step in case["steps"])]
    ours = states_of(case)
    return all(differences(one, other) == [] for one, other in zip(recorded, ours, strict=True))


def states_of(case: dict[str, Any]) -> Iterator[State]:
    """Our states of the case: after the start and after each step."""
    form = read_xform(case["form"])
    values = _values(case["edit"], form) if case.get("edit") else {}
    session = FormSession(form, now=lambda: _NOW, time_zone=_ZONE, values=values)
    yield state_of(session)
    for step in case["steps"]:
        _take(session, step["op"])
        yield state_of(session)


def differences(recorded: State, ours: State) -> list[str]:
    """Which refs differ, and in what."""
    found = [f"{ref}: fehlt" for ref in recorded if ref not in ours]
    found += [f"{ref}: zuviel" for ref in ours if ref not in recorded]
    for ref, state in recorded.items():
        mine = ours.get(ref, state)
        for key in {*state, *mine}:
            if state.get(key) != mine.get(key) and not _is_random(state.get(key), mine.get(key)):
                found.append(f"{ref}.{key}: {state.get(key)!r} / {mine.get(key)!r}")
    return found


def _values(xml: str, form: XForm) -> dict[str, str]:
    """Ref → value of an instance somebody edits."""
    found: dict[str, str] = {}

    def gather(node: Node, ref: str, path: str) -> None:
        counts: Counter[str] = Counter()
        for child in node.elements():
            counts[child.name] += 1
            below = f"{path}/{child.name}"
            row = f"[{counts[child.name]}]" if below in form.repeats else ""
            gather(child, f"{ref}/{child.name}{row}", below)
        if not node.elements():
            found[ref] = string_value(node)

    root = read_xml(xml).elements()[0]
    gather(root, f"/{root.name}", f"/{root.name}")
    return found


def _is_random(recorded: object, ours: object) -> bool:
    return all(isinstance(value, str) and value.startswith(_RANDOM) for value in (recorded, ours))


def _take(session: FormSession, step: dict[str, Any]) -> None:
    kind = step["k"]
    if kind == "add":
        session.add_repeat(step["ref"])
    elif kind == "remove":
        session.remove_repeat(step["ref"])
    elif kind == "lang":
        session.set_language(step["lang"])
    else:
        value = step["value"]
        session.set_value(step["ref"], " ".join(value) if isinstance(value, list) else value)
