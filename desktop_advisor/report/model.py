"""The consultation report as plain values: everything the pages show, nothing else.

A use case composes it once, it is frozen as JSON, hashed, then drawn. It holds values where a page
formats figures and charts, and finished German sentences everywhere else, so that a sealed report
can be drawn again without form, catalogue or database.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

import msgspec

from desktop_advisor.assessment.scores import Verdict
from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective
from desktop_advisor.domain.derivation import Derivation
from desktop_advisor.report.answers_model import AnswerTable, PlainAnswer
from desktop_advisor.report.change_model import Changes
from desktop_advisor.report.edit_model import EditedPassage, Inserted
from desktop_advisor.report.exposure_model import ExposureChapter
from desktop_advisor.report.jobs_model import JobsChapter
from desktop_advisor.report.plan_model import Measure
from desktop_advisor.report.priorities_model import PriorityLine
from desktop_advisor.report.referrals_model import ReferralLine
from desktop_advisor.report.statements_model import Statements as Statements  # noqa: PLC0414

Language = Literal["de", "en"]


class Branding(msgspec.Struct, frozen=True, kw_only=True):
    """What the network profile prints.

    short_name: for the page header. funding_number: Förderkennzeichen, "" where there is none.
    logo: PNG bytes, empty when the network has none.
    main_color, tint: "#rrggbb"; contrast was checked when the profile was loaded.
    """

    name: str
    short_name: str = ""
    funder_line: str = ""
    funding_number: str = ""
    footer_line: str = ""
    main_color: str = "#0e5a6b"
    tint: str = "#e4f0f2"
    logo: bytes = b""

    @property
    def funding_line(self) -> str:
        """Who pays, and under which number; "" where nobody is named."""
        number = f"Förderkennzeichen {self.funding_number}" if self.funding_number else ""
        return " · ".join(part for part in (self.funder_line, number) if part)


class Advisor(msgspec.Struct, frozen=True, kw_only=True):
    """Beratende Person."""

    name: str
    organisation: str = ""
    phone: str = ""
    email: str = ""


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """Unternehmensprofil; None means not known, "" not given.

    industry: WZ label beside the code. size_class: KMU class in words. sites: one line each.
    """

    name: str
    legal_form: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    county: str = ""
    wz_code: str = ""
    wz_edition: str = ""
    industry: str = ""
    size_class: str = ""
    heads: int | None = None
    staff_units: Decimal | None = None
    turnover_million: Decimal | None = None
    balance_million: Decimal | None = None
    has_works_council: bool | None = None
    products: str = ""
    website: str = ""
    sites: tuple[str, ...] = ()


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who took part; role in words (Geschäftsführung, Betriebsrat, Beratung …)."""

    name: str
    role: str = ""
    function: str = ""


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """Termin. time: "09:00–12:30" or ""; hours: of advice, None when not recorded."""

    on: date | None
    time: str = ""
    place: str = ""
    purpose: str = ""
    hours: Decimal | None = None
    participants: tuple[Participant, ...] = ()


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One more figure box of the summary, for instance the exposure; texts are finished."""

    label: str
    value: str
    note: str = ""


class KeyFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The overall result of the leading perspective; unrounded, None where nothing may be said.

    coverage: answered weight by applicable weight over all maturity dimensions, 0–1; None when
    nothing applies.
    """

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    coverage: Decimal | None = None
    answered: int = 0
    applicable: int = 0
    bottlenecks: int = 0
    evidenced: Decimal | None = None
    more: tuple[Figure, ...] = ()


class NextStep(msgspec.Struct, frozen=True, kw_only=True):
    """One of the most important steps on the summary page."""

    title: str
    due_on: date | None = None


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """Half a page for readers in a hurry. note: on what the values rest (evidence shares).

    about: what each sentence says, one name per sentence; () in reports of before.
    """

    sentences: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    figures: KeyFigures = KeyFigures()
    next_steps: tuple[NextStep, ...] = ()
    note: str = ""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One dimension seen from one perspective; the fields of `assessment.scores.Score`.

    bottleneck: the label of the lowest critical Kennpunkt, "" when there is none.
    """

    perspective: Perspective
    verdict: Verdict
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    coverage: Decimal | None = None
    answered: int = 0
    applicable: int = 0
    bottleneck: str = ""
    evidenced: Decimal | None = None

    @property
    def printable(self) -> Decimal | None:
        """The value where it may be shown, else None."""
        return self.value if self.verdict in (Verdict.SOLID, Verdict.WITH_INTERVAL) else None


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What one perspective said to one Kennpunkt.

    level: None unless answered. text: the words of the chosen level, or the answer itself.
    reason: why it is not applicable.
    """

    perspective: Perspective
    state: AnswerState = AnswerState.OPEN
    level: Decimal | None = None
    text: str = ""
    evidence: Evidence = Evidence.CLAIMED
    note: str = ""
    reason: str = ""


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    """Kennpunkt with every perspective's answer.

    led: the answer the leading value rests on where joint answers stand in it; None: the leading
    perspective's own.
    """

    question: str
    label: str
    weight: Decimal = Decimal(1)
    is_critical: bool = False
    answers: tuple[Answer, ...] = ()
    led: Answer | None = None


