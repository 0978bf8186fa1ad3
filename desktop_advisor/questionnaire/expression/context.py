"""What an expression can see while it is evaluated."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Protocol

from desktop_advisor.questionnaire.expression.nodes import Node, root_of
from desktop_advisor.questionnaire.expression.values import Value


class Surroundings(Protocol):
    """What the form around an expression answers; a bare document answers with nothing."""

    def instance(self, name: str) -> Node | None:
        """The secondary instance of that id."""

    def itext(self, name: str) -> list[Node]:
        """The texts of that id in the present language."""

    def choice_label(self, node: Node, value: str) -> str:
        """The label of the choice with that value, of the question bound to the node."""


class NoForm:
    """Surroundings of an expression outside any form."""

    def instance(self, name: str) -> Node | None:
        return None

    def itext(self, name: str) -> list[Node]:
        return []

    def choice_label(self, node: Node, value: str) -> str:
        return ""


@dataclass(slots=True, kw_only=True)
class World:
    """What stays the same for all expressions of one form or document.

    Attributes:
        compile_text: makes a closure of an expression that is itself the value of another one.
        root: where "/" starts; None: at the top of the context node's own tree.
        found: nodes of plain absolute paths; whoever changes the structure below root clears it.
        seed: source of random() and of randomize() without a seed.
    """

    now: Callable[[], datetime]
    zone: tzinfo
    compile_text: Callable[[str], Compiled]
    root: Node | None = None
    form: Surroundings = field(default_factory=NoForm)
    properties: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    found: dict[object, list[Node]] = field(default_factory=dict)
    seed: random.Random = field(default_factory=random.Random)


class Context:
    """XPath 1.0 §1: node, position and size; `current` is the node the expression is bound to."""

    __slots__ = ("current", "node", "position", "size", "world")

    def __init__(
        self, world: World, node: Node, current: Node, position: int = 1, size: int = 1
    ) -> None:
        self.world = world
        self.node = node
        self.current = current
        self.position = position
        self.size = size

    @property
    def zone(self) -> tzinfo:
        """The time zone in which dates without an offset are meant."""
        return self.world.zone

    def root(self) -> Node:
        """Where an absolute path starts."""
        root = self.world.root
        return root_of(self.node) if root is None else root


Compiled = Callable[[Context], Value]
"""An expression ready to run."""
