"""What each calculator asks, as tables of fields; keys are those of its input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop_advisor.ui.widgets import Field, Kind
from desktop_advisor.ui.widgets.field import Value
from desktop_advisor.usecases.calculating import Calculator

translate = QCoreApplication.translate


@dataclass(frozen=True)
class CalculatorForm:
    """title, detail: the row in the list. figures: two columns. conditions: yes, no, unknown."""

    title: str
    detail: str
    figures: Sequence[Field]
    conditions: Sequence[Field]


def form_of(calculator: Calculator) -> CalculatorForm:
    """The table of fields of one calculator, in the language of now."""
    return _FORMS[calculator]()


def _above_zero(value: Value) -> str:
    is_none = value is None or (isinstance(value, int) and value >= 1)
    return "" if is_none else translate("calculators", "Mindestens eine Person.")


def _course() -> tuple[Field, ...]:
    return (
        Field(
            "persons",
            translate("calculators", "Teilnehmende"),
            Kind.WHOLE,
            "1",
            check=_above_zero,
        ),
        Field("hours", translate("calculators", "Stunden je Person"), Kind.DECIMAL, "320"),
        Field(
            "course_cost",
            translate("calculators", "Lehrgang je Person (€)"),
            Kind.DECIMAL,
            "4800",
        ),
    )


def _pay() -> tuple[Field, ...]:
    return (
        Field("wage", translate("calculators", "Monatsentgelt brutto (€)"), Kind.DECIMAL, "3600"),
        Field("weekly_hours", translate("calculators", "Wochenstunden"), Kind.DECIMAL, "38,5"),
    )


def _asked(key: str, label: str) -> Field:
    return Field(key, label, Kind.YES_NO)


def _cost() -> CalculatorForm:
    return CalculatorForm(
        translate("calculators", "Kosten einer Weiterbildung"),
        translate("calculators", "Stunden, Entgelt, Lehrgang"),
        (
            *_course(),
            *_pay(),
            Field("grant", translate("calculators", "Förderung bis zu (€)"), Kind.DECIMAL, "7000"),
        ),
        (),
    )


def _section_82() -> CalculatorForm:
    return CalculatorForm(
        translate("calculators", "Weiterbildung Beschäftigter"),
        translate("calculators", "§ 82 SGB III"),
        (
            Field("staff", translate("calculators", "Beschäftigte (SGB III)"), Kind.DECIMAL, "120"),
            *_course(),
            *_pay(),
        ),
        (
            _asked("is_approved", translate("calculators", "Maßnahme und Träger zugelassen?")),
            _asked(
                "goes_beyond_adaptation",
                translate("calculators", "Mehr als kurze Anpassung am Arbeitsplatz?"),
            ),
            _asked(
                "degree_is_old_enough",
                translate("calculators", "Berufsabschluss mindestens zwei Jahre her?"),
            ),
            _asked(
                "was_funded_lately",
                translate("calculators", "In den letzten zwei Jahren nach § 82 gefördert?"),
            ),
            _asked(
                "is_obligatory", translate("calculators", "Gesetzlich vorgeschriebene Schulung?")
            ),
            _asked(
                "has_agreement",
                translate("calculators", "Betriebsvereinbarung oder Tarifvertrag dazu?"),
            ),
            _asked(
                "is_disabled",
                translate("calculators", "Ab 45 Jahren oder schwerbehindert?"),
            ),
            _asked(
                "aims_at_degree",
                translate("calculators", "Ohne Abschluss, mit Ziel Berufsabschluss?"),
            ),
        ),
    )


def _section_82a() -> CalculatorForm:
    return CalculatorForm(
        translate("calculators", "Qualifizierungsgeld"),
        translate("calculators", "§§ 82a bis 82c SGB III"),
        (
            Field("staff", translate("calculators", "Beschäftigte im Betrieb"), Kind.DECIMAL),
            Field("affected", translate("calculators", "davon betroffen"), Kind.WHOLE),
            *_course(),
            Field(
                "net_loss",
                translate("calculators", "Nettoausfall je Monat (€)"),
                Kind.DECIMAL,
                "2100",
            ),
            Field("months", translate("calculators", "Monate"), Kind.DECIMAL, "3"),
            Field("with_child", translate("calculators", "Teilnehmende mit Kind"), Kind.WHOLE, "0"),
        ),
        (
            _asked(
                "has_agreement",
                translate("calculators", "Betriebsvereinbarung oder betrieblicher Tarifvertrag?"),
            ),
            _asked(
                "has_declaration",
                translate("calculators", "Unter zehn Beschäftigte: schriftliche Erklärung?"),
            ),
            _asked("pays_course", translate("calculators", "Betrieb trägt die Lehrgangskosten?")),
            _asked("is_approved", translate("calculators", "Träger zugelassen?")),
            _asked(
                "goes_beyond_adaptation",
                translate("calculators", "Mehr als kurze Anpassung am Arbeitsplatz?"),
            ),
            _asked(
                "was_funded_lately",
                translate("calculators", "Qualifizierungsgeld in den letzten vier Jahren?"),
            ),
            _asked("is_under_notice", translate("calculators", "Arbeitsverhältnis gekündigt?")),
            _asked("uses_82", translate("calculators", "Zugleich § 82 für dieselbe Person?")),
            _asked(
                "is_obligatory", translate("calculators", "Gesetzlich vorgeschriebene Schulung?")
            ),
        ),
    )


def _inqa() -> CalculatorForm:
    return CalculatorForm(
        translate("calculators", "INQA-Coaching"),
        translate("calculators", "Sätze aus dem Angebotskatalog"),
        (
            Field("days", translate("calculators", "Coachingtage"), Kind.DECIMAL, "12"),
            Field("day_fee", translate("calculators", "Tagessatz netto (€)"), Kind.DECIMAL, "1200"),
            Field("months", translate("calculators", "Dauer in Monaten"), Kind.DECIMAL, "7"),
        ),
        (
            _asked(
                "has_advice_centre",
                translate("calculators", "Erstberatung bei einer INQA-Beratungsstelle?"),
            ),
            _asked(
                "involves_staff", translate("calculators", "Leitung und Beschäftigte beteiligt?")
            ),
        ),
    )


def _bafa() -> CalculatorForm:
    return CalculatorForm(
        translate("calculators", "Unternehmensberatung (BAFA)"),
        translate("calculators", "Sätze je Landkreis aus dem Katalog"),
        (
            Field("fee", translate("calculators", "Beratungskosten netto (€)"), Kind.DECIMAL),
            Field("earlier", translate("calculators", "bisher geförderte Beratungen"), Kind.WHOLE),
            Field("this_year", translate("calculators", "davon in diesem Jahr"), Kind.WHOLE),
        ),
        (
            _asked(
                "adviser_is_listed",
                translate("calculators", "Beratende Person beim BAFA gelistet?"),
            ),
        ),
    )


def _de_minimis() -> CalculatorForm:
    return CalculatorForm(
        translate("calculators", "De-minimis-Spielraum"),
        translate("calculators", "aus der Liste der Firmenakte"),
        (Field("planned", translate("calculators", "geplante Beihilfe (€)"), Kind.DECIMAL),),
        (
            _asked(
                "has_all_linked",
                translate("calculators", "Alle Beihilfen verbundener Unternehmen erfasst?"),
            ),
        ),
    )


_FORMS = {
    Calculator.COST: _cost,
    Calculator.SECTION_82: _section_82,
    Calculator.SECTION_82A: _section_82a,
    Calculator.INQA: _inqa,
    Calculator.BAFA: _bafa,
    Calculator.DE_MINIMIS: _de_minimis,
}
