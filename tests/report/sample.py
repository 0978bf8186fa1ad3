"""A realistic report: an iron foundry in Zwickau, Kurzcheck, management and works council."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw

from desktop_advisor.assessment.location import SiteFactor as RatedFactor
from desktop_advisor.assessment.scores import Score, ScoredAnswer, overall, score
from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective
from desktop_advisor.report import model as m

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
GF, BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL

# code, label, short, three Kennpunkte with (text, gf, br): digits or state.
_DIMENSIONS = (
    (
        "D01",
        "Geschäftsfeldentwicklung",
        "Geschäftsfelder",
        (
            ("Gibt es eine schriftliche Strategie mit Szenarien bis 2030/2035?", "2", "1"),
            ("Wie stark hängt der Umsatz vom größten Kunden ab?", "1", "1"),
            ("Wie entsteht neues Geschäft außerhalb des Automobilbaus?", "3", "2"),
        ),
    ),
    (
        "D02",
        "Antriebswende und Produkte",
        "Antrieb",
        (
            ("Ist je Produktgruppe bekannt, wie sehr sie am Verbrenner hängt?", "2", "1"),
            ("Liegen Folgeaufträge für auslaufende Baureihen vor?", "1", "0"),
            ("Sind Anlagen und Werkzeuge für andere Teile nutzbar?", "2", "dk"),
        ),
    ),
    (
        "D03",
        "Digitale Transformation",
        "Digital",
        (
            ("Werden Maschinendaten erfasst und zur Steuerung genutzt?", "3", "2"),
            ("Sind ERP, Planung und Qualitätsdaten miteinander verbunden?", "3", "2"),
            ("Wie ist die Informationssicherheit geregelt (TISAX, NIS2)?", "2", "na"),
        ),
    ),
    (
        "D04",
        "Ökologische Transformation und Kreislaufwirtschaft",
        "Umwelt & Kreislauf",
        (
            ("Gibt es ein Umweltmanagementsystem (ISO 14001, EMAS)?", "4", "3"),
            ("Kann der CO₂-Fußabdruck eines Produkts genannt werden?", "3", "dk"),
            ("Wie werden Ausschuss, Altsand und Kreislaufmaterial gesteuert?", "2", "2"),
        ),
    ),
    (
        "D05",
        "Energie- und Klimawende",
        "Energie & Klima",
        (
            ("Sind Energieverbräuche je Anlage bekannt?", "2", "2"),
            ("Welcher Plan besteht für Abwärme, Eigenstrom und Lastspitzen?", "dk", "open"),
            ("Sind Energiekosten vertraglich abgesichert?", "kv", "open"),
        ),
    ),
    (
        "D06",
        "Mobilitätsinnovation",
        "Mobilität",
        (
            ("Kommen Beschäftigte auch ohne eigenes Auto zur Schicht?", "1", "1"),
            ("Beteiligt sich der Betrieb an Pilotvorhaben neuer Mobilität?", "1", "1"),
            ("Gibt es ein betriebliches Mobilitätsmanagement?", "2", "2"),
        ),
    ),
    (
        "D07",
        "Qualifizierung und Weiterbildung",
        "Qualifizierung",
        (
            ("Wird der Qualifizierungsbedarf systematisch ermittelt?", "3", "1"),
            ("Gibt es eine Qualifikationsmatrix je Berufsprofil?", "2", "1"),
            ("Werden auch an- und ungelernte Beschäftigte einbezogen?", "3", "1"),
        ),
    ),
    (
        "D08",
        "Fachkräftesicherung und Demografie",
        "Fachkräfte",
        (
            ("Ist bekannt, wer in fünf Jahren ausscheidet?", "3", "2"),
            ("Wie werden Ausbildungsplätze besetzt und Ausgebildete gehalten?", "2", "2"),
            ("Wird Erfahrungswissen vor dem Ausscheiden gesichert?", "kv", "1"),
        ),
    ),
    (
        "D09",
        "Wissenschaftstransfer und Innovation",
        "Innovation",
        (
            ("Gibt es gemeinsame Vorhaben mit Hochschulen?", "1", "1"),
            ("Wie werden Ideen bewertet und erprobt?", "2", "1"),
            ("Wird Forschungsförderung genutzt (ZIM, Forschungszulage)?", "dk", "dk"),
        ),
    ),
    (
        "D10",
        "Netzwerk und Kooperation",
        "Netzwerk",
        (
            ("Arbeitet der Betrieb in Branchennetzwerken mit?", "4", "3"),
            ("Gibt es Einkaufs- oder Fertigungskooperationen?", "3", "3"),
            ("Ist die Lieferkette gegen Ausfälle abgesichert?", "3", "3"),
        ),
    ),
    (
        "D11",
        "Transformationsmanagement und Beteiligung",
        "Steuerung",
        (
            ("Ist jemand mit Zeit und Auftrag für die Transformation benannt?", "2", "1"),
            ("Wird der Betriebsrat frühzeitig informiert und beteiligt?", "3", "1"),
            ("Gibt es eine Roadmap mit Meilensteinen, die überprüft wird?", "1", "1"),
        ),
    ),
)
_ANCHORS = (
    "Das Thema wurde noch nicht begonnen.",
    "Der Bedarf ist erkannt; gehandelt wird von Fall zu Fall, wenn ein Kunde danach fragt.",
    "Ein Vorgehen ist geplant, eine verantwortliche Person ist benannt, Zeit ist eingeplant.",
    "In der Kernmacherei ist es umgesetzt und in einer Verfahrensanweisung geregelt.",
    "Es gilt betriebsweit und wird in der monatlichen Runde mit Kennzahlen gesteuert.",
    "Es wird vorausschauend verbessert, Kunden und Lieferanten sind einbezogen.",
)


def _answer(perspective: Perspective, said: str, position: int) -> m.Answer:
    if said.isdigit():
        evidence = list(Evidence)[(int(said) + position) % 4]
        note = "Aushang in der Formerei gesehen, Stand Oktober." if position == 2 else ""
        return m.Answer(
            perspective=perspective,
            state=AnswerState.ANSWERED,
            level=Decimal(said),
            text=_ANCHORS[int(said)],
            evidence=evidence,
            note=note,
        )
    reason = "Wird zentral durch die Muttergesellschaft verantwortet." if said == "na" else ""
    return m.Answer(perspective=perspective, state=AnswerState(said), reason=reason)


def _indicator(code: str, position: int, row: tuple[str, str, str]) -> m.Indicator:
    label, gf, br = row
    return m.Indicator(
        question=f"{code.lower()}_{position}",
        label=label,
        weight=Decimal(2) if position == 0 else Decimal(1),
        is_critical=position == 1,
        answers=(_answer(GF, gf, position), _answer(BR, br, position)),
    )


def _result(perspective: Perspective, indicators: tuple[m.Indicator, ...]) -> m.Result:
    answers = []
    for indicator in indicators:
        given = next(a for a in indicator.answers if a.perspective is perspective)
        answers.append(
            ScoredAnswer(
                indicator.label,
                given.state,
                given.level,
                indicator.weight,
                indicator.is_critical,
                given.evidence,
            )
        )
    scored = score(answers)
    return m.Result(
        perspective=perspective,
        verdict=scored.verdict,
        value=scored.value,
        low=scored.low,
        high=scored.high,
        coverage=scored.coverage,
        answered=scored.answered,
        applicable=scored.applicable,
        bottleneck=scored.bottleneck or "",
        evidenced=scored.evidenced,
    )


def _sentences(code: str) -> tuple[str, ...]:
    words = {
        "D01": "Der größte Kunde trägt 54 % des Umsatzes. Erste Bahnteile sind bemustert.",
        "D04": "Das Umweltmanagement ist eingeführt und wird auditiert; Fußabdrücke liegen vor.",
        "D07": "Geschäftsführung und Betriebsrat schätzen die Weiterbildung verschieden ein.",
    }
    return (words[code],) if code in words else ()


def _dimension(entry: tuple[str, str, str, tuple[tuple[str, str, str], ...]]) -> m.Dimension:
    code, label, short, rows = entry
    indicators = tuple(_indicator(code, i, row) for i, row in enumerate(rows))
    return m.Dimension(
        code=code,
        label=label,
        short=short,
        results=(_result(GF, indicators), _result(BR, indicators)),
        indicators=indicators,
        sentences=_sentences(code),
    )


def signature_picture(seed: int = 1) -> bytes:
    """A drawn line on a transparent ground, as the signature pad gives it."""
    image = Image.new("RGBA", (520, 140), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    points = [(20 + 24 * i, 70 + ((i * 37 * seed) % 80) - 40) for i in range(20)]
    draw.line(points, fill=(24, 38, 92, 255), width=5, joint="curve")
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _company() -> m.Company:
    return m.Company(
        name="Gießerei Muldental GmbH",
        legal_form="GmbH",
        street="Schmelzhüttenstraße 14",
        postcode="08058",
        town="Zwickau",
        county="Zwickau",
        wz_code="24.51.0",
        wz_edition="2008",
        industry="Eisengießereien",
        size_class="mittleres Unternehmen",
        heads=118,
        staff_units=Decimal("112.5"),
        turnover_million=Decimal("21.4"),
        balance_million=Decimal("12.8"),
        has_works_council=True,
        products="Kurbelwellen, Zylinderköpfe, Lagergehäuse, Pumpenteile",
        sites=("Stammwerk Zwickau, 96 Beschäftigte", "Bearbeitung Crimmitschau, 22 Beschäftigte"),
    )


def _visits() -> tuple[m.Visit, ...]:
    people = (
        m.Participant(name="Dr. Katrin Uhlmann", role="Geschäftsführung"),
        m.Participant(name="Jens Weißflog", role="Betriebsrat", function="Vorsitzender"),
        m.Participant(name="Mareike Sonntag", role="Beratung", function="Transformationslotsin"),
    )
    return (
        m.Visit(
            on=date(2026, 11, 17),
            time="09:00–11:30",
            place="Stammwerk Zwickau",
            purpose="Erstgespräch und Betriebsrundgang",
            hours=Decimal("2.5"),
            participants=people[:1] + people[2:],
        ),
        m.Visit(
            on=date(2026, 11, 24),
            time="08:30–12:45",
            place="Stammwerk Zwickau",
            purpose="Transformationscheck (Kurzcheck) und Auswertung",
            hours=Decimal("4.25"),
            participants=people,
        ),
    )


def _recommendations() -> tuple[m.Recommendation, ...]:
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
        m.Recommendation(
            title="Teilqualifikation bis zum Berufsabschluss",
            text="Wer ohne Abschluss in der Gießerei arbeitet, kann in Bausteinen bis zur "
            "Externenprüfung als Gießereimechanikerin oder Gießereimechaniker kommen.",
            audience="employees",
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
            steps=("Lehrgang auswählen.", "Antrag vor Beginn stellen."),
            offers=("Aufstiegs-BAföG",),
        ),
    )


def _measures() -> tuple[m.Measure, ...]:
    return (
        m.Measure(
            title="Produkt-Stresstest mit den drei größten Kunden",
            steps=(
                "Umsatz je Produktgruppe mit Auslaufjahr zusammenstellen",
                "Drei Szenarien rechnen",
                "Ergebnis mit Betriebsrat und Hausbank besprechen",
            ),
            owner="Geschäftsführung, Dr. Katrin Uhlmann",
            due_on=date(2027, 1, 31),
            effort="6 Personentage",
            metric="Umsatz mit Auslauf bis 2030 ohne Folgeauftrag ist beziffert",
            offers=("INQA-Coaching",),
        ),
        m.Measure(
            title="Qualifikationsmatrix für Kernmacherei und Formerei",
            steps=("Profile festlegen", "Ist/Soll einschätzen", "Bedarf besprechen"),
            owner="Personalleitung mit Betriebsrat",
            due_on=date(2027, 2, 28),
            effort="4 Personentage",
            metric="Matrix für 6 Profile liegt vor",
            offers=("Beschäftigtenförderung nach § 82 SGB III",),
        ),
        m.Measure(
            title="Technologie-Scouting: Pumpen- und Bahngehäuse",
            owner="Vertrieb",
            due_on=date(2027, 3, 31),
            effort="3 Personentage",
            metric="Zwei angefragte Teile außerhalb des Automobilbaus",
        ),
        m.Measure(title="Wissensstafette in der Schmelze", owner="", metric=""),
    )


def _offers() -> tuple[m.Offer, ...]:
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


def _site_factors() -> tuple[m.SiteFactor, ...]:
    rated = (
        ("Energiepreise und Netzanschluss", 5, 2),
        ("Verfügbarkeit von Fachkräften", 5, 2),
        ("Öffentlicher Nahverkehr zu Schichtzeiten", 4, 1),
        ("Nähe zu Kunden und Partnern", 3, 4),
        ("Genehmigungen", 3, None),
    )
    return tuple(
        m.SiteFactor(label=name, importance=i, satisfaction=s, gap=RatedFactor(name, i, s).gap)
        for name, i, s in rated
    )


def _summary(dimensions: tuple[m.Dimension, ...]) -> m.Summary:
    scores = [
        (score_again, Decimal(1)) for d in dimensions if (score_again := _score_of(d)) is not None
    ]
    total = overall(scores)
    return m.Summary(
        sentences=(
            "Die Gießerei Muldental erzielt 72,5 % ihres Umsatzes mit Teilen, die vom "
            "Verbrennungsmotor abhängen; für 38 % endet der Auftrag bis 2030 ohne Folgeauftrag. "
            "Der Betrieb ist gut vernetzt und beherrscht seine Umweltdaten. Die Planung der "
            "Qualifikationen beginnt erst.",
        ),
        figures=m.KeyFigures(
            value=total.value,
            low=total.low,
            high=total.high,
            coverage=Decimal(total.answered) / total.applicable,
            answered=total.answered,
            applicable=total.applicable,
            bottlenecks=sum(1 for d in dimensions if d.results[0].bottleneck),
            evidenced=Decimal("0.45"),
        ),
        next_steps=(
            m.NextStep(
                title="Produkt-Stresstest 2027/2030/2035 mit den drei größten Kunden",
                due_on=date(2027, 1, 31),
            ),
            m.NextStep(
                title="Qualifikationsmatrix für Kernmacherei und Formerei, Gespräch mit dem "
                "Arbeitgeberservice",
                due_on=date(2027, 2, 28),
            ),
            m.NextStep(title="Technologie-Scouting: Pumpen- und Bahngehäuse"),
        ),
        note="Die Werte beruhen auf Aussagen (E0–E1: 55 %), Besichtigung (E2: 27 %) und Dokumenten "
        "(E3: 18 %). Rechenweg und Antworten stehen in der Anlage.",
    )


def _score_of(dimension: m.Dimension) -> Score:
    answers = [
        ScoredAnswer(i.label, i.answers[0].state, i.answers[0].level, i.weight)
        for i in dimension.indicators
    ]
    return score(answers)


def _consents() -> tuple[m.Consent, ...]:
    by, on = "Dr. Katrin Uhlmann", date(2026, 11, 17)
    return (
        m.Consent(purpose="Durchführung der Beratung", is_granted=True, given_by=by, given_on=on),
        m.Consent(
            purpose="Weitergabe an die Agentur für Arbeit Zwickau (Arbeitgeberservice)",
            is_granted=True,
            given_by=by,
            given_on=on,
        ),
        m.Consent(
            purpose="Einsicht der Geschäftsführung in die Sichtweise des Betriebsrats",
            is_granted=True,
            given_by="Jens Weißflog",
            given_on=date(2026, 11, 24),
        ),
        m.Consent(purpose="Anonymisierte Auswertung für den Fördermittelgeber"),
        m.Consent(purpose="Fotos aus dem Betrieb"),
    )


def _signatures() -> tuple[m.SignatureSlot, ...]:
    at = datetime(2026, 11, 24, 11, 42, tzinfo=UTC)
    return (
        m.SignatureSlot(
            name="Dr. Katrin Uhlmann",
            role="Geschäftsführung",
            place="Zwickau",
            signed_at=at,
            image=signature_picture(1),
            note="Die Beratung hat stattgefunden.",
        ),
        m.SignatureSlot(
            name="Jens Weißflog",
            role="Betriebsrat",
            place="Zwickau",
            signed_at=at,
            image=signature_picture(3),
            note="Zur Kenntnis genommen.",
        ),
        m.SignatureSlot(
            name="Mareike Sonntag",
            role="Beratung",
            place="Zwickau",
            signed_at=at,
            image=signature_picture(5),
        ),
    )


def sample_report() -> m.ReportModel:
    """The report the tests read and people look at."""
    dimensions = tuple(_dimension(entry) for entry in _DIMENSIONS)
    return m.ReportModel(
        report_id="0193574a-3c1e-7b52-9d4e-5f0a6b7c8d9e",
        version=2,
        created_on=date(2026, 11, 24),
        is_draft=False,
        replaces=m.Replaced(version=1, sealed_on=date(2026, 11, 18), content_hash="ab" * 32),
        network=m.Branding(
            name="ITAS · Initiative Transformation Automobilregion Südwestsachsen",
            short_name="ITAS Südwestsachsen",
            funder_line="Gefördert durch das Bundesministerium für Wirtschaft und Energie "
            "aufgrund eines Beschlusses des Deutschen Bundestages",
            footer_line="ITAS · Innere Klosterstraße 6–8 · 09111 Chemnitz",
        ),
        advisor=m.Advisor(
            name="Mareike Sonntag",
            organisation="ITAS Südwestsachsen",
            phone="+49 371 5550123",
            email="mareike.sonntag@itas.example",
        ),
        company=_company(),
        occasion="Auslaufende Aufträge für Kurbelwellen ab 2028 und die Frage, welche "
        "Beschäftigten wie weiterqualifiziert werden können.",
        mandate="Vereinbart wurden ein Transformationscheck (Kurzcheck) mit Geschäftsführung und "
        "Betriebsrat, Empfehlungen und ein Maßnahmenplan.",
        visits=_visits(),
        summary=_summary(dimensions),
        perspectives=(GF, BR),
        forms=(
            m.FormUsed(
                perspective=GF,
                title="Kurzcheck",
                version="2026.11",
                form_hash="9f" * 32,
                on=date(2026, 11, 24),
                respondents="Dr. Katrin Uhlmann",
            ),
            m.FormUsed(
                perspective=BR,
                title="Kurzcheck",
                version="2026.11",
                form_hash="9f" * 32,
                on=date(2026, 11, 24),
                respondents="Jens Weißflog",
            ),
        ),
        catalogue_version="2026-11-02",
        scoring_version="1",
        dimensions=dimensions,
        site_factors=_site_factors(),
        strengths=(
            m.Finding(
                title="Netzwerk und Kooperation",
                value=Decimal("3.5"),
                text="Aktiv im AMZ Sachsen, gemeinsamer Einkauf mit zwei Gießereien.",
            ),
            m.Finding(
                title="Umwelt und Kreislauf",
                value=Decimal("3.25"),
                text="Zertifiziertes Umweltmanagement, Altsand wird wiederaufbereitet.",
            ),
        ),
        urgent=(
            m.Finding(
                title="Antriebswende und Produkte",
                value=Decimal("1.75"),
                text="Keine Folgeaufträge; Ursache: Anfragen werden nur reaktiv bearbeitet.",
            ),
            m.Finding(
                title="Wissenschaftstransfer",
                value=Decimal("1.0"),
                text="Keine Forschungsförderung; Ursache: keine Zeit für Anträge benannt.",
            ),
        ),
        talking_points=(
            m.TalkingPoint(
                label="Wird der Betriebsrat frühzeitig informiert und beteiligt?",
                gf=Decimal(3),
                br=Decimal(1),
                text="Die Geschäftsführung verweist auf den monatlichen Austausch; der Betriebsrat "
                "erfährt von Verlagerungen nach eigener Aussage erst nach der Entscheidung.",
            ),
            m.TalkingPoint(
                label="Werden auch an- und ungelernte Beschäftigte einbezogen?",
                gf=Decimal(3),
                br=Decimal(1),
            ),
        ),
        recommendations=_recommendations(),
        measures=_measures(),
        offers=_offers(),
        consents=_consents(),
        signatures=_signatures(),
        other_answers=(
            m.PlainAnswer(
                label="Beschäftigte (Köpfe)",
                perspective=GF,
                state=AnswerState.ANSWERED,
                text="118",
            ),
            m.PlainAnswer(
                label="Umsatzanteil des größten Kunden",
                perspective=GF,
                state=AnswerState.CONFIDENTIAL,
            ),
        ),
    )


def empty_report() -> m.ReportModel:
    """The least there can be: a draft before the first answer."""
    return m.ReportModel(
        report_id="",
        version=1,
        created_on=date(2026, 11, 24),
        network=m.Branding(name=""),
        advisor=m.Advisor(name=""),
        company=m.Company(name=""),
    )


def with_note(note: str) -> m.ReportModel:
    """The sample with one note and one measure of any length."""
    report = sample_report()
    first, *others = report.dimensions
    indicator = first.indicators[0]
    answer = msgspec.structs.replace(indicator.answers[0], note=note)
    changed = msgspec.structs.replace(indicator, answers=(answer, *indicator.answers[1:]))
    dimension = msgspec.structs.replace(first, indicators=(changed, *first.indicators[1:]))
    measure = m.Measure(title=note, steps=(note,), owner=note, effort=note, metric=note)
    return msgspec.structs.replace(
        report, dimensions=(dimension, *others), measures=(measure, *report.measures)
    )
