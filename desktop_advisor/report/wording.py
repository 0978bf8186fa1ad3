"""Standing German texts of the report, in the terms of domain §11."""

from __future__ import annotations

from desktop_advisor.assessment.scores import Verdict
from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective
from desktop_advisor.domain.language import Words

PERSPECTIVES = Words(
    {
        Perspective.MANAGEMENT: "Geschäftsführung",
        Perspective.WORKS_COUNCIL: "Betriebsrat",
        Perspective.ADVISOR: "Beratung",
        Perspective.JOINT: "gemeinsam",
    }
)
PERSPECTIVES_SHORT = Words(
    {
        Perspective.MANAGEMENT: "GF",
        Perspective.WORKS_COUNCIL: "BR",
        Perspective.ADVISOR: "Beratung",
        Perspective.JOINT: "Gem.",
    }
)
STATES = Words(
    {
        AnswerState.ANSWERED: "beantwortet",
        AnswerState.NOT_APPLICABLE: "nicht zutreffend",
        AnswerState.UNKNOWN: "weiß nicht",
        AnswerState.CONFIDENTIAL: "keine Angabe",
        AnswerState.OPEN: "offen",
    }
)
EVIDENCE = Words(
    {
        Evidence.CLAIMED: "E0 behauptet",
        Evidence.EXPLAINED: "E1 erläutert",
        Evidence.SEEN: "E2 gesehen",
        Evidence.DOCUMENT: "E3 Dokument",
    }
)
VERDICTS = Words(
    {
        Verdict.SOLID: "",
        Verdict.WITH_INTERVAL: "mit Spanne",
        Verdict.TOO_LITTLE: "keine belastbare Aussage",
        Verdict.NOT_APPLICABLE: "nicht zutreffend",
        Verdict.NOT_CONSIDERED: "nicht betrachtet",
    }
)
DECISIONS = Words(
    {
        "open": "noch nicht entschieden",
        "accepted": "angenommen",
        "edited": "angenommen, angepasst",
        "postponed": "zurückgestellt",
        "rejected": "abgelehnt",
    }
)
NOT_LOOKED_AT = "nicht betrachtet"

METHOD = (
    "Grundlage ist ein strukturiertes Gespräch vor Ort. Jeder Kennpunkt wird auf einer verankerten "
    "Skala von 0 (nicht begonnen) bis 5 (vorausschauend, laufend verbessert) eingeschätzt; eine "
    "Stufe gilt nur, wenn alle darunterliegenden erfüllt sind. Der Reifegrad eines Handlungsfelds "
    "ist das gewichtete Mittel seiner beantworteten Kennpunkte.",
    "Die Abdeckung sagt, welcher Anteil der zutreffenden Kennpunkte beantwortet ist. Unter 60 % "
    "wird kein Wert gedruckt („keine belastbare Aussage“). Wo Antworten fehlen, steht neben dem "
    "Wert die Spanne, die sich ergäbe, wenn sie alle 0 oder 5 wären. Ein Engpass ist ein "
    "kritischer Kennpunkt auf Stufe 0 oder 1.",
    "Reifegrad und Standortbedingungen sind verschiedene Arten von Aussagen und werden nicht "
    "miteinander verrechnet. Mehrere Sichtweisen stehen nebeneinander; sie werden nicht gemittelt.",
)
LIABILITY = (
    "Der Bericht gibt die Angaben der Beteiligten und die Einschätzung der beratenden Person zum "
    "Zeitpunkt der Termine wieder. Er ersetzt keine Rechts-, Steuer- oder Finanzierungsberatung "
    "und keine Unternehmensplanung. Über Maßnahmen entscheidet das Unternehmen in eigener "
    "Verantwortung.",
    "Die Beratung ist neutral: Sie ist nicht an Anbieter, Produkte oder Verbände gebunden. "
    "Genannte Anbieter und Programme sind Hinweise, keine Zusagen.",
)
PRIVACY = (
    "Die Angaben werden ausschließlich für die Beratung und die unten eingewilligten Zwecke "
    "verarbeitet. Jede Einwilligung ist freiwillig, gilt nur für ihren Zweck und kann jederzeit "
    "mit Wirkung für die Zukunft widerrufen werden; ein Nachteil entsteht dadurch nicht. "
    "Beschäftigte werden nicht namentlich beurteilt.",
)
PRINCIPLES = (
    "Die Empfehlungen wurden mit Blick auf die Querschnittsziele Gleichstellung der Geschlechter, "
    "Chancengleichheit und Nichtdiskriminierung sowie ökologische Nachhaltigkeit geprüft.",
)
CONFIRMATIONS = Words(
    {
        "company": "bestätigt, dass die Beratung stattgefunden hat und dieser Bericht vorliegt",
        "works_council": "zur Kenntnis genommen, nicht Zustimmung",
        "advisor": "hat die Beratung wie beschrieben durchgeführt",
    }
)
"""What a signature under the report says (domain §6: signatures usual)."""
FUNDING = (
    "Förderhinweise geben den unten genannten Stand wieder. Sie sind keine Zusage: Über einen "
    "Antrag entscheidet die zuständige Stelle. Bei fast allen Programmen gilt: erst der Antrag, "
    "dann der Beginn.",
)
SIGNATURE_WORTH = (
    "Das PDF ist mit dem Zertifikat der beratenden Person versiegelt (PAdES-B-B); eine "
    "nachträgliche Änderung ist erkennbar.",
    "Die gezeichneten Unterschriften sind einfache elektronische Signaturen. Es wurde keine "
    "Identitätsprüfung durchgeführt. Gespeichert ist nur das Bild, weder Druck noch Tempo.",
    "Das Siegel entsteht ohne Netz und trägt daher die Uhrzeit des Rechners der beratenden Person. "
    "Es ist keine qualifizierte elektronische Signatur.",
)
SELF_ISSUED = (
    "Das Zertifikat hat sich die beratende Person auf ihrem Gerät selbst ausgestellt. Es belegt, "
    "dass das Dokument unverändert ist, nicht, wer es versiegelt hat."
)
ISSUED_BY = (
    "Das Zertifikat hat {0} ausgestellt; der Schlüssel ist mit einer PIN geschützt. Das Siegel ist "
    "damit höchstens eine fortgeschrittene elektronische Signatur (Art. 26 eIDAS-Verordnung), "
    "keine qualifizierte."
)
"""Which of the two is printed depends on the certificate (domain §6, eIDAS)."""
GLOSSARY = (
    ("beantwortet", "Eine Stufe oder ein Wert wurde genannt und zählt."),
    (
        "nicht zutreffend",
        "Der Kennpunkt passt nicht auf den Betrieb; die Begründung steht dabei. Er verlässt die "
        "Rechnung.",
    ),
    ("weiß nicht", "Die Frage wurde gestellt, die Antwort war nicht bekannt. Senkt die Abdeckung."),
    (
        "keine Angabe",
        "Die Antwort ist vertraulich und wurde nicht gegeben. Senkt die Abdeckung.",
    ),
    ("offen", "Die Frage wurde noch nicht gestellt. Senkt die Abdeckung."),
    ("E0 behauptet", "Aussage im Gespräch, ohne Beleg."),
    ("E1 erläutert", "Aussage, nachvollziehbar erläutert."),
    ("E2 gesehen", "Im Betrieb selbst gesehen."),
    ("E3 Dokument", "Dokument eingesehen."),
)
