"""The cards around the rows: overall, strengths, urgent, talking points, site conditions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_advisor.assessment.priorities import Priority
from desktop_advisor.assessment.scores import Score, Verdict
from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.domain.german import one_digit, percent, two_digits
from desktop_advisor.report.wording import PERSPECTIVES_SHORT
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XS, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    FigureButton,
    Label,
    Pill,
    SmallText,
    SoftText,
    Strong,
    row,
    spacer,
)
from desktop_advisor.usecases.overall import evidence_shares, overall_derivation
from desktop_advisor.usecases.results import DimensionRow, IndicatorRow, Results, SiteRow


class OverallCard(Card):
    """The overall maturity of the leading answers, or why there is none."""

    def __init__(self, results: Results) -> None:
        super().__init__()
        score = results.total
        value = score.printable if score else None
        who = PERSPECTIVES_SHORT[results.leading]
        self.add(Label(self.tr("Reifegrad gesamt · {0}").format(who), "label"))
        if score is None or value is None:
            self.add(SoftText(self._silence(score)))
        else:
            self.add(self._figure(results, value), SmallText(self._beside(score)))
        if shares := evidence_shares(results):
            words = self.tr("{0} gesehen oder belegt (E2–E3)")
            self.add(SmallText(words.format(percent(shares["seen"]))))
        if results.joint:
            self.add(SmallText(self._agreed(results.joint)))
        self.add(None)
        self.setAccessibleName(self.tr("Reifegrad gesamt"))

    def _figure(self, results: Results, value: Decimal) -> QWidget:
        words = self.tr("{0} von 5").format(one_digit(value))
        derivation = overall_derivation(results)
        if derivation is None:
            return Label(words, "figure")
        return FigureButton(words, derivation, kind="big-figure")

    def _silence(self, score: Score | None) -> str:
        if score is not None and score.verdict is Verdict.NOT_CONSIDERED:
            return self.tr("kein Handlungsfeld betrachtet")
        if score is not None and score.verdict is Verdict.NOT_APPLICABLE:
            return self.tr("kein Kennpunkt trifft zu")
        return self.tr("keine belastbare Aussage, Abdeckung zu gering")

    def _agreed(self, count: int) -> str:
        if count == 1:
            return self.tr("1 Frage gemeinsam festgelegt")
        return self.tr("{0} Fragen gemeinsam festgelegt").format(count)

    def _beside(self, score: Score) -> str:
        parts = []
        if score.low is not None and score.high is not None and score.low != score.high:
            spread = f"{one_digit(score.low)}–{one_digit(score.high)}"
            parts.append(self.tr("möglich {0}").format(spread))
        fields = self.tr("{0} von {1} Kennpunkten beantwortet")
        parts.append(fields.format(score.answered, score.applicable))
        return " · ".join(parts)


class UrgentCard(Card):
    """Up to three fields of action by priority; the number opens its arithmetic."""

    def __init__(self, results: Results) -> None:
        super().__init__()
        title = self.tr("Dringend · Priorität")
        self.setAccessibleName(title)
        self.add(Label(title, "label"))
        found = {row.dimension: row for row in results.priorities.rows}
        for item in results.urgent:
            name = Label(item.short, wrap=True)
            name.setToolTip(item.bottleneck or item.label)
            line = row(name, self._figure(found[item.dimension.code]), gap=S)
            line.setStretch(0, 1)
            self.add(line)
        if not results.urgent:
            self.add(SmallText(self.tr("Kein Handlungsfeld unter 2,5 und kein Engpass.")))
        self.add(None)
        self.body.setSpacing(0)

    def _figure(self, priority: Priority) -> QWidget:
        derivation = priority.derivation()
        if derivation is None or priority.value is None:
            return Label("–")
        return FigureButton(two_digits(priority.value), derivation)


class FewCard(Card):
    """Up to three fields of action with their value."""

    def __init__(self, title: str, rows: Sequence[DimensionRow], nothing: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.add(Label(title, "label"))
        for item in rows:
            value = item.led.printable if item.led else None
            figure = one_digit(value) if value is not None else "–"
            name = Label(item.short)
            name.setToolTip(item.label)
            self.add(row(name, Strong(figure), spacer(), gap=S))
            if item.bottleneck:
                name.setToolTip(item.bottleneck)
        if not rows:
            self.add(SmallText(nothing))
        self.add(None)
        self.body.setSpacing(XS)


class SiteCard(Card):
    """Site conditions: importance beside satisfaction, never mixed with the maturity."""

    def __init__(self, site: Sequence[SiteRow]) -> None:
        super().__init__(self.tr("Standort: Wichtigkeit und Zufriedenheit"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(S)
        grid.setColumnStretch(0, 1)
        for column_number, words in ((1, self.tr("wichtig")), (2, self.tr("zufrieden"))):
            label = Label(words, "label")
            grid.addWidget(label, 0, column_number, Qt.AlignmentFlag.AlignRight)
        for number, item in enumerate(site, start=1):
            grid.addWidget(Label(short_label(item.label), wrap=True), number, 0)
            for place, value in ((1, item.factor.importance), (2, item.factor.satisfaction)):
                figure = Strong("–" if value is None else str(value))
                grid.addWidget(figure, number, place, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(self._gap_pill(item), number, 3, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(grid)
        self.add(SmallText(self.tr("1 bis 5; zählt nicht in den Reifegrad.")))
        grid.setColumnMinimumWidth(3, theme().px(110))

    def _gap_pill(self, item: SiteRow) -> Pill:
        gap = item.factor.gap
        if gap is None:
            return Pill(self.tr("offen"))
        if gap > 0:
            return Pill(self.tr("Abstand {0}").format(gap), Tone.ATTENTION)
        return Pill(self.tr("passt"), Tone.GOOD)


class ParkedSiteCard(Card):
    """The site conditions were put aside."""

    def __init__(self) -> None:
        super().__init__(self.tr("Standort: Wichtigkeit und Zufriedenheit"))
        self.add(SoftText(self.tr("nicht betrachtet")))


def short_label(question: str) -> str:
    """The condition before the colon of its question ("Energie und Netzanschluss: Wie …")."""
    return question.split(":", 1)[0]


def _level(item: IndicatorRow, perspective: Perspective) -> str:
    answer = item.answers.get(perspective)
    answered = answer is not None and answer.response.state is AnswerState.ANSWERED
    return answer.response.value if answer is not None and answered else ""
