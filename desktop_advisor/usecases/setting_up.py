"""Set up the workplace at the first start, unlock it at every later one."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from desktop_advisor.advice.resource_files import BrokenResource
from desktop_advisor.domain.clock import Clock, system_clock
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.storage.erasing import clear_away
from desktop_advisor.storage.errors import DiskFull
from desktop_advisor.storage.key_file import KeyCost
from desktop_advisor.storage.store import Store
from desktop_advisor.storage.sync_port import sort_in_all
from desktop_advisor.usecases.certificate import check_pin, make_certificate
from desktop_advisor.usecases.networks import PROFILE, Network
from desktop_advisor.usecases.workplace import PUBLISHED, Resources, Workplace

NEUTRAL = "neutral"
"""The network profile without a network's name, where none was chosen."""
_STRONG = KeyCost()


class LeftoversWait(KnownError):
    """What has been received does not fit into the tables yet."""

    def __init__(self) -> None:
        super().__init__(
            "Was zuletzt vom Server kam, wird noch nicht vollständig angezeigt: "
            "Der Datenträger ist voll.",
            safe="Es liegt auf diesem Laptop und geht nicht verloren.",
            todo="Bitte schaffen Sie Platz; der nächste Start oder die nächste Synchronisation "
            "holt es nach.",
        )


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
    pin: str = "",
    clock: Clock = system_clock,
    cost: KeyCost = _STRONG,
) -> Workplace:
    """First start: an encrypted store, the advisor's name, network and sealing certificate.

    pin: of the sealing key; "" leaves PIN and certificate for the first seal. cost: of trying a
    passphrase; only tests ask for less than the default. Raises PinTooShort.
    """
    if pin:
        check_pin(pin)
    store = Store.create(folder, passphrase, clock=clock, device=platform.node(), cost=cost)
    store.save_setting("author", name.strip())
    store.save_setting("profile", profile_id)
    place = _workplace(resources, folder, store, clock)
    if pin:
        make_certificate(place, pin)
    return place


def unlock(
    resources: Resources, folder: Path, passphrase: str, *, clock: Clock = system_clock
) -> Workplace:
    """Every later start. Raises WrongPassphrase, NewerDatabase, StoreInUse."""
    store = Store.open(folder, passphrase, clock=clock)
    clear_away(store)
    return _workplace(resources, folder, store, clock)


def sort_in_leftovers(place: Workplace, cancelled: Callable[[], bool] = lambda: False) -> bool:
    """What a run had received when the program ended is seen from now on; whether there was any.

    Raises: LeftoversWait.
    """
    try:
        return sort_in_all(place.store, cancelled)
    except DiskFull as error:
        raise LeftoversWait from error


def _workplace(resources: Resources, folder: Path, store: Store, clock: Clock) -> Workplace:
    resources, network = _content(resources, folder, store.setting("profile") or NEUTRAL)
    return Workplace(
        store=store,
        author=store.setting("author") or "",
        profile=network.profile,
        resources=resources,
        folder=folder,
        offers=resources.offers_of(network),
        logo=network.logo,
        articles=resources.articles(),
        clock=clock,
    )


def _content(resources: Resources, folder: Path, network_id: str) -> tuple[Resources, Network]:
    """What the network has published goes first, as long as this version can read it.

    Raises BrokenResource where the program's own is damaged.
    """
    published = replace(resources, published=folder / PUBLISHED)
    try:
        network = _network(published, network_id)
        published.offers_of(network)
    except (BrokenResource, OSError):
        return resources, _network(resources, network_id)
    return published, network


def _network(resources: Resources, network_id: str) -> Network:
    """The chosen network; the neutral one where its folder is gone, as with another release.

    Raises BrokenResource where the folder is there but damaged.
    """
    is_there = (resources.network_folder(network_id) / PROFILE).exists()
    return resources.network(network_id if is_there else NEUTRAL)
