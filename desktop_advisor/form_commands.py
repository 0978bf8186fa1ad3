"""The editors' commands: build, compile, check, preview, convert and run questionnaires."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from desktop_advisor import bootstrap
from desktop_advisor.domain.clock import system_clock


def add_to(parser: argparse.ArgumentParser) -> None:
    """The subcommands of `form`; each sets `run`, which gives the exit code."""
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

    command("build", _build, "compile the program's questionnaires that changed")
    command("compile", _compile, "workbook to XForm and sidecar")
    command("check", _check, "report mistakes with sheet, row and column")
    command("preview", _preview, "show the interview of a workbook and follow its changes")
    command("to-xlsx", _convert, "write the workbook as .xlsx")
    command("to-md", _convert, "write the workbook as .md")
    command("run", _run, "answer a form step by step and print every state")


def _build(_: argparse.Namespace) -> int:
    from desktop_advisor.questionnaire.authoring.building import build_forms

    resources = bootstrap.find_resources()
    for line in build_forms(resources.root / "forms", resources.forms):
        print(line)
    return 0


def _compile(arguments: argparse.Namespace) -> int:
    from desktop_advisor.questionnaire.authoring.building import compile_file
    from desktop_advisor.questionnaire.authoring.checking import refuse_errors

    refuse_errors(arguments.file)
    target = arguments.target or arguments.file.parent
    for path in compile_file(arguments.file, target):
        print(path)
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from desktop_advisor.questionnaire.authoring.checking import check_workbook

    findings = check_workbook(arguments.file, previous=arguments.previous)
    for finding in findings:
        print(finding)
    errors = sum(finding.severity == "error" for finding in findings)
    print(f"{errors} Fehler, {len(findings) - errors} Warnungen")
    return 1 if errors else 0


def _preview(arguments: argparse.Namespace) -> int:
    from desktop_advisor.questionnaire.authoring.sheets import BrokenWorkbook

    if not arguments.file.is_file():
        raise BrokenWorkbook(
            f"Die Datei „{arguments.file}“ gibt es nicht.", todo="Prüfen Sie den Pfad."
        )
    return bootstrap.open_preview(arguments.file, sys.argv[:1])


def _convert(arguments: argparse.Namespace) -> int:
    from desktop_advisor.questionnaire.authoring.workbook import read_workbook, write_workbook

    ending = ".md" if arguments.file.suffix == ".xlsx" else ".xlsx"
    target = arguments.target or arguments.file.with_suffix(ending)
    write_workbook(read_workbook(arguments.file), target)
    print(target)
    return 0


def _run(arguments: argparse.Namespace) -> int:
    from desktop_advisor.questionnaire.authoring.opening import open_form
    from desktop_advisor.questionnaire.trace import run_steps

    form = open_form(arguments.file)
    steps = json.loads(arguments.steps.read_text(encoding="utf-8"))
    states = run_steps(form, steps, system_clock)
    print(json.dumps(states, ensure_ascii=False))
    return 0
