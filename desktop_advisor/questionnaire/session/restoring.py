"""An earlier session's values, put back into a fresh instance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop_advisor.questionnaire.session.cells import Cell
from desktop_advisor.questionnaire.session.instance_tree import InstanceTree
from desktop_advisor.questionnaire.session.recalculation import Recalculation


class Restoring:
    """Makes the rows the values stand in, then keeps each value as an answer."""

    def __init__(self, tree: InstanceTree, calculation: Recalculation) -> None:
        self._tree = tree
        self._calculation = calculation

    def restore(self, values: Mapping[str, str], *, empty_repeats: bool) -> None:
        """Keep the values; refs the form no longer has are passed over.

        A repeat that is not counted gets exactly the rows the values name. Where they name none
        it keeps the rows the form gives it, or loses them with `empty_repeats`.
        """
        wanted = _rows_of(values)
        for rows in sorted(wanted):
            self._grow(rows, wanted[rows])
        self._trim(wanted, empty_repeats=empty_repeats)
        for ref in sorted(values):
            try:
                self._calculation.answer(self._tree.cell(ref), values[ref])
            except KeyError:
                continue

    def _grow(self, ref: str, wanted: int) -> None:
        try:
            rows = self._tree.range(ref)
        except KeyError:
            return
        while len(rows.children) < wanted:
            if self._calculation.add_row(rows) is None:
                return

    def _trim(self, wanted: Mapping[str, int], *, empty_repeats: bool) -> None:
        for rows in [cell for cell in self._tree.cells() if _is_free(cell)]:
            given = len(rows.children)
            kept = wanted.get(rows.ref.removesuffix("#range"), 0 if empty_repeats else given)
            for row in reversed(rows.children[kept:]):
                self._calculation.remove_row(row)


def _is_free(cell: Cell) -> bool:
    """Whether it is a repeat a person adds rows to."""
    control = cell.control
    return cell.kind == "range" and not (
        control is not None and (control.count is not None or control.is_fixed)
    )


def _rows_of(values: Mapping[str, str]) -> dict[str, int]:
    """Ref of a repeat → the highest number of a row that is named in it."""
    found: dict[str, int] = {}
    for ref in values:
        for rows, number in _steps(ref):
            found[rows] = max(number, found.get(rows, 0))
    return found


def _steps(ref: str) -> Iterator[tuple[str, int]]:
    """`/data/site` and 2 for `/data/site[2]/name`; nothing behind a number that is none."""
    base = ""
    for part in ref.split("/")[1:]:
        name, bracket, number = part.partition("[")
        base = f"{base}/{name}"
        if bracket:
            if not number.removesuffix("]").isdecimal():
                return
            yield base, int(number.removesuffix("]"))
            base = f"{base}[{number}"