class Dimension(msgspec.Struct, frozen=True, kw_only=True):
    """Handlungsfeld. kind: R maturity, S site, E exposure; only R has results.

    led: the leading result where joint answers stand in it; None: the leading perspective's own.
    is_parked: not looked at in this assessment; printed as such, never as weak.
    sentences: what is said about it, generated and perhaps edited.
    """

    code: str
    label: str
    short: str
    kind: Literal["R", "S", "E"] = "R"
    results: tuple[Result, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    sentences: tuple[str, ...] = ()
    is_parked: bool = False
    led: Result | None = None

    def leading_result(self, leading: Perspective) -> Result | None:
        """The result that stands for the dimension as a whole."""
        return self.led or self.result(leading)

    def result(self, perspective: Perspective) -> Result | None:
        """The result of one perspective; None where it was not asked."""
        return next((r for r in self.results if r.perspective is perspective), None)


class SiteFactor(msgspec.Struct, frozen=True, kw_only=True):
    """Standortfaktor: importance and satisfaction 1–5, None when not answered; gap may be < 0."""

    label: str
    importance: int | None = None
    satisfaction: int | None = None
    gap: int | None = None
    note: str = ""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A strength or a weakness of a dimension, by its code; text names the cause if it is one."""

    title: str
    code: str = ""
    text: str = ""
    value: Decimal | None = None


class TalkingPoint(msgspec.Struct, frozen=True, kw_only=True):
    """Gesprächsanlass: management and works council differ by 2 or more (domain §3).

    joint: the level they agreed on, None where they did not. text: what the table says about it.
    question: its name in the questionnaire, "" in reports of before.
    """

    label: str
    question: str = ""
    dimension: str = ""
    gf: Decimal | None = None
    br: Decimal | None = None
    joint: Decimal | None = None
    text: str = ""


class Recommendation(msgspec.Struct, frozen=True, kw_only=True):
    """Empfehlung. decision: see `wording.DECISIONS`; reason: the advisor's, "" when none.

    fired_by: one sentence per answer that led to it. offers: titles of offers that fit. rule: the
    name of the rule behind it, "" in reports of before.
    """

    title: str
    rule: str = ""
    text: str = ""
    audience: Literal["company", "employees", "stop"] = "company"
    dimension: str = ""
    steps: tuple[str, ...] = ()
    decision: str = "open"
    reason: str = ""
    fired_by: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """Förderhinweis, training or contact, in the wording of domain §5.

    verdict: "kommt in Betracht", "Voraussetzung offen" or "ausgeschlossen". status: in words.
    reasons: why. warning: the forced sentence where stale, suspended or expired, else "".
    before_start: the sentence that the application precedes the start, else "".
    """

    title: str
    kind: str = ""
    provider: str = ""
    text: str = ""
    verdict: str = ""
    reasons: tuple[str, ...] = ()
    status: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    checked_on: date | None = None
    legal_basis: str = ""
    source: str = ""
    warning: str = ""
    before_start: str = ""


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """One purpose of data processing and whether it was granted."""

    purpose: str
    is_granted: bool = False
    given_by: str = ""
    given_on: date | None = None


class SignatureSlot(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody signs. image: PNG of the drawn signature, empty while unsigned.

    function: within the company, as typed. note: small print under the line ("zur Kenntnis").
    signed_at carries a time zone.
    """

    name: str = ""
    role: str = ""
    function: str = ""
    place: str = ""
    signed_at: datetime | None = None
    image: bytes = b""
    note: str = ""


class FormUsed(msgspec.Struct, frozen=True, kw_only=True):
    """Which questionnaire was filled by whom. respondents: names as given, "" when not."""

    perspective: Perspective
    title: str
    version: str = ""
    form_hash: str = ""
    on: date | None = None
    respondents: str = ""


class Replaced(msgspec.Struct, frozen=True, kw_only=True):
    """The version this report corrects, and why."""

    version: int
    sealed_on: date | None = None
    content_hash: str = ""
    reason: str = ""


class ReportModel(msgspec.Struct, frozen=True, kw_only=True):
    """Beratungsbericht.

    leading: whose results stand for the whole; perspectives: whose answers are printed at all.
    withheld: the sentence that says why a perspective is missing, "" when none is. derivations: how
    the numbers outside the dimensions came about.
    joint: how many Kennpunkte the table answered together. form_notice: that the questionnaire's
    version was not at hand, "" when it was. hidden: ids of chapters the advisor left out.
    """

    report_id: str
    version: int
    created_on: date
    language: Language = "de"
    network: Branding
    advisor: Advisor
    company: Company
    is_draft: bool = True
    replaces: Replaced | None = None
    check_name: str = "Transformationscheck (Kurzcheck)"
    occasion: str = ""
    mandate: str = ""
    visits: tuple[Visit, ...] = ()
    summary: Summary = Summary()
    leading: Perspective = Perspective.MANAGEMENT
    perspectives: tuple[Perspective, ...] = (Perspective.MANAGEMENT,)
    withheld: str = ""
    joint: int = 0
    form_notice: str = ""
    forms: tuple[FormUsed, ...] = ()
    catalogue_version: str = ""
    scoring_version: str = ""
    dimensions: tuple[Dimension, ...] = ()
    site_factors: tuple[SiteFactor, ...] = ()
    strengths: tuple[Finding, ...] = ()
    urgent: tuple[Finding, ...] = ()
    talking_points: tuple[TalkingPoint, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    measures: tuple[Measure, ...] = ()
    offers: tuple[Offer, ...] = ()
    consents: tuple[Consent, ...] = ()
    signatures: tuple[SignatureSlot, ...] = ()
    statements: Statements = Statements()
    other_answers: tuple[PlainAnswer, ...] = ()
    answer_tables: tuple[AnswerTable, ...] = ()
    priorities: tuple[PriorityLine, ...] = ()
    changes: Changes | None = None
    derivations: tuple[Derivation, ...] = ()
    exposure: ExposureChapter | None = None
    jobs: JobsChapter | None = None
    referrals: tuple[ReferralLine, ...] = ()
    hidden: tuple[str, ...] = ()
    edited: tuple[EditedPassage, ...] = ()
    insertions: tuple[Inserted, ...] = ()
