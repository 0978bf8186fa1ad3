"""A laptop as the tests see it: a cheap store, a clock they turn, one company file."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from desktop_advisor.storage.key_file import KeyCost
from desktop_advisor.storage.models import Answer, Assessment, Company
from desktop_advisor.storage.store import Store

CHEAP = KeyCost(iterations=1, memory_kib=64, lanes=1)
PASSPHRASE = "Grüße aus Zwickau"


class TurnedClock:
    """A clock that moves one second at each look, and wherever a test sets it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Desk:
    """A store with one company file and one assessment, and short words for what tests do."""

    def __init__(self, store: Store, company: uuid.UUID, assessment: uuid.UUID) -> None:
        self.store = store
        self.company = company
        self.assessment = assessment

    def found(self, name: str = "Huber Zerspanung") -> None:
        """Write the company file and the assessment."""
        with self.store.edit("Anna Weber") as session:
            session.add(Company(id=self.company, company_id=self.company, name=name))
            session.add(Assessment(id=self.assessment, company_id=self.company, form_id="kurz"))

    def answer(self, question: str, value: str, author: str = "Anna Weber") -> None:
        """One answer, saved."""
        with self.store.edit(author) as session:
            row = session.get(Answer, (self.assessment, question))
            if row is None:
                row = Answer(
                    assessment_id=self.assessment, question=question, company_id=self.company
                )
                session.add(row)
            row.state, row.value, row.reason = "answered", value, ""

    def rename(self, name: str, author: str = "Anna Weber") -> None:
        """Give the company another name."""
        with self.store.edit(author) as session:
            session.get_one(Company, self.company).name = name

    def shown(self, question: str) -> str:
        """The value the typed table shows."""
        with self.store.read() as session:
            return session.get_one(Answer, (self.assessment, question)).value

    @property
    def name(self) -> str:
        """The company's name the typed table shows."""
        with self.store.read() as session:
            return session.get_one(Company, self.company).name
