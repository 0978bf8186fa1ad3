"""What the law gives employees who want to learn, in words for the wall of a company.

Only what was certain in November 2026 and holds wherever the page hangs; rates and ages stand in
the catalogue. Educational leave is named only for the two Länder where it is certain.
"""

from __future__ import annotations

from desktop_advisor.report.paths_model import Right

_LEAVE = {
    "11": Right(
        title="Bildungszeit in Berlin",
        text="Für anerkannte Veranstaltungen kommt bezahlte Freistellung in Betracht, in der Regel "
        "fünf Arbeitstage im Jahr.",
        law="BiZeitG Berlin",
    ),
    "12": Right(
        title="Bildungsfreistellung in Brandenburg",
        text="Für anerkannte Veranstaltungen kommt bezahlte Freistellung in Betracht, in der Regel "
        "zehn Arbeitstage in zwei Jahren.",
        law="BbgWBG",
    ),
}
"""AGS of the Land → its law on educational leave."""


def rights(county: str, has_works_council: bool | None) -> tuple[Right, ...]:
    """The rights to print. county: AGS, "" when not known; has_works_council: None when not known.

    Sources: §§ 81, 82 and 96–98 BetrVG, §§ 81–82c SGB III, AFBG.
    """
    found = [_talk(has_works_council), _funding()]
    if has_works_council is not False:
        found.append(_council(is_there=bool(has_works_council)))
    if county[:2] in _LEAVE:
        found.append(_LEAVE[county[:2]])
    return tuple(found)


def _talk(has_works_council: bool | None) -> Right:
    beside = "" if has_works_council is False else "; ein Mitglied des Betriebsrats kann dabei sein"
    return Right(
        title="Über die eigene Entwicklung sprechen",
        text="Ändert sich Ihre Tätigkeit und reichen die Kenntnisse nicht mehr aus, ist mit Ihnen "
        f"zu erörtern, wie sie sich anpassen lassen{beside}.",
        law="§ 81 Abs. 4, § 82 Abs. 2 BetrVG",
    )


def _funding() -> Right:
    return Right(
        title="Förderung fürs Lernen",
        text="Sie kommt in Betracht, wenn ein Berufsabschluss nachgeholt wird, bei längeren "
        "Weiterbildungen im laufenden Arbeitsverhältnis, beim Lernen im Strukturwandel und auf dem "
        "Weg zu Meister, Techniker oder Fachwirt.",
        law="§§ 81–82c SGB III, AFBG",
    )


def _council(*, is_there: bool) -> Right:
    who = "Der Betriebsrat" if is_there else "Ein Betriebsrat, wo es einen gibt,"
    return Right(
        title="Mitbestimmung bei der Bildung",
        text=f"{who} kann verlangen, dass der Bildungsbedarf ermittelt und mit ihm beraten wird, "
        "und bestimmt bei Bildungsmaßnahmen mit. Ältere, Teilzeitkräfte und Beschäftigte mit "
        "Familienpflichten sind zu berücksichtigen.",
        law="§§ 96–98 BetrVG",
    )
