"""What a form looks like at one node, for screens, reports and traces."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_advisor.questionnaire.session.cells import Cell
from desktop_advisor.questionnaire.xform.model import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeState:
    """One node as it is now.

    kind: input, note, select, rank, range, trigger, upload, model-value, group, repeat-instance,
    repeat-range:controlled or repeat-range:uncontrolled. value: "" while not relevant.
    violation: "required", "constraint" or "". choices: in their present order, filtered.
    has_label: whether the form writes a label, be it empty.
    constraint_message: what to say when the constraint is violated, "" where none is written.
    """

    ref: str
    kind: str
    value: str
    relevant: bool
    readonly: bool
    required: bool
    valid: bool
    violation: str
    choices: tuple[Choice, ...]
    label: str
    has_label: bool
    hint: str
    guidance: str
    constraint_message: str


def kind_of(cell: Cell) -> str:
    """The name of the node's kind as the reference writes it."""
    if cell.kind == "range":
        repeat = cell.control
        is_controlled = repeat is not None and (repeat.count is not None or repeat.is_fixed)
        return f"repeat-range:{'controlled' if is_controlled else 'uncontrolled'}"
    if cell.kind == "repeat":
        return "repeat-instance"
    if cell.kind == "group":
        return "group"
    if cell.control is None:
        return "model-value"
    if cell.control.kind == "input" and _is_note(cell):
        return "note"
    return "select" if cell.control.kind == "select1" else cell.control.kind


def _is_note(cell: Cell) -> bool:
    """An input that can never be written and has something to say."""
    readonly = cell.bind.readonly if cell.bind is not None else None
    is_constant = readonly is not None and readonly.replace(" ", "") == "true()"
    return (
        is_constant and cell.control is not None and bool(cell.control.label or cell.control.hint)
    )
