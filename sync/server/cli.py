"""advisor-server: the command line of the central server."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from sqlalchemy.exc import ArgumentError, OperationalError

from sync.server import administration
from sync.server.administration import AdministrationError
from sync.server.backup import BackupError
from sync.server.blob_stores.store import BlobStoreError
from sync.server.content_cli import add_content_commands
from sync.server.database import NewerDatabaseError
from sync.server.device_commands import add_device_commands
from sync.server.indicators.commands import add_benchmark_command
from sync.server.people_commands import add_file_commands, add_people_commands
from sync.server.store_commands import add_blobs, add_store_commands
from sync.server.terminal import Commands, command, database_of, group, moment, say

PASSPHRASE = "ADVISOR_CA_PASSPHRASE"  # noqa: S105 - the variable's name


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 not possible, 2 not understood."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except (AdministrationError, BlobStoreError, BackupError) as error:
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
    _add_serve(commands)
    add_people_commands(commands)

    enrol = command(commands, "enrol", _enrol, "print a one-time code for one laptop", network=True)
    enrol.add_argument("--valid-hours", type=float, default=72)
    enrol.add_argument("--person", default="", help="whom the code is given to")
    enrol.add_argument("--team", default="", help="which team that person joins, if new")
    enrol.add_argument("--server", default="", help="also print the text that the laptop takes")
    _add_authority(enrol)

    add_device_commands(commands)
    add_file_commands(commands)
    add_benchmark_command(commands)
    add_content_commands(commands)

    authority = group(commands, "authority", "certificates")
    text = "vouch for advisors' sealing keys"
    command(authority, "create", _create_authority, text, network=True)

    add_store_commands(commands)
    command(commands, "restored", _restored, "say that the database was restored from a copy")
    return parser


def _add_serve(commands: Commands) -> None:
    serve = command(commands, "serve", _serve, "answer the laptops")
    add_blobs(serve)
    serve.add_argument("--processes", type=int, default=1, help="how many answer at the port")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8750, help="0 takes a free port")
    serve.add_argument(
        "--certificate", type=Path, help="PEM file of the server's certificate, for https"
    )
    serve.add_argument("--key", help="PEM file of its key, where that is a file of its own")
    _add_authority(serve)
    serve.add_argument(
        "--behind-proxy",
        action="store_true",
        help="believe the X-Forwarded-For that a proxy in front of this server writes",
    )


def _add_authority(parser: argparse.ArgumentParser) -> None:
    text = "PEM file of the authority that codes tell the laptops to trust alone"
    parser.add_argument("--ca", type=Path, metavar="FILE", help=text)


def _serve(arguments: argparse.Namespace) -> int:
    from sync.server.app import LOG_FORMAT, app_over, process_app
    from sync.server.console.rendering import BASE
    from sync.server.enrolment_text import authority_of
    from sync.server.rates import Rates
    from sync.server.second_reader import SECOND_READER
    from sync.server.serving import bound_socket, serve_by_processes, server_for, url_of

    if arguments.key and not arguments.certificate:
        return _fail("A key is of use with its certificate only.")
    authority = authority_of(arguments.certificate, arguments.ca)
    logging.basicConfig(level=logging.WARNING, format=LOG_FORMAT)
    with (
        SECOND_READER.running() if arguments.processes == 1 else nullcontext(),
        database_of(arguments) as database,
        bound_socket(arguments.host, arguments.port) as bound,
    ):
        tls = {"certificate": arguments.certificate, "key": arguments.key}
        app = app_over(
            database,
            arguments.blobs,
            passphrase=_passphrase(),
            rates=Rates(behind_proxy=arguments.behind_proxy),
            authority=authority,
        )
        server = server_for(app, **tls)
        url = url_of(bound, is_tls=bool(arguments.certificate))
        say(f"advisor-server answers at {url}")
        say(f"Web console: {url}{BASE}")
        if arguments.processes > 1:
            database.close()
            options = (arguments.database_url, arguments.blobs, _passphrase(), authority)
            make_app = partial(process_app, *options, arguments.behind_proxy)
            serve_by_processes(make_app, bound, arguments.processes, **tls)
            return 0
        try:
            server.run(sockets=[bound])
        except KeyboardInterrupt:
            say("stopped")
    return 0


def _enrol(arguments: argparse.Namespace) -> int:
    from sync.server.enrolment_text import authority_of, enrolment_text

    authority = authority_of(None, arguments.ca)
    with database_of(arguments) as database:
        code = administration.enrolment_code(
            database, arguments.network, arguments.valid_hours, arguments.person, arguments.team
        )
    say(code.text)
    until = moment(code.expires_ms)
    if arguments.server:
        say(enrolment_text(arguments.server, code.text, authority))
    say(f"For one laptop of {code.network}, until {until}; 'code revoke' calls it back.")
    return 0


def _create_authority(arguments: argparse.Namespace) -> int:
    from sync.server.authority import create

    with database_of(arguments) as database:
        fingerprint = create(database, arguments.network, _passphrase())
    say(f"Certificate authority of network {arguments.network}: {fingerprint}")
    say(f"'serve' needs ${PASSPHRASE} from now on; without it no certificate is issued.")
    return 0


def _passphrase() -> str:
    """Never an argument: those are seen by every user of the machine."""
    return os.environ.get(PASSPHRASE, "")


def _restored(arguments: argparse.Namespace) -> int:
    with database_of(arguments) as database:
        administration.restored(database)
    say("New epoch drawn; at their next sync the laptops bring back what this copy lacks.")
    return 0


def _fail(line: str) -> int:
    sys.stderr.write(f"advisor-server: {line}\n")
    return 1
