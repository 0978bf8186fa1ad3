"""The public ODK suites, and a few cases of our own that need no other folder."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_advisor.questionnaire import conformance
from desktop_advisor.questionnaire.conformance.expression_cases import (
    expression_passes,
    parse_passes,
)
from desktop_advisor.questionnaire.conformance.suites import read_suite

CASES = Path(__file__).parents[3] / "shared" / "conformance"
DEVIATIONS = Path(conformance.__file__).parents[1] / "deviations.tsv"

FLOORS = {
    "webforms-xpath": 0.98,
    "enketo-xpath": 0.98,
    "javarosa-xpath": 0.95,
    "javarosa-parse": 1.0,
    "webforms-scenario": 0.95,
}
"""Share of the cases that count which has to pass; what is missing stands in deviations.tsv."""


def suite_path(name: str) -> Path:
    path = CASES / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip(f"the public ODK cases are not here: {path}")
    return path


@pytest.mark.parametrize("name", FLOORS)
def test_a_suite_keeps_its_floor_and_every_failure_has_a_reason(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    suite = read_suite(suite_path(name))
    failures = suite.failures()
    passed, total = suite.counted(failures)
    record_property(
        "conformance",
        f"{name}: {passed}/{total} = {passed / total:.1%}, floor {FLOORS[name]:.0%}"
        f" (with what is set aside {suite.total - len(failures)}/{suite.total})",
    )
    assert passed / total >= FLOORS[name]
    known = deviations(name)
    for number in failures:
        case = suite.cases[number]
        what = case.get("expr") or case["test"]
        assert any(part in what for part in known), what


@pytest.mark.parametrize("name", FLOORS)
def test_every_deviation_is_still_one(name: str) -> None:
    suite = read_suite(suite_path(name))
    failing = [suite.cases[number] for number in suite.failures()]
    titles = [case.get("expr") or case["test"] for case in failing]
    for part in deviations(name):
        assert any(part in title for title in titles), part


def deviations(name: str) -> list[str]:
    """The cases of the suite that are known to differ."""
    with DEVIATIONS.open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row["case"] for row in rows if row["suite"] == name]


def test_what_is_set_aside_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "own-xpath.jsonl.gz"
    cases = [OWN[0], {**OWN[0], "expr": "area('1 1')"}, {**OWN[0], "ctxType": 2}]
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(case) + "\n" for case in cases)
    suite = read_suite(path)
    assert suite.counted([0]) == (0, 1)
    assert suite.counted([1]) == (1, 1)


OWN: list[dict[str, Any]] = [
    {"xml": "<data><a>1</a><a>2</a></data>", "ctx": [], "expr": "sum(/data/a)", "type": "number",
     "expected": 3},
    {"xml": "<data><a>1</a><a>2</a></data>", "ctx": [0], "expr": "a[2]", "type": "nodes",
     "expected": [[0, 1]]},
    {"xml": "<data/>", "ctx": [], "expr": "number('x')", "type": "number", "expected": "NaN"},
    {"xml": "<data/>", "ctx": [], "expr": "nonsense()", "type": "error", "expected": None},
    {"xml": "<data/>", "ctx": [], "expr": "string(today())", "type": "string",
     "expected": "2026-11-22", "tz": "Europe/Berlin", "now": "2026-11-22T00:30:00+01:00"},
]  # fmt: skip


@pytest.mark.parametrize("case", OWN, ids=lambda case: case["expr"])
def test_own_cases_pass(case: dict[str, Any]) -> None:
    assert expression_passes(case)


def test_a_wrong_expectation_fails() -> None:
    assert not expression_passes({**OWN[0], "expected": 4})
    assert not parse_passes({"expr": "1 +", "parse": "{num:1}"})


def test_the_command_prints_one_line_per_suite(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "own-xpath.jsonl.gz", "wt", encoding="utf-8") as lines:
        for case in (*OWN, {**OWN[0], "expected": 4}):
            lines.write(json.dumps(case) + "\n")
    ran = subprocess.run(
        [sys.executable, "-m", "desktop_advisor.questionnaire.conformance", str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "own-xpath: 5/6\n"
