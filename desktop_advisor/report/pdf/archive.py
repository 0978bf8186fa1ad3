"""The last step of every document: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1)."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from pikepdf import (
    Array,
    AttachedFileSpec,
    Dictionary,
    Name,
    ObjectStreamMode,
    Pdf,
    Stream,
    String,
)

from desktop_advisor.report.pdf.colour_profile import NAME, srgb_profile
from desktop_advisor.report.pdf.metadata import About, xmp_packet

_VERSION = "1.7"


@dataclass(frozen=True)
class Attachment:
    """A file within the PDF. purpose: one line for whoever finds it."""

    name: str
    data: bytes
    mime_type: str
    purpose: str


def archival(drawn: bytes, about: About, attached: Attachment | None = None) -> bytes:
    """The same pages as an archive wants them; equal input, equal bytes.

    drawn: tagged pages from a `TaggedCanvas`.
    """
    with Pdf.open(BytesIO(drawn)) as pdf:
        root = pdf.Root
        root.Lang = String(about.language)
        root.MarkInfo = Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        if Name.Outlines in root:
            root.PageMode = Name.UseOutlines
        for number, page in enumerate(pdf.pages):
            page.obj.StructParents = number
            page.obj.Tabs = Name.S
            if Name.Trans in page.obj:
                del page.obj.Trans
        _describe(pdf, about)
        _name_colours(pdf)
        if attached is not None:
            _attach(pdf, attached, about)
        out = BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
            force_version=_VERSION,
        )
    return out.getvalue()


def _describe(pdf: Pdf, about: About) -> None:
    info = Dictionary({f"/{key}": String(words) for key, words in about.info.items()})
    pdf.docinfo = pdf.make_indirect(info)
    metadata = Stream(pdf, xmp_packet(about))
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = metadata


def _name_colours(pdf: Pdf) -> None:
    profile = Stream(pdf, srgb_profile())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(NAME),
        Info=String(NAME),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([intent])


def _attach(pdf: Pdf, attached: Attachment, about: About) -> None:
    stamp = about.info["ModDate"]
    spec = AttachedFileSpec(
        pdf,
        attached.data,
        filename=attached.name,
        description=attached.purpose,
        mime_type=attached.mime_type,
        creation_date=stamp,
        mod_date=stamp,
    )
    spec.obj.AFRelationship = Name.Data
    pdf.attachments[attached.name] = spec
    pdf.Root.AF = Array([pdf.attachments[attached.name].obj])
