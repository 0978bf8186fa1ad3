"""What a screen reader is told and where Tab goes, in every state of the interview screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.destinations import Where
from desktop_advisor.ui.interview.comparison_card import ComparisonCard
from desktop_advisor.ui.interview.dimension_row import DimensionRow
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.shell import MainWindow
from tests.ui.consultation import Consultation, close, screen_of, settle, window_at
from tests.ui.interview.states import STATES

Role = QAccessible.Role
CONTROLS = (
    QAbstractButton,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QComboBox,
    QAbstractSlider,
    QAbstractSpinBox,
    QAbstractItemView,
)
ROLES: tuple[tuple[type[QWidget], set[Role]], ...] = (
    (QRadioButton, {Role.RadioButton}),
    (QCheckBox, {Role.CheckBox}),
    (QPushButton, {Role.Button, Role.CheckBox, Role.RadioButton, Role.ButtonMenu}),
    (QAbstractButton, {Role.Button, Role.CheckBox, Role.RadioButton}),
    (QComboBox, {Role.ComboBox}),
    (QAbstractSlider, {Role.Slider}),
    (QAbstractSpinBox, {Role.SpinBox}),
    (QLineEdit, {Role.EditableText}),
    (QPlainTextEdit, {Role.EditableText}),
    (QTextEdit, {Role.EditableText}),
    (QAbstractItemView, {Role.Table, Role.List, Role.Tree}),
)


@pytest.fixture(params=list(STATES))
def part(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    furnished_visit: Callable[[str], Consultation],
) -> Iterator[QWidget]:
    """The part of the window a state is about."""
    questionnaire, reach = STATES[request.param]
    visit = furnished_visit(questionnaire)
    window = window_at(qtbot, visit.place, visit.destination(Where.INTERVIEW))
    shown = reach(screen_of(window, InterviewScreen))
    settle(qtbot)
    yield shown
    if shown.isWindow() and shown is not window:
        shown.close()
    close(window)


def controls(root: QWidget) -> list[QWidget]:
    """Whatever is pressed, typed into or reached by Tab, but for the insides of such a thing."""
    return [
        widget
        for widget in (root, *root.findChildren(QWidget))
        if widget.isVisible()
        and not isinstance(widget, QScrollBar)
        and (isinstance(widget, CONTROLS) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not isinstance(widget.parentWidget(), QLineEdit | QComboBox | QAbstractSpinBox)
        and not isinstance(widget.parentWidget(), QAbstractItemView)
    ]


def spoken(widget: QWidget) -> tuple[str, Role]:
    """Name and role as a screen reader gets them."""
    told = QAccessible.queryAccessibleInterface(widget)
    name = told.text(QAccessible.Text.Name)
    if isinstance(widget, QComboBox):
        name = widget.accessibleName()  # Qt tells its value instead where a label should name it
    return name, told.role()


def called(widget: QWidget) -> str:
    """For a message of a failing test."""
    name, role = spoken(widget)
    return f"{type(widget).__name__} „{name}“ {role.name} in {type(widget.parent()).__name__}"


def test_every_control_is_told_apart_and_reached_by_tab(part: QWidget) -> None:
    """One window for all three, because opening it costs more than looking at it."""
    every_control_has_a_name_a_role_and_its_state(part)
    no_two_controls_are_told_apart_by_nothing(part)
    tab_reaches_everything_once_round_and_is_seen(part)


def every_control_has_a_name_a_role_and_its_state(part: QWidget) -> None:
    """As a screen reader is told."""
    found = controls(part)
    assert found
    assert [called(widget) for widget in found if not spoken(widget)[0].strip()] == []
    wrong = []
    for widget in found:
        expected = next((roles for kind, roles in ROLES if isinstance(widget, kind)), None)
        role = spoken(widget)[1]
        if (expected is None and role in {Role.Client, Role.NoRole}) or (
            expected is not None and role not in expected
        ):
            wrong.append(called(widget))
        state = QAccessible.queryAccessibleInterface(widget).state()
        if isinstance(widget, QAbstractButton) and widget.isCheckable():
            assert bool(state.checked) is widget.isChecked(), called(widget)
        assert bool(state.disabled) is not widget.isEnabled(), called(widget)
        if widget.isEnabled() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            assert state.focusable, called(widget)
    assert wrong == []


def no_two_controls_are_told_apart_by_nothing(part: QWidget) -> None:
    """Name and role together say which one it is."""
    told = Counter(spoken(widget) for widget in controls(part))
    assert {name: count for name, count in told.items() if count > 1} == {}


# -- Tab -------------------------------------------------------------------------------------


def tab_reaches_everything_once_round_and_is_seen(part: QWidget) -> None:
    """No trap, nothing left out, a ring on each."""
    expected = [w for w in controls(part) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    walked, seen_kinds = walk(), set[tuple[type[QWidget], object]]()
    assert len(walked) > 1 or len(expected) == 1, f"the keyboard is trapped in {called(walked[0])}"
    for widget in expected:
        is_stop = widget.focusPolicy() & Qt.FocusPolicy.TabFocus  # or a neighbour of its group is
        # In the list other rows come to be asked on the way, and with them other sides.
        if is_stop and widget.isVisible() and not isinstance(widget.parent(), ComparisonCard):
            assert widget in walked, f"Tab never reaches {called(widget)}"
    for widget in walked:
        kind = (type(widget), widget.property("kind"))
        if kind not in seen_kinds:
            seen_kinds.add(kind)
            assert shows_focus(widget), f"no ring on {called(widget)}"


@pytest.mark.parametrize("part", ["comparison"], indirect=True)
def test_tab_reaches_what_belongs_to_the_other_sides(part: QWidget) -> None:
    assert isinstance(part, MainWindow)
    sides = screen_of(part, InterviewScreen).context.sides
    walked = walk()
    assert sides.note in walked
    assert sides.joint in walked


def walk() -> list[QWidget]:
    """Tab until the keyboard is where it was before; each part is in view when it has it."""
    walked: list[QWidget] = []
    for _ in range(250):
        before = QApplication.focusWidget()
        assert before is not None
        QTest.keyClick(before, Qt.Key.Key_Tab)
        QApplication.processEvents()
        held = QApplication.focusWidget()
        assert held is not None
        if held in walked:
            return walked
        assert not held.visibleRegion().isEmpty(), f"out of view: {called(held)}"
        walked.append(held)
    pytest.fail("Tab finds no way back")


def shows_focus(widget: QWidget) -> bool:
    """Whether it looks different with the keyboard than without."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    with_it = widget.grab().toImage()
    widget.clearFocus()
    QApplication.processEvents()
    return bool(widget.grab().toImage() != with_it)


@pytest.mark.parametrize("part", ["one-kurzcheck", "comparison", "list-kurzcheck"], indirect=True)
def test_tab_goes_from_top_to_bottom_through_header_list_question_and_context(
    part: QWidget,
) -> None:
    assert isinstance(part, MainWindow)
    screen = screen_of(part, InterviewScreen)
    rooms = (part.header, screen.dimensions, screen.page, screen.context)
    part.stack.setFocus()
    visited = [next(n for n, r in enumerate(rooms) if r.isAncestorOf(stop)) for stop in walk()]
    first = next(n for n, room in enumerate(visited) if room < visited[n - 1])
    in_order = [*visited[first:], *visited[:first]]
    assert set(in_order) == {0, 1, 2, 3}
    assert in_order == sorted(in_order)
    sections = [stop for stop in walk() if isinstance(stop, DimensionRow)]
    at = [stop.y() for stop in sections]
    turn = at.index(min(at))
    assert [*at[turn:], *at[:turn]] == sorted(at)
