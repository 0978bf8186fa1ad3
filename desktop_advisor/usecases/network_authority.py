"""The network's own certificate authority: its certificate and whom it has shut out.

Its certificates name no address for revocation lists, as the server answers laptops of the network
only. So the list comes along with a synchronisation once a day, and is kept for checks without a
line.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import msgspec

from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.certificate import trust
from desktop_advisor.usecases.server_line import server_line
from desktop_advisor.usecases.workplace import Workplace
from sync.client.port import Enrolment

_LISTS = "seal.lists"
_PINNED = "content.authority"
_ASKED = "content.authority asked"
ASK_AGAIN = timedelta(days=1)
"""Our choice: whom the network shuts out is known a day later at most, where a list is valid for 30
days; and a run that finds nothing new is one request."""


class _Pinned(msgspec.Struct, frozen=True):
    """The first authority that a server showed for a network; der: its certificate."""

    server_id: str
    network: str
    der: bytes


class _Asked(msgspec.Struct, frozen=True):
    """When which server was asked for which network; at: seconds since 1970."""

    server_id: str
    network: str
    at: float


def ask_authority(place: Workplace, enrolment: Enrolment) -> bytes:
    """Trust the authority and keep its latest revocation list (DER). Raises SyncError."""
    from sync.client.calls import Calls

    with server_line(enrolment) as transport:
        authority, revoked = Calls(transport).authority(enrolment)
    trust(place, authority)
    _pin(place, enrolment, authority)
    kept = {**_kept(place), sha256(authority).hexdigest(): revoked}
    place.store.save_secret(_LISTS, msgspec.json.encode(kept))
    _note_asked(place, enrolment)
    return revoked


def refresh_authority(place: Workplace, *, is_needed: bool = False) -> None:
    """The same where the last time is a day ago; without a server or authority nothing happens.

    is_needed: ask now, as for a seal that is about to get its proofs.
    """
    from sync.client.errors import NoAuthorityError, SyncError

    enrolment = StoreChanges(place.store).enrolment()
    if enrolment is None or not (is_needed or _is_due(place, enrolment)):
        return
    try:
        ask_authority(place, enrolment)
    except NoAuthorityError:  # most networks
        _note_asked(place, enrolment)
    except SyncError:
        return  # what is known already goes on being used


def _is_due(place: Workplace, enrolment: Enrolment) -> bool:
    raw = place.store.secret(_ASKED)
    if raw is None:
        return True
    last = msgspec.json.decode(raw, type=_Asked)
    if (last.server_id, last.network) != (enrolment.server_id, enrolment.network):
        return True
    age_s = place.clock().timestamp() - last.at
    return not 0 <= age_s < ASK_AGAIN.total_seconds()  # also after a clock that was ahead


def _note_asked(place: Workplace, enrolment: Enrolment) -> None:
    asked = _Asked(enrolment.server_id, enrolment.network, place.clock().timestamp())
    place.store.save_secret(_ASKED, msgspec.json.encode(asked))


def pinned_authority(place: Workplace, enrolment: Enrolment) -> bytes:
    """The certificate (DER) that content of this network has to be signed by. Raises SyncError.

    The first one seen after enrolment; another one that the server shows later is not believed.
    """
    raw = place.store.secret(_PINNED)
    if raw is not None:
        kept = msgspec.json.decode(raw, type=_Pinned)
        if (kept.server_id, kept.network) == (enrolment.server_id, enrolment.network):
            return kept.der
    ask_authority(place, enrolment)
    return pinned_authority(place, enrolment)


def _pin(place: Workplace, enrolment: Enrolment, authority: bytes) -> None:
    raw = place.store.secret(_PINNED)
    kept = None if raw is None else msgspec.json.decode(raw, type=_Pinned)
    if kept is None or (kept.server_id, kept.network) != (enrolment.server_id, enrolment.network):
        made = _Pinned(enrolment.server_id, enrolment.network, authority)
        place.store.save_secret(_PINNED, msgspec.json.encode(made))


def known_lists(place: Workplace) -> list[bytes]:
    """The latest revocation list of every authority this laptop has belonged to, DER."""
    return list(_kept(place).values())


def _kept(place: Workplace) -> dict[str, bytes]:
    """SHA-256 of the authority's certificate → its list."""
    return msgspec.json.decode(place.store.secret(_LISTS) or b"{}", type=dict[str, bytes])
