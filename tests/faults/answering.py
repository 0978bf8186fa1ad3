"""Answers questions until it is killed, and says each one on stdout once it is committed.

Started by test_kill.py: `answering.py FOLDER COMPANY ASSESSMENT`. Each line on stdin is a round; a
round is a forked child, because starting Python anew fifty times would take most of the time.
"""

from __future__ import annotations

import os
import sys
import uuid
from pathlib import Path

from desktop_advisor.domain.clock import system_clock
from desktop_advisor.storage.models import Answer
from desktop_advisor.storage.store import Store

QUESTIONS = 40


def answer_until_killed(folder: Path, company: uuid.UUID, assessment: uuid.UUID, n: int) -> None:
    """Question n % QUESTIONS gets the value n, then the next one."""
    store = Store.open(folder, "p", clock=system_clock)
    while True:
        key = (assessment, f"q{n % QUESTIONS}")
        with store.edit("Anna Weber") as session:
            row = session.get(Answer, key) or Answer(
                assessment_id=assessment, question=key[1], company_id=company
            )
            session.add(row)
            row.state, row.value = "answered", str(n)
        os.write(1, f"saved {n}\n".encode())
        n += 1


def main() -> None:
    """One round per line of stdin: the line says at which number to go on."""
    folder, company, assessment = sys.argv[1:4]
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            answer_until_killed(Path(folder), uuid.UUID(company), uuid.UUID(assessment), int(line))
        os.write(1, f"started {pid}\n".encode())
        os.waitpid(pid, 0)
        os.write(1, b"ended 0\n")


if __name__ == "__main__":
    main()
