"""The arithmetic behind the figures of the tab Sichtweisen."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from desktop_advisor.assessment.scores import Score
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.domain.german import one_digit, percent
from desktop_advisor.report.dumbbell_chart import DumbbellChart
from desktop_advisor.report.wording import PERSPECTIVES
from desktop_advisor.ui.results.arithmetic import coverage_formula, formula, plain, steps
from desktop_advisor.usecases.results import DimensionRow, IndicatorRow

translate = QCoreApplication.translate


def field_chart(row: DimensionRow) -> DumbbellChart:
    """The maturity of a field per side, where it may be printed."""
    printed = {side: score.printable for side, score in row.scores.items()}
    return DumbbellChart({side: value for side, value in printed.items() if value is not None})


def item_chart(item: IndicatorRow) -> DumbbellChart:
    """The levels of one Kennpunkt."""
    levels = {side: record.response.value for side, record in item.answers.items()}
    return DumbbellChart({s: Decimal(level) for s, level in levels.items() if level.isdigit()})


def maturity(row: DimensionRow, side: Perspective, score: Score) -> Derivation:
    """How the maturity of one side came about; `score` has a printable value."""
    counted = [step for step in steps(row, side) if step.level is not None]
    coverage = coverage_formula(row, side)
    return Derivation(
        title=f"{row.label}, {PERSPECTIVES[side]}",
        result=translate("figures", "{0} von 5").format(one_digit(score.printable or Decimal(0))),
        formula=formula(row, side),
        terms=tuple(
            Term(
                step.text,
                plain(step.level or Decimal(0)),
                translate("figures", "Gewicht {0}").format(plain(step.weight)),
            )
            for step in counted
        ),
        assumptions=(translate("figures", "Abdeckung: {0}").format(coverage),),
        source=translate("figures", "eigenes Modell: gewichtetes Mittel der beantworteten Stufen"),
    )


def evidence(row: DimensionRow, side: Perspective, score: Score) -> Derivation:
    """Share of the answered Kennpunkte that were seen or lie as a document (E2, E3)."""
    return Derivation(
        title=translate("figures", "Belege zu {0}, {1}").format(row.label, PERSPECTIVES[side]),
        result=percent(score.evidenced or Decimal(0)),
        formula=translate(
            "figures", "Kennpunkte mit E2 gesehen oder E3 Dokument ÷ beantwortete Kennpunkte"
        ),
        source=translate("figures", "eigenes Modell: Belegstufen E0 bis E3"),
    )


def distance(name: str, chart: DumbbellChart) -> Derivation:
    """|GF - BR| of a field or a Kennpunkt."""
    gf, br = (chart.values[side] for side in (Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL))
    apart = one_digit(abs(gf - br))
    return Derivation(
        title=translate("figures", "Abstand: {0}").format(name),
        result=apart,
        formula=f"|{one_digit(gf)} − {one_digit(br)}| = {apart}",
        terms=(
            Term(PERSPECTIVES[Perspective.MANAGEMENT], one_digit(gf)),
            Term(PERSPECTIVES[Perspective.WORKS_COUNCIL], one_digit(br)),
        ),
        assumptions=(
            translate("figures", "Ab 2 Stufen bei einem Kennpunkt ist es ein Gesprächsanlass."),
            translate("figures", "Gerechnet wird ungerundet; gemittelt wird nichts."),
        ),
        source=translate("figures", "eigenes Modell: doppelte Sichtweise"),
    )
