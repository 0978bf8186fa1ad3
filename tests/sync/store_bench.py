"""What the contract of a ChangeStore is tested with: a store with its user, and short words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from sync.blocks import changes_of, open_frame, read_block
from sync.client.port import ChangeStore, Enrolment, KeptAside, Parcel, Settled, Settlement
from sync.protocol import Change, Gone

COMPANY = "0190a000-0000-7000-8000-000000000001"
OTHER = "0190a000-0000-7000-8000-000000000002"
ENROLMENT = Enrolment(
    server_url="https://server.test",
    server_id="5" * 32,
    server_epoch="e" * 32,
    device_id="0190d000-0000-7000-8000-000000000001",
    token="t" * 43,
    network="ITAS",
)
PLENTY = 10_000_000
WITHDRAWN = Gone(company_id=COMPANY, reason="withdrawn")
PURGED = Gone(company_id=COMPANY, reason="purged", erased_ms=1_790_000_000_123)


class Bench(Protocol):
    """A fresh store with what a user does to it; the company file COMPANY need not exist yet."""

    @property
    def store(self) -> ChangeStore:
        """The store under test."""

    def rename(self, name: str) -> None:
        """Commit an edit of field `name` of the entity `company` COMPANY."""

    def shown(self) -> str | None:
        """The name that is shown; None when there is no such company."""

    def attach(self, content: bytes) -> str:
        """Add an attachment to COMPANY; its hash."""


def foreign(n: int, name: str, *bases: tuple[str, int], hlc: int = 1) -> Change:
    """Another laptop's edit of the company's name."""
    return Change(
        writer="f" * 32,
        n=n,
        company_id=COMPANY,
        entity="company",
        entity_id=COMPANY,
        field="name",
        value=name,
        bases=bases,
        hlc=hlc,
    )


def changes_in(*frames: bytes) -> list[Change]:
    """The changes of these frames, in their order."""
    return [c for frame in frames for c in changes_of(read_block(open_frame(frame)))]


def waiting(store: ChangeStore) -> list[Change]:
    """The changes of the outbox."""
    return changes_in(*(parcel.frame for parcel in store.outbox(PLENTY)))


def names_waiting(store: ChangeStore) -> list[str]:
    """The values of field `name` in the outbox."""
    return [change.value for change in waiting(store) if change.field == "name"]


def ids(parcels: Iterable[Parcel]) -> tuple[int, ...]:
    """Of these parcels."""
    return tuple(parcel.id for parcel in parcels)


def aside(parcels: Iterable[Parcel]) -> tuple[KeptAside, ...]:
    """All their changes are kept aside by the server."""
    return tuple(
        KeptAside(parcel=p.id, reasons=dict.fromkeys(range(p.count), "Grund")) for p in parcels
    )


def settle(
    store: ChangeStore,
    *,
    batch_id: str = "",
    applied: tuple[int, ...] = (),
    kept: tuple[KeptAside, ...] = (),
    frames: tuple[bytes, ...] = (),
    pulled: tuple[Change, ...] = (),
    gone: tuple[Gone, ...] = (),
    enrolment: Enrolment = ENROLMENT,
) -> Settled:
    """What a reply that says this comes to."""
    return store.settle(
        Settlement(
            batch_id=batch_id,
            applied=applied,
            kept=kept,
            frames=frames,
            pulled=pulled,
            gone=gone,
            enrolment=enrolment,
        )
    )
