"""Workbooks in the manner of the public examples are compiled, loaded and answered."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_advisor.questionnaire.authoring.compiling import compile_workbook
from desktop_advisor.questionnaire.authoring.workbook import read_workbook, write_workbook
from desktop_advisor.questionnaire.trace import run_steps
from desktop_advisor.questionnaire.xform import read_xform

SECTIONS = (Path(__file__).parent / "forms.md").read_text(encoding="utf-8").split("\n## ")[1:]
STEP = re.compile(r"> (\w+) (\S+)(?: =(?: (.*))?)?")
DOING = {"set", "add", "drop"}


def clock() -> datetime:
    return datetime(2026, 11, 22, 13, 30, tzinfo=UTC)


def compiled(section: str, folder: Path, ending: str = "md") -> bytes:
    table = folder / "form.md"
    table.write_text(section.partition("\n")[2].partition("\n>")[0], encoding="utf-8")
    file = table
    if ending != "md":
        file = folder / f"form.{ending}"
        write_workbook(read_workbook(table), file)
    return compile_workbook(file).xform


def written_step(word: str, ref: str, value: str) -> dict[str, str]:
    if word == "set":
        return {"ref": ref, "value": value}
    return {"add" if word == "add" else "remove": ref}


def is_so(word: str, state: dict[str, object], value: str) -> bool:
    seen = {
        "is": state.get("v"),
        "offers": " ".join(map(str, state.get("opts", []))),  # type: ignore[call-overload]
        "label": str(state.get("label")).strip(),
    }
    truths = {
        "hidden": not state["rel"],
        "shown": state["rel"],
        "wrong": not state.get("ok"),
        "right": state.get("ok"),
        "needed": state.get("req"),
        "locked": state["ro"],
    }
    return seen[word] == value if word in seen else bool(truths[word])


@pytest.mark.parametrize("section", SECTIONS, ids=[s.partition("\n")[0] for s in SECTIONS])
def test_a_form_does_what_its_section_says(section: str, tmp_path: Path) -> None:
    lines = [match.groups("") for match in map(STEP.fullmatch, section.splitlines()) if match]
    steps = [written_step(*line) for line in lines if line[0] in DOING]
    states = run_steps(read_xform(compiled(section, tmp_path)), steps, clock)
    done = 0
    for word, ref, value in lines:
        done += word in DOING
        if word not in DOING:
            assert is_so(word, states[done][ref], value), (word, ref, value, states[done][ref])


def test_the_same_workbook_as_a_spreadsheet_is_the_same_form(tmp_path: Path) -> None:
    for section in SECTIONS[:8]:
        assert compiled(section, tmp_path, "xlsx") == compiled(section, tmp_path)
