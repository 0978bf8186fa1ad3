"""Whose report, of when, which version: the words around the chapters, in whatever file."""

from __future__ import annotations

from desktop_advisor.domain.german import short_date
from desktop_advisor.report.frozen import content_hash, short_hash
from desktop_advisor.report.model import ReportModel


def running_words(model: ReportModel) -> tuple[str, str, str]:
    """What stands at the head of every page on the left, at its foot on the left and right."""
    network = model.network.short_name or model.network.name
    foot = (f"Fassung {_version(model)}", short_date(model.created_on), _hash(model))
    head = " · ".join(p for p in (network, model.company.name) if p)
    return head, model.network.footer_line or model.network.name, " · ".join(foot)


def cover_facts(model: ReportModel) -> list[tuple[str, str]]:
    """Label and value of each fact on the cover; "" where there is nothing to say."""
    days = [short_date(v.on) for v in model.visits if v.on]
    return [
        (
            "Beratende Person",
            " · ".join(p for p in (model.advisor.name, model.advisor.organisation) if p),
        ),
        ("Kontakt", " · ".join(p for p in (model.advisor.phone, model.advisor.email) if p)),
        ("Termine", ", ".join(days)),
        ("Stand", short_date(model.created_on)),
        ("Fassung", _version(model)),
        ("Ersetzt", _replaced(model)),
        ("Prüfsumme", _hash(model)),
    ]


def _version(model: ReportModel) -> str:
    return f"{model.version}{' (vorläufig)' if model.is_draft else ''}"


def _hash(model: ReportModel) -> str:
    return short_hash(content_hash(model))


def _replaced(model: ReportModel) -> str:
    if model.replaces is None:
        return ""
    on = model.replaces.sealed_on
    when = f" vom {short_date(on)}" if on else ""
    return f"Fassung {model.replaces.version}{when}"
