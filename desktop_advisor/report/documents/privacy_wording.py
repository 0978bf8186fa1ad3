"""Standing German texts of the privacy sheet (Art. 7 and 13 GDPR; domain §6, "Consent form").

Written for people at a table, not for a court; a network has them checked before first use.
"""

from __future__ import annotations

VERSION = "2026.11"
"""Version of these texts; printed, so that it can be proved what somebody agreed to."""
MISSING = "vom Netzwerk noch einzutragen"

VOLUNTARY = (
    "Jede Einwilligung ist freiwillig und gilt nur für ihren Zweck. Wer nicht einwilligt, hat "
    "keinen Nachteil; die Beratung findet auch dann statt. Sie können jede Einwilligung jederzeit "
    "ohne Angabe von Gründen widerrufen, mit Wirkung für die Zukunft.",
)
CONFIRMED = (
    "Ich habe dieses Blatt erhalten und gelesen. Angekreuzt ist, worin ich einwillige; was nicht "
    "angekreuzt ist, ist nicht erlaubt."
)
INFORMED = "Die Informationen nach Art.\u00a013 DSGVO stehen auf der letzten Seite."
WHAT = (
    "Angaben zum Unternehmen; Name, Funktion und Kontaktdaten der Beteiligten; Antworten, Notizen "
    "und vereinbarte Maßnahmen; Termine und Stunden; Fotos nur mit Einwilligung. Die Angaben "
    "stammen von Ihnen. Nicht erfragt werden Gewerkschaftszugehörigkeit, Gesundheit und "
    "Behinderung einzelner Personen; Beschäftigte werden nicht namentlich beurteilt."
)
WHY = (
    "Beratung, Bericht und Nachfragen dazu: Art. 6 Abs. 1 Buchst. b DSGVO, wo Sie selbst "
    "Vertragspartner sind, sonst Buchst. f (gemeinsames Interesse an einer guten Beratung); bei "
    "öffentlichen Stellen Buchst. e.",
    "Nachweise gegenüber der Förderstelle: Art. 6 Abs. 1 Buchst. c DSGVO, wo ein Gesetz sie "
    "verlangt, sonst Buchst. f (Nachweis der Förderung).",
    "Was Sie vorn ankreuzen: Ihre Einwilligung, Art. 6 Abs. 1 Buchst. a DSGVO.",
)
WHO_GETS_IT = (
    "Die beratende Person und die Stellen des Netzwerks, die mit Ihrem Fall befasst sind.",
    "Die Förderstelle, soweit sie Nachweise verlangt; in Statistiken nur ohne Namen.",
    "Andere Stellen nur, wenn Sie sie benannt und eingewilligt haben.",
    "Technische Dienstleister, die das Netzwerk vertraglich bindet (Art. 28 DSGVO). Eine "
    "Übermittlung in Staaten außerhalb des Europäischen Wirtschaftsraums ist nicht vorgesehen.",
)
HOW_LONG = (
    "Unterlagen der Beratung und Einwilligungen in der Regel zehn Jahre ab dem Ende des Jahres, in "
    "dem die Beratung endet: So lange können nach Förderrecht Nachweise verlangt werden. Nennt der "
    "Förderbescheid eine andere Frist, gilt diese. Kontaktdaten werden früher gelöscht, sobald sie "
    "dafür nicht mehr gebraucht werden."
)
RIGHTS = (
    "Auskunft (Art. 15), Berichtigung (Art. 16), Löschung (Art. 17), Einschränkung (Art. 18), "
    "Datenübertragbarkeit (Art. 20) und Widerspruch aus Gründen Ihrer besonderen Situation "
    "(Art. 21 DSGVO). Arbeiten mehrere Stellen gemeinsam, können Sie sich an jede von ihnen wenden "
    "(Art. 26 DSGVO)."
)
WITHDRAWAL = (
    "Ein Satz genügt, mündlich oder schriftlich, an die beratende Person{reach} oder an die "
    "verantwortliche Stelle. Was bis dahin geschehen ist, bleibt rechtmäßig."
)
MUST_I = (
    "Nein, keine Angabe ist gesetzlich oder vertraglich vorgeschrieben. Ohne Angaben zum "
    "Unternehmen kann die Beratung aber nur allgemein sein. Es gibt keine automatisierte "
    "Entscheidung und keine Bewertung von Personen (Art. 22 DSGVO)."
)
COMPLAINT = "Jede Datenschutzaufsicht nimmt Beschwerden an (Art.\u00a077 DSGVO). Zuständig ist:"
