"""What can be wrong with a local store, in the advisor's words.

KnownError
└── StoreError
    ├── WrongPassphrase   the key does not open with this passphrase
    ├── NewerDatabase     written by a newer version of the program
    ├── DamagedStore      key file, database or attachment is missing, foreign or broken
    ├── StoreInUse        another running program holds the store
    ├── StoreLocked       the passphrase is asked for before anything can be read or saved
    ├── StoreExists       a store is already there and is not overwritten
    ├── UpgradeFailed     the database could not be brought to this version; it is as before
    ├── DiskFull          a write did not fit; the edit is not saved
    └── SealedReport      a signed report, its signatures or its files would change
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_advisor.domain.errors import KnownError

if TYPE_CHECKING:
    from pathlib import Path


class StoreError(KnownError):
    """Something about the local store that the advisor can act on."""


class WrongPassphrase(StoreError):
    """The passphrase does not open the key."""

    def __init__(self) -> None:
        super().__init__(
            "Die Passphrase ist nicht richtig.",
            safe="Ihre Daten sind unverändert.",
            todo="Bitte prüfen Sie die Feststelltaste und versuchen Sie es noch einmal.",
        )


class NewerDatabase(StoreError):
    """The database was written by a newer program; nothing has been touched."""

    def __init__(self) -> None:
        super().__init__(
            "Die Daten auf diesem Gerät stammen von einer neueren Version des Programms.",
            safe="Es wurde nichts verändert.",
            todo="Bitte installieren Sie die neueste Version und öffnen Sie das Programm erneut.",
        )


class DamagedStore(StoreError):
    """A part of the store is missing, foreign or broken."""

    def __init__(self, part: str) -> None:
        super().__init__(
            f"Der Datenbestand lässt sich nicht öffnen: {part}",
            safe="Es wurde nichts verändert; Ihre Sicherungen sind davon nicht betroffen.",
            todo="Bitte stellen Sie die letzte Sicherung wieder her oder fragen Sie Ihr Netzwerk.",
        )


class StoreInUse(StoreError):
    """Another running program holds the store for writing."""

    def __init__(self) -> None:
        super().__init__(
            "Das Programm ist bereits geöffnet und arbeitet mit diesem Datenbestand.",
            safe="Ihre Daten sind unverändert.",
            todo="Bitte wechseln Sie in das offene Fenster oder schließen Sie es zuerst.",
        )


class StoreLocked(StoreError):
    """The keys are not in memory until the passphrase is typed again."""

    def __init__(self) -> None:
        super().__init__(
            "Das Programm ist gesperrt.",
            safe="Alles Gespeicherte ist unverändert.",
            todo="Bitte entsperren Sie es mit Ihrer Passphrase.",
        )


class StoreExists(StoreError):
    """A store is already in the folder; it is never overwritten."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"In „{folder}“ liegt bereits ein Datenbestand.",
            safe="Er wurde nicht überschrieben.",
            todo="Bitte öffnen Sie ihn mit seiner Passphrase oder wählen Sie einen anderen Ordner.",
        )


class UpgradeFailed(StoreError):
    """The database could not be brought to this version and is as it was before."""

    def __init__(self, copy: Path) -> None:
        super().__init__(
            "Der Datenbestand konnte nicht auf die neue Programmversion gebracht werden.",
            safe=f"Ihre Daten sind unverändert; zusätzlich liegt eine Kopie in „{copy}“.",
            todo="Bitte verwenden Sie vorerst die vorige Version und melden Sie den Fehler.",
        )


class DiskFull(StoreError):
    """A write did not fit on the disk; the edit that caused it is not saved."""

    def __init__(self) -> None:
        super().__init__(
            "Die letzte Eingabe konnte nicht gespeichert werden: Der Datenträger ist voll.",
            safe="Alles zuvor Gespeicherte ist unverändert.",
            todo="Bitte schaffen Sie Platz und wiederholen Sie die Eingabe.",
        )


class SealedReport(StoreError):
    """A signed report, its signatures or its files would change."""

    def __init__(self) -> None:
        super().__init__(
            "Ein versiegelter Beratungsbericht lässt sich nicht mehr ändern.",
            safe="Der Bericht ist unverändert.",
            todo="Bitte erstellen Sie für Berichtigungen eine neue Version des Berichts.",
        )
