"""Recommendations, measures and offers of the sample report."""

from __future__ import annotations

from datetime import date

from desktop_advisor.report import model as m
from desktop_advisor.report.plan_model import Measure


def recommendations() -> tuple[m.Recommendation, ...]:
    """For the company, then for the employees."""
    return (*_for_the_company(), *_for_the_employees())


def _for_the_company() -> tuple[m.Recommendation, ...]:
    return (
        m.Recommendation(
            title="Produkt-Stresstest 2027/2030/2035 mit den drei größten Kunden",
            text="Mehr als zwei Drittel des Umsatzes hängen am Verbrennungsmotor, Folgeaufträge "
            "sind nicht benannt. Ein Stresstest zeigt, ab wann welche Linie nicht mehr ausgelastet "
            "ist, und schafft die Grundlage für Gespräche mit Kunden und Bank.",
            dimension="D02",
            steps=(
                "Umsatz und Köpfe je Produktgruppe mit Auslaufjahr zusammenstellen.",
                "Drei Szenarien rechnen: Plan, Verzögerung um zwei Jahre, Abbruch.",
                "Ergebnis mit Betriebsrat und Hausbank besprechen.",
            ),
            decision="accepted",
            fired_by=(
                "Folgeaufträge für auslaufende Baureihen: Stufe 1",
                "Reifegrad Antriebswende 1,8",
            ),
            offers=("INQA-Coaching",),
        ),
        m.Recommendation(
            title="Retrofit-Pilot an der Engpassmaschine",
            text="Maschinendaten an einer Bearbeitungslinie erfassen und täglich nutzen.",
            dimension="D03",
            steps=(
                "Linie auswählen.",
                "Demonstrator besuchen.",
                "Nutzen nach drei Monaten messen.",
            ),
            decision="postponed",
            reason="Erst nach dem Umzug der Bearbeitung nach Crimmitschau sinnvoll.",
            fired_by=("Maschinendaten: Stufe 3",),
        ),
        m.Recommendation(
            title="Qualifikationsmatrix für Kernmacherei und Formerei",
            text="Eine Matrix je Berufsprofil macht sichtbar, welche Qualifikationen fehlen.",
            dimension="D07",
            steps=(
                "Profile festlegen (ohne Namen).",
                "Ist und Soll mit Meistern und Betriebsrat einschätzen.",
                "Bedarf mit dem Arbeitgeberservice der Agentur für Arbeit besprechen.",
            ),
            decision="edited",
            fired_by=("Qualifikationsmatrix: Stufe 2 (GF), Stufe 1 (BR)",),
            offers=("Beschäftigtenförderung nach § 82 SGB III",),
        ),
    )


def _for_the_employees() -> tuple[m.Recommendation, ...]:
    return (
        m.Recommendation(
            title="Teilqualifikation bis zum Berufsabschluss",
            text="Wer ohne Abschluss in der Gießerei arbeitet, kann in Bausteinen bis zur "
            "Externenprüfung als Gießereimechanikerin oder Gießereimechaniker kommen.",
            audience="employees",
            decision="accepted",
            steps=(
                "Beratung bei der Agentur für Arbeit vereinbaren (Berufsberatung im Erwerbsleben).",
                "Bildungsstand klären; Zeugnisse mitbringen.",
                "Bausteine mit Schichtplan abstimmen.",
            ),
            offers=("Beschäftigtenförderung nach § 82 SGB III", "mein NOW"),
        ),
        m.Recommendation(
            title="Aufstieg: Meister, Technik, Fachwirtschaft",
            text="Lehrgangsgebühren werden nach dem Aufstiegsfortbildungsförderungsgesetz (AFBG) "
            "bezuschusst.",
            audience="employees",
            decision="accepted",
            steps=("Lehrgang auswählen.", "Antrag vor Beginn stellen."),
            offers=("Aufstiegs-BAföG",),
        ),
    )


