"""The program is killed at random moments while it answers; nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy

from desktop_advisor.domain.clock import system_clock
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.key_file import KeyCost
from desktop_advisor.storage.models import Answer, Assessment
from desktop_advisor.storage.store import Store

ROUNDS = 50
LONGEST_ROUND_S = 0.12
QUESTIONS = 40


class Program:
    """The answering program and its words, read one by one."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin
        assert process.stdout
        self._stdin, self._stdout = process.stdin, process.stdout
        self._unread = b""

    def start_round(self, n: int) -> None:
        self._stdin.write(f"{n}\n".encode())
        self._stdin.flush()

    def next_word(self, timeout_s: float) -> tuple[str, int] | None:
        """What it says next; None when it says nothing in that time."""
        while b"\n" not in self._unread:
            if not select.select([self._stdout], [], [], max(timeout_s, 0))[0]:
                return None
            piece = os.read(self._stdout.fileno(), 65536)
            assert piece, "the answering program has ended"
            self._unread += piece
        line, self._unread = self._unread.split(b"\n", 1)
        word, number = line.split()
        return word.decode(), int(number)


@contextmanager
def answering(folder: Path, company: uuid.UUID, assessment: uuid.UUID) -> Iterator[Program]:
    """The answering program, ended with its test."""
    script = Path(__file__).with_name("answering.py")
    arguments = [sys.executable, str(script), str(folder), str(company), str(assessment)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Program(process)
        assert process.stdin
        process.stdin.close()


def kill_in_the_middle(program: Program, n: int, chance: random.Random) -> int:
    """Let it answer from number n on, kill it, and say what the last acknowledged number was."""
    program.start_round(n)
    last, pid = n - 1, 0
    acknowledged_first = chance.choice((n - 1, n))  # some die before they have said anything
    while not pid or last < acknowledged_first:
        said = program.next_word(30)
        assert said is not None
        pid, last = (said[1], last) if said[0] == "started" else (pid, said[1])
    deadline = time.monotonic() + chance.uniform(0, LONGEST_ROUND_S)
    while (said := program.next_word(deadline - time.monotonic())) is not None:
        last = said[1]
    os.kill(pid, signal.SIGKILL)
    while (said := program.next_word(30)) != ("ended", 0):
        assert said is not None
        last = said[1]
    return last


def stored(folder: Path, assessment: uuid.UUID) -> tuple[dict[str, str], dict[str, str]]:
    """Question → value after a restart, and once more after a rebuild from the log."""
    store = Store.open(folder, "p", clock=system_clock)
    query = sqlalchemy.select(Answer).where(Answer.assessment_id == assessment)
    with store.read() as session:
        before = {row.question: row.value for row in session.scalars(query)}
    store.rebuild()
    with store.read() as session:
        after = {row.question: row.value for row in session.scalars(query)}
    store.close()
    return before, after


def test_fifty_of_fifty_kills_lose_no_acknowledged_answer(tmp_path: Path) -> None:
    company, assessment = new_id(system_clock()), new_id(system_clock())
    store = Store.create(tmp_path, "p", clock=system_clock, cost=KeyCost(1, 64, 1))
    with store.edit("Anna Weber") as session:
        session.add(Assessment(id=assessment, company_id=company))
    store.close()
    chance = random.Random()
    n = kept = 0
    with answering(tmp_path, company, assessment) as program:
        for _ in range(ROUNDS):
            last = kill_in_the_middle(program, n, chance)
            before, after = stored(tmp_path, assessment)
            acknowledged = {f"q{k % QUESTIONS}": str(k) for k in range(last + 1)}
            in_flight = {**acknowledged, f"q{(last + 1) % QUESTIONS}": str(last + 1)}
            assert before in (acknowledged, in_flight)
            assert after == before
            n = last + 1 + (before == in_flight)
            kept += 1
    assert kept == ROUNDS
    assert n > ROUNDS
