"""The nodes of a running form: one cell per element, and one per row of repeats."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_advisor.questionnaire.expression.nodes import Kind, Node, string_value
from desktop_advisor.questionnaire.xform.model import Bind, Control


class Cell:
    """One element of the running instance, with what the rules say about it.

    Attributes:
        path: without positions. ref: with them ("/data/site[2]/name"); changes when rows go.
        kind: "leaf", "group", "repeat" (a row) or "range" (all rows of one repeat).
        node: the element; of a range a stand-in at the place of its rows, in no list of children.
        answer: what was typed or calculated; the node holds what of it is valid right now.
        default: what the form gives it, "" for nothing.
        own_relevant, own_readonly: by its own rule; the effective ones include what is above.
        calculated: the last result of its calculation while relevant, None before the first.
        noticed: the value actions on its change have seen; None before, and where none listen.
        wanted: of a range, the last count it was given. written: the rows the form itself writes.
        is_constraint_kept: True while empty. choice_values: of a select, None when never filtered.
    """

    __slots__ = (
        "answer",
        "bind",
        "calculated",
        "children",
        "choice_values",
        "control",
        "default",
        "is_constraint_kept",
        "is_required",
        "kind",
        "node",
        "noticed",
        "own_readonly",
        "own_relevant",
        "parent",
        "path",
        "ref",
        "wanted",
        "written",
    )

    def __init__(
        self,
        path: str,
        kind: str,
        node: Node,
        parent: Cell | None,
        *,
        bind: Bind | None = None,
        control: Control | None = None,
    ) -> None:
        self.path = path
        self.kind = kind
        self.node = node
        self.parent = parent
        self.bind = bind
        self.control = control
        self.ref = ""
        self.answer = ""
        self.default = ""
        self.calculated: str | None = None
        self.noticed: str | None = None
        self.wanted = 0
        self.written: list[Node] = []
        self.children: list[Cell] = []
        self.own_relevant = True
        self.own_readonly = False
        self.is_required = False
        self.is_constraint_kept = True
        self.choice_values: list[str] | None = None

    @property
    def is_relevant(self) -> bool:
        """Whether it and everything around it is relevant."""
        if self.kind == "range":
            return self.own_relevant and (self.parent is None or self.parent.is_relevant)
        return self.node.is_relevant

    @property
    def is_readonly(self) -> bool:
        """Whether it or something around it is read-only."""
        return self.own_readonly or (self.parent is not None and self.parent.is_readonly)

    @property
    def value(self) -> str:
        """What expressions read: "" while it is not relevant."""
        return string_value(self.node) if self.kind == "leaf" else ""

    def write(self, value: str) -> None:
        """Make the value what expressions read."""
        if self.node.kind == Kind.ATTRIBUTE:
            self.node.value = value
        else:
            self.node.set_text(value)

    @property
    def violation(self) -> str:
        """ "required", "constraint", or "" when it is valid; what is not relevant is valid."""
        if self.kind != "leaf" or not self.is_relevant:
            return ""
        if self.is_required and self.value == "":
            return "required"
        return "" if self.is_constraint_kept else "constraint"

    def walk(self) -> Iterator[Cell]:
        """The cell and everything below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()
