"""advisor-server content: publish a bundle of forms, catalogues and profile, and list them."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from sync.server.content import bundles, files_of, publish
from sync.server.terminal import Commands, command, counted, database_of, group, moment, say

PASSPHRASE = "ADVISOR_CA_PASSPHRASE"  # noqa: S105 - the variable's name


def add_content_commands(commands: Commands) -> None:
    """Hook `content publish` and `content list` in."""
    content = group(commands, "content", "forms, catalogues, profiles")
    text = "sign and publish a folder or ZIP file"
    add = command(content, "publish", _publish, text, network=True)
    add.add_argument("source", type=Path)
    command(content, "list", _list, "what has been published", network=True)


def _publish(arguments: argparse.Namespace) -> int:
    files = files_of(arguments.source)
    passphrase = os.environ.get(PASSPHRASE, "")
    with database_of(arguments) as database:
        version = publish(database, arguments.network, files, passphrase)
    say(f"Version {version} of network {arguments.network}: {counted(len(files), 'file')}.")
    say("Laptops fetch it with their next sync.")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    with database_of(arguments) as database:
        lines = bundles(database, arguments.network)
    for line in lines:
        say(
            f"{line.version}  {moment(line.published_ms)}  {line.published_by}  "
            f"{counted(line.size, 'byte')}  {' '.join(line.files)}"
        )
    if not lines:
        say("Nothing has been published.")
    return 0
