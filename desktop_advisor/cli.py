"""Command line: the window, the demo visit, the editors' commands, verification."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_advisor import bootstrap
from desktop_advisor.domain.clock import system_clock
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
    demo.set_defaults(run=_demo)

    verify = commands.add_parser("verify", help="is a sealed report unchanged, and why?")
    verify.add_argument("file", type=Path)
    verify.add_argument("--anchor", type=Path, action="append", default=[], help="certificate")
    verify.add_argument("--sha256", default=None, help="hash of the whole file as recorded")
    verify.set_defaults(run=_verify)

    _add_form_commands(commands.add_parser("form", help="questionnaires: build, check, run"))
    return parser


def _add_form_commands(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> None:
        sub = commands.add_parser(name, help=text)
        sub.set_defaults(run=run)
        if name != "build":
            sub.add_argument("file", type=Path, help=".md or .xlsx workbook")
        if name in ("compile", "to-xlsx", "to-md"):
            sub.add_argument("target", type=Path, nargs="?", default=None)
        if name == "check":
            sub.add_argument("--previous", type=Path, default=None)
        if name == "run":
            sub.add_argument("--steps", type=Path, required=True)

    command("build", _form_build, "compile the program's questionnaires that changed")
    command("compile", _form_compile, "workbook to XForm and sidecar")
    command("check", _form_check, "report mistakes with sheet, row and column")
    command("to-xlsx", _form_convert, "write the workbook as .xlsx")
    command("to-md", _form_convert, "write the workbook as .md")
    command("run", _form_run, "answer a form step by step and print every state")


def _window(arguments: argparse.Namespace) -> int:
    return bootstrap.open_window(arguments.data or bootstrap.data_folder(), sys.argv[:1])


def _demo(arguments: argparse.Namespace) -> int:
    from desktop_advisor.demo.play import play

    return play(bootstrap.find_resources(), arguments.out, say=print)


def _selftest(_: argparse.Namespace) -> int:
    from desktop_advisor.selftest import run_selftest

    return run_selftest(bootstrap.find_resources().root)


def _verify(arguments: argparse.Namespace) -> int:
    from desktop_advisor.signing.verification import verify

    try:
        pdf = arguments.file.read_bytes()
        anchors = [path.read_bytes() for path in arguments.anchor]
    except OSError as error:
        print(f"Die Datei kann nicht gelesen werden: {error}", file=sys.stderr)
        return 2
    verdict = verify(pdf, expected_sha256=arguments.sha256, anchors=anchors)
    print(verdict.headline)
    for point in verdict.points:
        mark = {True: "ja", False: "nein", None: "–"}[point.holds]
        print(f"  {point.title}: {mark}. {point.reason}")
    if verdict.signer:
        print(f"  {verdict.sealed_by}")
    return 0 if verdict.is_intact else 1


def _form_build(_: argparse.Namespace) -> int:
    from desktop_advisor.questionnaire.authoring.building import build_forms

    resources = bootstrap.find_resources()
    for line in build_forms(resources.root / "forms", resources.forms):
        print(line)
    return 0


def _form_compile(arguments: argparse.Namespace) -> int:
    from desktop_advisor.questionnaire.authoring.building import compile_file

    target = arguments.target or arguments.file.parent
    for path in compile_file(arguments.file, target):
        print(path)
    return 0


def _form_check(arguments: argparse.Namespace) -> int:
    from desktop_advisor.questionnaire.authoring.checking import check_workbook

    findings = check_workbook(arguments.file, previous=arguments.previous)
    for finding in findings:
        print(finding)
    errors = sum(finding.severity == "error" for finding in findings)
    print(f"{errors} Fehler, {len(findings) - errors} Warnungen")
    return 1 if errors else 0


def _form_convert(arguments: argparse.Namespace) -> int:
    from desktop_advisor.questionnaire.authoring.workbook import read_workbook, write_workbook

    ending = ".md" if arguments.file.suffix == ".xlsx" else ".xlsx"
    target = arguments.target or arguments.file.with_suffix(ending)
    write_workbook(read_workbook(arguments.file), target)
    print(target)
    return 0


def _form_run(arguments: argparse.Namespace) -> int:
    from desktop_advisor.questionnaire.authoring.opening import open_form
    from desktop_advisor.questionnaire.trace import run_steps

    form = open_form(arguments.file)
    steps = json.loads(arguments.steps.read_text(encoding="utf-8"))
    states = run_steps(form, steps, system_clock)
    print(json.dumps(states, ensure_ascii=False))
    return 0
