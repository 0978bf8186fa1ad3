"""The strict reading of a sealed file: two readers that forgive nothing have to agree on it.

Attacks live where readers differ or repair. And a sealed page has to look the same for everybody,
so whatever can change its look without changing a byte is refused as well (shadow attacks: Mainka
et al., NDSS 2021).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop_advisor.signing.faults import Fault
from desktop_advisor.signing.packed_reader import PackedReader

MOST_BYTES = 100 * 1024 * 1024
"""A report has well under 10 MB; what is far beyond that is no report (our choice)."""
_MOST_OBJECTS = 400_000
_LONGEST_OBJECT = 1024 * 1024
"""Bytes as text, streams apart; the seal's own is the longest of a report, with a thirtieth."""
_MOST_REVISIONS = 8
"""Drawn, sealed, proofs added: three. A few more for other programs' drafts before the seal."""
_MOST_ATTACHED_BYTES = 16 * 1024 * 1024
_HEAD = re.compile(rb"%PDF-(?:1\.[0-7]|2\.0)[\r\n]")
_TAIL = re.compile(rb"startxref\r?\n\d{1,10}\r?\n%%EOF(?:\r\n|\n|\r)?\Z")

_MOVING = (
    *("JS", "JavaScript", "Launch", "RichMedia", "Movie", "Sound", "Rendition", "3D", "XFA"),
    *("OCProperties", "OCG", "OCMD", "SetOCGState", "SubmitForm", "ImportData", "ResetForm"),
    *("GoToR", "GoToE", "GoTo3DView", "Hide", "AA", "NeedAppearances", "Alternates", "OPI"),
    *("FFilter", "Collection", "Encrypt"),
)
"""Names of ISO 32000-2 that run something, load something, or switch content on and off."""
_MOVING_NAME = re.compile(rb"/(?:" + "|".join(_MOVING).encode() + rb")(?=[\s/<>\[\](){}%]|\Z)")
_TEXT = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f\s]+>", re.DOTALL)


@dataclass(frozen=True)
class Read:
    """A file both readers agree on.

    reader: pyHanko's. look_fault: why the pages do not look the same for everybody, in German;
    "" where they do. title, attached: see Verdict.
    """

    reader: PdfFileReader
    look_fault: str
    title: str
    attached: bytes


def read_strictly(pdf: bytes) -> Read:
    """The file as both readers see it. Raises Fault, or whatever a reader raises."""
    if len(pdf) > MOST_BYTES:
        raise Fault("Die Datei ist zu groß für einen Bericht.")
    if not _HEAD.match(pdf) or not _TAIL.search(pdf, max(0, len(pdf) - 64)):
        raise Fault("Anfang oder Ende der Datei sind nicht die eines PDF-Dokuments.")
    seen = second_reader(pdf)  # first, because it is quick and refuses what would take long
    reader = first_reader(pdf)
    root = (reader.root_ref.idnum, reader.root_ref.generation)
    if seen.root != root or seen.pages != int(reader.root["/Pages"]["/Count"]):
        raise Fault("Die Datei sieht für verschiedene Programme verschieden aus.")
    return Read(reader, seen.look_fault, seen.title, seen.attached)


def first_reader(pdf: bytes) -> PdfFileReader:
    """pyHanko's strict reader. Raises Fault or PdfError."""
    reader = PackedReader(pdf)
    if reader.xrefs.hybrid_xrefs_present:
        raise Fault("Die Datei hat zwei verschiedene Inhaltsverzeichnisse.")
    if reader.xrefs.total_revisions > _MOST_REVISIONS:
        raise Fault("Die Datei wurde zu oft fortgeschrieben.")
    _ = reader.root
    return reader


@dataclass(frozen=True)
class Seen:
    """A file as qpdf sees it. root: number and generation of its catalogue. See Read."""

    root: tuple[int, int]
    pages: int
    look_fault: str
    title: str
    attached: bytes


def second_reader(pdf: bytes) -> Seen:
    """The file as qpdf sees it. Raises Fault or PdfError."""
    with pikepdf.open(BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as other:
        if len(other.objects) > _MOST_OBJECTS:
            raise Fault("Die Datei hat zu viele Bestandteile für einen Bericht.")
        look, title, attached = _look_fault(other), _title(other), _attached(other)
        if other.get_warnings():
            look = "Die Datei ist fehlerhaft aufgebaut."
        return Seen(other.Root.objgen, len(other.pages), look, title, attached)


def entry(holder: Any, key: str, otherwise: Any = None) -> Any:
    """The value under a key, references followed (pyHanko's own `get` does not follow them)."""
    try:
        return holder[key]
    except KeyError:
        return otherwise


def entries(array: Any) -> list[Any]:
    """The members of an array, references followed."""
    return [array[index] for index in range(len(array))]


def _look_fault(pdf: pikepdf.Pdf) -> str:
    """What makes the file look or act differently from one viewer or moment to the next; ""."""
    for thing in pdf.objects:
        is_stream = isinstance(thing, pikepdf.Stream)
        described: Any = thing.stream_dict if is_stream else thing
        if not isinstance(described, pikepdf.Object):
            continue  # pikepdf hands out numbers, truth values and null as Python's own
        text = described.unparse(resolved=True)
        if len(text) > _LONGEST_OBJECT:
            raise Fault("Ein Bestandteil der Datei ist zu groß für einen Bericht.")
        if _MOVING_NAME.search(_TEXT.sub(b"", text)):
            return _MOVES
        if is_stream and ("/F" in described or "/Ref" in described):
            return "Teile des Dokuments liegen außerhalb der Datei."
    notes = (note for page in pdf.pages for note in page.obj.get("/Annots", ()))
    if any(note.get("/Subtype") not in ("/Link", "/Widget") for note in notes):
        return "Über den Seiten liegen Anmerkungen, die etwas verdecken können."
    begin = pdf.Root.get("/OpenAction")
    is_jump = not isinstance(begin, pikepdf.Dictionary) or begin.get("/S") == "/GoTo"
    return "" if is_jump else _MOVES


_MOVES = (
    "Das Dokument enthält bewegliche Teile (Programmcode, Ebenen, Formulare oder Medien), die sein "
    "Aussehen ändern können, ohne dass das Siegel bricht."
)


def _title(pdf: pikepdf.Pdf) -> str:
    info = pdf.trailer.get("/Info")
    return str(info.get("/Title", ""))[:300] if info is not None else ""


def _attached(pdf: pikepdf.Pdf) -> bytes:
    """The first associated file that is JSON (ISO 32000-2 §14.13, relationship Data)."""
    for spec in pdf.Root.get("/AF", ()):
        stream = spec.get("/EF", pikepdf.Dictionary()).get("/F")
        if stream is None or stream.get("/Subtype") != "/application/json":
            continue
        if len(stream.read_raw_bytes()) > _MOST_ATTACHED_BYTES // 8:
            continue
        content: bytes = stream.read_bytes()
        return content if len(content) <= _MOST_ATTACHED_BYTES else b""
    return b""
