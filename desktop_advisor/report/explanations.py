"""Standing German sentences that say how to read a chapter's figures."""

from __future__ import annotations

SITE = (
    "Wichtigkeit und Zufriedenheit von 1 (gering) bis 5 (hoch). Wo die Wichtigkeit die "
    "Zufriedenheit übersteigt, besteht ein Anlass zum Gespräch mit den Stellen am Standort."
)
EXPOSURE = (
    "Die Exposition sagt, welcher Teil von Umsatz und Arbeit am Verbrenner hängt. Sie ist kein "
    "Reifegrad: Der Betrieb hat sie nicht in der Hand, kann sich aber darauf einstellen. Jede "
    "Produktgruppe zählt mit dem Anteil, zu dem ihre Teile einen Verbrenner brauchen."
)
EXPOSURE_ENDS = (
    "Ein Folgeauftrag zählt nur, wenn er zugesagt ist; was noch offen ist, steht für sich und gilt "
    "nicht als gesichert."
)
EXPOSURE_SCENARIOS = (
    "Ein Szenario ist eine Annahme, keine Vorhersage. Umsatz, dessen Serie bis dahin ohne "
    "Folgeauftrag endet, zählt ganz und nur einmal; der übrige mit seiner Abhängigkeit vom "
    "Verbrenner mal der Menge, die wegfällt. Restmenge ist der Teil des heutigen "
    "Verbrennervolumens, der im Jahr noch da ist. Betroffen heißt nicht, dass Stellen wegfallen."
)
JOBS = (
    "Betrachtet werden Tätigkeiten, keine Personen. Die Lücke zählt je Können die Stufen zwischen "
    "Ist und Soll (0 bis 4) mal Personen. Der Bedarf ist nach heutigem Auftragsbild geschätzt; er "
    "ist keine Zusage und keine Planung. Technisch ersetzbar heißt machbar, nicht beabsichtigt."
)
JOBS_SOURCE = (
    "Wo zu „technisch ersetzbar“ keine Quelle steht, wurde keine notiert; üblich ist der "
    "Job-Futuromat des IAB."
)
PRIORITIES = (
    "Priorität = Lücke · Relevanz/5 · (1 + Exposition) ÷ 2, dabei Lücke = (Soll − Ist) ÷ 5. "
    "Sie liegt zwischen 0 und 1; was oben steht, lohnt den Anfang."
)
PRIORITIES_USUAL = (
    "Mit * bezeichnete Werte wurden nicht vereinbart oder gemessen: gerechnet ist dort mit dem "
    "Soll 4, der Relevanz 3 und der Exposition 0,5."
)
VIEWS = (
    "Die Werte stehen nebeneinander und werden nicht gemittelt. Weichen einzelne Kennpunkte um "
    "zwei Stufen oder mehr voneinander ab, ist das ein Gesprächsanlass, kein Fehler."
)
REFERRALS = (
    "Verwiesen wird nur mit Einwilligung für die genannte Stelle. Weitergegeben werden Kontakt, "
    "Anliegen und die zugehörige Maßnahme, keine Ergebnisse."
)
EMPLOYEE_ADVICE = (
    "Diese Seite enthält keine Betriebsdaten und kann für sich ausgehängt oder verteilt werden."
)
