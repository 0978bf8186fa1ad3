"""Why a synchronisation ended early, as the advisor reads it."""

from __future__ import annotations

from desktop_advisor.domain.errors import KnownError


class NotEnrolled(KnownError):
    """This laptop has not been registered at a central server."""

    def __init__(self) -> None:
        super().__init__(
            "Dieses Gerät ist noch an keinem zentralen Server angemeldet.",
            safe="Alle Daten bleiben verschlüsselt auf diesem Gerät.",
            todo="Bitte geben Sie unter „Synchronisieren“ Adresse und Einmalcode ein.",
        )


class SyncFailed(KnownError):
    """A run ended early; everything not confirmed stays in the outbox.

    Attributes:
        kind: what happened, as the sync client names it ("offline", "revoked", …).
    """

    def __init__(self, kind: str) -> None:
        what, todo = _FAILURES.get(kind, _FAILURES["try-again"])
        super().__init__(what, safe=_SAFE_HERE if kind == "revoked" else _SAFE, todo=todo)
        self.kind = kind

    @property
    def can_go_on(self) -> bool:
        """Whether the next run may go on where this one ended, without anybody else."""
        return self.kind in {"cancelled", "offline", "try-again", "server-says-no"}


_SAFE = "Ihre Eingaben sind gespeichert und gehen bei der nächsten Synchronisation mit."
_SAFE_HERE = "Ihre Eingaben bleiben auf diesem Gerät gespeichert."
_LATER = "Bitte versuchen Sie es später noch einmal."
_ASK = "Bitte wenden Sie sich an Ihre Netzwerkzentrale."
_FAILURES = {
    "try-again": ("Der Server konnte gerade nicht antworten.", _LATER),
    "offline": (
        "Der Server ist nicht erreichbar.",
        "Bitte prüfen Sie die Verbindung und versuchen Sie es noch einmal.",
    ),
    "server-says-no": ("Der Server hat die Anfrage gerade abgelehnt.", _LATER),
    "foreign-server": (
        "Unter dieser Adresse antwortet ein anderer Server als bisher; nichts wurde übertragen.",
        _ASK,
    ),
    "server-behind": (
        "Der Server kennt weniger als dieses Gerät schon erhalten hat; nichts wurde gelöscht.",
        _ASK,
    ),
    "revoked": ("Dieses Gerät ist am Server nicht mehr zugelassen.", _ASK),
    "code-not-accepted": (
        "Der Einmalcode wurde nicht angenommen; er ist vertippt, verbraucht oder abgelaufen.",
        "Bitte prüfen Sie ihn, oder lassen Sie sich einen neuen geben.",
    ),
    "no-authority": (
        "Ihr Netzwerk stellt am Server keine Siegel-Zertifikate aus.",
        "Sie siegeln weiter mit dem Zertifikat dieses Geräts; fragen Sie Ihre Netzwerkzentrale.",
    ),
    "protocol-too-old": (
        "Der Server spricht eine neuere Fassung als dieses Programm.",
        "Bitte aktualisieren Sie das Programm.",
    ),
    "address-not-secure": (
        "Die Adresse ist nicht sicher oder nicht gültig.",
        "Bitte geben Sie eine Adresse an, die mit https:// beginnt.",
    ),
    "cancelled": (
        "Die Synchronisation wurde abgebrochen.",
        "Sie können sie jederzeit fortsetzen; Übertragenes wird nicht wiederholt.",
    ),
}
"""Kind of the sync client's error → what happened, what to do."""
