"""In mehreren Fassungen: look at one field after the other, or decide several after a preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import counted
from desktop_advisor.storage.conflicts import Key
from desktop_advisor.ui.conflicts.batch_bar import BatchBar
from desktop_advisor.ui.conflicts.comparison import Comparison
from desktop_advisor.ui.conflicts.overview import Overview
from desktop_advisor.ui.conflicts.preview import Preview
from desktop_advisor.ui.conflicts.wording import fields_counted
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.screen import Action, Screen
from desktop_advisor.ui.synchronise.wording import late_words
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    EmptyState,
    TwoColumns,
    column,
    scrolling,
)
from desktop_advisor.ui.words import day_and_time, joined
from desktop_advisor.usecases.conflicts import (
    Decided,
    Dispute,
    Rule,
    decide,
    may_be_batched,
    open_disputes,
    own_value,
    plan_batch,
    take_back,
)
from desktop_advisor.usecases.kept_decisions import last_decision
from desktop_advisor.usecases.workplace import Workplace
from sync.protocol import ChangeName

MOST_VERSIONS = 9
"""As many digits as there are keys for."""


class ConflictsScreen(Screen):
    """The destination may name a company file; then only its fields are shown."""

    RAIL: ClassVar[Where] = Where.SYNCHRONISE

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        self._place = place
        self._company_id = destination.company_id
        self._disputes: list[Dispute] = []
        self._open: Key | None = None
        self._revealed: set[Key] = set()
        self._done: tuple[ChangeName, ...] = ()
        self.overview, self.batch = Overview(), BatchBar()
        self.comparison, self.preview = Comparison(), Preview()
        self.said = Banner(action=self.tr("Rückgängig"))
        self.said.say_nothing()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("In mehreren Fassungen"))
        self.setLayout(column(self._pages()))
        self._connect()

    def _pages(self) -> QWidget:
        list_card = Card(fill=True)
        list_card.set_margins(spacing.S)
        self._list_area: QScrollArea = scrolling(self.overview)
        list_card.body.addWidget(self._list_area, 1)
        left = column(self.batch, gap=spacing.M)
        left.addWidget(list_card, 1)
        self._right = QStackedWidget()
        self._area: QScrollArea = scrolling(self.comparison)
        self._right.addWidget(self._area)
        self._right.addWidget(scrolling(self.preview))
        right = column(gap=0)
        right.addWidget(self._right, 1)
        page = QWidget()
        edge = spacing.XXL
        body = column(self.said, gap=spacing.M, margins=(edge, 22, edge, 22))
        body.addWidget(TwoColumns(left, right, (6, 8)), 1)
        page.setLayout(body)
        nothing = self.tr("Alles steht in einer Fassung. Hier ist nichts zu entscheiden.")
        back = self.tr("Zurück")
        self._nothing = EmptyState(nothing, back, self.back.emit, icon_name="check")
        empty = QWidget()
        self._said_below = Banner(action=self.tr("Rückgängig"))
        self._said_below.say_nothing()
        empty.setLayout(column(self._said_below, self._nothing, margins=(edge, 22, edge, 22)))
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(empty)
        return self._stack

    def _connect(self) -> None:
        self.overview.opened.connect(self.open_field)
        self.overview.ticked.connect(self._count_scopes)
        self.batch.wanted.connect(self.preview_batch)
        self.comparison.changed.connect(self.header_changed)
        self.comparison.reveal_wanted.connect(self._reveal)
        for banner in (self.said, self._said_below):
            banner.action_pressed.connect(self.undo)
        self._key("PgDown", lambda: self.step(1))
        self._key("PgUp", lambda: self.step(-1))
        for number in range(1, MOST_VERSIONS + 1):
            self._key(str(number), partial(self.comparison.choose, number))

    def _key(self, key: str, run: Callable[[], object]) -> None:
        made = QShortcut(QKeySequence(key), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(run)

    @property
    def is_previewing(self) -> bool:
        """Whether a decision about several waits to be confirmed."""
        return self._right.currentIndex() == 1

    # -- header ----------------------------------------------------------------------------

    def title(self) -> str:
        return self.tr("In mehreren Fassungen")

    def subtitle(self) -> str:
        todo = self._todo
        late = late_words(len(self._disputes) - len(todo))
        if not todo:
            return late
        files = len({dispute.conflict.company_id for dispute in todo})
        words = self.tr("{0} in {1}").format(
            fields_counted(len(todo)),
            counted(files, self.tr("Firmenakte"), self.tr("Firmenakten")),
        )
        return joined(words, late)

    @property
    def _todo(self) -> list[Dispute]:
        """What waits for a decision; what was sealed is only shown."""
        return [dispute for dispute in self._disputes if not dispute.is_sealed]

    def primary(self) -> Action | None:
        if not self._todo:
            return None
        if self.is_previewing:
            count = len(self.preview.taken)
            words = self.tr("{0} übernehmen").format(fields_counted(count))
            return Action(words, self.confirm, enabled=bool(count))
        return Action(
            self.tr("Entscheidung übernehmen"), self.confirm, enabled=self.comparison.has_choice
        )

    def secondary(self) -> Sequence[Action]:
        if self.is_previewing:
            return (Action(self.tr("Abbrechen"), self.close_one),)
        return ()

    def keys(self) -> Sequence[tuple[str, str]]:
        return (
            (self.tr("Bild ab"), self.tr("nächste Angabe")),
            (self.tr("Bild auf"), self.tr("vorige Angabe")),
            ("1 2 3", self.tr("Fassung wählen")),
            (self.tr("Eingabe"), self.tr("Entscheidung übernehmen")),
        )

    # -- content ---------------------------------------------------------------------------

    def refresh(self) -> None:
        self._revealed.clear()
        self._read()
        self._offer_undo()
        self.setFocus()

    def _read(self) -> None:
        before = [dispute.key for dispute in self._disputes]
        self._disputes = open_disputes(self._place, self._company_id)
        self._stack.setCurrentIndex(0 if self._disputes else 1)
        self.overview.show_disputes(self._disputes)
        self._right.setCurrentIndex(0)
        keys = [dispute.key for dispute in self._disputes]
        if self._open not in keys:
            later = before[before.index(self._open) :] if self._open in before else []
            self._open = next((key for key in later if key in keys), keys[0] if keys else None)
        self._show_open()
        self._count_scopes()

    def open_field(self, key: Key) -> None:
        """Look at this field; a preview is given up."""
        self._open = key
        self._right.setCurrentIndex(0)
        self._show_open()
        self.setFocus()

    def step(self, by: int) -> None:
        """The next field, or the one before; at the ends nothing happens."""
        keys = [dispute.key for dispute in self._disputes]
        if self._open in keys and 0 <= (at := keys.index(self._open) + by) < len(keys):
            self.open_field(keys[at])

    def _show_open(self) -> None:
        found = next((d for d in self._disputes if d.key == self._open), None)
        if found is not None:
            self.comparison.show_dispute(found, is_revealed=found.key in self._revealed)
            self.overview.light(found.key)
            if found.key in self.overview.rows:
                self._list_area.ensureWidgetVisible(self.overview.rows[found.key])
        self._area.verticalScrollBar().setValue(0)
        self._count_scopes()
        self.header_changed.emit()

    def _reveal(self) -> None:
        if self._open is not None:
            self._revealed.add(self._open)
            self._show_open()
            self.setFocus()

    # -- several at once -------------------------------------------------------------------

    def _scope(self, name: str) -> list[Dispute]:
        """Ticked, of the open record, of its file, or all."""
        shown = next((d for d in self._disputes if d.key == self._open), None)
        ticked = self.overview.ticked_keys()
        tests: dict[str, Callable[[Dispute], bool]] = {
            "ticked": lambda d: d.key in ticked,
            "record": lambda d: shown is not None and d.key[:2] == shown.key[:2],
            "file": lambda d: (
                shown is not None and d.conflict.company_id == shown.conflict.company_id
            ),
            "all": lambda _dispute: True,
        }
        return [dispute for dispute in self._disputes if tests[name](dispute)]

    def _count_scopes(self) -> None:
        names = ("ticked", "record", "file", "all")
        counts = {n: sum(map(may_be_batched, self._scope(n))) for n in names}
        self.batch.show_counts(counts)

    def preview_batch(self, scope: str, rule: Rule) -> None:
        """List what the rule would take; nothing is written yet."""
        wanted = self._scope(scope)
        choices = plan_batch(wanted, rule)
        self.preview.show_plan(rule, choices, len(wanted) - len(choices))
        self._right.setCurrentIndex(1)
        self.header_changed.emit()
        self.setFocus()

    # -- decisions -------------------------------------------------------------------------

    def confirm(self) -> None:
        """Write what is chosen or previewed, in one edit."""
        if self.is_previewing:
            taken = [(c.dispute, c.version.value) for c in self.preview.taken if c.version]
        else:
            taken = self._chosen()
        if not taken:
            return
        try:
            done = decide(self._place, taken)
        except KnownError as error:
            self.comparison.trouble.say_error(error)
            return
        self._done = done.names
        self._say_done(done)
        self._read()
        self.setFocus()
        self.committed.emit()

    def _chosen(self) -> list[tuple[Dispute, object]]:
        dispute, typed = self.comparison.dispute, self.comparison.typed()
        version = self.comparison.chosen_version()
        if dispute is None:
            return []
        if version is not None:
            return [(dispute, version.value)]
        if typed is None:
            return []
        try:
            return [(dispute, own_value(dispute, typed))]
        except KnownError as error:
            self.comparison.trouble.say_error(error)
            return []

    def undo(self) -> None:
        """Open again what was decided last."""
        if not self._done:
            return
        opened = take_back(self._place, self._done)
        self._open = opened[0] if opened else self._open
        self._done = ()
        words = self.tr("{0} wieder offen.").format(fields_counted(len(opened)))
        for banner in (self.said, self._said_below):
            banner.say(words, tone=Tone.NEUTRAL)
            banner.button.hide()
        self._read()
        self.committed.emit()

    def _offer_undo(self) -> None:
        """What was decided on an earlier visit can still be taken back."""
        kept = last_decision(self._place, self._company_id)
        self._done = kept.names if kept else ()
        words = ""
        if kept is not None:
            words = self.tr("Zuletzt entschieden: {0}, {1}.")
            words = words.format(fields_counted(len(kept.names)), day_and_time(kept.moment))
        for banner in (self.said, self._said_below):
            banner.say(words, tone=Tone.GOOD)
            banner.button.setVisible(bool(words))

    def _say_done(self, done: Decided) -> None:
        words = self.tr("{0} entschieden.").format(fields_counted(len(done.names)))
        gone = ""
        if done.gone:
            gone = self.tr("{0} hat inzwischen jemand anders entschieden; das gilt weiter.").format(
                fields_counted(done.gone)
            )
        for banner in (self.said, self._said_below):
            banner.say(words, safe=gone, tone=Tone.GOOD)
            banner.button.setVisible(bool(done.names))

    def close_one(self) -> bool:
        if not self.is_previewing:
            return False
        self._right.setCurrentIndex(0)
        self.header_changed.emit()
        self.setFocus()
        return True

    def leave(self) -> bool:
        for banner in (self.said, self._said_below):
            banner.say_nothing()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter confirms, wherever nothing else waits for it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.confirm()
        else:
            super().keyPressEvent(event)
