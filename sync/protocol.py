"""Message shapes and versions: the one contract of both ends (design §5, §6).

Everything travels as JSON, bodies usually compressed (`sync/wire.py`); a SyncRequest, its reply and
a part may as well be MessagePack, where bytes need no Base64. Unknown members are ignored, so that
a newer end may say more; only the messages about who a device is (EnrolRequest,
RenewRequest, CertificateRequest, WipeReport) refuse them, and say more under a new version. Times
are milliseconds since 1970, UTC.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from sync import wire

PROTOCOL_VERSION = 1
"""Version 1 (2026-11): first protocol."""

OLDEST_PROTOCOL = 1
"""The oldest version that this code still speaks."""

KIB = 1024
MAX_CHANGE_BYTES = 1024 * KIB
"""One change, encoded; a drawn signature is about 100 KiB, files are blobs. Our choice."""
MAX_BODY_BYTES = 8 * 1024 * KIB
"""A body as it travels; larger ones are refused before they are read."""
MAX_PLAIN_BYTES = 32 * 1024 * KIB
"""A body after decompression; the reader stops there, whatever the body promises."""
MAX_REPLY_BYTES = 2 * MAX_PLAIN_BYTES
"""A reply after decompression: one largest changeset and what is packed around it."""
MAX_CHANGES = 500_000
"""Changes in one batch."""
MAX_FRAME_CHANGES = 50_000
"""Changes in one frame: a few bytes may stand for many, and a laptop takes a frame in at once."""
MAX_SPREAD_BYTES = MAX_CHANGES * KIB
MAX_FRAME_SPREAD_BYTES = MAX_FRAME_CHANGES * KIB
"""The changes of one batch, and of one frame, each as JSON of its own (`sync/spread.py`)."""
MAX_FRAME_BYTES = 2 * MAX_CHANGE_BYTES
"""A frame after decompression. Ours have no more than one change may have, and what is around it
where it is alone; read, a byte may cost fifty."""
MAX_FILES_NAMED = 2_000
"""Company files that one request names to be checked, sent again or erased."""
BATCH_BYTES = 2048 * KIB
"""What a client aims at, compressed: two seconds on a slow line, some 570 assessments."""
MAX_PART_BYTES = 1024 * KIB
"""One part of a batch that travels ahead of it."""
PART_BYTES = 64 * KIB
"""What a client aims at: small enough that several connections end at nearly the same time."""
MAX_PARTS = 256
"""Parts of one batch."""
PULL_BYTES = 8 * 1024 * KIB
"""What a server aims at per reply before compression: some 380 assessments of 150 answers."""
MAX_BLOB_BYTES = 256 * 1024 * KIB
"""One attachment."""
BLOB_CHUNK_BYTES = 1024 * KIB
"""One piece of an upload: what a cut costs at most."""
MAX_CHUNK_BYTES = 4 * BLOB_CHUNK_BYTES
"""The largest piece a server takes."""

Version = Annotated[int, Meta(ge=OLDEST_PROTOCOL, le=PROTOCOL_VERSION)]
# (?!\n): without it `$` in Python takes a line feed at the end, which it does not in JSON Schema.
Writer = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}(?!\n)$", description="one per opening")]
Uuid = Annotated[
    str, Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?!\n)$")
]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}(?!\n)$")]
Count = Annotated[int, Meta(ge=1, lt=2**53)]
Position = Annotated[int, Meta(ge=0, lt=2**53, description="place in the server's log; 0: none")]
Stamp = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Label = Annotated[str, Meta(max_length=200)]
Cause = Annotated[str, Meta(pattern=r"^[^\x00]{0,200}(?!\n)$")]
PlainName = Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f]{1,200}(?!\n)$")]
BatchId = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}(?!\n)$")]
Token = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{43,128}(?!\n)$")]

Place = Annotated[int, Meta(ge=0, lt=2**31)]
SchemaNumber = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Step = Annotated[int, Meta(ge=-(2**63) + 1, le=2**63 - 1)]
DerivedName = Annotated[str, Meta(max_length=400)]

Run = tuple[str, int, int]
"""(writer, first n, how many)."""
ChangeName = tuple[str, int]
"""(writer, n): writer is 32 lower-case hex digits, n counts from 1 within it."""


class Change(Struct, frozen=True, kw_only=True):
    """One committed edit of one field; immutable, named by (writer, n).

    company_id, entity_id: UUIDs as text. value: any JSON value, None for empty.
    bases: the changes this edit saw and replaces. hlc: hybrid logical clock, milliseconds since
    1970 times 65536 plus a counter. schema: the writer's schema number.
    """

    writer: Writer
    n: Count
    company_id: Uuid
    entity: Name
    entity_id: Uuid
    field: Name
    value: Any
    bases: tuple[tuple[Writer, Count], ...] = ()
    hlc: Stamp = 0
    author: Label = ""
    device: Label = ""
    schema: Annotated[int, Meta(ge=0, lt=2**31)] = 1

    @property
    def name(self) -> ChangeName:
        """The globally unique name of this change."""
        return (self.writer, self.n)


class Changeset(Struct, frozen=True, kw_only=True):
    """The changes of one company file that travel together."""

    company_id: Uuid
    changes: tuple[Change, ...]


class Outline(Struct, frozen=True, kw_only=True):
    """Of a block only whose it is, what its changes are called, and which fields they set."""

    company_id: Uuid
    writers: tuple[Writer, ...]
    runs: tuple[tuple[Place, Count, Count], ...]
    kinds: tuple[Annotated[tuple[Name, ...], Meta(min_length=2, max_length=4)], ...]

    @property
    def count(self) -> int:
        """How many changes."""
        return sum(run[2] for run in self.runs)

    def names(self) -> list[Run]:
        """The names of the changes, as runs in their order."""
        return [(self.writers[writer], first, length) for writer, first, length in self.runs]


class Block(Outline, frozen=True, kw_only=True):
    """Changes of one company file as columns, which is how they travel; see `sync/blocks.py`.

    Any JSON value may stand in `values`. A block travels and is kept as one zstd frame of its JSON.
    """

    labels: tuple[Label, ...]
    made: tuple[tuple[Count, Place, Place, SchemaNumber], ...]
    shapes: tuple[tuple[Place, ...], ...]
    edits: list[Place]
    ids: tuple[Uuid | tuple[Place, DerivedName], ...]
    row: list[Step]
    ms: list[Step]
    counters: tuple[tuple[Place, Annotated[int, Meta(gt=0, lt=2**16)]], ...]
    bases: tuple[tuple[int, ...], ...]
    values: list[Any]


class Batch(Struct, frozen=True, kw_only=True):
    """What a device sends at once; repeated unchanged, under the same id, until answered.

    frames: blocks, each as a zstd frame, which is what our own client sends; changesets: the same
    one change after the other, for a client without columns. parts: hashes of what was sent ahead
    by `PUT /v1/parts/{sha256}` over several connections, each a MessagePack array of frames.
    Verdicts stand in the order of the parts' frames, then of the frames, then of the changesets.
    """

    batch_id: BatchId
    parts: Annotated[tuple[Sha256, ...], Meta(max_length=MAX_PARTS)] = ()
    frames: tuple[bytes, ...] = ()
    changesets: tuple[Changeset, ...] = ()


class Tombstone(Struct, frozen=True, kw_only=True):
    """A company file that was erased for good (Art. 17 GDPR): all that stays of it."""

    company_id: Uuid
    erased_ms: Stamp
    reason: Cause


class Gone(Struct, frozen=True, kw_only=True):
    """A company file that the device has to let go of; erased_ms is 0 unless it was purged.

    reason: "withdrawn" (not assigned any more) or "purged". What it had not sent of a withdrawn
    file is kept by the server in quarantine.
    """

    company_id: str
    reason: Literal["withdrawn", "purged"]
    erased_ms: int = 0


class FileTally(Struct, frozen=True, kw_only=True):
    """Which changes of a company file the server holds, as `sync.tally` counts them."""

    company_id: str
    count: int
    mark: str


class SyncRequest(Struct, frozen=True, kw_only=True):
    """Send a batch (or none) and ask for what came after `cursor`.

    device must be one that the token's registration was given. last_reply: id of the last reply
    that it has stored, "" before the first; a restored or cloned laptop is recognised by it.
    erased: purged files that a server restored from a copy may not know. check: files whose tally
    is asked for beside those of this batch. again: files to be sent whole once more. waiting:
    changes that wait on the laptop, shown to administrators.
    """

    protocol: Version
    device: Uuid
    server_id: Label
    server_epoch: Label
    cursor: Position
    last_reply: Label
    batch: Batch | None = None
    erased: Annotated[tuple[Tombstone, ...], Meta(max_length=MAX_FILES_NAMED)] = ()
    check: Annotated[tuple[Uuid, ...], Meta(max_length=MAX_FILES_NAMED)] = ()
    again: Annotated[tuple[Uuid, ...], Meta(max_length=MAX_FILES_NAMED)] = ()
    waiting: Annotated[int, Meta(ge=0, lt=2**53)] = 0


class Reason(StrEnum):
    """Why a server did not take a change; clients show unknown reasons as they come."""

    MALFORMED = "malformed"
    TOO_LARGE = "too-large"
    NAME_TAKEN = "name-taken"
    """The server holds another change of the same name."""
    OTHER_COMPANY = "other-company"
    """The change names another company file than its changeset."""
    NOT_ASSIGNED = "not-assigned"
    """The file is not, or no longer, assigned to this advisor; a coordinator sees the change."""
    PURGED = "purged"
    """The company file was erased for good."""


Outcome = Literal["applied", "duplicate", "quarantined", "refused"]


class Held(Struct, frozen=True, kw_only=True):
    """A change that the server keeps aside: its place in the changeset sent, and why."""

    index: int
    reason: str


class Verdict(Struct, frozen=True, kw_only=True):
    """What became of one changeset; verdicts stand in the order of the batch.

    applied: all changes are in the log. duplicate: all were there before. quarantined: those in
    `held` are kept aside for a person to look at, all others are in the log. refused: none is.
    fresh: how many the log did not have before.
    """

    company_id: str
    outcome: Outcome
    reason: str = ""
    held: tuple[Held, ...] = ()
    fresh: int = 0


class SyncReply(Struct, frozen=True, kw_only=True):
    """The answer to a SyncRequest; the same one whenever the same batch is sent again.

    frames, pulled: other devices' changes after the request's cursor, in the form in which each
    arrived, blocks as zstd frames; a file may come in several parts, and the order does not matter.
    cursor: where to go on; more: there is more at once. reply_id: to be stored together with all
    the rest. gone: files to let go of, before the others are taken in. tallies: of the files asked
    for, sent or pulled, and of none while there is more. content: newest bundle of the network, 0
    for none.
    """

    reply_id: str
    server_id: str
    server_epoch: str
    server_time_ms: int
    verdicts: tuple[Verdict, ...]
    pulled: tuple[Changeset, ...]
    cursor: int
    more: bool
    gone: tuple[Gone, ...] = ()
    tallies: tuple[FileTally, ...] = ()
    content: int = 0
    frames: tuple[bytes, ...] = ()


class EnrolRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Exchange a one-time code for a device of one network.

    token: drawn by the device, at least 256 random bits; the server keeps a hash only. Because the
    device knows it beforehand, a lost reply costs nothing: the same code with the same token is
    answered alike.
    """

    protocol: Version
    code: Annotated[str, Meta(min_length=1, max_length=64)]
    device_name: PlainName
    token: Token


class RenewRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give a restored or cloned laptop a device id of its own; its token proves who asks.

    The token stays the same, so a server that is restored itself still knows it.
    """

    protocol: Version


class DeviceRegistration(Struct, frozen=True, kw_only=True):
    """A device as the server knows it from now on. person: whom the code named, "" for nobody."""

    device_id: str
    network: str
    server_id: str
    server_epoch: str
    person: str = ""


class CertificateRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Have the device's sealing key certified by its network.

    request: PKCS#10 (RFC 2986), DER in Base64; its signature proves that the key is at hand. Of its
    subject only the common name is read, and not even that where the code was given to a person.
    """

    protocol: Version
    request: Annotated[str, Meta(pattern=r"^[A-Za-z0-9+/]+={0,2}(?!\n)$", max_length=16 * KIB)]


class CertificateReply(Struct, frozen=True, kw_only=True):
    """The certificate of the device's key and the one above it; DER in Base64."""

    certificate: str
    authority: str


class Authority(Struct, frozen=True, kw_only=True):
    """The network's certificate authority and what it has taken back (RFC 5280); DER in Base64."""

    authority: str
    revocation_list: str


class ContentReply(Struct, frozen=True, kw_only=True):
    """The network's newest bundle: manifest, its signature and the files; all in Base64.

    manifest: JSON {"network", "version", "published_ms", "files": {path: sha256}}; signature:
    ECDSA-SHA256 over it by the network's authority, DER. archive: a ZIP file of the files.
    """

    version: int
    manifest: str
    signature: str
    archive: str


