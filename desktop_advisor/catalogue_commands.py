"""The editors' commands for the offer catalogue: export it, check a table, take it over."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from desktop_advisor import bootstrap
from desktop_advisor.domain.clock import system_clock
from desktop_advisor.domain.german import BERLIN


def add_to(parser: argparse.ArgumentParser) -> None:
    """The subcommands of `catalogue`; each sets `run`, which gives the exit code."""
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(
        name: str, run: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text)
        sub.set_defaults(run=run)
        sub.add_argument("file", type=Path, help=".xlsx, or .csv with its -saetze.csv beside it")
        return sub

    export = command("export", _export, "write the catalogue as a table for editors")
    command("check", _check, "report mistakes of a table, a .json or a folder")
    take = command("import", _import, "take a checked table over into the catalogue")
    for sub in (export, take):
        sub.add_argument("--network", default="", help="folder of a network; without: the shared")
    take.add_argument("--to", type=Path, default=None, help="another .json than the program's own")


def _export(arguments: argparse.Namespace) -> int:
    from desktop_advisor.usecases.catalogue.editing import export_catalogue

    for path in export_catalogue(bootstrap.find_resources(), arguments.file, arguments.network):
        print(path)
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from desktop_advisor.usecases.catalogue.editing import check_path

    return _say(check_path(arguments.file, _today()))


def _import(arguments: argparse.Namespace) -> int:
    from desktop_advisor.usecases.catalogue.editing import import_catalogue

    done = import_catalogue(
        bootstrap.find_resources(),
        arguments.file,
        _today(),
        network=arguments.network,
        target=arguments.to,
    )
    code = _say(done.remarks)
    if done.target is None:
        print("Der Katalog wurde nicht geändert.")
        return code
    print(f"{done.added} neu, {done.changed} geändert, {done.removed} entfernt → {done.target}")
    return code


def _say(remarks: list[tuple[str, bool]]) -> int:
    for text, _ in remarks:
        print(text)
    errors = sum(is_error for _, is_error in remarks)
    print(f"{errors} Fehler, {len(remarks) - errors} Warnungen")
    return 1 if errors else 0


def _today() -> date:
    return system_clock().astimezone(BERLIN).date()
