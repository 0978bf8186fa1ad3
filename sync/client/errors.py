"""Why a sync run ended early; nothing is lost by one, what was not applied stays in the outbox.

SyncError
├── TryAgain                it may go well next time
│   ├── Offline             no answer: no network, no such host, cut, too slow
│   └── ServerSaysNo        an answer that is none of ours: 5xx, too busy, a hotel's login page
├── AskSomeone              a person has to decide; nothing is deleted, nothing is sent
│   ├── ForeignServer       another server than the one this laptop belongs to, or an empty one
│   ├── ServerBehind        the server lost part of its log and does not know it
│   ├── Revoked             this laptop is not registered any more
│   ├── CodeNotAccepted     the enrolment code is wrong, used or expired
│   ├── ProtocolTooOld      the program or the server has to be updated first
│   ├── AddressNotSecure    http to anything but this machine, or a certificate that does not fit
│   ├── NoAuthority         the network certifies no keys
│   └── NotEnrolled         this laptop has no server yet
├── Cancelled               by the advisor
└── handled within the run
    ├── ServerRestored      offer everything again
    ├── DeviceRestored      register anew, offer everything again
    └── PartUnknown         send the batch as a whole
"""

from __future__ import annotations

from typing import ClassVar


class SyncError(Exception):
    """A run that ended early; `kind` is what the desktop chooses its German words by."""

    kind: ClassVar[str] = "sync"


class TryAgainError(SyncError):
    """It may go well next time; nobody has to do anything."""

    kind = "try-again"


class OfflineError(TryAgainError):
    """The server was not reached, or the line was cut."""

    kind = "offline"


class ServerSaysNoError(TryAgainError):
    """The server, or something in between, gave an answer that does not help. status 0: unknown."""

    kind = "server-says-no"

    def __init__(self, detail: str = "", status: int = 0) -> None:
        super().__init__(detail)
        self.status = status


class AskSomeoneError(SyncError):
    """A person has to decide or to act."""

    kind = "ask-someone"


class ForeignServerError(AskSomeoneError):
    """Another server answers at this address than the one that this laptop belongs to."""

    kind = "foreign-server"


class ServerBehindError(AskSomeoneError):
    """The server holds less than this laptop received from it: restored without saying so."""

    kind = "server-behind"


class RevokedError(AskSomeoneError):
    """The laptop is not registered at its server any more."""

    kind = "revoked"


class CodeNotAcceptedError(AskSomeoneError):
    """The enrolment code is wrong, used up or expired."""

    kind = "code-not-accepted"


class ProtocolTooOldError(AskSomeoneError):
    """Program and server have no protocol version in common."""

    kind = "protocol-too-old"


class AddressNotSecureError(AskSomeoneError):
    """The address is not https, or its certificate does not fit."""

    kind = "address-not-secure"


class NoAuthorityError(AskSomeoneError):
    """The network has no certificate authority, or it is not open."""

    kind = "no-authority"


class NotEnrolledError(AskSomeoneError):
    """The laptop is not registered at any server."""

    kind = "not-enrolled"


class CancelledError(SyncError):
    """The advisor stopped the run; the next one goes on where it was."""

    kind = "cancelled"


class ServerRestoredError(SyncError):
    """The server was restored from a copy; handled within the run."""

    kind = "server-restored"

    def __init__(self, server_epoch: str) -> None:
        super().__init__(server_epoch)
        self.server_epoch = server_epoch


class DeviceRestoredError(SyncError):
    """This laptop was restored from a copy or cloned; handled within the run."""

    kind = "device-restored"


class PartUnknownError(SyncError):
    """A part of the batch that travelled ahead is not there any more; handled within the run."""

    kind = "part-unknown"