class WipeOrder(Struct, frozen=True, kw_only=True):
    """What a laptop that is not accepted any more asks once: is it to erase itself?"""

    wipe: bool


class WipeReport(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sent before and after the erasure: how many changes go with it, and whether it is done."""

    protocol: Version
    unsent: Position
    files: Position
    done: bool


class Health(Struct, frozen=True, kw_only=True):
    """Who answers here, which protocol versions it speaks, and what time it has."""

    service: Literal["advisor-server"]
    server_id: str
    server_epoch: str
    server_time_ms: int
    protocol_oldest: int
    protocol_newest: int


class ProblemType(StrEnum):
    """`type` of a problem document (RFC 9457 §3.1.1): what a client decides by."""

    TOKEN_NOT_ACCEPTED = "urn:advisor:problem:token-not-accepted"  # noqa: S105 not a secret
    CODE_NOT_ACCEPTED = "urn:advisor:problem:code-not-accepted"
    FOREIGN_SERVER = "urn:advisor:problem:foreign-server"
    SERVER_RESTORED = "urn:advisor:problem:server-restored"
    SERVER_BEHIND = "urn:advisor:problem:server-behind"
    DEVICE_RESTORED = "urn:advisor:problem:device-restored"
    PROTOCOL_NOT_SPOKEN = "urn:advisor:problem:protocol-not-spoken"
    MALFORMED = "urn:advisor:problem:malformed-request"
    TOO_LARGE = "urn:advisor:problem:too-large"
    ENCODING = "urn:advisor:problem:content-encoding"
    NO_AUTHORITY = "urn:advisor:problem:no-certificate-authority"
    NO_CONTENT = "urn:advisor:problem:no-content"
    TOO_MANY = "urn:advisor:problem:too-many-requests"
    PART_UNKNOWN = "urn:advisor:problem:part-unknown"
    PART_HASH = "urn:advisor:problem:part-hash"
    BLOB_UNKNOWN = "urn:advisor:problem:blob-unknown"
    BLOB_OFFSET = "urn:advisor:problem:blob-offset"
    BLOB_HASH = "urn:advisor:problem:blob-hash"
    RANGE = "urn:advisor:problem:range"
    CERTIFICATE_REQUEST = "urn:advisor:problem:certificate-request"
    TOKEN_TAKEN = "urn:advisor:problem:token-taken"  # noqa: S105 not a secret
    ABOUT_BLANK = "about:blank"


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A problem document (RFC 9457); the last four are extension members of some types."""

    type: str
    title: str
    status: int
    detail: str = ""
    server_id: str = ""
    server_epoch: str = ""
    protocol_oldest: int = 0
    protocol_newest: int = 0


def read_change(encoded: bytes | bytearray | memoryview, company_id: str) -> Change | Reason:
    """The change, or why it cannot be taken: checked alike before sending and on arrival.

    Unknown members are read as well, because they go on to others, whoever knows them.
    """
    if len(encoded) > MAX_CHANGE_BYTES:
        return Reason.TOO_LARGE
    try:
        change = msgspec.json.decode(encoded, type=Change)
        msgspec.json.decode(encoded)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return Reason.MALFORMED
    if wire.nests_deeply(bytes(encoded)):
        return Reason.MALFORMED
    return change if change.company_id == company_id else Reason.OTHER_COMPANY
