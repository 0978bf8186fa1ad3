"""Commands about people and what they work with: teams, advisors, company files, the audit log."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sync.server import administration, assignments, audit, passphrases, people
from sync.server.assignments import Holder
from sync.server.audit import COMMAND_LINE, AdministrationError
from sync.server.database import Database
from sync.server.people_models import ROLES
from sync.server.terminal import (
    Commands,
    command,
    database_of,
    group,
    moment,
    network_of,
    say,
    table,
)


def add_people_commands(commands: Commands) -> None:
    """network, team, advisor and console-passphrase."""
    network = group(commands, "network", "networks")
    add = command(network, "add", _add_network, "a new network")
    add.add_argument("name")
    command(network, "list", _list_networks, "all networks")

    team = group(commands, "team", "teams")
    add = command(team, "add", _add_team, "a new team", network=True)
    add.add_argument("name")
    add.add_argument(
        "--private-files",
        action="store_true",
        help="a new company file is its creator's alone, not the whole team's",
    )
    command(team, "list", _list_teams, "the network's teams", network=True)

    advisor = group(commands, "advisor", "people and their roles")
    add = command(advisor, "add", _add_advisor, "a new person", network=True)
    add.add_argument("name")
    add.add_argument("--team", default="", help="default: the network's first team")
    add.add_argument("--role", default="advisor", choices=ROLES)
    command(advisor, "list", _list_advisors, "the network's people", network=True)
    role = command(advisor, "role", _set_role, "give a person another role", network=True)
    role.add_argument("name")
    role.add_argument("role", choices=ROLES)
    move = command(advisor, "move", _move, "move a person to another team", network=True)
    move.add_argument("name")
    move.add_argument("team")
    disable = command(advisor, "disable", _disable, "shut a person out", network=True)
    disable.add_argument("name")
    enable = command(advisor, "enable", _enable, "let a disabled person in again", network=True)
    enable.add_argument("name")

    text = "set the web console's passphrase, asked for or read from standard input"
    secret = command(commands, "console-passphrase", _set_passphrase, text, network=True)
    secret.add_argument("name")
    secret.add_argument("--remove", action="store_true", help="take the console away again")


def add_file_commands(commands: Commands) -> None:
    """files, assign, withdraw, purge and audit."""
    files = command(commands, "files", _list_files, "company files and their holders", network=True)
    files.add_argument("--search", default="", help="part of the company's name")

    for name, run, text in (
        ("assign", _assign, "give a company file to a team or a person"),
        ("withdraw", _withdraw, "take a company file from a team or a person"),
    ):
        parser = command(commands, name, run, text, network=True)
        parser.add_argument("company_id")
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("--team")
        whom.add_argument("--advisor")

    purge = command(commands, "purge", _purge, "erase a company file everywhere", network=True)
    purge.add_argument("company_id")
    purge.add_argument("--reason", required=True, choices=tuple(assignments.REASONS))

    log = command(commands, "audit", _show_audit, "who did what, newest first")
    log.add_argument("--network", default="", help="default: all of them")
    log.add_argument("--limit", type=int, default=50)


def _add_network(arguments: argparse.Namespace) -> int:
    with database_of(arguments) as database:
        administration.add_network(database, arguments.name)
    say(f"Network {arguments.name} added.")
    return 0


def _list_networks(arguments: argparse.Namespace) -> int:
    with database_of(arguments) as database:
        rows = [[name] for name in administration.networks(database)]
    table(["NETWORK"], rows, "There is no network.")
    return 0


def _add_team(arguments: argparse.Namespace) -> int:
    shares = not arguments.private_files
    with network_of(arguments) as (database, network):
        people.add_team(database, network, arguments.name, COMMAND_LINE, shares_files=shares)
    say(f"{people.called('Team', arguments.name)} added.")
    return 0


def _list_teams(arguments: argparse.Namespace) -> int:
    with network_of(arguments) as (database, network):
        lines = people.teams(database, network)
    rows = [[t.name, "shared" if t.shares_files else "private"] for t in lines]
    table(["TEAM", "NEW FILES"], rows, "There is no team.")
    return 0


def _add_advisor(arguments: argparse.Namespace) -> int:
    with network_of(arguments) as (database, network):
        made = people.add_advisor(
            database,
            network,
            arguments.name,
            COMMAND_LINE,
            team=arguments.team,
            role=arguments.role,
        )
    say(f"{made.name} added to {people.called('team', made.team)} as {made.role}.")
    return 0


def _list_advisors(arguments: argparse.Namespace) -> int:
    with network_of(arguments) as (database, network):
        lines = people.advisors(database, network)
    rows = [
        [
            p.name,
            p.role,
            p.team,
            "console" if p.has_console else "",
            f"disabled {moment(p.disabled_ms)}" if p.disabled_ms is not None else "active",
        ]
        for p in lines
    ]
    table(["NAME", "ROLE", "TEAM", "SIGN-IN", "STATE"], rows, "There is nobody.")
    return 0


def _set_role(arguments: argparse.Namespace) -> int:
    with _person(arguments) as (database, network, who):
        people.set_role(database, network, who, arguments.role, COMMAND_LINE)
    say(f"{arguments.name} is {arguments.role} now.")
    return 0


def _move(arguments: argparse.Namespace) -> int:
    with _person(arguments) as (database, network, who):
        people.move(database, network, who, arguments.team, COMMAND_LINE)
    say(f"{arguments.name} belongs to {people.called('team', arguments.team)} now.")
    return 0


def _disable(arguments: argparse.Namespace) -> int:
    with _person(arguments) as (database, network, who):
        people.disable(database, network, who, COMMAND_LINE)
    say(f"{arguments.name} is shut out, on every laptop and at the console.")
    return 0


def _enable(arguments: argparse.Namespace) -> int:
    with _person(arguments) as (database, network, who):
        people.enable(database, network, who, COMMAND_LINE)
    say(f"{arguments.name} is let in again.")
    return 0


@contextmanager
def _person(arguments: argparse.Namespace) -> Iterator[tuple[Database, int, str]]:
    """The database, the network, and the id of the person whom the arguments name."""
    with network_of(arguments) as (database, network):
        yield database, network, people.advisor_named(database, network, arguments.name).id


def _set_passphrase(arguments: argparse.Namespace) -> int:
    with _person(arguments) as (database, network, who):
        passphrase = "" if arguments.remove else _read_passphrase()
        passphrases.set_passphrase(database, network, who, passphrase, COMMAND_LINE)
    say(f"{arguments.name} {'cannot sign in any more' if arguments.remove else 'can sign in'}.")
    return 0


def _read_passphrase() -> str:
    """Never an argument: those are seen by every user of the machine."""
    if not sys.stdin.isatty():
        passphrase = sys.stdin.readline().rstrip("\r\n")
    else:
        passphrase = getpass.getpass("Passphrase: ")
        if getpass.getpass("Once more: ") != passphrase:
            raise AdministrationError("The two passphrases differ.")
    if not passphrase:
        raise AdministrationError("The passphrase needs at least 12 characters.")
    return passphrase


def _list_files(arguments: argparse.Namespace) -> int:
    with network_of(arguments) as (database, network):
        lines = assignments.files(database, network, search=arguments.search)
    rows = [
        [
            f.company_id,
            f.name or "-",
            f"erased {moment(f.purged_ms)}: {f.purge_reason}"
            if f.purged_ms is not None
            else ", ".join(people.called(h.kind, h.name) for h in f.holders) or "nobody",
        ]
        for f in lines
    ]
    table(["COMPANY FILE", "NAME", "WORKED WITH BY"], rows, "There is no company file.")
    return 0


def _assign(arguments: argparse.Namespace) -> int:
    name = _with_holder(arguments, assignments.assign)
    say(f"{name} works with {arguments.company_id} from the next sync on.")
    return 0


def _withdraw(arguments: argparse.Namespace) -> int:
    name = _with_holder(arguments, assignments.withdraw)
    say(f"{name} loses {arguments.company_id} at the next sync.")
    return 0


def _with_holder(arguments: argparse.Namespace, act: Callable[..., Holder]) -> str:
    """Give a file to a team or a person, or take it; who that is."""
    with network_of(arguments) as (database, network):
        whom: dict[str, int | str]
        if arguments.team is not None:
            whom = {"team_id": people.team_id_of(database, network, arguments.team)}
        else:
            whom = {"advisor_id": people.advisor_named(database, network, arguments.advisor).id}
        return act(database, network, arguments.company_id, COMMAND_LINE, **whom).name


def _purge(arguments: argparse.Namespace) -> int:
    with network_of(arguments) as (database, network):
        assignments.purge(database, network, arguments.company_id, arguments.reason, COMMAND_LINE)
    say(f"{arguments.company_id} is erased here, and on each laptop at its next sync.")
    return 0


def _show_audit(arguments: argparse.Namespace) -> int:
    with database_of(arguments) as database:
        network = people.network_id_of(database, arguments.network) if arguments.network else None
        lines = audit.entries(database, network, limit=arguments.limit)
    rows = [[moment(e.at_ms), e.network, e.actor, e.action, e.subject, e.detail] for e in lines]
    table(["TIME", "NETWORK", "WHO", "DID", "TO", "DETAIL"], rows, "Nothing happened yet.")
    return 0
