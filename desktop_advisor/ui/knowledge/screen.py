"""Wissen & Angebote: find it by a word, and see at once how far it can be relied on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QWidget

from desktop_advisor.advice.articles import Article
from desktop_advisor.domain.german import counted
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.knowledge.article_view import ArticleView
from desktop_advisor.ui.knowledge.detail import Beginning, Detail, NoteView
from desktop_advisor.ui.knowledge.offer_detail import OfferView
from desktop_advisor.ui.knowledge.result_list import ResultList
from desktop_advisor.ui.knowledge.result_row import ResultRow
from desktop_advisor.ui.knowledge.wording import ALL, kind_options
from desktop_advisor.ui.screen import Screen, StatePill
from desktop_advisor.ui.tasks import run_task
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    ChoiceBox,
    EmptyState,
    QuietButton,
    SearchField,
    Segmented,
    SmallText,
    column,
    row,
    scrolling,
)
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.usecases.offers import OfferRow, list_offers
from desktop_advisor.usecases.searching import (
    NOTE,
    Hit,
    Item,
    OwnNote,
    Results,
    Search,
    dimension_names,
)
from desktop_advisor.usecases.workplace import Workplace

MOST_ROWS = 30
"""More rows than anybody scrolls through; another word narrows them down."""
LONGEST_DIMENSION = 22


class KnowledgeScreen(Screen):
    """Search at the top, hits at the left, the chosen one at the right."""

    RAIL: ClassVar[Where] = Where.KNOWLEDGE

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        self._place = place
        self._search = Search(place)
        self._dimensions = dimension_names(place)
        self._results = Results(())
        self._asked = 0
        self._wants_first = False
        self._chosen = destination.focus
        self._shown: Item | None = None
        self._trail: list[Item] = []
        self.search = SearchField(self.tr("Wissen, Angebote und Notizen durchsuchen"))
        everything = ("", self.tr("Alle Handlungsfelder"))
        self.dimension = ChoiceBox([everything, *self._dimensions])
        self.dimension.setMinimumContentsLength(LONGEST_DIMENSION)
        self.dimension.setAccessibleName(self.tr("Handlungsfeld"))
        self.kind = Segmented(self.tr("Art"), kind_options(), ALL)
        self.list = ResultList()
        self._says = SmallText()
        self.notes = QuietButton()
        self.trouble = Banner()
        self.detail = Detail()
        self._nothing = EmptyState(
            self.tr("Kein Eintrag passt zu dieser Suche."), icon_name="search"
        )
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setLayout(column(self.list, gap=spacing.S))
        page.layout().addStretch(1)  # type: ignore[union-attr]
        self._list_area = scrolling(page)
        self._pages.addWidget(self._list_area)
        self._pages.addWidget(self._nothing)
        left = Card(fill=True)
        said = row(gap=spacing.S)
        said.addWidget(self._says, 1)
        said.addWidget(self.notes)
        left.body.addLayout(said)
        left.body.addWidget(self._pages, 1)
        edge = spacing.XXL
        top = row(gap=spacing.L)
        top.addWidget(self.search, 1)
        top.addWidget(self.dimension)
        for half in (left, self.detail):
            half.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        both = row(gap=spacing.XL)
        both.addWidget(left, 1)
        both.addWidget(self.detail, 1)
        body = column(top, self.kind, self.trouble, gap=spacing.M, margins=(edge, 18, edge, 18))
        body.addLayout(both, 1)
        self.setLayout(body)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _text: self._look())
        self.search.returnPressed.connect(self._take_first)
        self.search.left_down.connect(self.list.focus_first)
        self.list.opened.connect(self._choose)
        self.kind.chosen.connect(lambda _key: self._look())
        self.dimension.chosen.connect(lambda _code: self._look())
        self.notes.clicked.connect(lambda _checked: self._show_notes())
        self.detail.went_back.connect(self._go_back)

    # -- header ------------------------------------------------------------------------------

    def title(self) -> str:
        return self.tr("Wissen & Angebote")

    def subtitle(self) -> str:
        entries = counted(len(self._place.offers), self.tr("Angebot"), self.tr("Angebote"))
        articles = counted(len(self._place.articles), self.tr("Artikel"), self.tr("Artikel"))
        return f"{articles} · {entries}"

    def pills(self) -> Sequence[StatePill | QWidget]:
        stale = sum(not row.standing.is_fresh for row in list_offers(self._place))
        if not stale:
            return ()
        return (StatePill(self.tr("{0} mit Vorbehalt").format(stale), Tone.ATTENTION),)

    def keys(self) -> Sequence[tuple[str, str]]:
        return (
            ("↓", self.tr("von der Suche in die Treffer")),
            ("↵", self.tr("Treffer öffnen")),
            ("Esc", self.tr("Suche leeren, dann zurück")),
        )

    def search_field(self) -> QLineEdit | None:
        return self.search

    # -- searching ---------------------------------------------------------------------------

    def refresh(self) -> None:
        self._search = Search(self._place)
        self._shown = None
        if not self._chosen:
            self.search.setFocus()
        self._look()

    def _look(self) -> None:
        """Ask for what is typed; what is asked later outruns what is asked now."""
        query, kind = self.search.text(), self.kind.value().replace(ALL, "")
        dimension, search = self.dimension.value(), self._search
        self._asked += 1
        number = self._asked
        if not query.strip() and kind != NOTE:
            self._show(search.find("", kind, dimension))  # from memory
            return
        run_task(
            self,
            lambda _control: search.find(query, kind, dimension),
            on_done=lambda results: self._hear(number, results),
            on_failed=lambda error: self._fail(number, error),
        )

    def _hear(self, number: int, results: Results) -> None:
        if number == self._asked:
            self._show(results)

    def _fail(self, number: int, error: Exception) -> None:
        """A locked program asks again when it is unlocked, because the screen is refreshed."""
        if number == self._asked and not self._place.store.is_locked:
            self.trouble.say_error(error)

    def _show(self, results: Results) -> None:
        self._results = results
        self.trouble.say_nothing()
        self.list.show_hits(self._first(results.hits))
        self._pages.setCurrentIndex(0 if results.hits else 1)
        self._say(results)
        self._forget_trail()
        hits = {hit.key: hit for hit in results.hits}
        if self.search.text().strip() and self._chosen not in hits:
            self._chosen = next(iter(hits), "")
        self._show_chosen()
        if self._wants_first:
            self._wants_first = False
            self.list.focus_first()

    def _first(self, hits: Sequence[Hit]) -> Sequence[Hit]:
        """The first hits; what another screen has pointed at comes before them if it is later."""
        pointed = [hit for hit in hits[MOST_ROWS:] if hit.key == self._chosen]
        return [*pointed, *hits[: MOST_ROWS - len(pointed)]]

    def _say(self, results: Results) -> None:
        """How many there are, whether they are only near, and what waits to be asked for."""
        count = len(results.hits)
        words = counted(count, self.tr("Treffer"), self.tr("Treffer"))
        if not self.search.text().strip():
            words = counted(count, self.tr("Eintrag"), self.tr("Einträge"))
        if results.is_near and count:
            words = self.tr("Nicht wörtlich gefunden. Ähnlich geschrieben: {0}").format(words)
        if count > MOST_ROWS:
            words = self.tr("{0}, davon die ersten {1}").format(words, MOST_ROWS)
        self._says.setText(words)
        number = f"{results.notes}+" if results.has_more_notes else str(results.notes)
        one = self.tr("1 eigene Notiz zeigen")
        more = self.tr("{0} eigene Notizen zeigen").format(number)
        self.notes.setText(one if number == "1" else more)
        show_if(self.notes, results.notes > 0)

    def _take_first(self) -> None:
        """Enter: at the first hit, as soon as there is one."""
        self._wants_first = True
        self._look()

    def _show_notes(self) -> None:
        self.kind.set_value(NOTE)
        self._look()
        self.kind.setFocus()

    def _show_dimension(self, code: str) -> None:
        self.search.clear()
        self.dimension.set_value(code)
        self._look()
        self.list.focus_first()

    # -- the chosen one ----------------------------------------------------------------------

    def _choose(self, key: str) -> None:
        self._chosen = key
        self._forget_trail()
        self._show_chosen()

    def _show_chosen(self) -> None:
        for made in self.list.rows:
            is_chosen = made.key == self._chosen
            made.set_chosen(is_chosen)
            if is_chosen:
                QTimer.singleShot(0, made, lambda row=made: self._bring_to_sight(row))
        item = self._item(self._chosen)
        if item is not None:
            if item is not self._shown:
                self._show_item(item)
            return
        self._shown = None
        beginning = Beginning(self._dimensions, found_nothing=not self._results.hits)
        beginning.chosen.connect(self._show_dimension)
        self.detail.show_part(beginning)

    def _bring_to_sight(self, made: ResultRow) -> None:
        """Once it has its place; another screen may have pointed at a row far down."""
        self._list_area.ensureWidgetVisible(made, 0, spacing.L)

    def _item(self, key: str) -> Item | None:
        """A hit, or what another screen has pointed at."""
        hit = next((hit for hit in self._results.hits if hit.key == key), None)
        return hit.item if hit is not None else self._search.item(key)

    def _forget_trail(self) -> None:
        """What was followed from an article is no longer the way back."""
        if self._trail:
            self._trail.clear()
            self._shown = None

    def _follow(self, key: str) -> None:
        """Go on from an article to an offer or the other way, with a way back."""
        there = self._search.item(key)
        if self._shown is not None and there is not None:
            self._trail.append(self._shown)
            self._show_item(there)

    def _to_calculator(self, calculator: str) -> None:
        self.go(Destination(Where.CALCULATORS, focus=calculator))

    def _go_back(self) -> None:
        if self._trail:
            self._show_item(self._trail.pop())

    def _show_item(self, item: Item) -> None:
        self._shown = item
        view: QWidget
        if isinstance(item, Article):
            names = dict(self._dimensions)
            view = ArticleView(
                item,
                [names.get(code, code) for code in item.dimensions],
                self._search.offers_of(item),
            )
            view.opened.connect(self._follow)
        elif isinstance(item, OfferRow):
            view = OfferView(item, self._search.articles_on(item.offer.id))
            view.opened.connect(self._follow)
            view.calculator_wanted.connect(self._to_calculator)
        else:
            view = NoteView(item, dict(self._dimensions).get(item.dimension, ""))
            view.wanted.connect(lambda: self._open_note(item))
        self.detail.show_part(view, back_to=_name(self._trail[-1]) if self._trail else "")

    def _open_note(self, note: OwnNote) -> None:
        self.go(
            Destination(
                Where.COMPANY,
                company_id=note.company_id,
                case_id=note.case_id,
                focus=str(note.note_id),
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back inside first: from an offer to the article that led there."""
        if event.key() == Qt.Key.Key_Escape and self._trail:
            self._go_back()
            return
        super().keyPressEvent(event)


def _name(item: Item) -> str:
    if isinstance(item, Article):
        return item.title
    return item.offer.title if isinstance(item, OfferRow) else item.company
