"""Why a node is as it is: the rules that decide about it and what they read."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_advisor.questionnaire.session.cells import Cell
from desktop_advisor.questionnaire.session.dependencies import reads
from desktop_advisor.questionnaire.session.instance_tree import InstanceTree
from desktop_advisor.questionnaire.xform import XForm

_ASPECTS = ("relevant", "readonly", "required", "constraint", "calculate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One rule that decides about a node.

    ref: where the rule stands, the node or a group around it. aspect: relevant, readonly, required,
    constraint or calculate. expression: as written. values: ref → value of what it reads.
    """

    ref: str
    aspect: str
    expression: str
    values: dict[str, str]


def reasons_for(cell: Cell, form: XForm, tree: InstanceTree) -> tuple[Reason, ...]:
    """The rules of the node, then the inherited ones of what is around it, nearest first."""
    found: list[Reason] = []
    current: Cell | None = cell
    while current is not None:
        for aspect in _ASPECTS if current is cell else _ASPECTS[:2]:
            expression = getattr(current.bind, aspect, None)
            if expression is not None and current.kind != "range":
                values = _values(expression, current, form, tree)
                found.append(
                    Reason(ref=current.ref, aspect=aspect, expression=expression, values=values)
                )
        current = current.parent
    return tuple(found)


def _values(expression: str, cell: Cell, form: XForm, tree: InstanceTree) -> dict[str, str]:
    paths = sorted(reads(expression, cell.path, form.schema))
    return {
        read.ref: read.value
        for path in paths
        for read in tree.cells_at(path)
        if read.kind == "leaf"
    }
