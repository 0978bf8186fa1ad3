"""Dimensions, answers and results of the sample report."""

from __future__ import annotations

from decimal import Decimal

from desktop_advisor.assessment.scores import ScoredAnswer, score
from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective
from desktop_advisor.report import model as m

GF, BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL

# code, label, short, three Kennpunkte with (text, gf, br): digits or state.
DIMENSIONS = (
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


def dimension(entry: tuple[str, str, str, tuple[tuple[str, str, str], ...]]) -> m.Dimension:
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
