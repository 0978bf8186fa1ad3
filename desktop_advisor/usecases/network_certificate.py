"""The network vouches for the advisor's key: asked of the central server this laptop belongs to."""

from __future__ import annotations

from contextlib import suppress

from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.certificate import keep_key, sealing_file, unlock_key
from desktop_advisor.usecases.network_authority import ask_authority
from desktop_advisor.usecases.server_line import server_line
from desktop_advisor.usecases.sync_failures import NotEnrolled, SyncFailed
from desktop_advisor.usecases.synchronising import enrol_device
from desktop_advisor.usecases.workplace import Workplace
from sync.client.port import Enrolment


def join_network(
    place: Workplace, server_url: str, code: str, device_name: str, ca_pem: str = ""
) -> Enrolment:
    """Register this laptop with a one-time code and know the network's authority, if it has one.

    ca_pem: as `enrol_device` takes it. Raises SyncFailed.
    """
    enrolment = enrol_device(place, server_url, code, device_name, ca_pem)
    with suppress(SyncFailed):
        fetch_authority(place)
    return enrolment


def is_enrolled(place: Workplace) -> bool:
    """Whether there is a server that could be asked."""
    return StoreChanges(place.store).enrolment() is not None


def certify_key(place: Workplace, pin: str) -> None:
    """Have the key certified under the network's authority, which is trusted from then on.

    The key never leaves this laptop. Raises NotEnrolled, WrongPin, NoPinYet, SyncFailed,
    UnsuitableCertificate.
    """
    from desktop_advisor.signing.issued import signing_request, with_issued
    from sync.client.calls import Calls
    from sync.client.errors import SyncError

    enrolment = _enrolment(place)
    unlock_key(place, pin)
    p12 = sealing_file(place)
    request = signing_request(p12, pin, place.author)
    try:
        with server_line(enrolment) as transport:
            certificate, authority = Calls(transport).certify(request, enrolment)
    except SyncError as error:
        raise SyncFailed(error.kind) from error
    keep_key(place, with_issued(p12, pin, certificate, authority), pin)


def fetch_authority(place: Workplace) -> bytes:
    """Trust what the network's authority certified, colleagues' seals included.

    Returns its revocation list (DER). Raises NotEnrolled, SyncFailed.
    """
    from sync.client.errors import SyncError

    try:
        return ask_authority(place, _enrolment(place))
    except SyncError as error:
        raise SyncFailed(error.kind) from error


def _enrolment(place: Workplace) -> Enrolment:
    found = StoreChanges(place.store).enrolment()
    if found is None:
        raise NotEnrolled
    return found
