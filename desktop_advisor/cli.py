"""Command line: the window, the demo visit, the editors' commands, verification."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop_advisor import bootstrap, catalogue_commands, form_commands, verify_command
from desktop_advisor.domain.errors import KnownError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 is success, 1 a finding, 2 a mistake in the call or a known error."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except KnownError as error:
        print(error.what, error.safe, error.todo, sep="\n", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="desktop-advisor", description=__doc__)
    parser.add_argument("--selftest", action="store_const", const=_selftest, dest="run")
    parser.add_argument("--data", type=Path, default=None, help="folder of the encrypted store")
    parser.set_defaults(run=_window)
    commands = parser.add_subparsers(metavar="COMMAND")

    demo = commands.add_parser("demo", help="play one complete visit with the real parts")
    demo.add_argument("--out", type=Path, default=Path("build/demo"))
    demo.add_argument(
        "--firms", action="store_true", help="work out the three invented firms instead"
    )
    demo.add_argument("--no-pictures", action="store_true", help="leave the screens out")
    demo.set_defaults(run=_demo)

    verify_command.add_to(
        commands.add_parser("verify", help="is a sealed report unchanged, and why?")
    )
    form_commands.add_to(commands.add_parser("form", help="questionnaires: build, check, run"))
    catalogue_commands.add_to(
        commands.add_parser("catalogue", help="offers: export, check and import as a table")
    )
    return parser


def _window(arguments: argparse.Namespace) -> int:
    return bootstrap.open_window(arguments.data or bootstrap.data_folder(), sys.argv[:1])


def _demo(arguments: argparse.Namespace) -> int:
    if arguments.firms:
        from desktop_advisor.demo.worked_firms import firm_names, work_out

        resources = bootstrap.find_resources()
        work_out(resources, arguments.out, firm_names(resources), say=print)
        return 0
    from desktop_advisor.demo.play import play

    pictures = not arguments.no_pictures
    return play(bootstrap.find_resources(), arguments.out, say=print, pictures=pictures)


def _selftest(_: argparse.Namespace) -> int:
    from desktop_advisor.selftest import run_selftest

    return run_selftest(bootstrap.find_resources().root)
