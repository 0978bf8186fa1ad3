"""What was done and what went wrong, in German; the server's own messages are English."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sync.server import assignments

DONE: Mapping[str, str] = {
    "zurueckgezogen": "Der Code ist zurückgezogen. Kein Laptop kann sich mehr damit anmelden.",
    "gesperrt": "Der Laptop ist gesperrt. Seine Daten liegen weiterhin verschlüsselt auf ihm.",
    "loeschen": "Die Löschung ist angeordnet. Der Laptop zeigt sie an, sobald er sich meldet, und"
    " löscht, wenn sie dort bestätigt wird.",
    "zurueckgenommen": "Die Löschung ist zurückgenommen. Gesperrt bleibt der Laptop.",
    "person": "Die Person ist angelegt.",
    "rolle": "Die Rolle ist geändert.",
    "team": "Das Team ist angelegt.",
    "gewechselt": "Die Person gehört jetzt zum anderen Team.",
    "passphrase": "Die Passphrase ist gesetzt. Wer unter dem Namen angemeldet war, ist abgemeldet.",
    "ohne_passphrase": "Der Zugang zur Konsole ist entzogen.",
    "ausgeschlossen": "Die Person ist ausgeschlossen, auf allen Laptops und hier.",
    "zugelassen": "Die Person ist wieder zugelassen.",
    "zugewiesen": "Die Akte ist zugewiesen. Sie kommt mit der nächsten Synchronisation an.",
    "entzogen": "Die Zuweisung ist beendet. Die Akte verlässt die Laptops mit der nächsten"
    " Synchronisation.",
    "geloescht": "Die Firmenakte ist endgültig gelöscht. Die Laptops löschen sie mit ihrer nächsten"
    " Synchronisation.",
    "wiederholt": "Die Änderung ist übernommen.",
    "verworfen": "Die Änderung ist verworfen.",
    "veroeffentlicht": "Die Inhalte sind veröffentlicht. Die Laptops holen sie mit der nächsten"
    " Synchronisation.",
}
"""What a page says after a form, by the key in its address."""

_ERRORS = (
    (r"A (?:person|team)(?:'s name)? (?:needs|has).*", "Ein Name braucht 1 bis 64 Zeichen."),
    (r'There is a (?:person|team) "(.+)" already\.', "„{0}“ gibt es in diesem Netzwerk schon."),
    (r"There is no team .*", "Dieses Team gibt es nicht mehr."),
    (r"There is (?:no person|nobody called) .*", "Diese Person gibt es nicht."),
    (r"There is no code .*", "Diesen Code gibt es nicht."),
    (
        r"A laptop has used this code.*",
        "Mit diesem Code hat sich schon ein Laptop angemeldet. Soll der Laptop keinen Zugang haben,"
        " sperren Sie ihn unter „Geräte“.",
    ),
    (r"This code is not valid any more\.", "Dieser Code gilt schon nicht mehr."),
    (r"There is no device .*", "Diesen Laptop gibt es nicht."),
    (r"(.+) is disabled\.", "{0} ist ausgeschlossen. Lassen Sie die Person zuerst wieder zu."),
    (r'(.+) belongs to another team than "(.+)"\.', "{0} gehört zu einem anderen Team als „{1}“."),
    (r"A team is joined by a person.*", "Ein Team lässt sich nur zusammen mit einem Namen wählen."),
    (r"The passphrase needs.*", "Die Passphrase braucht mindestens 12 und höchstens 1024 Zeichen."),
    (r"There is no company file .*", "Diese Firmenakte gibt es nicht."),
    (r"(.+) does not work with .+\.", "{0} arbeitet schon nicht mehr mit dieser Akte."),
    (r"A reason is one of .*", "Bitte wählen Sie einen Grund."),
    (r"Company file .* is erased already\.", "Diese Akte ist schon gelöscht."),
    (r"Name one team or one person.*", "Bitte wählen Sie ein Team oder eine Person."),
    (
        r"Network .+ has no certificate authority.*",
        "Ihr Netzwerk hat noch keine Zertifizierungsstelle; die Laptops würden den Inhalten nicht"
        " trauen. Wer den Server betreibt, richtet sie ein.",
    ),
    (
        r"The passphrase does not open the certificate authority\.",
        "Der Server kann nicht unterschreiben, weil er ohne die Passphrase der"
        " Zertifizierungsstelle gestartet ist. Wer den Server betreibt, kann das ändern.",
    ),
    (r"No erasure is ordered.*", "Für diesen Laptop ist keine Löschung angeordnet."),
    (r"This laptop has erased itself already\.", "Der Laptop hat sich schon gelöscht."),
    (r"There is no kept change .*", "Diesen Eintrag gibt es nicht."),
    (
        r"The change was too large to be kept; drop it\.",
        "Die Änderung war zu groß, um aufbewahrt zu werden. Sie lässt sich nur verwerfen.",
    ),
    (r"The kept change .* was .* already\.", "Darüber hat schon jemand entschieden."),
)


def done(key: str) -> str:
    """The sentence for a form that was carried out, "" for an unknown key."""
    return DONE.get(key, "")


def wrong(error: Exception) -> str:
    """The German sentence for a refusal of the server's administration."""
    if still := re.fullmatch(r"The change still cannot be taken: (.+)\.", str(error)):
        return f"Die Änderung lässt sich noch nicht übernehmen: {reason(still[1])}."
    for pattern, text in _ERRORS:
        if found := re.fullmatch(pattern, str(error), re.DOTALL):
            return text.format(*found.groups())
    return f"Der Server lehnt das ab: {error}"


