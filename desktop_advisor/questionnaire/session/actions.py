"""What happens on events: preloads and setvalue actions (ODK XForms, "Actions")."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from desktop_advisor.questionnaire.expression import World
from desktop_advisor.questionnaire.expression.moments import moment_of
from desktop_advisor.questionnaire.expression.values import to_string
from desktop_advisor.questionnaire.session.cells import Cell
from desktop_advisor.questionnaire.session.instance_tree import InstanceTree
from desktop_advisor.questionnaire.session.recalculation import Recalculation
from desktop_advisor.questionnaire.xform import XForm
from desktop_advisor.questionnaire.xform.model import Action, Bind

FIRST_LOAD = "odk-instance-first-load"
LOAD = "odk-instance-load"
NEW_ROW = "odk-new-repeat"
VALUE_CHANGED = "xforms-value-changed"


class Actions:
    """Listens to the calculation and sets the values the form asks for."""

    def __init__(
        self, form: XForm, tree: InstanceTree, calculation: Recalculation, world: World
    ) -> None:
        self._form = form
        self._tree = tree
        self._calculation = calculation
        self._world = world
        self._is_loaded = False
        self._on_change: dict[str, list[Action]] = {}
        for action in form.actions:
            if VALUE_CHANGED in action.events and action.context:
                self._on_change.setdefault(action.context, []).append(action)
        calculation.on_value = self.value_changed
        calculation.on_row = self.row_added

    def preload(self, *, is_first: bool) -> None:
        """Fill in what the device knows (ODK XForms, "Preload attributes"); later a lost id."""
        for cell in self._tree.cells():
            if cell.bind is not None and cell.bind.preload:
                is_lost = cell.bind.preload == "uid" and cell.answer == ""
                value = self._preloaded(cell.bind) if is_first or is_lost else ""
                if value:
                    self._calculation.answer(cell, value)

    def loaded(self, *, is_first: bool) -> None:
        """Fire the events of loading."""
        for action in self._form.actions:
            if LOAD in action.events or (is_first and FIRST_LOAD in action.events):
                for cell in self._tree.cells_at(action.target):
                    if cell.is_relevant:
                        self._set(action, cell)
                self._calculation.run()
        self._notice(self._tree.root)
        self._is_loaded = True

    def row_added(self, row: Cell) -> None:
        """Fire the event of a new row, and of the rows in it, once their rules have settled.

        Rows that are there when the form is loaded are not new (web-forms).
        """
        if not self._is_loaded:
            return
        for action in self._form.actions:
            if NEW_ROW in action.events:
                for cell in [cell for cell in row.walk() if cell.path == action.target]:
                    self._calculation.later(lambda a=action, c=cell: self._set(a, c))  # type: ignore[misc]
        self._calculation.later(lambda: self._notice(row))

    def value_changed(self, source: Cell) -> None:
        """Fire the actions written in the control of the changed node.

        What a node is when it comes to be is no change (web-forms).
        """
        if source.noticed in (None, source.value):
            return
        source.noticed = source.value
        for action in self._on_change.get(source.path, ()):
            self._calculation.later(lambda a=action: self._set_all(a, source))  # type: ignore[misc]

    def _notice(self, top: Cell) -> None:
        for cell in top.walk():
            if cell.path in self._on_change:
                cell.noticed = cell.value

    def _set_all(self, action: Action, source: Cell) -> None:
        targets = list(self._targets(action, source))
        if len(targets) == 1:
            self._set(action, targets[0])

    def _targets(self, action: Action, source: Cell) -> Iterator[Cell]:
        """The targets in the same rows as the source; several are a mistake of the form."""
        nodes = self._calculation.evaluate(self._form.compiled(action.written), source)
        rows = list(_rows_around(source))
        for cell in self._tree.cells_at(action.target):
            own = {row.path: row for row in _rows_around(cell)}
            is_near = all(own.get(row.path, row) is row for row in rows)
            if is_near and isinstance(nodes, list) and cell.node in nodes:
                yield cell

    def _set(self, action: Action, cell: Cell) -> None:
        value = action.literal
        if action.expression is not None:
            run = self._form.compiled(action.expression)
            value = to_string(self._calculation.evaluate(run, cell))
        self._calculation.answer(cell, value)

    def _preloaded(self, bind: Bind) -> str:
        now, zone = self._world.now(), self._world.zone
        if bind.preload == "uid":
            return self._unique()
        if bind.preload == "date":
            return now.astimezone(zone).date().isoformat()
        if bind.preload == "timestamp" and bind.preload_parameters == "start":
            return moment_of(now, zone).text
        if bind.preload == "property":
            return self._world.properties.get(bind.preload_parameters, "")
        return ""

    def _unique(self) -> str:
        drawn = self._world.seed.getrandbits(128)
        return f"uuid:{uuid.UUID(int=drawn, version=4)}"


def _rows_around(cell: Cell) -> Iterator[Cell]:
    current: Cell | None = cell
    while current is not None:
        if current.kind == "repeat":
            yield current
        current = current.parent
