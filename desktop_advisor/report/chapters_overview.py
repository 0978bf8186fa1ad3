"""First chapters: summary, occasion and visits, company profile, method."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from desktop_advisor.domain.german import short_date
from desktop_advisor.domain.language import say
from desktop_advisor.report import passage_keys as keys
from desktop_advisor.report import phrases, wording
from desktop_advisor.report.model import Finding, Participant, ReportModel, Visit
from desktop_advisor.report.pages import heading, subheading
from desktop_advisor.report.tables import bare, boxes, ruled
from desktop_advisor.report.theme import BODY_WIDTH, Theme, text

Story = list[Any]


def chapter(title: str, theme: Theme, *, room: float = 150) -> Story:
    """A chapter's heading, on the next page where only `room` points are left."""
    return [CondPageBreak(room), heading(title, theme.chapter)]


def section(title: str, theme: Theme, *, room: float = 90) -> Story:
    """A heading within a chapter."""
    return [CondPageBreak(room), heading(title, theme.section, level=1)]


def paragraphs(sentences: tuple[str, ...], style: Any) -> Story:
    """Each sentence group as a paragraph of its own."""
    return [text(s, style) for s in sentences if s.strip()]


def passage(key: str, said: str | tuple[str, ...], style: Any) -> Story:
    """What an editable passage says; nothing where the advisor left it out."""
    lines = (said,) if isinstance(said, str) else said
    return [text(line, style, passage=key) for line in lines if line.strip()]


def standing(model: ReportModel, field: str, style: Any) -> Story:
    """The paragraphs of a standing text."""
    said = getattr(model.statements, field)
    return [
        part
        for number, paragraph in enumerate(said, start=1)
        for part in passage(keys.statement(field, number), paragraph, style)
    ]


def explained(model: ReportModel, field: str, style: Any) -> Story:
    """The sentences that say how to read a chapter."""
    said = getattr(model.statements.explanations, field)
    return passage(keys.explanation(field), said, style)


def summary(model: ReportModel, theme: Theme) -> Story:
    """Half a page for readers in a hurry, with the figures and what comes next."""
    story = [heading(say("Zusammenfassung"), theme.chapter)]
    for index, sentence in enumerate(model.summary.sentences):
        story += passage(keys.sentence(model.summary, index), sentence, theme.lead)
    story += [Spacer(1, 4), boxes(_figure_boxes(model, theme), theme), Spacer(1, 8)]
    story += _next_steps(model, theme)
    if model.summary.note:
        story += [Spacer(1, 6), *passage(keys.SUMMARY_NOTE, model.summary.note, theme.aside)]
    return story + _findings(model, theme)


def _figure_boxes(model: ReportModel, theme: Theme) -> list[Story]:
    figures = model.summary.figures
    spread = phrases.interval(figures.low, figures.high)
    counted = say("{0} von {1} Kennpunkten").format(figures.answered, figures.applicable)
    if figures.value is None:
        overall = (say("Reifegrad gesamt"), phrases.NOTHING, say("keine belastbare Aussage"))
    else:
        words = say("von 5 · Spanne {0}").format(spread) if spread else say("von 5")
        overall = (say("Reifegrad gesamt"), phrases.figure(figures.value), words)
    shown = [
        overall,
        (say("Abdeckung"), phrases.share(figures.coverage), counted),
        (say("Engpässe"), str(figures.bottlenecks), say("kritische Kennpunkte auf Stufe 0 oder 1")),
        (say("Belegt"), phrases.share(figures.evidenced), say("gesehen oder Dokument (E2/E3)")),
        *((f.label, f.value, f.note) for f in figures.more),
    ]
    return [_figure_box(*entry, theme) for entry in shown[:5]]


def _figure_box(label: str, value: str, note: str, theme: Theme) -> Story:
    return [
        text(label, theme.label),
        Spacer(1, 2),
        text(value, theme.figure),
        Spacer(1, 2),
        text(note, theme.small),
    ]


def _next_steps(model: ReportModel, theme: Theme) -> Story:
    steps = model.summary.next_steps
    if not steps:
        return []
    rows = [
        [
            text(str(number), theme.cell_bold),
            text(step.title, theme.cell),
            text(phrases.day(step.due_on), theme.cell_right),
        ]
        for number, step in enumerate(steps, start=1)
    ]
    return [
        CondPageBreak(90),
        heading(say("Die nächsten Schritte"), theme.section, level=1),
        ruled(rows, (16, BODY_WIDTH - 96, 80), theme=theme),
    ]


def _findings(model: ReportModel, theme: Theme) -> Story:
    if not model.strengths and not model.urgent:
        return []
    half = (BODY_WIDTH - 24) / 2
    row = [
        _finding_list(say("Stärken"), "strength", model.strengths, theme),
        "",
        _finding_list(say("Handlungsbedarf und Ursachen"), "urgent", model.urgent, theme),
    ]
    return [
        CondPageBreak(120),
        heading(say("Stärken und Handlungsbedarf"), theme.section, level=1),
        bare([row], (half, 24, half), middle=False),
    ]


