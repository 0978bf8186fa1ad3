"""What expressions of a running form see around them: lists, translations, choice labels."""

from __future__ import annotations

from desktop_advisor.questionnaire.expression import Context, World
from desktop_advisor.questionnaire.expression.nodes import Node
from desktop_advisor.questionnaire.session.instance_tree import InstanceTree
from desktop_advisor.questionnaire.xform import XForm
from desktop_advisor.questionnaire.xform.rendering import Renderer


class SessionSurroundings:
    """Answers for one language; `world` is set once the world around it exists."""

    def __init__(self, form: XForm, tree: InstanceTree, language: str) -> None:
        self._form = form
        self._tree = tree
        self._renderer = Renderer(form)
        self.language = language
        self.world: World | None = None

    def instance(self, name: str) -> Node | None:
        return self._form.instances.get(name)

    def itext(self, name: str) -> list[Node]:
        return self._form.itext.values(name, self.language)

    def choice_label(self, node: Node, value: str) -> str:
        cell = next((c for c in self._tree.root.walk() if c.node is node), None)
        if cell is None or cell.control is None or self.world is None:
            return ""
        context = Context(self.world, node, node)
        choices = self._renderer.choices(cell.control, context)
        return next((choice.label for choice in choices if choice.value == value), "")
