"""Laptops: when they were last here, shutting one out, and having one erase itself."""

from __future__ import annotations

from collections.abc import Callable

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from sync.server import laptops
from sync.server.console.desk import Answer, AtDesk, Desk, done_at
from sync.server.console.rendering import BASE, roles_of
from sync.server.database import Database, now_ms
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
def show_devices(desk: AtDesk) -> Response[str]:
    """All laptops of the network."""
    return _list(desk)


@get("/geraete/{device_id:str}/sperren", opt=ACTS, sync_to_thread=True)
def ask_revoke(desk: AtDesk, device_id: FromPath[str]) -> Response[str]:
    """What shutting out means, before it is done."""
    return desk.page("console/device_revoke.html", device=_device(desk, device_id))


@post("/geraete/{device_id:str}/sperren", opt=ACTS, sync_to_thread=True)
def revoke(desk: AtDesk, device_id: FromPath[str]) -> Answer:
    """Shut a laptop out."""
    return _tried(desk, laptops.revoke, device_id, "gesperrt")


@get("/geraete/{device_id:str}/loeschen", opt=ACTS, sync_to_thread=True)
def ask_wipe(desk: AtDesk, device_id: FromPath[str]) -> Response[str]:
    """What erasing means, before it is ordered."""
    return desk.page("console/device_wipe.html", device=_device(desk, device_id))


@post("/geraete/{device_id:str}/loeschen", opt=ACTS, sync_to_thread=True)
def wipe(desk: AtDesk, device_id: FromPath[str]) -> Answer:
    """Order a laptop to erase itself."""
    return _tried(desk, laptops.order_wipe, device_id, "loeschen")


@post("/geraete/{device_id:str}/zuruecknehmen", opt=ACTS, sync_to_thread=True)
def cancel_wipe(desk: AtDesk, device_id: FromPath[str]) -> Answer:
    """Take the order to erase back."""
    return _tried(desk, laptops.cancel_wipe, device_id, "zurueckgenommen")


def _tried(desk: Desk, act: Callable[..., object], device_id: str, done: str) -> Answer:
    def on_laptop() -> Answer:
        act(desk.database, device_id, desk.visitor.name, network_id=desk.network_id)
        return done_at(PATH, done)

    return desk.tried(on_laptop, lambda wrong: _list(desk, wrong))


def _list(desk: Desk, wrong: str = "") -> Response[str]:
    return desk.page(
        "console/devices.html",
        wrong,
        devices=of_network(desk.database, desk.network_id),
        now_ms=now_ms(),
        quiet_before_ms=now_ms() - QUIET_MS,
        may_act=desk.visitor.role in ACTS["roles"],
    )


def _device(desk: Desk, device_id: str) -> DeviceLine:
    for device in laptops.devices(desk.database, desk.network_id):
        if device.device_id == device_id:
            return device
    raise NotFoundException


HANDLERS = [show_devices, ask_revoke, revoke, ask_wipe, wipe, cancel_wipe]
