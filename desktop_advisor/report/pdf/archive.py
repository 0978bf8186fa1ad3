"""What makes a document PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) beside its tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFCatalog,
    PDFDictionary,
    PDFName,
    PDFPage,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from desktop_advisor.report.pdf.colour_profile import NAME, srgb_profile
from desktop_advisor.report.pdf.metadata import About, xmp_packet

_CATALOG = [*PDFCatalog.__NoDefault__, "AF", "OutputIntents"]
_PAGE = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]
"""The entries ReportLab writes, and those of an archive it does not know."""


@dataclass(frozen=True)
class Attachment:
    """A file within the PDF. name: in ASCII; purpose: one line for whoever finds it."""

    name: str
    data: bytes
    mime_type: str
    purpose: str


def make_archival(document: Any, about: About, attached: Attachment | None = None) -> None:
    """Complete the document as an archive wants it; its pages are finished and tagged.

    Done while ReportLab still holds the objects: reading the file again to add a dozen entries
    took as long as half of its drawing.
    """
    _describe(document, about)
    _number_pages(document)
    _name_colours(document)
    if attached is not None:
        _attach(document, attached, about)


def _describe(document: Any, about: About) -> None:
    catalog = document.Catalog
    catalog.__NoDefault__ = _CATALOG
    catalog.Lang = PDFString(about.language)
    catalog.MarkInfo = PDFDictionary({"Marked": "true"})
    catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
    catalog.Metadata = _stream(xmp_packet(about), is_packed=False, Type="Metadata", Subtype="XML")
    document.info = PDFDictionary({key: PDFString(words) for key, words in about.info.items()})


def _number_pages(document: Any) -> None:
    for number, page in enumerate(document.Pages.pages):
        page.__NoDefault__ = _PAGE
        page.StructParents, page.Tabs, page.Trans = number, PDFName("S"), None


def _name_colours(document: Any) -> None:
    profile = _stream(srgb_profile(), N=3)
    intent = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": PDFString(NAME),
        "Info": PDFString(NAME),
        "DestOutputProfile": document.Reference(profile),
    }
    document.Catalog.OutputIntents = PDFArray([PDFDictionary(intent)])


def _attach(document: Any, attached: Attachment, about: About) -> None:
    stamp = PDFString(about.info["ModDate"])
    parameters = {"Size": len(attached.data), "CreationDate": stamp, "ModDate": stamp}
    file = _stream(attached.data, Type="EmbeddedFile")
    file.dictionary["Subtype"] = "/" + attached.mime_type.replace("/", "#2F")
    file.dictionary["Params"] = PDFDictionary(parameters)
    held = document.Reference(file)
    named = PDFString(attached.name)
    entries = {
        "Type": PDFName("Filespec"),
        "F": named,
        "UF": named,
        "Desc": PDFString(attached.purpose),
        "AFRelationship": PDFName("Data"),
        "EF": PDFDictionary({"F": held, "UF": held}),
    }
    specification = document.Reference(PDFDictionary(entries))
    files = PDFDictionary({"Names": PDFArray([named, specification])})
    document.Catalog.Names = PDFDictionary({"EmbeddedFiles": files})
    document.Catalog.AF = PDFArray([specification])


def _stream(data: bytes, *, is_packed: bool = True, **entries: str | int) -> PDFStream:
    """A stream; words among its entries are names."""
    named = {k: PDFName(v) if isinstance(v, str) else v for k, v in entries.items()}
    return PDFStream(PDFDictionary(named), data, [PDFZCompress] if is_packed else None)
