"""Why a hand-over package is not opened or not taken; nothing was changed in any of them.

KnownError
└── PackageError
    ├── NotAPackage, NewerPackage, PackageTooLarge
    ├── DamagedPackage
    │   └── TruncatedPackage
    ├── WrongPackagePassphrase, ForRecipient, ForPassphrase
    └── BadReceivingKey
"""

from __future__ import annotations

from desktop_advisor.domain.errors import KnownError

_SAFE = "Es wurde nichts übernommen; Ihre Firmenakten sind unverändert."
_AGAIN = "Bitte lassen Sie sich das Paket noch einmal geben."


class PackageError(KnownError):
    """A package that is refused unharmed."""

    def __init__(self, what: str, todo: str, safe: str = _SAFE) -> None:
        super().__init__(what, safe=safe, todo=todo)


class NotAPackage(PackageError):
    """The file is something else."""

    def __init__(self) -> None:
        super().__init__(
            "Diese Datei ist kein Übergabepaket.",
            "Bitte wählen Sie eine Datei mit der Endung .dapaket.",
        )


class NewerPackage(PackageError):
    """Written by a version whose format is not known here."""

    def __init__(self) -> None:
        super().__init__(
            "Dieses Übergabepaket stammt von einer neueren Fassung des Programms.",
            "Bitte aktualisieren Sie das Programm auf diesem Gerät.",
        )


class PackageTooLarge(PackageError):
    """More than any hand-over needs, or more than this laptop has room for."""

    def __init__(self, what: str = "Dieses Übergabepaket ist größer als erlaubt.") -> None:
        super().__init__(what, "Bitte lassen Sie sich weniger Firmenakten auf einmal übergeben.")


class DamagedPackage(PackageError):
    """A byte is not as it was written, or the content contradicts itself."""

    def __init__(self, what: str = "Dieses Übergabepaket ist beschädigt.") -> None:
        super().__init__(what, _AGAIN)


class TruncatedPackage(DamagedPackage):
    """The end is missing, as after a copy that was broken off."""

    def __init__(self) -> None:
        super().__init__("Dieses Übergabepaket ist unvollständig: Das Ende fehlt.")


class WrongPackagePassphrase(PackageError):
    """The header is whole, but the passphrase does not open it."""

    def __init__(self) -> None:
        super().__init__(
            "Die Passphrase öffnet dieses Übergabepaket nicht.",
            "Bitte geben Sie sie noch einmal ein oder fragen Sie, wer das Paket geschrieben hat.",
        )


class ForRecipient(PackageError):
    """Locked to the receiving key of another laptop."""

    def __init__(self) -> None:
        super().__init__(
            "Dieses Übergabepaket ist für ein anderes Gerät verschlüsselt.",
            "Bitte geben Sie der Kollegin oder dem Kollegen den Empfangsschlüssel dieses Geräts.",
        )


class ForPassphrase(PackageError):
    """It needs a passphrase, and none was given."""

    def __init__(self) -> None:
        super().__init__(
            "Dieses Übergabepaket ist mit einer Passphrase verschlüsselt.",
            "Bitte geben Sie die Passphrase ein.",
        )


class BadReceivingKey(PackageError):
    """What was typed is no receiving key."""

    def __init__(self) -> None:
        super().__init__(
            "Das ist kein vollständiger Empfangsschlüssel.",
            "Bitte vergleichen Sie ihn Gruppe für Gruppe mit dem anderen Gerät.",
            safe="Es wurde nichts geschrieben.",
        )
