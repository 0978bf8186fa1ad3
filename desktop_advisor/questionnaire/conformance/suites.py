"""A suite: one file of cases, gzipped JSON lines, and the way its cases are judged."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_advisor.questionnaire.conformance.expression_cases import (
    Case,
    expression_passes,
    parse_passes,
)
from desktop_advisor.questionnaire.conformance.scenario_cases import scenario_passes
from desktop_advisor.questionnaire.conformance.scope import counts

ENDING = ".jsonl.gz"


@dataclass(frozen=True, slots=True)
class Suite:
    """name: the file's name without its ending."""

    name: str
    cases: tuple[Case, ...]

    @property
    def total(self) -> int:
        return len(self.cases)

    def failures(self) -> list[int]:
        """The numbers of the cases that fail, from 0; a case that raises fails."""
        judge = _judge_of(self.cases)
        return [number for number, case in enumerate(self.cases) if not _passes(judge, case)]

    def counted(self, failures: list[int]) -> tuple[int, int]:
        """Passed and total of the cases that are not set aside."""
        counting = [number for number, case in enumerate(self.cases) if counts(case)]
        failed = set(failures)
        return sum(number not in failed for number in counting), len(counting)

    def describe(self, number: int) -> str:
        """One line that finds the case again."""
        case = self.cases[number]
        what = case.get("expr") or case.get("test") or ""
        wanted = json.dumps(case.get("expected", case.get("parse")), ensure_ascii=False)[:80]
        return f"{what!r:.120} → {wanted}"


def suites_of(folder: Path) -> list[Suite]:
    """Every suite of the folder, by name."""
    return [read_suite(path) for path in sorted(folder.glob(f"*{ENDING}"))]


def read_suite(path: Path) -> Suite:
    """The suite of that file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        cases = tuple(json.loads(line) for line in lines if line.strip())
    return Suite(path.name.removesuffix(ENDING), cases)


def _judge_of(cases: tuple[Case, ...]) -> Callable[[Case], bool]:
    first = cases[0] if cases else {}
    if "form" in first:
        return scenario_passes
    return parse_passes if "parse" in first else expression_passes


def _passes(judge: Callable[[Case], bool], case: Case) -> bool:
    try:
        return judge(case)
    except Exception:  # noqa: BLE001 - a fault of ours is a failed case, never the end of the run
        return False
