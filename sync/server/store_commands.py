"""Commands about what the server keeps: sweeping attachments, backup, restoration."""

from __future__ import annotations

import argparse
from pathlib import Path

from sync.server import backup, restoration
from sync.server.blob_stores.opening import open_store
from sync.server.blobs import BlobShelf
from sync.server.terminal import Commands, command, counted, database_of, say

DEFAULT_BLOBS = "advisor-server-blobs"


def add_blobs(parser: argparse.ArgumentParser) -> None:
    """The option that says where attachments lie."""
    parser.add_argument(
        "--blobs",
        default=DEFAULT_BLOBS,
        help="where attachments lie: a folder, database:, or "
        "s3://BUCKET/PREFIX?endpoint=URL&region=NAME with credentials from the environment",
    )


def add_store_commands(commands: Commands) -> None:
    """sweep, backup, restore."""
    add_blobs(command(commands, "sweep", _sweep, "let go of attachments that nobody needs"))
    to = command(commands, "backup", _backup, "write everything into a new folder, while serving")
    add_blobs(to)
    to.add_argument("--to", required=True, type=Path, metavar="DIR", help="a folder to be made")
    source = command(commands, "restore", _restore, "bring back a backup, on either database")
    add_blobs(source)
    source.add_argument("--from", required=True, type=Path, metavar="DIR", dest="source")
    source.add_argument("--replace", action="store_true", help="erase what the database holds")


def _sweep(arguments: argparse.Namespace) -> int:
    with database_of(arguments) as database:
        swept = BlobShelf(database, open_store(arguments.blobs, database)).sweep()
    uploads = counted(swept.uploads, "unfinished upload")
    say(f"{uploads} and {counted(swept.blobs, 'attachment')} let go of.")
    return 0


def _backup(arguments: argparse.Namespace) -> int:
    with database_of(arguments) as database:
        store = open_store(arguments.blobs, database)
        made = backup.write(database, store, arguments.to)
    rows = sum(table.rows for table in made.tables)
    attachments = counted(len(made.blobs), "attachment")
    say(f"{counted(rows, 'row')} and {attachments} written to {arguments.to}.")
    if made.missing:
        missing = counted(len(made.missing), "attachment")
        say(f"Not in the store: {missing}; laptops may have what is missing.")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    manifest = backup.verified(arguments.source)
    with database_of(arguments) as database:
        store = open_store(arguments.blobs, database)
        restoration.restore(database, store, arguments.source, manifest, replace=arguments.replace)
    say(f"All tables are back, and {counted(len(manifest.blobs), 'attachment')}.")
    say("New epoch drawn; at their next sync the laptops bring back what this copy lacks.")
    return 0
