"""Commands about laptops and the changes that were kept aside."""

from __future__ import annotations

import argparse

from sync.server import laptops, people, quarantine
from sync.server.audit import COMMAND_LINE
from sync.server.laptops import DeviceLine
from sync.server.open_codes import open_codes, revoke_code
from sync.server.terminal import (
    Commands,
    command,
    counted,
    database_of,
    group,
    moment,
    network_of,
    say,
    table,
)


def add_device_commands(commands: Commands) -> None:
    """code, device and quarantine."""
    code = group(commands, "code", "one-time codes that no laptop has used yet")
    command(code, "list", _list_codes, "codes that can still be used", network=True)
    back = command(code, "revoke", _revoke_code, "call a code back", network=True)
    back.add_argument("number", type=int)

    device = group(commands, "device", "laptops")
    listed = command(device, "list", _list_devices, "all laptops with their last contact")
    listed.add_argument("--network", default="", help="default: all of them")
    for name, run, text in (
        ("revoke", _revoke, "shut out a laptop and its copies; its data stay on it"),
        ("wipe", _wipe, "shut out a laptop and have it erase its data, once confirmed there"),
        ("keep", _keep, "take an order to erase back, for a laptop that was found"),
    ):
        command(device, name, run, text).add_argument("device_id")

    named = command(device, "rename", _rename, "call a laptop otherwise, for lists and the log")
    named.add_argument("device_id")
    named.add_argument("name")

    kept = group(commands, "quarantine", "changes that were kept aside")
    listed = command(kept, "list", _list_kept, "what waits for a decision", network=True)
    listed.add_argument("--all", action="store_true", help="also what was decided")
    for name, run, text in (
        ("retry", _retry, "try to take the change again"),
        ("drop", _drop, "decide that the change is not wanted"),
    ):
        command(kept, name, run, text, network=True).add_argument("number", type=int)


def _list_codes(arguments: argparse.Namespace) -> int:
    with network_of(arguments) as (database, network):
        lines = open_codes(database, network)
    rows = [[str(c.id), c.person, moment(c.created_ms), moment(c.expires_ms)] for c in lines]
    table(["NUMBER", "FOR", "MADE", "VALID UNTIL"], rows, "No code is open.")
    return 0


def _revoke_code(arguments: argparse.Namespace) -> int:
    with network_of(arguments) as (database, network):
        revoke_code(database, network, arguments.number)
    say("The code is called back; no laptop can use it any more.")
    return 0


def _list_devices(arguments: argparse.Namespace) -> int:
    with database_of(arguments) as database:
        wanted = people.network_id_of(database, arguments.network) if arguments.network else None
        lines = laptops.devices(database, wanted)
    rows = [
        [
            d.device_id,
            d.network,
            d.name,
            d.advisor,
            moment(d.seen_ms),
            "?" if d.unsent is None else str(d.unsent),
            _state(d),
        ]
        for d in lines
    ]
    heads = ["DEVICE", "NETWORK", "NAME", "ADVISOR", "LAST CONTACT", "UNSENT", "STATE"]
    table(heads, rows, "No laptop is registered.")
    return 0


def _state(device: DeviceLine) -> str:
    if device.wiped_ms is not None:
        return f"wiped {moment(device.wiped_ms)}"
    if device.wipe_ms is not None:
        if device.announced_ms is not None:
            return f"wipe begun {moment(device.announced_ms)}"
        waits_for = "confirmation at the laptop" if device.has_order else "the laptop to ask"
        return f"wipe ordered {moment(device.wipe_ms)}, waits for {waits_for}"
    if device.revoked_ms is not None:
        return f"revoked {moment(device.revoked_ms)}"
    return f"active until {moment(device.expires_ms)}"


def _revoke(arguments: argparse.Namespace) -> int:
    with database_of(arguments) as database:
        laptops.revoke(database, arguments.device_id)
    say("The laptop is shut out, and so is every copy of it.")
    return 0


def _wipe(arguments: argparse.Namespace) -> int:
    with database_of(arguments) as database:
        unsent = laptops.order_wipe(database, arguments.device_id)
    lost = "an unknown number of changes" if unsent is None else counted(unsent, "change")
    say("The laptop is shut out; it shows the order when it next asks, and erases its data once")
    say("somebody confirms that there. Until then 'device keep' takes the order back.")
    say(f"Lost with it, as of its last contact: {lost}.")
    return 0


def _keep(arguments: argparse.Namespace) -> int:
    with database_of(arguments) as database:
        laptops.cancel_wipe(database, arguments.device_id)
    say("The laptop keeps its data; it stays shut out.")
    return 0


def _rename(arguments: argparse.Namespace) -> int:
    with database_of(arguments) as database:
        laptops.rename(database, arguments.device_id, arguments.name)
    say("The laptop has its new name in all lists; on itself nothing changes.")
    return 0


def _list_kept(arguments: argparse.Namespace) -> int:
    with network_of(arguments) as (database, network):
        lines = quarantine.quarantined(database, network, resolved=arguments.all)
    rows = [
        [
            str(k.id),
            moment(k.received_ms),
            k.reason,
            k.company or k.company_id,
            f"{k.entity}.{k.field}" if k.entity else "-",
            k.device,
            k.advisor,
            f"{k.resolution} {moment(k.resolved_ms)}".strip() or "waiting",
        ]
        for k in lines
    ]
    heads = ["NUMBER", "RECEIVED", "REASON", "COMPANY", "FIELD", "DEVICE", "ADVISOR", "STATE"]
    table(heads, rows, "Nothing was kept aside.")
    return 0


def _retry(arguments: argparse.Namespace) -> int:
    with network_of(arguments) as (database, network):
        quarantine.retry(database, network, arguments.number, COMMAND_LINE)
    say("The change is taken.")
    return 0


def _drop(arguments: argparse.Namespace) -> int:
    with network_of(arguments) as (database, network):
        quarantine.drop(database, network, arguments.number, COMMAND_LINE)
    say("The change is dropped.")
    return 0
