"""A form while it is being filled in."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import tzinfo
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from desktop_advisor.domain.clock import Clock
from desktop_advisor.questionnaire.expression import Context, World, compile_expression
from desktop_advisor.questionnaire.expression.nodes import string_value
from desktop_advisor.questionnaire.session.actions import Actions
from desktop_advisor.questionnaire.session.cells import Cell
from desktop_advisor.questionnaire.session.graph import Graph
from desktop_advisor.questionnaire.session.instance_tree import InstanceTree
from desktop_advisor.questionnaire.session.node_state import NodeState, kind_of
from desktop_advisor.questionnaire.session.readers import readers_of
from desktop_advisor.questionnaire.session.reasons import Reason, reasons_for
from desktop_advisor.questionnaire.session.recalculation import Recalculation
from desktop_advisor.questionnaire.session.restoring import Restoring
from desktop_advisor.questionnaire.session.surroundings import SessionSurroundings
from desktop_advisor.questionnaire.xform import Choice, XForm
from desktop_advisor.questionnaire.xform.rendering import Renderer

BERLIN = ZoneInfo("Europe/Berlin")

_GRAPHS: WeakKeyDictionary[XForm, Graph] = WeakKeyDictionary()


class FormSession:
    """One instance of a form: takes answers, tells the state of every node.

    Refs name nodes with the number of the row: `/data/site[2]/name`; `/data/site` names the repeat
    itself for `add_repeat`. Everything happens in memory and at once; there is nothing to close.
    """

    def __init__(
        self,
        form: XForm,
        *,
        now: Clock,
        time_zone: tzinfo = BERLIN,
        values: Mapping[str, str] | None = None,
        properties: Mapping[str, str] | None = None,
        seed: int | None = None,
        empty_repeats: bool = False,
    ) -> None:
        """Load the form. values: ref → value of an earlier session; with them the form is
        reopened, so what happens only on its first load (preloads, first-load actions) does not.
        A repeat that is not counted gets exactly the rows the values name.

        empty_repeats: where they name none, it starts without rows instead of the form's own.
        properties: what preloads and property() tell of the device and its user.
        seed: makes random() and uuid() repeatable.
        """
        self.form = form
        self._tree = InstanceTree(form)
        self._surroundings = SessionSurroundings(form, self._tree, form.default_language)
        self._world = World(
            compile_text=compile_expression,
            now=now,
            zone=time_zone,
            root=self._tree.document,
            form=self._surroundings,
            properties=properties or {},
            version=form.version,
            seed=random.Random(seed),  # noqa: S311 - shuffles choices, protects nothing
        )
        self._surroundings.world = self._world
        self._renderer = Renderer(form)
        self._graph = _graph_of(form)
        self._calculation = Recalculation(form, self._graph, self._tree, self._world)
        self._actions = Actions(form, self._tree, self._calculation, self._world)
        self._load(values or {}, empty_repeats=empty_repeats)

    def set_value(self, ref: str, value: str) -> frozenset[str]:
        """Answer a question; several choices separated by blanks, "" clears.

        Returns the refs whose state changed. Raises KeyError for an unknown ref.
        """
        self._calculation.choose(self._tree.cell(ref), value)
        return self._settle()

    def set_values(self, values: Mapping[str, str]) -> frozenset[str]:
        """Answer several questions at once, with one recalculation; as `set_value` otherwise."""
        for ref, value in values.items():
            self._calculation.choose(self._tree.cell(ref), value)
        return self._settle()

    def is_relevant(self, ref: str) -> bool:
        """Whether the node and everything around it is relevant; raises KeyError."""
        return self._tree.cell(ref).is_relevant

    def is_locked(self, ref: str) -> bool:
        """Whether its own rule makes it read-only: a person cannot answer it, the program can."""
        cell = self._tree.cell(ref)
        return cell.bind is not None and cell.bind.readonly is not None and cell.is_readonly

    def add_repeat(self, ref: str, count: int = 1) -> None:
        """Append rows to the repeat (`/data/site`)."""
        for _ in range(count):
            row = self._calculation.add_row(self._tree.range(ref))
            if row is not None:
                self._actions.row_added(row)
        self._settle()

    def remove_repeat(self, ref: str) -> None:
        """Take away a row (`/data/site[2]`); later rows move up."""
        self._calculation.remove_row(self._tree.cell(ref))
        self._settle()

    def set_language(self, language: str) -> None:
        """Show texts in the language of that name or code ("de"); unknown ones mean the default.

        Values stay as they are: a calculation with a translated text is redone when what it reads
        changes (web-forms).
        """
        self._surroundings.language = self.form.language(language)

    def recalculate(self) -> None:
        """Run every rule again; changes nothing when the session is true to its form."""
        self._calculation.queue_all()
        self._settle()

    def state(self, ref: str) -> NodeState:
        """The node as it is now; raises KeyError for an unknown ref."""
        return self._state(self._tree.cell(ref))

    def bare_state(self, ref: str) -> NodeState:
        """The node without label and hints, as a table shows it; a broken constraint is said."""
        return self._state(self._tree.cell(ref), is_bare=True)

    def states(self) -> dict[str, NodeState]:
        """Every node by ref, groups and repeats included, in document order."""
        return {
            cell.ref: self._state(cell) for cell in self._tree.cells() if not _is_attribute(cell)
        }

    def refs(self) -> tuple[str, ...]:
        """The refs of everything that holds a value, in document order."""
        return tuple(
            cell.ref
            for cell in self._tree.cells()
            if cell.kind == "leaf" and not _is_attribute(cell)
        )

    def ref_of(self, name: str) -> str:
        """The ref of the question with that name, the first one in a repeat; raises KeyError."""
        return self._tree.named(name).ref

    def values(self) -> dict[str, str]:
        """Ref → value of everything filled in or cleared, as `values` of a later session takes it.

        What is not relevant is left out.
        """
        return {
            cell.ref: cell.value
            for cell in self._tree.cells()
            if cell.kind == "leaf"
            and not _is_attribute(cell)
            and (cell.value != "" or (cell.is_relevant and cell.default != ""))
        }

    def kept(self) -> dict[str, str]:
        """Ref → value of every relevant leaf that another session could not compute anew.

        Empty values are there, since they tell which rows there are. Calculated values are left
        out unless they depend on when or how often they were calculated; so are attributes and
        the meta block.
        """
        kept = self._graph.kept
        return {
            ref: string_value(cell.node)
            for ref, cell in self._tree.refs().items()
            if cell.path in kept and cell.node.is_relevant
        }

    def text(self, ref: str, kind: str, language: str = "") -> str:
        """A text (label, hint, guidance, constraint) in any language, outputs filled in."""
        cell = self._tree.cell(ref)
        full_name = self.form.language(language)
        return self._renderer.text_of(cell.path, kind, full_name, self._place(cell)).strip()

    def choices(self, ref: str, language: str = "") -> tuple[Choice, ...]:
        """The present choices of the question, labelled in any language."""
        cell = self._tree.cell(ref)
        return self._renderer.choices_of(cell.path, self.form.language(language), self._place(cell))

    def why(self, ref: str) -> tuple[Reason, ...]:
        """The rules that make the node what it is, with the values they read."""
        return reasons_for(self._tree.cell(ref), self.form, self._tree)

    def readers(self, ref: str) -> tuple[str, ...]:
        """The refs whose rules read the node: what may change when it is answered."""
        return readers_of(self._tree.cell(ref), self._graph, self._tree)

    def _load(self, values: Mapping[str, str], *, empty_repeats: bool) -> None:
        is_first = not values
        Restoring(self._tree, self._calculation).restore(values, empty_repeats=empty_repeats)
        self._actions.preload(is_first=is_first)
        self._calculation.queue_all()
        self._calculation.run()
        self._actions.loaded(is_first=is_first)
        self._settle()

    def _settle(self) -> frozenset[str]:
        self._calculation.run()
        changed = frozenset(cell.ref for cell in self._calculation.changed)
        self._calculation.changed.clear()
        return changed

    def _state(self, cell: Cell, *, is_bare: bool = False) -> NodeState:
        violation = cell.violation
        language, place = self._surroundings.language, self._place(cell)

        def text(kind: str) -> str:
            if is_bare and (kind != "constraint" or not violation):
                return ""
            return self._renderer.text_of(cell.path, kind, language, place)

        is_leaf = cell.kind == "leaf"
        return NodeState(
            ref=cell.ref,
            kind=kind_of(cell),
            value=cell.value,
            relevant=cell.is_relevant,
            readonly=cell.is_readonly,
            required=cell.is_required,
            valid=violation == "",
            violation=violation,
            choices=self._renderer.choices_of(cell.path, language, place) if is_leaf else (),
            label=text("label"),
            has_label=self._renderer.has_text(cell.path, "label"),
            hint=text("hint") if is_leaf else "",
            guidance=text("guidance") if is_leaf else "",
            constraint_message=text("constraint") if is_leaf else "",
        )

    def _place(self, cell: Cell) -> Callable[[str, str], Context]:
        def place(_path: str, language: str) -> Context:
            return Context(self._world_in(language), cell.node, cell.node)

        return place

    def _world_in(self, language: str) -> World:
        if language == self._surroundings.language:
            return self._world
        other = SessionSurroundings(self.form, self._tree, language)
        other.world = World(
            compile_text=compile_expression,
            now=self._world.now,
            zone=self._world.zone,
            root=self._world.root,
            form=other,
            properties=self._world.properties,
            version=self._world.version,
            seed=self._world.seed,
        )
        return other.world


def _is_attribute(cell: Cell) -> bool:
    return "/@" in cell.path


def _graph_of(form: XForm) -> Graph:
    """The form's graph, worked out once and shared by all sessions over the form."""
    graph = _GRAPHS.get(form)
    if graph is None:
        graph = _GRAPHS[form] = Graph(form)
    return graph
