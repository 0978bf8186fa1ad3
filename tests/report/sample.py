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
from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.report import model as m
from desktop_advisor.report.answers_model import AnswerColumn, AnswerTable, PlainAnswer
from desktop_advisor.report.plan_model import Measure
from tests.report.sample_advice import measures, offers, recommendations
from tests.report.sample_results import BR, DIMENSIONS, GF, dimension

FONTS = Path(__file__).parents[2] / "resources" / "fonts"


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
    dimensions = tuple(dimension(entry) for entry in DIMENSIONS)
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
        recommendations=recommendations(),
        measures=measures(),
        offers=offers(),
        consents=_consents(),
        signatures=_signatures(),
        other_answers=(
            PlainAnswer(
                label="Beschäftigte (Köpfe)",
                perspective=GF,
                state=AnswerState.ANSWERED,
                text="118",
            ),
            PlainAnswer(
                label="Umsatzanteil des größten Kunden",
                perspective=GF,
                state=AnswerState.CONFIDENTIAL,
            ),
        ),
        answer_tables=(
            AnswerTable(
                title="Aus welchen Produktgruppen besteht Ihr Umsatz?",
                perspective=GF,
                columns=(
                    AnswerColumn(label="Produktgruppe"),
                    AnswerColumn(label="Umsatz %", is_number=True),
                    AnswerColumn(label="Folgeauftrag"),
                ),
                rows=(("Kurbelwellen", "62,5", "nein"), ("Pumpenteile", "30", "")),
                total=("Summe", "92,5", ""),
                notes=("Pumpenteile, Umsatz %: geschätzt",),
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
    measure = Measure(title=note, steps=(note,), owner=note, effort=note, metric=note)
    return msgspec.structs.replace(
        report, dimensions=(dimension, *others), measures=(measure, *report.measures)
    )
