"""Answers, results and measures of a report as a workbook, to be filtered and counted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.domain.language import Words, say
from desktop_advisor.report import wording
from desktop_advisor.report.exports.archive import settled
from desktop_advisor.report.exports.sheets import DAY, Colours, Column, Sheet, Value, workbook
from desktop_advisor.report.exports.xml_words import in_one_line
from desktop_advisor.report.finishing import title
from desktop_advisor.report.frozen import content_hash
from desktop_advisor.report.identity import cover_facts
from desktop_advisor.report.model import Answer, Dimension, ReportModel, Result
from desktop_advisor.report.timeline_chart import STATE_WORDS

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = tuple[Value, ...]
_LEVEL, _SHARE, _COUNT = "0.0", "0 %", "0"
_AS_DAYS = ("Stand", "Termine")
"""What the cover says in words and a workbook as days."""
_KINDS = Words({"R": "Reifegrad", "S": "Standort", "E": "Exposition"})


def workbook_file(model: ReportModel) -> bytes:
    """The .xlsx; the same model gives the same bytes.

    What the report prints of one side alone is here too; chapters left out of the pages are not
    left out here, as the office counts what was said, not what is shown.
    """
    branding = model.network
    made = workbook(
        [
            _overview(model),
            _results(model),
            _answers(model),
            _tables(model),
            _measures(model),
            _offers(model),
            _checksums(model),
        ],
        title=in_one_line(title(model), 255),
        author=in_one_line(model.advisor.name, 255),
        colours=Colours(branding.main_color[1:].upper(), branding.tint[1:].upper()),
    )
    return settled(made, model.created_on)


def _overview(model: ReportModel) -> Sheet:
    figures, company = model.summary.figures, model.company
    rows: list[Row] = [
        (say("Unternehmen"), company.name, company.size_class),
        (say("Ort"), " ".join(p for p in (company.postcode, company.town) if p), company.county),
        (say("Wirtschaftszweig"), company.wz_code, company.industry),
        (say("Beschäftigte (Köpfe)"), company.heads, ""),
        (say("Jahresarbeitseinheiten"), company.staff_units, ""),
        (say("Jahresumsatz, Mio. €"), company.turnover_million, ""),
        (say("Bilanzsumme, Mio. €"), company.balance_million, ""),
        (say("Check"), model.check_name, ""),
        *(
            (label, value, "")
            for label, value in cover_facts(model)
            if value and label not in [say(word) for word in _AS_DAYS]
        ),
        (say("Stand"), model.created_on, ""),
        *(
            (say("Termin"), v.on, " · ".join(p for p in (v.time, v.place, v.purpose) if p))
            for v in model.visits
        ),
        (say("Reifegrad gesamt"), figures.value, say("von 5")),
        (say("Reifegrad, mindestens"), figures.low, say("wenn alles Fehlende 0 wäre")),
        (say("Reifegrad, höchstens"), figures.high, say("wenn alles Fehlende 5 wäre")),
        (say("Abdeckung, Anteil"), figures.coverage, say("0 bis 1")),
        (say("Kennpunkte beantwortet"), figures.answered, ""),
        (say("Kennpunkte zutreffend"), figures.applicable, ""),
        (say("Engpässe"), figures.bottlenecks, say("kritische Kennpunkte auf Stufe 0 oder 1")),
        (say("Belegt, Anteil"), figures.evidenced, say("gesehen oder Dokument (E2/E3)")),
        *((f.label, f.value, f.note) for f in figures.more),
    ]
    if model.withheld:
        rows.append((say("Nicht enthalten"), model.withheld, ""))
    columns = (
        Column(say("Angabe"), 30),
        Column(say("Wert"), 60, "0.###"),
        Column(say("Anmerkung"), 44),
    )
    return Sheet(say("Übersicht"), columns, rows)


def _results(model: ReportModel) -> Sheet:
    columns = (
        Column(say("Kennung"), 13),
        Column(say("Handlungsfeld"), 42),
        Column(say("Art"), 12),
        Column(say("Sichtweise"), 18),
        Column(say("Wert"), 9, _LEVEL),
        Column(say("von"), 9, _LEVEL),
        Column(say("bis"), 9, _LEVEL),
        Column(say("Abdeckung"), 13, _SHARE),
        Column(say("beantwortet"), 15, _COUNT),
        Column(say("zutreffend"), 13, _COUNT),
        Column(say("belegt"), 10, _SHARE),
        Column(say("Aussage"), 32),
        Column(say("Engpass"), 60),
    )
    rows = [row for dimension in model.dimensions for row in _dimension(model, dimension)]
    sites: list[Row] = [
        (
            say("Standort"),
            factor.label,
            _KINDS["S"],
            "",
            factor.gap,
            factor.satisfaction,
            factor.importance,
            *(None,) * 4,
            say("Abstand; von Zufriedenheit bis Wichtigkeit"),
            factor.note,
        )
        for factor in model.site_factors
    ]
    return Sheet(say("Ergebnisse"), columns, [*rows, *sites])


def _dimension(model: ReportModel, dimension: Dimension) -> Iterator[Row]:
    head = (dimension.code, dimension.label, _KINDS[dimension.kind])
    if dimension.is_parked:
        yield (*head, "", *(None,) * 7, say(wording.NOT_LOOKED_AT), "")
        return
    if dimension.led is not None:
        yield (*head, say("führend"), *_result(dimension.led))
    for result in dimension.results:
        if result.perspective in model.perspectives:
            yield (*head, wording.PERSPECTIVES[result.perspective], *_result(result))


def _result(result: Result) -> Row:
    """Without a value where none may be printed."""
    is_shown = result.printable is not None
    return (
        result.printable,
        result.low if is_shown else None,
        result.high if is_shown else None,
        result.coverage,
        result.answered,
        result.applicable,
        result.evidenced,
        wording.VERDICTS[result.verdict],
        result.bottleneck,
    )


def _answers(model: ReportModel) -> Sheet:
    columns = (
        Column(say("Frage"), 24),
        Column(say("Kennpunkt"), 56),
        Column(say("Handlungsfeld"), 34),
        Column(say("Sichtweise"), 18),
        Column(say("Zustand"), 18),
        Column(say("Stufe"), 10, "0.#"),
        Column(say("Text"), 60),
        Column(say("Beleg"), 16),
        Column(say("Notiz"), 44),
        Column(say("Begründung"), 34),
        Column(say("Gewicht"), 12, "0.##"),
        Column(say("kritisch"), 12),
    )
    rows: list[Row] = []
    for dimension in model.dimensions:
        for indicator in dimension.indicators:
            tail = (indicator.weight, say("ja") if indicator.is_critical else say("nein"))
            head = (indicator.question, indicator.label, dimension.label)
            rows += [
                (*head, *_answer(answer), *tail)
                for answer in indicator.answers
                if answer.perspective in model.perspectives
            ]
    rows += [
        (
            "",
            other.label,
            say("Weitere Angaben"),
            wording.PERSPECTIVES[other.perspective],
            wording.STATES[other.state],
            None,
            other.text if other.state is AnswerState.ANSWERED else "",
            "",
            other.note,
            "",
            None,
            "",
        )
        for other in model.other_answers
    ]
    return Sheet(say("Antworten"), columns, rows)


def _answer(answer: Answer) -> Row:
    is_said = answer.state is AnswerState.ANSWERED
    return (
        wording.PERSPECTIVES[answer.perspective],
        wording.STATES[answer.state],
        answer.level if is_said else None,
        answer.text if is_said else "",
        wording.EVIDENCE[answer.evidence] if is_said else "",
        answer.note,
        answer.reason,
    )


def _tables(model: ReportModel) -> Sheet:
    """One row per cell, so that tables of any width can be filtered and summed up."""
    columns = (
        Column(say("Tabelle"), 56),
        Column(say("Sichtweise"), 18),
        Column(say("Zeile"), 9, _COUNT),
        Column(say("Spalte"), 30),
        Column(say("Zahl"), 14, "#,##0.###"),
        Column(say("Text"), 50),
    )
    rows: list[Row] = []
    for table in model.answer_tables:
        head = (table.title, wording.PERSPECTIVES[table.perspective])
        for number, row in enumerate(table.rows, start=1):
            for column, said in zip(table.columns, row, strict=True):
                value = _number(said) if column.is_number else None
                rows.append((*head, number, column.label, value, "" if value is not None else said))
        rows += [(*head, None, say("Anmerkung"), None, note) for note in table.notes]
    return Sheet(say("Tabellen"), columns, rows)


def _number(said: str) -> Decimal | None:
    """What the report prints as "1.234,5"; None where it is no number."""
    plain = said.replace(".", "").replace("\u202f", "").replace("\u00a0", "").replace(",", ".")
    plain = plain.replace("−", "-")
    is_plain = plain.removeprefix("-").replace(".", "", 1).isdecimal()
    return Decimal(plain) if is_plain else None


def _measures(model: ReportModel) -> Sheet:
    columns = (
        Column(say("Nr."), 8, _COUNT),
        Column(say("Maßnahme"), 46),
        Column(say("Schritte"), 60),
        Column(say("verantwortlich"), 26),
        Column(say("Beginn"), 13, DAY),
        Column(say("Frist"), 13, DAY),
        Column(say("Stand", "measure"), 16),
        Column(say("erledigt am"), 15, DAY),
        Column(say("Aufwand"), 20),
        Column(say("Nutzen"), 36),
        Column(say("Messgröße"), 36),
        Column(say("Förderung, Angebote"), 40),
        Column(say("Wirkung"), 30),
        Column(say("Wirkung am"), 15, DAY),
        Column(say("beginnt nach Nr."), 12, _COUNT),
        Column(say("Bemerkung"), 36),
    )
    rows: list[Row] = [
        (
            number,
            m.title,
            "\n".join(f"{i}. {step}" for i, step in enumerate(m.steps, start=1)),
            m.owner,
            m.starts_on,
            m.due_on,
            STATE_WORDS.get(m.state, m.state),
            m.done_on,
            m.effort,
            m.benefit,
            m.metric,
            "\n".join(m.offers),
            m.effect,
            m.effect_on,
            m.waits_for or None,
            m.remark,
        )
        for number, m in enumerate(model.measures, start=1)
    ]
    return Sheet(say("Maßnahmen"), columns, rows)


def _offers(model: ReportModel) -> Sheet:
    columns = (
        Column(say("Angebot"), 50),
        Column(say("Art"), 16),
        Column(say("Anbieter"), 32),
        Column(say("Einschätzung"), 24),
        Column(say("Gründe"), 60),
        Column(say("Status"), 16),
        Column(say("gültig ab"), 13, DAY),
        Column(say("gültig bis"), 14, DAY),
        Column(say("Stand"), 13, DAY),
        Column(say("Rechtsgrundlage"), 30),
        Column(say("Quelle"), 40),
        Column(say("Hinweis"), 60),
        Column(say("Kurztext"), 60),
    )
    rows: list[Row] = [
        (
            o.title,
            o.kind,
            o.provider,
            o.verdict,
            "\n".join(o.reasons),
            say(o.status),
            o.valid_from,
            o.valid_to,
            o.checked_on,
            o.legal_basis,
            o.source,
            " ".join(p for p in (o.before_start, o.warning) if p),
            o.text,
        )
        for o in model.offers
    ]
    return Sheet(say("Förderhinweise"), columns, rows)


def _checksums(model: ReportModel) -> Sheet:
    rows: list[Row] = [
        (say("Inhalt des Berichts (SHA-256)"), content_hash(model)),
        (say("Bericht"), model.report_id),
        (say("Fassung"), str(model.version)),
        *(
            (
                say("Fragebogen {0}").format(wording.PERSPECTIVES[f.perspective]),
                f"{f.title}, {f.version or '–'}, {f.form_hash or '–'}",
            )
            for f in model.forms
        ),
        (say("Angebotskatalog"), model.catalogue_version),
        (say("Bewertung"), model.scoring_version),
    ]
    if model.replaces is not None:
        rows.append(
            (
                say("Ersetzte Fassung {0}").format(model.replaces.version),
                model.replaces.content_hash,
            )
        )
    return Sheet(say("Prüfsummen"), (Column(say("Was"), 36), Column(say("Wert"), 90)), rows)
