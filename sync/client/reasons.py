"""Why a change was kept aside, in the words an advisor reads."""

from __future__ import annotations

from sync.protocol import Reason

GERMAN = {
    Reason.MALFORMED: "Der Server konnte diese Änderung nicht lesen.",
    Reason.TOO_LARGE: "Diese Änderung ist zu groß; bitte kürzen oder als Anlage ablegen.",
    Reason.NAME_TAKEN: "Der Server kennt unter derselben Nummer eine andere Änderung.",
    Reason.OTHER_COMPANY: "Diese Änderung gehört zu einer anderen Firmenakte.",
    Reason.NOT_ASSIGNED: (
        "Diese Firmenakte ist Ihnen nicht zugewiesen; die Koordination sieht die Änderung."
    ),
    Reason.PURGED: "Diese Firmenakte wurde endgültig gelöscht.",
}


def in_german(reason: str) -> str:
    """The sentence for a reason; an unknown one is named as the server named it."""
    known = {str(code): sentence for code, sentence in GERMAN.items()}
    return known.get(reason, f"Der Server hat diese Änderung zurückgestellt ({reason}).")
