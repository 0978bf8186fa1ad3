"""What a whole run came to: its exchanges added up, and what of it was new."""

from __future__ import annotations

from msgspec import structs

from desktop_advisor.domain.german import figure
from sync.client.outcome import Outcome


def together(first: Outcome, second: Outcome) -> Outcome:
    """Two exchanges of one run as one; how things stand is as the second found it."""
    return structs.replace(
        second,
        sent=first.sent + second.sent,
        fresh=first.fresh + second.fresh,
        received=first.received + second.received,
        quarantined=first.quarantined + second.quarantined,
        touched=first.touched | second.touched,
        withdrawn=first.withdrawn | second.withdrawn,
        purged=first.purged | second.purged,
        differing=first.differing | second.differing,
        blobs_sent=first.blobs_sent + second.blobs_sent,
        blobs_received=first.blobs_received + second.blobs_received,
        blobs_refused=first.blobs_refused + second.blobs_refused,
        bytes_sent=first.bytes_sent + second.bytes_sent,
        bytes_received=first.bytes_received + second.bytes_received,
        requests=first.requests + second.requests,
        duration_s=first.duration_s + second.duration_s,
        server_was_restored=first.server_was_restored or second.server_was_restored,
        device_was_restored=first.device_was_restored or second.device_was_restored,
    )


BROUGHT_BACK_LATE = (
    "Darunter können Änderungen sein, die der Server schon einmal hatte: Ein früherer Lauf wurde"
    " unterbrochen, als er sie zurückbrachte."
)
"""After such a run nobody knows which of what still waits is new; so no number is told."""


def restored_words(lacked: int) -> str:
    """A server that was set back to a copy. lacked: changes it did not have any more."""
    words = "Der Server wurde aus einer Sicherung wiederhergestellt"
    if not lacked:
        return f"{words}; von diesem Gerät fehlte ihm nichts."
    what = "1 Änderung fehlte" if lacked == 1 else f"{figure(lacked)} Änderungen fehlten"
    return f"{words}; {what} ihm, dieses Gerät hat sie zurückgebracht."
