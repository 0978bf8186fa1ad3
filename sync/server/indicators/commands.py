"""advisor-server benchmark: write the reference set that laptops compare with."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from sync.server.administration import AdministrationError
from sync.server.indicators.published import look
from sync.server.indicators.reference import (
    KeyUnreadableError,
    public_text,
    reference_set,
    sign,
    signing_key,
)
from sync.server.indicators.tables import groups_of
from sync.server.terminal import Commands, command, counted, network_of, say

PASSPHRASE = "ADVISOR_CA_PASSPHRASE"  # noqa: S105 - the variable's name


def add_benchmark_command(commands: Commands) -> None:
    """Hook `benchmark` in."""
    text = "write means by size class, from ten companies on, for the laptops"
    add = command(commands, "benchmark", _benchmark, text, network=True)
    add.add_argument("--to", type=Path, required=True, help="benchmarks.json of a content folder")
    add.add_argument("--form", default="kurzcheck", help="questionnaire (default: kurzcheck)")
    add.add_argument(
        "--key", type=Path, help="Ed25519 key that signs it, drawn on first use; writes .sig beside"
    )


def _benchmark(arguments: argparse.Namespace) -> int:
    with network_of(arguments) as (database, network):
        published = look(database, network)
    if not any(group.form == arguments.form for group in groups_of(published)):
        raise AdministrationError("No size class has ten companies yet; nothing was written.")
    content = reference_set(published, arguments.form, arguments.network)
    signed = _signature(arguments.key, content) if arguments.key else None
    arguments.to.write_bytes(content)
    say(f"{arguments.to}: {counted(len(content), 'byte')}")
    if signed:
        beside = arguments.to.with_suffix(".sig")
        beside.write_bytes(signed[0])
        say(f"{beside}: reference_key of the profile is {signed[1]}")
        say("Publish both with the network's profile: advisor-server content publish")
    return 0


def _signature(path: Path, content: bytes) -> tuple[bytes, str]:
    """Signature and public key in Base64. Raises AdministrationError."""
    passphrase = os.environ.get(PASSPHRASE, "")
    if not passphrase:
        raise AdministrationError(f"Set ${PASSPHRASE}: the key is kept encrypted with it.")
    try:
        key = signing_key(path, passphrase)
    except KeyUnreadableError as error:
        raise AdministrationError(f"{path} is no Ed25519 key under ${PASSPHRASE}.") from error
    return sign(content, key), public_text(key)
