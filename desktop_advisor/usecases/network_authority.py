"""The network's own certificate authority: its certificate and whom it has shut out.

Its certificates name no address for revocation lists, as the server answers laptops of the network
only. So the list comes along with each synchronisation, and is kept for checks without a line.
"""

from __future__ import annotations

from hashlib import sha256

import msgspec

from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.certificate import trust
from desktop_advisor.usecases.workplace import Workplace
from sync.client.port import Enrolment

_LISTS = "seal.lists"


def ask_authority(place: Workplace, enrolment: Enrolment) -> bytes:
    """Trust the authority and keep its latest revocation list (DER). Raises SyncError."""
    from sync.client.calls import Calls
    from sync.client.transport import HttpTransport

    with HttpTransport(enrolment.server_url) as transport:
        authority, revoked = Calls(transport).authority(enrolment)
    trust(place, authority)
    kept = {**_kept(place), sha256(authority).hexdigest(): revoked}
    place.store.save_secret(_LISTS, msgspec.json.encode(kept))
    return revoked


def refresh_authority(place: Workplace) -> None:
    """The same where there is a server with an authority; else nothing, and no complaint."""
    from sync.client.errors import SyncError

    enrolment = StoreChanges(place.store).enrolment()
    if enrolment is None:
        return
    try:
        ask_authority(place, enrolment)
    except SyncError:
        return  # most networks have none; what is known already goes on being used


def known_lists(place: Workplace) -> list[bytes]:
    """The latest revocation list of every authority this laptop has belonged to, DER."""
    return list(_kept(place).values())


def _kept(place: Workplace) -> dict[str, bytes]:
    """SHA-256 of the authority's certificate → its list."""
    return msgspec.json.decode(place.store.secret(_LISTS) or b"{}", type=dict[str, bytes])
