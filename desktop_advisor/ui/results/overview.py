"""Überblick: the radar at the left, what stands out and every field of action at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from desktop_advisor.assessment.plausibility import Finding
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.german import one_digit
from desktop_advisor.report.charts import Axis, RadarChart
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.interview.plausibility_list import PlausibilityList
from desktop_advisor.ui.results.cards import (
    FewCard,
    OverallCard,
    ParkedSiteCard,
    SiteCard,
    UrgentCard,
)
from desktop_advisor.ui.results.dimension_rows import ScoreRow
from desktop_advisor.ui.results.products.overview_card import ExposureCard
from desktop_advisor.ui.results.radar import Radar
from desktop_advisor.ui.results.section import Section
from desktop_advisor.ui.results.views.talks_card import TalksCard
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XL, XXL, L
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    Pill,
    QuietButton,
    RowList,
    SmallText,
    SoftText,
    column,
    row,
    scrolling,
)
from desktop_advisor.usecases.plausibility import check_case
from desktop_advisor.usecases.results import Results
from desktop_advisor.usecases.side_by_side import talks_of
from desktop_advisor.usecases.standing_out import SHOWN

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace

RADAR_WIDTH = 440
SIDE_BY_SIDE_FROM = 900
"""Pixels at 100 % from which radar and rows stand beside each other."""


class TwoColumns(QWidget):
    """Left beside right, or left above right in a small window with large type."""

    def __init__(self, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self._left = left
        self._line = row(gap=XL, margins=(XXL, XXL - 2, XXL, XXL))
        self._line.addWidget(left)
        self._line.addWidget(right, 1)
        self.setLayout(self._line)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= theme().px(SIDE_BY_SIDE_FROM)
        way = QBoxLayout.Direction
        self._line.setDirection(way.LeftToRight if beside else way.TopToBottom)
        widest = round(RADAR_WIDTH * theme().scale ** 0.5) if beside else 16_777_215
        self._left.setMaximumWidth(widest)
        self._left.setMinimumWidth(widest if beside else 0)


class OverviewSection(Section):
    """Maturity of every field of action, its coverage and what stands out.

    Attributes:
        rows: one per dimension with a maturity, in the order of the form.
    """

    def __init__(self, place: Workplace, results: Results) -> None:
        super().__init__(place, results)
        self.rows: list[ScoreRow] = []
        self.odd = PlausibilityList()
        self.odd.question.connect(self._to_question)
        self._area = self._page(results)
        self.setLayout(column(self._area, gap=0))
        self._look_for_oddities()

    def show_row(self, row: ScoreRow) -> None:
        """Scroll so that a row begins at the top."""
        inside = self._area.widget()
        if inside is not None:
            self._area.verticalScrollBar().setValue(row.mapTo(inside, QPoint(0, 0)).y())

    def _page(self, results: Results) -> QScrollArea:
        left = column(self._radar_card(results), gap=L)
        if results.site:
            left.addWidget(SiteCard(results.site))
        elif any(item.dimension.kind == "S" for item in results.parked):
            left.addWidget(ParkedSiteCard())
        left.addStretch(1)
        narrow = QWidget()
        narrow.setLayout(left)
        right = column(self._summary(results), self._exposure_card(results), gap=L)
        views = self._views_card(results)
        if views is not None:
            right.addWidget(views)
        right.addWidget(self._rows_card(results))
        right.addWidget(self.odd)
        right.addStretch(1)
        wide = QWidget()
        wide.setLayout(right)
        return scrolling(TwoColumns(narrow, wide))

    def _exposure_card(self, results: Results) -> QWidget:
        card = ExposureCard(self.place, results.case_id)
        card.wanted.connect(self._to_products)
        return card

    def _to_products(self) -> None:
        place = Destination(
            Where.RESULTS,
            company_id=self.results.company_id,
            case_id=self.results.case_id,
            focus="products",
        )
        self.navigate.emit(place)

    def _views_card(self, results: Results) -> QWidget | None:
        """The widest differences, or that there is a view nobody may see yet."""
        if results.withheld:
            card = Card(self.tr("Sichtweise des Betriebsrats"))
            words = self.tr("Der Betriebsrat hat geantwortet und noch nicht freigegeben.")
            more = QuietButton(self.tr("Sichtweisen ›"))
            more.clicked.connect(lambda _checked: self._to_views())
            line = row(SoftText(words), more)
            line.setStretch(0, 1)
            return card.add(line)
        if self._compared(results) is None:
            return None
        compact = TalksCard(talks_of(results, {}), first=SHOWN, is_compact=True)
        compact.all_wanted.connect(self._to_views)
        return compact

    def _to_views(self) -> None:
        about = self.results
        where = Destination(
            Where.RESULTS, company_id=about.company_id, case_id=about.case_id, focus="views"
        )
        self.navigate.emit(where)

    def _look_for_oddities(self) -> None:
        """They wait for nobody: the card appears where there is something to say."""
        place, case_id = self.place, self.results.case_id

        def work(_control: Control) -> tuple[Finding, ...]:
            return check_case(place, case_id)

        run_task(self, work, on_done=self.odd.show_findings, on_failed=self._complain)

    def _complain(self, error: Exception) -> None:
        raise error

    def _to_question(self, key: str) -> None:
        self.navigate.emit(
            Destination(
                Where.INTERVIEW,
                company_id=self.results.company_id,
                case_id=self.results.case_id,
                focus=key,
            )
        )

    def _summary(self, results: Results) -> QWidget:
        strengths = FewCard(
            self.tr("Stärken"),
            results.strengths,
            self.tr("Noch kein Handlungsfeld ab 2,5 mit genügend Abdeckung."),
        )
        holder = QWidget()
        line = row(gap=L)
        for card in (OverallCard(results), strengths, UrgentCard(results)):
            line.addWidget(card, 1)
        holder.setLayout(line)
        return holder

    def _radar_card(self, results: Results) -> QWidget:
        compared = self._compared(results)
        leading = self._who(results.leading)
        if results.has_joint_answers:
            leading = self.tr("{0} + gem.").format(leading)
        pills = [Pill(f"— {leading}", Tone.MAIN)]
        if compared is not None:
            pills.append(Pill(f"- - {self._who(compared)}", Tone.BR))
        card = Card(self.tr("Reifegrad je Handlungsfeld"), *pills)
        radar = Radar()
        radar.show_chart(radar_chart(results, compared), self._spoken(results))
        hint = self.tr(
            "Band: möglicher Wert, wenn offene Fragen beantwortet würden. "
            "Unter 60\u202f% Abdeckung wird kein Wert gezeigt."
        )
        card.add(radar, SmallText(hint))
        return card

    def _rows_card(self, results: Results) -> QWidget:
        compared = self._compared(results)
        card = Card(self.tr("Handlungsfelder"))
        joint = results.has_joint_answers
        self.rows = [
            ScoreRow(item, results.leading, compared, joint=joint) for item in results.maturity
        ]
        listing = RowList()
        listing.show_rows(self.rows)
        hint = self.tr("Eine Zeile zeigt ihren Rechenweg.")
        if compared is not None:
            hint = self.tr("Balken: {0}, Quadrat: BR. Eine Zeile zeigt ihren Rechenweg.").format(
                self._who(results.leading)
            )
        if joint:
            hint = self.tr(
                "Im Balken geht vor, was gemeinsam festgelegt wurde. Eine Zeile zeigt ihren "
                "Rechenweg."
            )
        card.add(listing, SmallText(hint))
        return card

    def _compared(self, results: Results) -> Perspective | None:
        other = Perspective.WORKS_COUNCIL
        is_beside = other in results.perspectives and results.leading is not other
        return other if is_beside else None

    def _who(self, perspective: Perspective) -> str:
        return {
            Perspective.MANAGEMENT: self.tr("GF"),
            Perspective.WORKS_COUNCIL: self.tr("BR"),
            Perspective.ADVISOR: self.tr("Beratung"),
            Perspective.JOINT: self.tr("gemeinsam"),
        }[perspective]

    def _spoken(self, results: Results) -> str:
        parts = []
        for item in results.maturity:
            value = item.led.printable if item.led else None
            said = one_digit(value) if value is not None else self.tr("keine Aussage")
            if item.is_parked:
                said = self.tr("nicht betrachtet")
            parts.append(f"{item.short} {said}")
        return self.tr("Reifegrad je Handlungsfeld: {0}").format(", ".join(parts))


def radar_chart(results: Results, compared: Perspective | None) -> RadarChart:
    """The chart values of the maturity dimensions, nothing where nothing may be said."""
    axes = []
    for item in results.maturity:
        score = item.led
        other = item.scores.get(compared) if compared else None
        printable = score.printable if score else None
        axes.append(
            Axis(
                label=item.short,
                value=printable,
                low=score.low if score and printable is not None else None,
                high=score.high if score and printable is not None else None,
                compared=other.printable if other else None,
            )
        )
    return RadarChart(tuple(axes))
