"""Runs the rules that a change concerns, in the order of the graph, until nothing changes."""

from __future__ import annotations

import heapq
import math
from collections import Counter, deque
from collections.abc import Callable

from desktop_advisor.questionnaire.expression import Compiled, Context, ExpressionError, World
from desktop_advisor.questionnaire.expression.values import Value, to_boolean, to_number, to_string
from desktop_advisor.questionnaire.session.cells import Cell
from desktop_advisor.questionnaire.session.graph import Graph, Rule
from desktop_advisor.questionnaire.session.instance_tree import MAX_ROWS, InstanceTree
from desktop_advisor.questionnaire.session.offering import offered, selectable
from desktop_advisor.questionnaire.session.value_types import bounded, normalized
from desktop_advisor.questionnaire.xform import XForm
from desktop_advisor.questionnaire.xform.rendering import Renderer

MAX_RUNS = 50
"""How often one rule may run after one change; our choice: what needs more never settles."""

MAX_LENGTH = 100_000
"""Characters a calculation may give; our choice: a circle of texts must not fill the memory."""


class Recalculation:
    """Keeps the cells true to the rules.

    Attributes:
        changed: cells whose state changed since it was last emptied.
        on_value: called with each cell whose readable value changed.
        on_row: called with each row a count added.
    """

    def __init__(self, form: XForm, graph: Graph, tree: InstanceTree, world: World) -> None:
        self._form = form
        self._graph = graph
        self._tree = tree
        self._world = world
        self._renderer = Renderer(form)
        self._queue: list[tuple[int, Rule]] = []
        self._queued: set[int] = set()
        self._later: deque[Callable[[], None]] = deque()
        self._runs: Counter[int] = Counter()
        self._running: Rule | None = None
        self.changed: set[Cell] = set()
        self.on_value: Callable[[Cell], None] = lambda _cell: None
        self.on_row: Callable[[Cell], None] = lambda _row: None

    def queue_all(self) -> None:
        """Have every rule run."""
        for rule in self._graph.rules:
            self._push(rule)

    def queue_at(self, path: str) -> None:
        """Have every rule at the path and below run."""
        for place in (path, *self._form.schema.below(path)):
            for rule in self._graph.rules_at.get(place, ()):
                self._push(rule)

    def touch(self, path: str) -> None:
        """Have every rule run that reads the path; note whose words show it."""
        for rule in self._graph.readers.get(path, ()):
            if rule is not self._running:
                self._push(rule)
        for place in self._graph.shown_at.get(path, ()):
            self.changed.update(self._tree.cells_at(place))

    def later(self, work: Callable[[], None]) -> None:
        """Do the work when the rules have settled; they run again after it."""
        self._later.append(work)

    def run(self) -> None:
        """Work until nothing is left to do."""
        self._runs.clear()
        while self._queue or self._later:
            if not self._queue:
                self._later.popleft()()
                continue
            _, rule = heapq.heappop(self._queue)
            self._queued.discard(rule.order)
            self._runs[rule.order] += 1
            if self._runs[rule.order] <= MAX_RUNS:
                self._running = None if self._repeats_itself(rule) else rule
                self._apply(rule)
            self._running = None

    def _repeats_itself(self, rule: Rule) -> bool:
        """A calculation that reads its own result runs again on it: `once()` (web-forms)."""
        return rule.aspect == "calculate" or rule.path in self._form.repeats

    def answer(self, cell: Cell, value: str) -> None:
        """Keep a new answer, and show of it what is valid."""
        typed = normalized(value, "string" if cell.bind is None else cell.bind.type)
        cell.answer = bounded(typed, cell.control)
        self._show(cell)

    def choose(self, cell: Cell, value: str) -> None:
        """Answer as a person does: only what is offered, in the order it is offered in."""
        kind = "" if cell.control is None else cell.control.kind
        choices = offered(cell) if kind in ("select", "select1") else None
        if choices is not None:
            chosen = {value} if kind == "select1" else set(value.split())
            value = " ".join(v for v in choices if v in chosen)
        self.answer(cell, value)

    def evaluate(self, run: Compiled, cell: Cell) -> Value:
        """The value of an expression at a cell; one that fails reads as empty."""
        try:
            return run(Context(self._world, cell.node, cell.node))
        except ExpressionError:
            return ""

    def _push(self, rule: Rule) -> None:
        if rule.order not in self._queued:
            self._queued.add(rule.order)
            heapq.heappush(self._queue, (rule.order, rule))

    def _apply(self, rule: Rule) -> None:
        if rule.aspect == "count":
            for rows in self._tree.ranges_at(rule.path):
                self._count(rule, rows)
            return
        cells = self._tree.cells_at(rule.path)
        if rule.path in self._form.repeats and rule.aspect in ("relevant", "readonly"):
            cells = [*self._tree.ranges_at(rule.path), *cells]
        work = getattr(self, f"_{rule.aspect}")
        for cell in cells:
            work(rule, cell)

    def _truth(self, rule: Rule, cell: Cell) -> bool:
        return rule.run is not None and to_boolean(self.evaluate(rule.run, cell))

    def _relevant(self, rule: Rule, cell: Cell) -> None:
        own = self._truth(rule, cell)
        if own != cell.own_relevant:
            cell.own_relevant = own
            self.changed.add(cell)
            if cell.kind != "range":
                self.spread_relevance(cell)

    def spread_relevance(self, cell: Cell) -> None:
        """Bring the nodes in line with the rules of the cell and of what is around it."""
        around = cell.parent
        while around is not None and around.kind == "range":
            around = around.parent
        is_relevant = cell.own_relevant and (around is None or around.node.is_relevant)
        if is_relevant == cell.node.is_relevant and cell.kind != "range":
            return
        self.changed.add(cell)
        if cell.kind != "range":
            cell.node.is_relevant = is_relevant
            cell.calculated = None
            self.touch(cell.path)
            for rule in self._graph.rules_at.get(cell.path, ()):
                if is_relevant and rule.aspect in ("calculate", "choices", "constraint"):
                    self._push(rule)
            if cell.kind == "leaf":
                self.on_value(cell)
        for child in cell.children:
            self.spread_relevance(child)

    def _calculate(self, rule: Rule, cell: Cell) -> None:
        """Write a new result; the same one again leaves an answer given over it (web-forms)."""
        if rule.run is None or not cell.is_relevant:
            return
        result = to_string(self.evaluate(rule.run, cell))[:MAX_LENGTH]
        if result != cell.calculated:
            cell.calculated = result
            self.answer(cell, result)

    def _show(self, cell: Cell) -> None:
        """Write what is valid of the answer; a group holds none, whatever the form says."""
        if cell.kind != "leaf":
            return
        shown = selectable(cell)
        before = cell.value
        cell.write(shown)
        if cell.value != before:
            self.changed.add(cell)
            self.touch(cell.path)
            self.on_value(cell)

    def _readonly(self, rule: Rule, cell: Cell) -> None:
        own = self._truth(rule, cell)
        if own != cell.own_readonly:
            cell.own_readonly = own
            self.changed.update(cell.walk())

    def _required(self, rule: Rule, cell: Cell) -> None:
        is_required = self._truth(rule, cell)
        if is_required != cell.is_required:
            cell.is_required = is_required
            self.changed.add(cell)

    def _constraint(self, rule: Rule, cell: Cell) -> None:
        is_kept = cell.value == "" or self._truth(rule, cell)
        if is_kept != cell.is_constraint_kept:
            cell.is_constraint_kept = is_kept
            self.changed.add(cell)

    def _choices(self, _rule: Rule, cell: Cell) -> None:
        if cell.control is None:
            return
        context = Context(self._world, cell.node, cell.node)
        values = [value for _, value in self._renderer.item_nodes(cell.control, context)]
        if values != cell.choice_values:
            cell.choice_values = values
            self.changed.add(cell)
            self._show(cell)

    def _count(self, rule: Rule, rows: Cell) -> None:
        """As many rows as asked for; an empty count keeps what there is (web-forms)."""
        if rule.run is None:
            return
        number = to_number(self.evaluate(rule.run, rows), self._world.zone)
        wanted = rows.wanted if math.isnan(number) else int(max(0, min(number, MAX_ROWS)))
        rows.wanted = wanted
        while len(rows.children) > wanted:
            self.remove_row(rows.children[-1])
        while len(rows.children) < wanted:
            row = self.add_row(rows)
            if row is None:
                break
            self.on_row(row)

    def add_row(self, rows: Cell) -> Cell | None:
        """A new row, its rules queued."""
        row = self._tree.add_row(rows)
        if row is not None:
            self._structure_changed(rows)
            for cell in row.walk():
                self.changed.add(cell)
                self._settle_new(cell, rows)
        return row

    def _settle_new(self, cell: Cell, rows: Cell) -> None:
        around = cell.parent if cell.parent is not rows else rows.parent
        if cell.kind != "range" and around is not None:
            above = around.parent if around.kind == "range" else around
            cell.node.is_relevant = above is None or above.node.is_relevant

    def remove_row(self, row: Cell) -> None:
        """Take a row away and queue who read it."""
        rows = row.parent
        self._tree.remove_row(row)
        if rows is not None:
            self._structure_changed(rows)

    def _structure_changed(self, rows: Cell) -> None:
        self.changed.add(rows)
        self._world.found.clear()
        self.queue_at(rows.path)
        for path in (rows.path, *self._form.schema.below(rows.path)):
            self.touch(path)
