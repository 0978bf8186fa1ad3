"""The rows of the first screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from desktop_advisor.domain.german import BERLIN, clock_time, counted
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Label, ListRow, Pill, SecondaryButton, Strong, column
from desktop_advisor.ui.words import joined, visit_state
from desktop_advisor.usecases.today import Notice, TodayVisit, Todo
from desktop_advisor.usecases.worklist import Due

translate = QCoreApplication.translate

TIME_WIDTH, DUE_WIDTH, COUNT_WIDTH = 64, 88, 40


def visit_row(
    visit: TodayVisit, on_open: Callable[[TodayVisit], object], *, is_today: bool
) -> ListRow:
    """08:30 · company · purpose and people · how far · open."""
    when = Strong(_when(visit, is_today=is_today))
    when.setMinimumWidth(theme().px(TIME_WIDTH))
    word, tone = visit_state(visit.state)
    if visit.answered:
        word = joined(
            word,
            counted(visit.answered, translate("today", "Antwort"), translate("today", "Antworten")),
        )
    button = SecondaryButton(translate("today", "Öffnen"))
    made = ListRow(
        visit.company_name,
        joined(visit.town, visit.purpose, ", ".join(visit.roles)),
        lead=[when],
        trail=[Pill(word, tone), button],
        strong=True,
        arrow=False,
    )
    button.setAccessibleName(f"{translate('today', 'Öffnen')}: {visit.company_name}")
    button.clicked.connect(lambda _checked: on_open(visit))
    made.pressed.connect(lambda: on_open(visit))
    return made


def _when(visit: TodayVisit, *, is_today: bool) -> str:
    if visit.starts_at is None:
        return "–"
    if is_today:
        return clock_time(visit.starts_at)
    return f"{visit.starts_at.astimezone(BERLIN):%d.%m.}"


def due_row(item: Due, on_open: Callable[[Due], object]) -> ListRow:
    """How late · measure or talk · company and owner."""
    made = ListRow(item.title, joined(item.company_name, item.owner), lead=[_due_pill(item)])
    made.pressed.connect(lambda: on_open(item))
    return made


def _due_pill(item: Due) -> Pill:
    pill = _due_words(item)
    pill.setMinimumWidth(theme().px(DUE_WIDTH))
    return pill


def _due_words(item: Due) -> Pill:
    days = item.days_overdue
    if days > 0:
        since = counted(days, translate("today", "Tag"), translate("today", "Tagen"))
        return Pill(translate("today", "seit {0}").format(since), Tone.ATTENTION)
    if days == 0:
        return Pill(translate("today", "heute"), Tone.MAIN)
    return Pill(f"{item.due_on:%d.%m.}")


def todo_row(item: Todo, on_open: Callable[[Todo], object]) -> ListRow:
    """How many · of what."""
    tone = Tone.DANGER if item.kind == "conflicts" else Tone.ATTENTION
    number = Pill(str(item.count), tone)
    number.setMinimumWidth(theme().px(COUNT_WIDTH))
    made = ListRow(item.text, lead=[number])
    made.setAccessibleName(f"{item.count} {item.text}")
    made.pressed.connect(lambda: on_open(item))
    return made


class NoticeLine(QWidget):
    """A word on a pill and the sentence under it."""

    def __init__(self, notice: Notice) -> None:
        super().__init__()
        tone = Tone.DANGER if notice.label in {"ausgesetzt", "geschlossen"} else Tone.ATTENTION
        line = column(gap=spacing.XS, margins=(0, 2, 0, 6))
        line.addWidget(Pill(notice.label, tone), 0, Qt.AlignmentFlag.AlignLeft)
        line.addWidget(Label(notice.text, "small-ink", wrap=True))
        self.setLayout(line)
