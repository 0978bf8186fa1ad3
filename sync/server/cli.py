"""advisor-server: the command line of the central server."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import ArgumentError, OperationalError

from sync.server import administration
from sync.server.administration import AdministrationError
from sync.server.database import Database, NewerDatabaseError, open_database

DEFAULT_DATABASE = "sqlite:///advisor-server.sqlite"
DEFAULT_BLOBS = "advisor-server-blobs"
PASSPHRASE = "ADVISOR_CA_PASSPHRASE"  # noqa: S105 - the variable's name


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 not possible, 2 not understood."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except AdministrationError as error:
        return _fail(str(error))
    except NewerDatabaseError:
        return _fail("This database belongs to a newer version of the server. Nothing was changed.")
    except (ArgumentError, OperationalError, ModuleNotFoundError) as error:
        return _fail(f"The database cannot be opened: {str(error).splitlines()[0]}")
    except OSError as error:
        return _fail(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="advisor-server", description="Central server of a transformation network."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = _command(commands, "serve", _serve, "answer the laptops")
    serve.add_argument("--blobs", default=DEFAULT_BLOBS, help="folder for attachments")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8750, help="0 takes a free port")

    network = commands.add_parser("network", help="networks").add_subparsers(
        required=True, metavar="COMMAND"
    )
    add = _command(network, "add", _add_network, "a new network")
    add.add_argument("name")

    enrol = _command(commands, "enrol", _enrol, "print a one-time code for one laptop")
    enrol.add_argument("--network", required=True)
    enrol.add_argument("--valid-hours", type=float, default=72)
    enrol.add_argument("--person", default="", help="whom the code is given to")

    authority = commands.add_parser("authority", help="certificates").add_subparsers(
        required=True, metavar="COMMAND"
    )
    create = _command(authority, "create", _create_authority, "vouch for advisors' sealing keys")
    create.add_argument("--network", required=True)

    device = commands.add_parser("device", help="laptops").add_subparsers(
        required=True, metavar="COMMAND"
    )
    _command(device, "list", _list_devices, "all laptops with their last contact")
    revoke = _command(device, "revoke", _revoke, "shut out a laptop and its copies")
    revoke.add_argument("device_id")

    _command(commands, "restored", _restored, "say that the database was restored from a copy")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: object,
    text: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text)
    parser.add_argument(
        "--database-url",
        default=os.environ.get("ADVISOR_DATABASE_URL", DEFAULT_DATABASE),
        help="sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME "
        "(default: $ADVISOR_DATABASE_URL, else a file here)",
    )
    parser.set_defaults(run=run)
    return parser


@contextmanager
def _database(arguments: argparse.Namespace) -> Iterator[Database]:
    database = open_database(arguments.database_url)
    try:
        yield database
    finally:
        database.close()


def _serve(arguments: argparse.Namespace) -> int:
    from sync.server.app import app_over
    from sync.server.serving import bound_socket, server_for, url_of

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    with _database(arguments) as database, bound_socket(arguments.host, arguments.port) as bound:
        app = app_over(database, Path(arguments.blobs), passphrase=_passphrase())
        _say(f"advisor-server answers at {url_of(bound)}")
        try:
            server_for(app).run(sockets=[bound])
        except KeyboardInterrupt:
            _say("stopped")
    return 0


def _add_network(arguments: argparse.Namespace) -> int:
    with _database(arguments) as database:
        administration.add_network(database, arguments.name)
    _say(f"Network {arguments.name} added.")
    return 0


def _enrol(arguments: argparse.Namespace) -> int:
    with _database(arguments) as database:
        code = administration.enrolment_code(
            database, arguments.network, arguments.valid_hours, arguments.person
        )
    _say(code.text)
    _say(f"One laptop of network {code.network}, until {_moment(code.expires_ms)}.")
    return 0


def _create_authority(arguments: argparse.Namespace) -> int:
    from sync.server.authority import create

    with _database(arguments) as database:
        fingerprint = create(database, arguments.network, _passphrase())
    _say(f"Certificate authority of network {arguments.network}: {fingerprint}")
    _say(f"'serve' needs ${PASSPHRASE} from now on; without it no certificate is issued.")
    return 0


def _passphrase() -> str:
    """Never an argument: those are seen by every user of the machine."""
    return os.environ.get(PASSPHRASE, "")


def _list_devices(arguments: argparse.Namespace) -> int:
    with _database(arguments) as database:
        lines = administration.devices(database)
    for line in lines:
        state = f"revoked {_moment(line.revoked_ms)}" if line.revoked_ms else "active"
        _say(
            f"{line.device_id}  {line.network}  {line.name}  "
            f"last seen {_moment(line.seen_ms)}  {state}"
        )
    if not lines:
        _say("No laptop is registered.")
    return 0


def _revoke(arguments: argparse.Namespace) -> int:
    with _database(arguments) as database:
        administration.revoke(database, arguments.device_id)
    _say("The laptop is shut out, and so is every copy of it.")
    return 0


def _restored(arguments: argparse.Namespace) -> int:
    with _database(arguments) as database:
        administration.restored(database)
    _say("New epoch drawn; at their next sync the laptops bring back what this copy lacks.")
    return 0


def _moment(moment_ms: int) -> str:
    return datetime.fromtimestamp(moment_ms / 1000, tz=UTC).strftime("%Y-%m-%d %H:%M UTC")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _fail(line: str) -> int:
    sys.stderr.write(f"advisor-server: {line}\n")
    return 1
