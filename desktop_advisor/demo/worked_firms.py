"""Three invented firms, from the company file to the advice, as data in `resources/firms`."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import msgspec

from desktop_advisor.demo import story
from desktop_advisor.demo.firm_records import (
    LASTED,
    Records,
    enter_file,
    enter_occasion,
    enter_plan,
    enter_visits,
)
from desktop_advisor.domain.answers import Evidence, Perspective
from desktop_advisor.domain.clock import Clock, system_clock
from desktop_advisor.domain.german import BERLIN, one_digit, percent
from desktop_advisor.domain.working_days import is_working_day
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.documents.listing import DOCUMENTS, file_name, save_document
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.questionnaires import choose
from desktop_advisor.usecases.recommending import RecommendationView, refresh_recommendations
from desktop_advisor.usecases.releasing import release_view
from desktop_advisor.usecases.results import Results, show_results
from desktop_advisor.usecases.setting_up import set_up
from desktop_advisor.usecases.targets import set_relevance
from desktop_advisor.usecases.visits import (
    Person,
    begin_visit,
    end_visit,
    plan_visit,
    record_consent,
)
from desktop_advisor.usecases.workplace import KURZCHECK, Resources, Workplace

_NOON = time(12, 15)
_PURPOSE = "Transformationscheck"
CONSENTS = ("consultation", "statistics", "follow_up")


class Firm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One firm. people: name, role, function. answers: perspective → question → form value.

    products, jobs: rows of these tables by the end of the column's name. release: who lets the
    works council's view be seen, "" for nobody. relevance: dimension code → 1–5. records: what the
    file holds beside the answers.
    """

    network: str
    questionnaire: str
    company: dict[str, str]
    people: tuple[tuple[str, str, str], ...]
    occasion: str
    answers: dict[Perspective, dict[str, str]]
    reasons: dict[str, str] = {}
    evidence: dict[str, Evidence] = {}
    products: tuple[dict[str, str], ...] = ()
    jobs: tuple[dict[str, str], ...] = ()
    release: str = ""
    relevance: dict[str, int] = {}
    records: Records = Records()


@dataclass(frozen=True)
class Worked:
    """A firm that has been entered."""

    place: Workplace
    company_id: uuid.UUID
    case_id: uuid.UUID
    visit_id: uuid.UUID


def firm_names(resources: Resources) -> list[str]:
    """The firms that ship, sorted."""
    return sorted(path.stem for path in (resources.root / "firms").glob("*.json"))


def read_firm(resources: Resources, name: str) -> Firm:
    """A firm by its file's name. Raises OSError, msgspec.ValidationError."""
    return msgspec.json.decode((resources.root / "firms" / f"{name}.json").read_bytes(), type=Firm)


def enter(place: Workplace, firm: Firm) -> Worked:
    """Company file, visit, consents, everybody's answers, tables, release and relevance."""
    company_id = create_company(place, CompanyDraft(**firm.company))
    people = tuple(Person(*person) for person in firm.people)
    enter_file(place, company_id, firm.records)
    first = enter_visits(place, company_id, firm.records.visits, people, firm.company["town"])
    visit_id = plan_visit(
        place,
        company_id,
        starts_at=place.clock() - LASTED,
        location=firm.company["town"],
        purpose=_PURPOSE,
        people=people,
    )
    begin_visit(replace(place, clock=lambda: place.clock() - LASTED), visit_id)
    there, consented = first or (place, visit_id)
    for purpose in place.profile.consents:
        granted = purpose.id in CONSENTS
        record_consent(there, consented, purpose.id, granted=granted, given_by=people[0].name)
    case_id = Interview(place, visit_id).case_id
    enter_occasion(place, case_id, firm.occasion)
    if firm.questionnaire != KURZCHECK:
        choose(place, case_id, firm.questionnaire)
    talk = Interview(place, visit_id)
    for perspective, answers in firm.answers.items():
        talk.switch(perspective)
        for question, value in answers.items():
            talk.answer(question, value, firm.reasons.get(question, ""))
    talk.switch(Perspective.MANAGEMENT)
    for table, singular, rows in (
        ("products", "product", firm.products),
        ("jobs", "job", firm.jobs),
    ):
        named = [{f"{singular}_{end}": value for end, value in row.items()} for row in rows]
        talk.fill_rows(table, named)
    for question, text in firm.records.remarks.items():
        talk.write_note(question, text)
    for question, evidence in firm.evidence.items():
        talk.set_evidence(question, evidence)
    if firm.release:
        release_view(place, case_id, firm.release)
    for question, text in firm.records.dissents.items():
        talk.write_dissent(question, text)
    for dimension, relevance in firm.relevance.items():
        set_relevance(place, case_id, firm.questionnaire, dimension, relevance)
    end_visit(place, visit_id)
    enter_plan(place, case_id, firm.records)
    return Worked(place, company_id, case_id, visit_id)


