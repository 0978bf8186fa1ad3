"""What all commands of advisor-server share: options, output, and how a moment is written."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sync.server.database import Database, open_database
from sync.server.people import network_id_of

DEFAULT_DATABASE = "sqlite:///advisor-server.sqlite"
if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Commands = argparse.Action  # the class is generic for type checkers only
GAP = "  "


def group(commands: Commands, name: str, text: str) -> Commands:
    """A command that has commands of its own."""
    parser = commands.add_parser(name, help=text, description=text)
    return parser.add_subparsers(required=True, metavar="COMMAND")


def command(
    commands: Commands,
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
    *,
    network: bool = False,
) -> argparse.ArgumentParser:
    """A command over a database; network: of one network, which has to be named."""
    parser = commands.add_parser(name, help=text, description=text)
    parser.add_argument(
        "--database-url",
        default=os.environ.get("ADVISOR_DATABASE_URL", DEFAULT_DATABASE),
        help="sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME "
        "(default: $ADVISOR_DATABASE_URL, else a file here)",
    )
    if network:
        parser.add_argument("--network", required=True)
    parser.set_defaults(run=run)
    return parser


@contextmanager
def database_of(arguments: argparse.Namespace) -> Iterator[Database]:
    """The database that the arguments name."""
    database = open_database(arguments.database_url)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def network_of(arguments: argparse.Namespace) -> Iterator[tuple[Database, int]]:
    """The database, and the id of the network that the arguments name."""
    with database_of(arguments) as database:
        yield database, network_id_of(database, arguments.network)


def moment(moment_ms: int | None) -> str:
    """A time in UTC to the minute; "" for None."""
    if moment_ms is None:
        return ""
    return datetime.fromtimestamp(moment_ms / 1000, tz=UTC).strftime("%Y-%m-%d %H:%M UTC")


def say(line: str) -> None:
    """One line of output, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def counted(count: int, one: str, many: str = "") -> str:
    """1 file, 2 files; many: where it is not `one` with an s."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], nothing: str) -> None:
    """Columns as wide as their widest cell; `nothing` where there is no row."""
    if not rows:
        say(nothing)
        return
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    for row in [heads, *rows]:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        say(GAP.join(cells).rstrip())
