"""A form as read: everything sessions share, and its texts without a session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property

from desktop_advisor.questionnaire.expression import (
    Compiled,
    Context,
    World,
    compile_expression,
)
from desktop_advisor.questionnaire.expression.nodes import Kind, Node
from desktop_advisor.questionnaire.xform.model import Action, Bind, Choice, Control, Question
from desktop_advisor.questionnaire.xform.rendering import Renderer
from desktop_advisor.questionnaire.xform.schema import Schema, name_of
from desktop_advisor.questionnaire.xform.texts import Itext

_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


class XForm:
    """One questionnaire; immutable, shared by all sessions over it.

    Attributes:
        form_id, version, title: as the form writes them, "" where it does not.
        languages: names of the translations, () when there are none.
        default_language: the one marked as default, else the first.
        questions: the questions of the body, in the order they are asked.
        notices: what was left out on reading, in German.
        primary: the instance's root element as written; sessions work on copies.
    """

    def __init__(
        self,
        *,
        form_id: str,
        version: str,
        title: str,
        primary: Node,
        instances: Mapping[str, Node],
        binds: Mapping[str, Bind],
        controls: tuple[Control, ...],
        actions: tuple[Action, ...],
        itext: Itext,
        namespaces: Mapping[str, str],
        notices: tuple[str, ...],
    ) -> None:
        self.form_id = form_id
        self.version = version
        self.title = title
        self.primary = primary
        self.instances = instances
        self.binds = binds
        self.controls = controls
        self.actions = actions
        self.itext = itext
        self.namespaces = namespaces
        self.notices = notices
        self.schema = Schema(primary)
        self.control_of: Mapping[str, Control] = {
            c.path: c for c in self._walk(controls) if c.kind != "repeat" and c.path
        }
        self.repeats = {c.path: c for c in self._walk(controls) if c.kind == "repeat"}
        self.questions = list(self._questions(controls, "", is_in_repeat=False))
        self._compiled: dict[str, Compiled] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        return self.itext.languages

    @property
    def default_language(self) -> str:
        return self.itext.default

    def compiled(self, expression: str) -> Compiled:
        """The expression as a closure, compiled once for all sessions."""
        run = self._compiled.get(expression)
        if run is None:
            run = compile_expression(expression, namespaces=self.namespaces)
            self._compiled[expression] = run
        return run

    def text(self, ref: str, kind: str, language: str = "") -> str:
        """A question's text as written, outputs empty. kind: label, hint, guidance, constraint.

        language: name or code ("de"); "" and unknown ones mean the default language. The text of
        a running consultation, outputs filled in, comes from `FormSession.text`.
        """
        return self._renderer.text_of(ref, kind, self.language(language), self._blank).strip()

    def choices(self, ref: str, language: str = "") -> tuple[Choice, ...]:
        """The choices of a select question before any answer; filtered ones depend on answers."""
        return self._renderer.choices_of(ref, self.language(language), self._blank)

    def language(self, name: str) -> str:
        """The full name of a language given by name or code; the default for unknown ones."""
        return self.itext.language_named(name) or self.default_language

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer(self)

    def _blank(self, ref: str, language: str) -> Context:
        document = Node(Kind.DOCUMENT)
        document.children.append(self.primary)
        surroundings = StaticSurroundings(self, language)
        world = World(
            compile_text=compile_expression,
            now=lambda: _NO_TIME,
            zone=UTC,
            root=document,
            form=surroundings,
        )
        node = self._first(ref) or self.primary
        return Context(world, node, node)

    def _first(self, ref: str) -> Node | None:
        node: Node | None = self.primary
        for name in ref.split("/")[2:]:
            node = node and next((c for c in node.elements() if c.name == name), None)
        return node

    def _walk(self, controls: tuple[Control, ...]) -> Iterator[Control]:
        for control in controls:
            yield control
            yield from self._walk(control.children)

    def _questions(
        self, controls: tuple[Control, ...], group: str, *, is_in_repeat: bool
    ) -> Iterator[Question]:
        for control in controls:
            if control.kind in ("group", "repeat"):
                inside = is_in_repeat or control.kind == "repeat"
                yield from self._questions(
                    control.children, control.path or group, is_in_repeat=inside
                )
            elif control.path:
                bind = self.binds.get(control.path)
                yield Question(
                    ref=control.path,
                    name=name_of(control.path),
                    kind=control.kind,
                    type="string" if bind is None else bind.type,
                    appearance=control.appearance,
                    group=group,
                    is_in_repeat=is_in_repeat,
                )


class StaticSurroundings:
    """What expressions in texts see outside a session."""

    def __init__(self, form: XForm, language: str) -> None:
        self._form = form
        self._language = language

    def instance(self, name: str) -> Node | None:
        return self._form.instances.get(name)

    def itext(self, name: str) -> list[Node]:
        return self._form.itext.values(name, self._language)

    def choice_label(self, node: Node, value: str) -> str:
        return ""
