"""How a laptop becomes a device of a network."""

from __future__ import annotations

from sync.client.calls import Calls
from sync.client.port import ChangeStore, Enrolment
from sync.client.transport import HttpTransport, Transport, checked_url


def enrol(
    store: ChangeStore,
    server_url: str,
    code: str,
    device_name: str,
    *,
    transport: Transport | None = None,
    ca_pem: str = "",
) -> Enrolment:
    """The enrolment that this one-time code bought, stored already.

    ca_pem: as in `Enrolment`. A laptop that changes to another server offers it everything it
    holds. Raises SyncError.
    """
    url = checked_url(server_url)
    if transport is not None:
        return _enrol(store, url, code, device_name, transport, ca_pem)
    with HttpTransport(url, ca_pem=ca_pem) as over_http:
        return _enrol(store, url, code, device_name, over_http, ca_pem)


def _enrol(
    store: ChangeStore, url: str, code: str, device_name: str, transport: Transport, ca_pem: str
) -> Enrolment:
    registration, token = Calls(transport).enrol(code, device_name)
    enrolment = Enrolment(
        server_url=url,
        server_id=registration.server_id,
        server_epoch=registration.server_epoch,
        device_id=registration.device_id,
        token=token,
        network=registration.network,
        person=registration.person,
        ca_pem=ca_pem,
    )
    if store.enrolment() is not None:
        store.offer_again()
    store.save_enrolment(enrolment)
    return enrolment