def office_clock(now: datetime) -> Clock:
    """A clock that goes as ours, but stands at noon of the last working day that had one."""
    noon = datetime.combine(now.astimezone(BERLIN), _NOON, BERLIN)
    while noon > now or not is_working_day(noon.date()):
        noon -= timedelta(days=1)
    behind = now - noon
    return lambda: system_clock() - behind


def work_out(resources: Resources, out: Path, names: list[str], say: Callable[[str], Any]) -> None:
    """Enter the firms into stores of their own; every document, and the advice as text."""
    for name in names:
        firm = read_firm(resources, name)
        folder = out / name
        place = set_up(
            resources,
            folder / "laptop",
            name=story.ADVISOR,
            profile_id=firm.network,
            passphrase=story.PASSPHRASE,
            clock=office_clock(system_clock()),
        )
        worked = enter(place, firm)
        words = "\n".join(advice_words(worked))
        (folder / "beratung.txt").write_text(words + "\n", encoding="utf-8")
        for target in write_documents(worked, folder, firm.company["name"]):
            say(f"{name}: {target.name}")
        place.close()


def write_documents(worked: Worked, folder: Path, company: str) -> list[Path]:
    """Every document there is, into the folder."""
    targets = {made.id: folder / file_name(made, company) for made in DOCUMENTS}
    return [
        save_document(worked.place, worked.case_id, document_id, target)
        for document_id, target in targets.items()
    ]


def advice_words(worked: Worked) -> Iterator[str]:
    """Result and advice line by line, as one reads them to check them."""
    results = show_results(worked.place, worked.case_id)
    yield from _result_words(results)
    for view in refresh_recommendations(worked.place, worked.case_id):
        yield from _view_words(view)


def _result_words(results: Results) -> Iterator[str]:
    yield f"# {results.company_name} · {results.form_title}"
    total = results.total
    if total is not None and total.printable is not None:
        yield f"Reifegrad {one_digit(total.printable)}"
    for row in results.maturity:
        value = row.led.printable if row.led else None
        words = one_digit(value) if value is not None else "keine belastbare Aussage"
        yield f"{row.label}: {words}" + (f" · Engpass: {row.bottleneck}" if row.bottleneck else "")
    for priority in results.priorities.rows:
        if priority.value is not None:
            yield f"Platz {priority.place}: {priority.label} {percent(priority.value)}"
    yield from (f"{name}: {figure}" for name, figure in results.figures.values.items() if figure)


def _view_words(view: RecommendationView) -> Iterator[str]:
    yield ""
    yield f"## [{view.audience}] {view.title} ({view.dimension_short}, {view.rule})"
    yield view.text
    yield "Weil: " + "; ".join(f"{cause.label}: {cause.value}" for cause in view.causes)
    yield from (f"  {n}. {step}" for n, step in enumerate(view.steps.splitlines(), start=1))
    yield f"  Wer: {view.owner} · Aufwand: {view.effort} · Messgröße: {view.metric}"
    for hint in view.hints:
        yield f"  → {hint.offer.title}: {hint.eligibility.sentence} {hint.standing.sentence}"
