"""The small port through which a sync run reads and writes a laptop's store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from sync.protocol import Change, Gone, Run, Tombstone
from sync.tally import Tally

BlobName = tuple[str, str]
"""(company_id, sha256): attachment bytes as part of one company file, which is what rights go by"""


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    """What a laptop knows about its server; kept in its store.

    cursor: position in the server's log up to which this laptop has pulled.
    last_reply: id of the last reply it stored, "" before the first; a restored copy is known by it.
    person: whose laptop this is there, "" where the code named nobody.
    ca_pem: certificates (PEM) of the only authority that may vouch for the server; "": any that the
    system knows.
    """

    server_url: str
    server_id: str
    server_epoch: str
    device_id: str
    token: str
    network: str
    cursor: int = 0
    last_reply: str = ""
    person: str = ""
    ca_pem: str = ""


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """Changes of one company file, packed to travel: the same bytes however often they are sent.

    id: within its store, counting up and never given twice. frame: a block (`sync.blocks`). runs:
    the names of its changes, in their order. count: how many.
    """

    id: int
    company_id: str
    frame: bytes
    runs: tuple[Run, ...]
    count: int


class OpenBatch(msgspec.Struct, frozen=True, kw_only=True):
    """A batch that was sent and not yet answered: sent again unchanged, under the same id.

    parcels: their ids, in the order in which they were sent. asked_from: the cursor then; what came
    after it is all that the reply may bring, as it is kept for when it is lost.
    """

    batch_id: str
    parcels: tuple[int, ...] = ()
    asked_from: int = 0


class KeptAside(msgspec.Struct, frozen=True, kw_only=True):
    """A parcel of which the server keeps changes aside; all others of it are applied.

    reasons: place within the parcel, counted from 0 → why, in plain German.
    """

    parcel: int
    reasons: dict[int, str]


class Settlement(msgspec.Struct, frozen=True, kw_only=True):
    """What one reply changes in the store; written in one transaction, or not at all.

    batch_id: the open batch that this closes; "" when the request carried no batch (an open batch
    then stays open). applied: ids of parcels that the server has; they leave the outbox. kept:
    those that it has in part; they leave it too, what is kept aside is shown and not sent again
    until edited. Parcels in neither list stay in the outbox. frames, pulled: others' changes, as
    blocks and singly; some may already be here, this laptop's own after a restore included: those
    are ignored, and everything pulled counts as applied, because the server has it. Where another
    change is here under the same name, what is here stays as it is: it is sent, and the server says
    that the name is taken. Frames may be kept as they are until `sort_in`,
    except where that would be seen: attachments that they name are known at once.
    asked_from: the cursor that was asked from; where a lower one is kept by now (`sort_in`), it
    stays.
    gone: company files to erase, before the rest is taken in: all their changes, records, unshared
    attachment bytes, and the batch's verdicts with them. A withdrawn file with changes that are
    still to be sent after this reply stays for now; then the enrolment is kept with its present
    cursor, so that the server names the file again. A purged file goes whatever is unsent, is
    remembered as a tombstone, and nothing of it is ever taken in again.
    """

    batch_id: str
    applied: tuple[int, ...] = ()
    kept: tuple[KeptAside, ...] = ()
    frames: tuple[bytes, ...] = ()
    pulled: tuple[Change, ...] = ()
    asked_from: int = 0
    gone: tuple[Gone, ...] = ()
    enrolment: Enrolment


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What a settlement came to: the enrolment as it was written, and the files that left.

    erased: those of `gone` of which something was here. received: company file → how many changes
    of `frames` and `pulled` were taken in that were not here before. kept_out: company files of
    which something came that is never taken in, as they were purged here.
    """

    enrolment: Enrolment
    erased: tuple[Gone, ...] = ()
    received: dict[str, int] = {}
    kept_out: frozenset[str] = frozenset()


class ChangeStore(Protocol):
    """Implemented by desktop_advisor.storage, and in memory by the tests' contract."""

    def enrolment(self) -> Enrolment | None:
        """The server this laptop is enrolled at; None before enrolment."""

    def save_enrolment(self, enrolment: Enrolment) -> None:
        """Remember a new or changed enrolment.

        A restored or cloned laptop is registered anew by this: another device_id, same token and
        server; its changes, outbox and open batch stay as they are.
        """

    def outbox(self, limit_bytes: int) -> Sequence[Parcel]:
        """What is neither applied nor quarantined, packed: the oldest, about `limit_bytes` of it.

        Never empty while there is such a change, however large it is. A parcel that was given once
        stays as it is. A change that no server could take (`sync.client.packing`) is quarantined
        instead.
        """

    def parcels(self, ids: Iterable[int]) -> Sequence[Parcel]:
        """Those of these parcels that are still in the outbox, in this order.

        One stays there until a settlement names it, or its company file leaves, even where all its
        changes were pulled in the meantime; those count as applied nevertheless.
        """

    def open_batch(self) -> OpenBatch | None:
        """The batch whose reply has not been stored."""

    def save_open_batch(self, batch: OpenBatch) -> None:
        """Write down the batch before it is sent."""

    def settle(self, settlement: Settlement) -> Settled:
        """Write one reply: verdicts, files gone, pulled changes, cursor, id."""

    def sort_in(self, limit: int = 1) -> int:
        """Merge and project received frames, about `limit` of them; how many are left.

        One that cannot be read is let go of, and the enrolment is kept with cursor 0, so that the
        server sends it again.
        """

    def offer_again(self, company_id: str | None = None) -> None:
        """Put every change held, or every one of one file, back into the outbox.

        The server lost some. Pulled changes included; those of an open batch stay in its parcels,
        which stays open and is repeated under its id. For None quarantined ones too, as the server
        may have lost what it kept aside, and every attachment whose bytes are here is listed by
        `blobs_to_send` again.
        """

    def waiting(self) -> int:
        """How many changes are neither applied nor quarantined."""

    def tombstones(self) -> Sequence[Tombstone]:
        """The purged files, the newest first."""

    def tallies(
        self, company_ids: Collection[str], *, recounted: bool = False
    ) -> Mapping[str, Tally]:
        """What the server should hold of these files: a tally of their applied changes.

        Files with quarantined changes are left out, because of those nobody knows. recounted: from
        the changes themselves instead of what was counted on the way.
        """

    def blobs_to_send(self) -> Sequence[BlobName]:
        """Attachments whose bytes are here and not confirmed by the server for that file."""

    def blobs_to_fetch(self) -> Sequence[BlobName]:
        """Attachments whose bytes are not here; the same bytes once for each file they are in."""

    def read_blob(self, sha256: str) -> bytes:
        """The plain bytes. Raises KeyError when they are not here."""

    def write_blob(self, company_id: str, sha256: str, content: bytes | bytearray) -> None:
        """Store fetched bytes, which the server thus has. Raises ValueError on another hash.

        A part of them that was kept before is let go of.
        """

    def blob_sent(self, company_id: str, sha256: str) -> None:
        """The server has confirmed these bytes for this company file."""

    def blob_part(self, sha256: str) -> bytes:
        """The first bytes of a download that was cut; b"" where nothing was kept."""

    def keep_blob_part(self, sha256: str, content: bytes | bytearray) -> None:
        """Keep them for the next run."""
