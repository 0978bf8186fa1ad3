"""What the report says about itself, and its data as an attachment."""

from __future__ import annotations

from desktop_advisor.domain.language import say
from desktop_advisor.report.exports.json_file import json_file
from desktop_advisor.report.frozen import content_hash
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.pdf.archive import Attachment
from desktop_advisor.report.pdf.metadata import About

DATA_FILE = "bericht.json"
"""The attached data, for a program that reads the report instead of a person."""
_LANGUAGES = {"de": "de-DE", "en": "en-GB"}


def title(model: ReportModel) -> str:
    """The document title, as a viewer's window shows it."""
    return (
        say("Beratungsbericht {0}, Fassung {1}").format(model.company.name, model.version).strip()
    )


def about(model: ReportModel) -> About:
    """What the PDF says of itself."""
    return About(
        title(model),
        model.advisor.name,
        model.created_on,
        subject=f"SHA-256 {content_hash(model)}",
        language=_LANGUAGES[model.language],
    )


def data_file(model: ReportModel) -> Attachment:
    """The report's data, to be attached."""
    return Attachment(DATA_FILE, json_file(model), "application/json", say("Daten dieses Berichts"))
