"""Laptops: when they were last here, shutting one out, and having one erase itself."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from sync.server import laptops
from sync.server.audit import AdministrationError
from sync.server.console import wording
from sync.server.console.gate import SignedIn
from sync.server.console.rendering import BASE, AnyRequest, go_to, render, roles_of
from sync.server.console.sessions import Visitor
from sync.server.database import Database, now_ms
from sync.server.intake import OpenDatabase
from sync.server.laptops import DeviceLine

PATH = f"{BASE}/geraete"
QUIET_MS = 14 * 86_400_000
"""A laptop that was not heard of for two weeks is worth a question; our choice."""
SEES = {"roles": roles_of("devices")}
ACTS = {"roles": frozenset({"admin"})}
"""Coordinators see whose laptop was not here for long; only admins shut one out."""


def of_network(database: Database, network_id: int) -> list[DeviceLine]:
    """Laptops that may sync, those longest silent first; then those shut out, newest first."""
    lines = laptops.devices(database, network_id)
    open_ones = sorted((d for d in lines if d.revoked_ms is None), key=lambda d: d.seen_ms)
    shut = sorted((d for d in lines if d.revoked_ms is not None), key=lambda d: -d.seen_ms)
    return open_ones + shut


@get("/geraete", opt=SEES, sync_to_thread=True)
def show_devices(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, getan: FromQuery[str] = ""
) -> Response[str]:
    """All laptops of the network."""
    return _list(request, database, visitor, done=wording.done(getan))


@get("/geraete/{device_id:str}/sperren", opt=ACTS, sync_to_thread=True)
def ask_revoke(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, device_id: FromPath[str]
) -> Response[str]:
    """What shutting out means, before it is done."""
    device = _device(database, visitor, device_id)
    return render(request, "console/device_revoke.html", device=device)


@post("/geraete/{device_id:str}/sperren", opt=ACTS, sync_to_thread=True)
def revoke(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, device_id: FromPath[str]
) -> Response[str] | Response[None]:
    """Shut a laptop out."""
    try:
        laptops.revoke(database, device_id, visitor.name, network_id=visitor.network_id)
    except AdministrationError as error:
        return _list(request, database, visitor, wrong=wording.wrong(error))
    return go_to(f"{PATH}?getan=gesperrt")


@get("/geraete/{device_id:str}/loeschen", opt=ACTS, sync_to_thread=True)
def ask_wipe(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, device_id: FromPath[str]
) -> Response[str]:
    """What erasing means, before it is ordered."""
    device = _device(database, visitor, device_id)
    return render(request, "console/device_wipe.html", device=device)


@post("/geraete/{device_id:str}/loeschen", opt=ACTS, sync_to_thread=True)
def wipe(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, device_id: FromPath[str]
) -> Response[str] | Response[None]:
    """Order a laptop to erase itself."""
    try:
        laptops.order_wipe(database, device_id, visitor.name, network_id=visitor.network_id)
    except AdministrationError as error:
        return _list(request, database, visitor, wrong=wording.wrong(error))
    return go_to(f"{PATH}?getan=loeschen")


@post("/geraete/{device_id:str}/zuruecknehmen", opt=ACTS, sync_to_thread=True)
def cancel_wipe(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, device_id: FromPath[str]
) -> Response[str] | Response[None]:
    """Take the order to erase back."""
    try:
        laptops.cancel_wipe(database, device_id, visitor.name, network_id=visitor.network_id)
    except AdministrationError as error:
        return _list(request, database, visitor, wrong=wording.wrong(error))
    return go_to(f"{PATH}?getan=zurueckgenommen")


def _list(
    request: AnyRequest, database: Database, visitor: Visitor, *, done: str = "", wrong: str = ""
) -> Response[str]:
    return render(
        request,
        "console/devices.html",
        409 if wrong else 200,
        devices=of_network(database, visitor.network_id),
        now_ms=now_ms(),
        quiet_before_ms=now_ms() - QUIET_MS,
        may_act=visitor.role in ACTS["roles"],
        done=done,
        wrong=wrong,
    )


def _device(database: Database, visitor: Visitor, device_id: str) -> DeviceLine:
    for device in laptops.devices(database, visitor.network_id):
        if device.device_id == device_id:
            return device
    raise NotFoundException


HANDLERS = [show_devices, ask_revoke, revoke, ask_wipe, wipe, cancel_wipe]
