"""What a question offers, and what of an answer is among it."""

from __future__ import annotations

from desktop_advisor.questionnaire.session.cells import Cell


def selectable(cell: Cell) -> str:
    """The part of the answer that is among the choices; all of it where nothing is chosen from."""
    control = cell.control
    if control is None or control.kind not in ("select", "select1", "rank"):
        return cell.answer
    allowed = offered(cell)
    if allowed is None:
        return cell.answer
    if control.kind == "select1":
        return cell.answer if cell.answer in allowed else ""
    chosen = cell.answer.split()
    kept = [value for value in chosen if value in allowed]
    if control.kind == "rank" and chosen:
        kept += [value for value in allowed if value not in chosen]
    return " ".join(kept)


def offered(cell: Cell) -> list[str] | None:
    """The values to choose from; None while they are not worked out."""
    if cell.control is None or cell.control.itemset is not None:
        return cell.choice_values
    return [item.value for item in cell.control.items]
