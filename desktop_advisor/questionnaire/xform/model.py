"""What an XForm consists of, read once and shared by all sessions (ODK XForms specification).

Paths are written without positions: `/data/site/name` means the name in every repeat of `site`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_advisor.questionnaire.expression.nodes import Node

KINDS = ("input", "select", "select1", "rank", "range", "trigger", "upload")
"""The controls that hold an answer."""


@dataclass(frozen=True, slots=True)
class Text:
    """A label, hint or message: an expression (usually jr:itext), or an element with outputs.

    Both are None for a text that is not there.
    """

    expression: str | None = None
    content: Node | None = None

    def __bool__(self) -> bool:
        return self.expression is not None or self.content is not None


NO_TEXT = Text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bind:
    """The model's rules for one path; None where a rule is not written."""

    path: str
    type: str = "string"
    relevant: str | None = None
    required: str | None = None
    readonly: str | None = None
    constraint: str | None = None
    calculate: str | None = None
    constraint_message: Text = NO_TEXT
    required_message: Text = NO_TEXT
    preload: str = ""
    preload_parameters: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A choice written in the body."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Itemset:
    """Choices taken from nodes; value and label are expressions over one of them."""

    nodeset: str
    value: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One element of the body. kind: one of KINDS, "group" or "repeat".

    path: what it is bound to; "" for a group that only arranges. count, is_fixed: of a repeat,
    jr:count and jr:noAddRemove. parameters: start, end and step of a range.
    """

    kind: str
    path: str
    appearance: str = ""
    label: Text = NO_TEXT
    hint: Text = NO_TEXT
    guidance: Text = NO_TEXT
    items: tuple[Item, ...] = ()
    itemset: Itemset | None = None
    count: str | None = None
    is_fixed: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Control, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A setvalue: on one of the events, the target becomes the value.

    written: the target as written, with its predicates. context: path of the control or repeat
    it is written in, "" for the model.
    """

    events: frozenset[str]
    target: str
    written: str
    expression: str | None
    literal: str
    context: str


@dataclass(frozen=True, slots=True)
class Choice:
    """value: what is stored. label: what is read, in the language asked for."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of the body, as lists and reports need it.

    ref: its path. type: of the bind. group: path of the group or repeat around it, "" at the top.
    """

    ref: str
    name: str
    kind: str
    type: str
    appearance: str
    group: str
    is_in_repeat: bool