def _finding_list(title: str, kind: str, findings: tuple[Finding, ...], theme: Theme) -> Story:
    story: Story = [subheading(text(title, theme.label)), Spacer(1, 3)]
    if not findings:
        story.append(text(say("Keine benannt."), theme.aside))
    for finding in findings:
        value = "" if finding.value is None else f" · {phrases.figure(finding.value)}"
        story += [text(finding.title + value, theme.cell_bold)]
        story += passage(keys.finding(kind, finding), finding.text, theme.cell)
        story += [Spacer(1, 5)]
    return story


def occasion(model: ReportModel, theme: Theme) -> Story:
    """Why the advice took place, who took part, when and for how long."""
    story = chapter(say("Anlass, Beteiligte und Termine"), theme, room=200)
    story += passage(keys.OCCASION, model.occasion, theme.body)
    story += passage(keys.MANDATE, model.mandate, theme.body)
    if not model.visits:
        return [*story, text(say("Es ist kein Termin erfasst."), theme.aside)]
    header = (say("Datum"), say("Ort und Gegenstand"), say("Beteiligte"), say("Stunden"))
    rows = [_visit_row(visit, theme) for visit in model.visits]
    story.append(
        ruled(rows, (70, 140, BODY_WIDTH - 254, 44), header=header, theme=theme, right=(3,))
    )
    known = [v.hours for v in model.visits if v.hours is not None]
    if len(known) > 1:
        total = say("Beratungsstunden gesamt: {0}").format(phrases.hours(sum(known[1:], known[0])))
        story += [Spacer(1, 4), text(total, theme.small_right)]
    return story


def _visit_row(visit: Visit, theme: Theme) -> list[Any]:
    when = [text(phrases.day(visit.on), theme.cell), text(visit.time, theme.small)]
    where = [text(visit.place, theme.cell), text(visit.purpose, theme.small)]
    people = [text(participant_line(p), theme.cell) for p in visit.participants]
    hours = phrases.NOTHING if visit.hours is None else phrases.hours(visit.hours)
    return [when, where, people, text(hours, theme.cell_right)]


def participant_line(person: Participant) -> str:
    """Name, role and function as far as they are given."""
    role = " · ".join(p for p in (person.role, person.function) if p and p != person.role)
    words = " · ".join(p for p in (person.role, role if role != person.role else "") if p)
    return f"{person.name} ({words})" if words else person.name


def profile(model: ReportModel, theme: Theme) -> Story:
    """Unternehmensprofil with the KMU class."""
    company = model.company
    council = {True: say("vorhanden"), False: say("nicht vorhanden"), None: say("nicht bekannt")}
    industry = " ".join(p for p in (company.wz_code, company.industry) if p)
    edition = say(" (WZ {0})").format(company.wz_edition) if company.wz_edition and industry else ""
    form = "" if company.legal_form in company.name else company.legal_form
    facts = [
        (say("Unternehmen"), company.name),
        (say("Rechtsform"), form),
        (say("Anschrift"), phrases.address(company)),
        (say("Kreis"), company.county),
        (say("Wirtschaftszweig"), industry + edition if industry else ""),
        (say("Erzeugnisse"), company.products),
        (say("KMU-Klasse"), company.size_class),
        (say("Beschäftigte (Köpfe)"), "" if company.heads is None else str(company.heads)),
        (
            say("Jahresarbeitseinheiten"),
            "" if company.staff_units is None else phrases.plain(company.staff_units),
        ),
        (say("Jahresumsatz"), phrases.million(company.turnover_million)),
        (say("Bilanzsumme"), phrases.million(company.balance_million)),
        (say("Betriebsrat"), council[company.has_works_council]),
        (say("Betriebe"), "\n".join(company.sites)),
        (say("Internet"), company.website),
    ]
    rows = [
        [text(label, theme.small), text(value or say("nicht angegeben"), theme.cell)]
        for label, value in facts
        if value or label in (say("Anschrift"), say("Beschäftigte (Köpfe)"), say("KMU-Klasse"))
    ]
    table = ruled(rows, (130, BODY_WIDTH - 130), theme=theme, padding=2.6)
    return [*chapter(say("Unternehmensprofil"), theme, room=240), table]


def method(model: ReportModel, theme: Theme) -> Story:
    """How the values came about and with which questionnaire."""
    story = chapter(say("Methode und Abdeckung"), theme, room=150)
    story += standing(model, "method", theme.body)
    if model.withheld:
        story.append(text(model.withheld, theme.tinted))
    *before, last = story
    return [*before, KeepTogether([last, *_used(model, theme)])]


def _used(model: ReportModel, theme: Theme) -> Story:
    """Which questionnaire was filled by whom and when, in one line; hashes stand in the annex."""
    used = [
        f"{wording.PERSPECTIVES[form.perspective]}"
        + (f" ({form.respondents})" if form.respondents else "")
        + (say(" am {0}").format(short_date(form.on)) if form.on else "")
        for form in model.forms
    ]
    if not used:
        return []
    form = model.forms[0]
    return [
        text(
            say(
                "{0}, Fassung {1}: {2}. Antwortzustände und Belegstufen erklärt die Anlage."
            ).format(form.title, form.version or "–", "; ".join(used)),
            theme.dense_soft,
        )
    ]