def measures() -> tuple[Measure, ...]:
    return (
        Measure(
            title="Produkt-Stresstest mit den drei größten Kunden",
            steps=(
                "Umsatz je Produktgruppe mit Auslaufjahr zusammenstellen",
                "Drei Szenarien rechnen",
                "Ergebnis mit Betriebsrat und Hausbank besprechen",
            ),
            owner="Geschäftsführung, Dr. Katrin Uhlmann",
            starts_on=date(2026, 12, 1),
            due_on=date(2027, 1, 31),
            state="running",
            benefit="Grundlage für Gespräche mit Kunden und Bank",
            effort="6 Personentage",
            metric="Umsatz mit Auslauf bis 2030 ohne Folgeauftrag ist beziffert",
            offers=("INQA-Coaching",),
        ),
        Measure(
            title="Qualifikationsmatrix für Kernmacherei und Formerei",
            steps=("Profile festlegen", "Ist/Soll einschätzen", "Bedarf besprechen"),
            owner="Personalleitung mit Betriebsrat",
            starts_on=date(2027, 1, 11),
            due_on=date(2027, 2, 28),
            benefit="Weiterbildung trifft den Bedarf",
            effort="4 Personentage",
            metric="Matrix für 6 Profile liegt vor",
            offers=("Beschäftigtenförderung nach § 82 SGB III",),
        ),
        Measure(
            title="Technologie-Scouting: Pumpen- und Bahngehäuse",
            owner="Vertrieb",
            starts_on=date(2027, 2, 1),
            due_on=date(2027, 3, 31),
            effort="3 Personentage",
            waits_for=1,
            remark="Zurückgestellt, solange das Warnzeichen besteht: Liquidität zuerst klären.",
            metric="Zwei angefragte Teile außerhalb des Automobilbaus",
        ),
        Measure(title="Wissensstafette in der Schmelze", owner="", metric=""),
        Measure(
            title="Energieaudit nach DIN EN 16247",
            owner="Technische Leitung",
            due_on=date(2026, 10, 30),
            done_on=date(2026, 11, 10),
            state="done",
            effect="Drei Abwärmequellen beziffert",
            effect_on=date(2026, 11, 20),
        ),
    )


def offers() -> tuple[m.Offer, ...]:
    return (
        m.Offer(
            title="Beschäftigtenförderung nach § 82 SGB III",
            kind="Förderung",
            provider="Agentur für Arbeit Zwickau",
            text="Zuschuss zu Lehrgangskosten und Arbeitsentgelt; Höhe nach Betriebsgröße, Alter "
            "und Qualifikation, nach Ermessen.",
            verdict="kommt in Betracht",
            reasons=("118 Beschäftigte: Anteil an den Lehrgangskosten bis zu 50 %",),
            status="offen",
            valid_from=date(2024, 4, 1),
            checked_on=date(2026, 11, 2),
            legal_basis="§ 82 SGB III",
            source="Fachliche Weisungen der Bundesagentur für Arbeit",
            before_start="Antrag vor Beginn der Maßnahme!",
        ),
        m.Offer(
            title="Förderung von Unternehmensberatungen für KMU",
            kind="Förderung",
            provider="Bundesamt für Wirtschaft und Ausfuhrkontrolle",
            verdict="Voraussetzung offen",
            reasons=("noch offen: Partner- und verbundene Unternehmen",),
            status="offen",
            valid_from=date(2023, 1, 1),
            valid_to=date(2026, 12, 31),
            checked_on=date(2026, 7, 14),
            legal_basis="Rahmenrichtlinie vom 30.11.2022",
            before_start="Antrag vor Beginn der Beratung!",
            warning="Der Stand ist älter als 90 Tage und das Programm endet am 31.12.2026. "
            "Bitte vor einem Antrag bei der Bewilligungsstelle nachfragen.",
        ),
        m.Offer(
            title="Berufliche Weiterbildung, betrieblich",
            kind="Förderung",
            provider="Sächsische Aufbaubank",
            verdict="ausgeschlossen",
            reasons=("Programm ist ausgesetzt (Doppelhaushalt 2025/26)",),
            status="ausgesetzt",
            checked_on=date(2026, 10, 20),
            warning="Das Programm ist ausgesetzt; derzeit werden keine Anträge angenommen.",
        ),
        m.Offer(
            title="Mittelstand-Digital Zentrum Chemnitz",
            kind="Kontakt",
            provider="Technische Universität Chemnitz",
            text="Demonstrator Maschinendaten-Retrofit, kostenfrei.",
            verdict="kommt in Betracht",
            status="offen",
            checked_on=date(2026, 11, 2),
        ),
    )
