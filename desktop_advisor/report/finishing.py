"""What ReportLab leaves out: language, metadata and the data itself as an attachment."""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO

from pikepdf import Array, AttachedFileSpec, Dictionary, Name, ObjectStreamMode, Pdf, String

from desktop_advisor.report.exports.json_file import json_file
from desktop_advisor.report.frozen import content_hash
from desktop_advisor.report.model import ReportModel

DATA_FILE = "bericht.json"
"""The attached data, for a program that reads the report instead of a person."""
_PRODUCER = "Desktop Advisor"


def title(model: ReportModel) -> str:
    """The document title, as a viewer's window shows it."""
    return f"Beratungsbericht {model.company.name}, Fassung {model.version}".strip()


def finish(drawn: bytes, model: ReportModel) -> bytes:
    """The same pages with title, language, XMP and attached JSON; equal input, equal bytes."""
    made_at = datetime.combine(model.created_on, time(), tzinfo=UTC)
    with Pdf.open(BytesIO(drawn)) as pdf:
        pdf.Root.Lang = String("de-DE")
        pdf.Root.PageMode = Name.UseOutlines
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        _describe(pdf, model, made_at)
        _attach(pdf, model, made_at)
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()


def _describe(pdf: Pdf, model: ReportModel, made_at: datetime) -> None:
    stamp = f"D:{made_at:%Y%m%d%H%M%S}Z"
    pdf.docinfo = pdf.make_indirect(
        Dictionary(
            Title=String(_printable(title(model))),
            Author=String(_printable(model.advisor.name)),
            Subject=String(f"SHA-256 {content_hash(model)}"),
            Producer=String(_PRODUCER),
            CreationDate=String(stamp),
            ModDate=String(stamp),
        )
    )
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp.load_from_docinfo(pdf.docinfo, delete_missing=True)
        xmp["dc:language"] = {"de-DE"}


def _printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable())


def _attach(pdf: Pdf, model: ReportModel, made_at: datetime) -> None:
    stamp = f"D:{made_at:%Y%m%d%H%M%S}Z"
    spec = AttachedFileSpec(
        pdf,
        json_file(model),
        filename=DATA_FILE,
        description="Daten dieses Berichts",
        mime_type="application/json",
        creation_date=stamp,
        mod_date=stamp,
    )
    spec.obj.AFRelationship = Name.Data
    pdf.attachments[DATA_FILE] = spec
    pdf.Root.AF = Array([pdf.attachments[DATA_FILE].obj])
