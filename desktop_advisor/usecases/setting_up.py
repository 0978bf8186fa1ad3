"""Set up the workplace at the first start, unlock it at every later one."""

from __future__ import annotations

import platform
from pathlib import Path

from desktop_advisor.domain.clock import Clock, system_clock
from desktop_advisor.storage.key_file import KeyCost
from desktop_advisor.storage.store import Store
from desktop_advisor.usecases.certificate import make_certificate
from desktop_advisor.usecases.workplace import Resources, Workplace

NEUTRAL = "neutral"
"""The network profile without a network's name, where none was chosen."""
_STRONG = KeyCost()


def is_set_up(folder: Path) -> bool:
    """Whether a store exists there, so that it is to be unlocked rather than created."""
    return Store.exists(folder)


def set_up(
    resources: Resources,
    folder: Path,
    *,
    name: str,
    profile_id: str,
    passphrase: str,
    clock: Clock = system_clock,
    cost: KeyCost = _STRONG,
) -> Workplace:
    """First start: an encrypted store, the advisor's name, network and sealing certificate.

    cost: of trying a passphrase; only tests ask for less than the default.
    """
    store = Store.create(folder, passphrase, clock=clock, device=platform.node(), cost=cost)
    store.save_setting("author", name.strip())
    store.save_setting("profile", profile_id)
    place = _workplace(resources, folder, store, clock)
    make_certificate(place)
    return place


def unlock(
    resources: Resources, folder: Path, passphrase: str, *, clock: Clock = system_clock
) -> Workplace:
    """Every later start. Raises WrongPassphrase, NewerDatabase, StoreInUse."""
    return _workplace(resources, folder, Store.open(folder, passphrase, clock=clock), clock)


def _workplace(resources: Resources, folder: Path, store: Store, clock: Clock) -> Workplace:
    profile_id = store.setting("profile")
    profiles = resources.profiles()
    profile = next((p for p in profiles if p.id == (profile_id or NEUTRAL)), profiles[0])
    return Workplace(
        store=store,
        author=store.setting("author") or "",
        profile=profile,
        resources=resources,
        folder=folder,
        offers=resources.offers(),
        clock=clock,
    )
