"""The network has ordered that this laptop erase itself: ask, announce, destroy, report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.storage.arrivals import files_here
from desktop_advisor.storage.destruction import destroy_store
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.server_line import server_line
from desktop_advisor.usecases.sync_failures import NotEnrolled, SyncFailed
from desktop_advisor.usecases.sync_state import Standing, note_standing, standing, unsent_work
from desktop_advisor.usecases.workplace import Workplace
from sync.client.port import Enrolment


class NotDestroyed(KnownError):
    """The key file could not be removed; everything is as it was."""

    def __init__(self) -> None:
        super().__init__(
            "Die Schlüsseldatei ließ sich nicht löschen.",
            safe="Es wurde nichts gelöscht.",
            todo="Bitte starten Sie das Programm neu und versuchen Sie es noch einmal.",
        )


@dataclass(frozen=True)
class WipeQuestion:
    """What was ordered, and what would go.

    unsent: changes that no server has, in unsent_files company files. files: company files here.
    attachments: those whose bytes no server has, though what names them may be there.
    """

    network: str
    server_url: str
    unsent: int
    unsent_files: int
    files: int
    attachments: int = 0


@dataclass(frozen=True)
class Wiped:
    """What was done. left: names of files that stayed, unreadable. is_reported: the server knows.

    unsent: changes that went and that no server has.
    """

    network: str
    unsent: int
    is_reported: bool
    left: tuple[str, ...] = ()


def wipe_order(place: Workplace) -> WipeQuestion | None:
    """Whether the server orders the erasure; asked once it does not accept this laptop any more.

    Raises NotEnrolled, SyncFailed.
    """
    from sync.client.wiping import ask_order

    enrolment = _enrolment(place)
    with _said_in_german(), server_line(enrolment) as line:
        is_ordered = ask_order(line, enrolment)
    if is_ordered:
        note_standing(place, Standing.TO_BE_ERASED)
    elif standing(place) is Standing.TO_BE_ERASED:
        note_standing(place, Standing.SHUT_OUT)
    return standing_order(place)


def standing_order(place: Workplace) -> WipeQuestion | None:
    """The order as the server gave it last, without asking again; None where there is none."""
    enrolment = StoreChanges(place.store).enrolment()
    if enrolment is None or standing(place) is not Standing.TO_BE_ERASED:
        return None
    work = unsent_work(place)
    where = (enrolment.network, enrolment.server_url)
    attachments = len(StoreChanges(place.store).blobs_to_send())
    return WipeQuestion(*where, work.changes, work.files, _files(place), attachments)


def wipe(place: Workplace) -> Wiped:
    """Announce what goes to the administrators, then destroy the key and remove all files.

    Nothing is destroyed before the announcement has arrived. Raises NotEnrolled, SyncFailed,
    NotDestroyed.
    """
    from sync.client.errors import SyncError
    from sync.client.wiping import report_wipe

    enrolment, work, files = _enrolment(place), unsent_work(place), _files(place)
    with _said_in_german(), server_line(enrolment) as line:
        report_wipe(line, enrolment, unsent=work.changes, files=files, done=False)
    try:
        left = destroy_store(place.store, place.folder)
    except OSError as error:
        raise NotDestroyed from error
    is_reported = False
    with suppress(SyncError), server_line(enrolment) as line:
        report_wipe(line, enrolment, unsent=work.changes, files=files, done=True)
        is_reported = True
    return Wiped(enrolment.network, work.changes, is_reported, left)


def _files(place: Workplace) -> int:
    with place.store.read() as session:
        return files_here(session)


def _enrolment(place: Workplace) -> Enrolment:
    found = StoreChanges(place.store).enrolment()
    if found is None:
        raise NotEnrolled
    return found


@contextmanager
def _said_in_german() -> Iterator[None]:
    from sync.client.errors import SyncError

    try:
        yield
    except SyncError as error:
        raise SyncFailed(error.kind) from error
