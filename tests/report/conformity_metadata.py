"""XMP: what the file claims to be, equal to the document information."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree

import pikepdf

_SPACES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "ext": "http://www.aiim.org/pdfa/ns/extension/",
    "schema": "http://www.aiim.org/pdfa/ns/schema#",
    "property": "http://www.aiim.org/pdfa/ns/property#",
}
_PREDEFINED = ("dc", "xmp", "pdf", "pdfaid", "ext")
_EQUAL = {
    "/Title": "dc:title/rdf:Alt/rdf:li",
    "/Author": "dc:creator/rdf:Seq/rdf:li",
    "/Subject": "dc:description/rdf:Alt/rdf:li",
    "/Producer": "pdf:Producer",
    "/Creator": "xmp:CreatorTool",
    "/CreationDate": "xmp:CreateDate",
    "/ModDate": "xmp:ModifyDate",
}


def metadata_faults(opened: pikepdf.Pdf) -> Iterator[str]:
    """What is wrong with the packet and beside it."""
    if "/Metadata" not in opened.Root:
        yield "A 6.6.2: no metadata"
        return
    packet = bytes(opened.Root.Metadata.read_bytes())
    head = packet.split(b"?>", 1)[0]
    if b"bytes=" in head or b"encoding=" in head:
        yield "A 6.6.2: forbidden attribute of the packet"
    for prefix in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "pdfaExtension:schemas"):
        if f"<{prefix}>".encode() not in packet:
            yield f"A 6.6.4: {prefix} under another prefix"
    body = packet.decode("utf-8").split("?>", 1)[1].rsplit("<?xpacket", 1)[0]
    described = ElementTree.fromstring(body).findall("rdf:RDF/rdf:Description", _SPACES)  # noqa: S314

    def said(path: str) -> str:
        found = (d.find(path, _SPACES) for d in described)
        return next((f.text or "" for f in found if f is not None), "")

    if (said("pdfaid:part"), said("pdfaid:conformance")) != ("3", "A"):
        yield "A 6.6.4: not identified as PDF/A-3a"
    if said("pdfuaid:part") != "1":
        yield "UA 5: not identified as PDF/UA-1"
    if not said("dc:title/rdf:Alt/rdf:li"):
        yield "UA 7.1: no title"
    yield from _extensions(described)
    info = opened.docinfo
    for key, path in _EQUAL.items():
        told, noted = said(path), str(info.get(key, ""))
        if key.endswith("Date"):
            told, noted = _moment(told), _moment(noted)
        if told != noted:
            yield f"A 6.6.2: {key} is {noted!r}, but {told!r} in XMP"


def _extensions(described: list[ElementTree.Element]) -> Iterator[str]:
    """Every schema that is not predefined is described, with each of its properties."""
    schemas = [s for d in described for s in d.findall("ext:schemas/rdf:Bag/rdf:li", _SPACES)]
    known = {_SPACES[name] for name in _PREDEFINED}
    defined: dict[str, set[str]] = {}
    for schema in schemas:
        names = schema.findall("schema:property/rdf:Seq/rdf:li/property:name", _SPACES)
        space = schema.findtext("schema:namespaceURI", "", _SPACES)
        defined[space] = {name.text or "" for name in names}
        parts = schema.findall("schema:property/rdf:Seq/rdf:li", _SPACES)
        needed = ("name", "valueType", "category", "description")
        if any(p.find(f"property:{n}", _SPACES) is None for p in parts for n in needed):
            yield "A 6.6.2.3: incomplete property"
        if not schema.findtext("schema:prefix", "", _SPACES):
            yield "A 6.6.2.3: schema without prefix"
    for entry in (entry for d in described for entry in d):
        space, name = entry.tag[1:].split("}")
        if space not in known and name not in defined.get(space, ()):
            yield f"A 6.6.2.3: {name} is in no schema"


def _moment(words: str) -> str:
    if not words:
        return ""
    form = "D:%Y%m%d%H%M%SZ" if words.startswith("D:") else "%Y-%m-%dT%H:%M:%SZ"
    return datetime.strptime(words, form).isoformat()  # noqa: DTZ007