ACTIONS: Mapping[str, str] = {
    "network added": "Netzwerk angelegt",
    "team added": "Team angelegt",
    "advisor added": "Person angelegt",
    "role set": "Rolle geändert",
    "advisor moved": "Team gewechselt",
    "advisor disabled": "Person ausgeschlossen",
    "advisor enabled": "Person wieder zugelassen",
    "console passphrase set": "Passphrase gesetzt",
    "console passphrase removed": "Zugang zur Konsole entzogen",
    "enrolment code made": "Anmeldecode erstellt",
    "enrolment code revoked": "Anmeldecode zurückgezogen",
    "device enrolled": "Laptop angemeldet",
    "device renamed": "Laptop umbenannt",
    "device revoked": "Laptop gesperrt",
    "device wipe ordered": "Löschung des Laptops angeordnet",
    "device wipe cancelled": "Löschung des Laptops zurückgenommen",
    "device wipe begun": "Löschung am Laptop bestätigt",
    "device wiped": "Laptop hat sich gelöscht",
    "kept change retried": "Zurückgehaltene Änderung übernommen",
    "kept change dropped": "Zurückgehaltene Änderung verworfen",
    "file assigned": "Firmenakte zugewiesen",
    "file withdrawn": "Firmenakte entzogen",
    "file purged": "Firmenakte endgültig gelöscht",
    "file purged again": "Firmenakte nach Wiederherstellung erneut gelöscht",
    "purge claimed": "Angebliche Löschung einer Firmenakte, nicht ausgeführt",
    "content published": "Inhalte veröffentlicht",
    "restored from a copy": "Server aus Sicherung wiederhergestellt",
}


def action(name: str) -> str:
    """An act of the audit log in German; as it was written where it is not known here."""
    return ACTIONS.get(name, name)


SUBJECTS: Mapping[str, str] = {
    "enrolment code made": "Code",
    "enrolment code revoked": "Code",
    "kept change retried": "Änderung",
    "kept change dropped": "Änderung",
    "content published": "Fassung",
}
"""What a number is the number of, by the act that names it."""

REASONS: Mapping[str, str] = {
    "not-assigned": "Die Akte ist dem Absender nicht zugewiesen",
    "too-large": "Die Änderung ist zu groß",
    "name-taken": "Unter derselben Nummer liegt schon eine andere Änderung",
    "other-company": "Die Änderung nennt eine andere Firmenakte",
    "malformed": "Die Änderung ist unlesbar",
    "purged": "Die Akte ist endgültig gelöscht",
}


def reason(name: str) -> str:
    """Why a change was kept aside or a file erased, in German."""
    return REASONS.get(name) or assignments.REASONS.get(name, name)


DETAILS: Mapping[str, str] = {
    "shares_files": "teilt Firmenakten",
    "role": "Rolle",
    "team": "Team",
    "from": "von",
    "to": "zu",
    "for": "für",
    "valid_hours": "Gültigkeit in Stunden",
    "unsent": "nicht gesendete Änderungen",
    "company_id": "Firmenakte",
    "erased_ms": "gelöscht am",
    "reason": "Grund",
    "files": "Dateien oder Akten",
    "bytes": "Bytes",
    "advisor": "Person",
    "version": "Fassung",
}
ROLES: Mapping[str, str] = {
    "advisor": "Beratung",
    "coordinator": "Koordination",
    "auditor": "Prüfung",
    "admin": "Verwaltung",
}


def detail(key: str) -> str:
    """What a detail of an audit entry is about, in German."""
    return DETAILS.get(key, key)


def role(name: str) -> str:
    """The role in German."""
    return ROLES[name]
