"""`python -m desktop_advisor.questionnaire.conformance DIR`: prints `suite: passed/total`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from desktop_advisor.questionnaire.conformance.suites import Suite, suites_of


def main() -> int:
    """Run every suite in the folder; 0 when all of them ran, whatever passed."""
    parser = argparse.ArgumentParser(prog="conformance", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list-failures", metavar="SUITE", default="")
    options = parser.parse_args()
    suites = suites_of(options.folder)
    for suite in suites:
        failures = suite.failures()
        sys.stdout.write(f"{suite.name}: {suite.total - len(failures)}/{suite.total}\n")
        sys.stdout.flush()
        if suite.name == options.list_failures:
            _list(suite, failures)
    return 0 if suites else 1


def _list(suite: Suite, failures: list[int]) -> None:
    for number in failures:
        sys.stdout.write(f"  {number + 1}: {suite.describe(number)}\n")


if __name__ == "__main__":
    sys.exit(main())
