"""Try a questionnaire out on a made-up company, in a throw-away store of its own."""

from __future__ import annotations

import secrets
import tempfile
import uuid
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop_advisor.questionnaire.authoring.building import write_compiled
from desktop_advisor.storage.key_file import KeyCost
from desktop_advisor.storage.models import Assessment
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.setting_up import NEUTRAL, set_up
from desktop_advisor.usecases.visits import Person, begin_visit, plan_visit
from desktop_advisor.usecases.workplace import KURZCHECK, Resources, Workplace

if TYPE_CHECKING:
    from desktop_advisor.questionnaire.authoring.compiling import Compiled

COMPANY = CompanyDraft(
    name="Musterbetrieb GmbH",
    legal_form="GmbH",
    town="Musterstadt",
    wz_code="29.32",
    heads="85",
    staff_units="80",
    has_works_council="yes",
)
PEOPLE = (Person("Geschäftsführung", "gf"), Person("Betriebsrat", "br"))
_LIGHT_LOCK = KeyCost(iterations=1, memory_kib=64, lanes=1)
"""The store holds nothing worth a secret and is gone when the trial ends."""


@dataclass(frozen=True)
class TrialResources(Resources):
    """The program's content, but the questionnaires of one folder. tried: that folder."""

    tried: Path = Path()

    @property
    def forms(self) -> Path:
        return self.tried


class Trial:
    """A visit under way in a temporary folder; nothing of the advisor's own data is touched.

    Attributes:
        visit_id: the visit whose interview is tried.
    """

    def __init__(self, resources: Resources) -> None:
        self._folder = tempfile.TemporaryDirectory(
            prefix="fragebogen-vorschau-", ignore_cleanup_errors=True
        )
        self._rounds = 0
        self._place = set_up(
            resources,
            self.folder / "store",
            name="Vorschau",
            profile_id=NEUTRAL,
            passphrase=secrets.token_urlsafe(16),
            cost=_LIGHT_LOCK,
        )
        self.visit_id = self._begin()

    @property
    def folder(self) -> Path:
        """Where all of it lies until `close`."""
        return Path(self._folder.name)

    def ask(self, compiled: Compiled) -> Workplace:
        """The workplace in which that form is the one being asked.

        Answers given to an earlier form of this trial stand under the questions of the same name.
        """
        self._rounds += 1
        tried = self.folder / f"forms-{self._rounds}"
        sidecar = msgspec.structs.replace(compiled.sidecar, form_id=KURZCHECK)
        write_compiled(replace(compiled, sidecar=sidecar), tried, KURZCHECK)
        with self._place.store.edit(self._place.author) as session:
            for assessment in session.query(Assessment):
                assessment.form_hash = sidecar.form_hash
                assessment.form_version = sidecar.version
        resources = TrialResources(self._place.resources.root, tried=tried)
        return replace(self._place, resources=resources)

    def close(self) -> None:
        """Remove everything."""
        self._place.close()
        self._folder.cleanup()

    def _begin(self) -> uuid.UUID:
        company_id = create_company(self._place, COMPANY)
        now = self._place.clock()
        visit_id = plan_visit(self._place, company_id, starts_at=now, people=PEOPLE)
        begin_visit(self._place, visit_id)
        return visit_id
