"""What the chapters of the report are called, where one does not read them from the pages."""

from __future__ import annotations

from desktop_advisor.domain.language import Words

TITLES = Words(
    {
        "summary": "Zusammenfassung",
        "occasion": "Anlass, Beteiligte und Termine",
        "profile": "Unternehmensprofil",
        "method": "Methode und Abdeckung",
        "overview": "Ergebnisse im Überblick",
        "changes": "Veränderung seit dem letzten Bericht",
        "priorities": "Prioritäten",
        "dimensions": "Ergebnis je Handlungsfeld",
        "site": "Standortbedingungen",
        "exposure": "Produktexposition & Szenarien",
        "jobs": "Beschäftigung und Qualifikation",
        "views": "Sichtweisen: Geschäftsführung und Betriebsrat",
        "company_advice": "Empfehlungen für den Betrieb",
        "plan": "Maßnahmenplan",
        "offers": "Förderhinweise und Angebote",
        "referrals": "Verweise",
        "notices": "Hinweise und Datenschutz",
        "signatures": "Unterschriften",
        "employee_advice": "Wege für Beschäftigte",
        "annex": "Anlage: Antworten",
    }
)
"""Id of the chapter → its heading."""
