"""Where Tab goes: in the order in which the parts of a page are laid out and read."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
"""What is inside them is theirs."""


def tab_stops(root: QWidget) -> list[QWidget]:
    """The visible parts of `root` that Tab reaches, from the first read to the last."""
    return list(_stops(root)) if root.isVisible() else []


def _stops(part: QWidget) -> Iterator[QWidget]:
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled():
        yield part.focusProxy() or part
    if isinstance(part, _WHOLE):
        return
    for child in _children(part):
        if child.isVisible() and not child.isWindow():
            yield from _stops(child)


def _children(part: QWidget) -> list[QWidget]:
    """Those laid out, in their order, then those that float above them."""
    if isinstance(part, QStackedWidget):
        shown = part.currentWidget()
        return [shown] if shown is not None else []
    if isinstance(part, QScrollArea):
        content = part.widget()
        return [content] if content is not None else []
    layout = part.layout()
    laid_out = list(_in_layout(layout)) if layout is not None else []
    direct = part.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    known = {id(child) for child in laid_out}
    return [*laid_out, *(child for child in direct if id(child) not in known)]


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _in_layout(inner)


def neighbour(stops: list[QWidget], held: QWidget | None, step: int) -> QWidget | None:
    """The stop after (+1) or before (-1) the one that has the keyboard; round at either end.

    None where there is nothing to go to. A part that is no stop itself counts as where it stands.
    """
    if not stops:
        return None
    places = [n for n, stop in enumerate(stops) if stop is held]
    if not places and held is not None:
        within = [n for n, stop in enumerate(stops) if held.isAncestorOf(stop)]
        places = [within[0] - 1 if step > 0 else within[0]] if within else []
    here = places[0] if places else (-1 if step > 0 else 0)
    return stops[(here + step) % len(stops)]


def room_of(held: QWidget | None) -> QWidget | None:
    """The sheet over the page that holds the keyboard until it is closed; None without one."""
    part = held
    while part is not None and not part.isWindow():
        if part.property("holds_tab"):
            return part
        part = part.parentWidget()
    return None


def go_to(stop: QWidget, step: int) -> None:
    """Give it the keyboard and bring it into view."""
    reason = Qt.FocusReason
    stop.setFocus(reason.TabFocusReason if step > 0 else reason.BacktabFocusReason)
    bring_into_view(stop)


def bring_into_view(stop: QWidget) -> None:
    """Scroll every area around it; Qt itself forgets the one that Tab has just entered."""
    part = stop.parentWidget()
    while part is not None:
        if isinstance(part, QScrollArea):
            part.ensureWidgetVisible(stop)
        part = part.parentWidget()
