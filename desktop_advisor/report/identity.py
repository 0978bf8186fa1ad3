"""Whose report, of when, which version: the words around the chapters, in whatever file."""

from __future__ import annotations

from desktop_advisor.domain.german import short_date
from desktop_advisor.domain.language import say
from desktop_advisor.report.frozen import content_hash, short_hash
from desktop_advisor.report.model import ReportModel


def running_words(model: ReportModel) -> tuple[str, str, str]:
    """What stands at the head of every page on the left, at its foot on the left and right."""
    network = model.network.short_name or model.network.name
    foot = (say("Fassung {0}").format(_version(model)), short_date(model.created_on), _hash(model))
    head = " · ".join(p for p in (network, model.company.name) if p)
    return head, model.network.footer_line or model.network.name, " · ".join(foot)


def cover_facts(model: ReportModel) -> list[tuple[str, str]]:
    """Label and value of each fact on the cover; "" where there is nothing to say."""
    days = [short_date(v.on) for v in model.visits if v.on]
    return [
        (
            say("Beratende Person"),
            " · ".join(p for p in (model.advisor.name, model.advisor.organisation) if p),
        ),
        (say("Kontakt"), " · ".join(p for p in (model.advisor.phone, model.advisor.email) if p)),
        (say("Termine"), ", ".join(days)),
        (say("Stand"), short_date(model.created_on)),
        (say("Fassung"), _version(model)),
        (say("Ersetzt"), _replaced(model)),
        (say("Prüfsumme"), _hash(model)),
    ]


def _version(model: ReportModel) -> str:
    return f"{model.version}{say(' (vorläufig)') if model.is_draft else ''}"


def _hash(model: ReportModel) -> str:
    return short_hash(content_hash(model))


def _replaced(model: ReportModel) -> str:
    if model.replaces is None:
        return ""
    on = model.replaces.sealed_on
    when = say(" vom {0}").format(short_date(on)) if on else ""
    return say("Fassung {0}{1}").format(model.replaces.version, when)
