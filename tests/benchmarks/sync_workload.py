"""Assessments of 150 German answers, the same for every engine: drawn with a fixed seed.

About 27 kB of JSON each and 5 kB of gzip: levels, sources, and a remark in every second answer.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice

from tests.benchmarks.bench_search import BACKS, FRONTS, SMALL

ANSWERS = 150
SEED = 20261123
QUESTIONS = [f"{BACKS.split()[i % 20].lower()}_{i:03d}" for i in range(ANSWERS)]


@dataclass(frozen=True)
class Said:
    """One answer; said_at: seconds since the visit began."""

    question: str
    state: str
    value: str
    reason: str
    evidence: str
    note: str
    said_at: int


@dataclass(frozen=True)
class Sheet:
    """One company's one assessment."""

    company_id: str
    name: str
    assessment_id: str
    began_ms: int
    answers: list[Said]

    def document(self) -> dict[str, object]:
        """The sheet as a document database keeps it."""
        return {"_id": self.assessment_id, **asdict(self)}


def sheets(count: int, first: int = 0, answers: int = ANSWERS) -> Iterator[Sheet]:
    """The sheets numbered from `first`, each with its first `answers`; the same every time."""
    for number in range(first, first + count):
        drawn = random.Random(SEED + number)
        company = str(uuid.UUID(int=drawn.getrandbits(128), version=4))
        yield Sheet(
            company_id=company,
            name=f"{drawn.choice(FRONTS.split())}technik {drawn.randrange(10_000)} GmbH",
            assessment_id=str(uuid.UUID(int=drawn.getrandbits(128), version=4)),
            began_ms=1_764_000_000_000 + number * 7_200_000 + drawn.randrange(3_600_000),
            answers=list(islice(_answers(drawn), answers)),
        )


def _answers(drawn: random.Random) -> Iterator[Said]:
    said_at = 0
    for question in QUESTIONS:
        said_at += drawn.randrange(5, 45)
        is_answered = drawn.random() < 0.92
        note = _remark(drawn) if drawn.random() < 0.5 else ""
        yield Said(
            question=question,
            state="answered" if is_answered else drawn.choice(["dont_know", "confidential"]),
            value=str(drawn.choices(range(5), (1, 4, 6, 4, 1))[0]) if is_answered else "",
            reason="",
            evidence=drawn.choice(["E0", "E0", "E0", "E1", "E2"]),
            note=note,
            said_at=said_at,
        )


def _remark(drawn: random.Random) -> str:
    words = [drawn.choice(SMALL.split()) for _ in range(drawn.randrange(6, 16))]
    for place in range(0, len(words), 3):
        words[place] = drawn.choice(FRONTS.split()) + drawn.choice(BACKS.split())
    return " ".join(words) + "."
