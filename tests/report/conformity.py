"""PDF/A-3a and PDF/UA-1 checked by our own reading of the clauses, as far as a program can.

Each fault begins with the clause it breaks: "A" is ISO 19005-3:2012, "UA" is ISO 14289-1:2014.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from tests.report.conformity_content import PageContent, content_faults, read_page
from tests.report.conformity_fonts import font_faults
from tests.report.conformity_metadata import metadata_faults
from tests.report.conformity_structure import structure_faults

_FORBIDDEN_ROOT = {
    "/OCProperties": "A 6.9",
    "/AA": "A 6.5.2",
    "/OpenAction": "A 6.5.1",
    "/Requirements": "A 6.11",
    "/NeedsRendering": "A 6.4.2",
}
_ANNOTATIONS = ("/Link", "/Widget")
_INVISIBLE, _HIDDEN, _PRINT, _NO_VIEW, _TOGGLE = 1, 2, 4, 32, 256
_LONGEST_STRING = 32767
_ALLOWED_ACTIONS = ("/GoTo", "/URI")
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_LEAST_SIDE, _LARGEST_SIDE = 3, 14400


def faults(pdf: bytes) -> list[str]:
    """What is wrong with the file, in the order of looking; empty for a conforming one."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        pages = [read_page(page) for page in opened.pages]
        forms = [read_page(o) for o in opened.objects if _is_form(o)]
        return [
            *_file(pdf, opened),
            *_catalog(opened),
            *metadata_faults(opened),
            *_colours(opened),
            *_objects(opened),
            *_attachments(opened),
            *_annotations(opened),
            *content_faults([*pages, *forms]),
            *font_faults([*pages, *forms]),
            *_tags(opened, pages, forms),
        ]


def _is_form(made: pikepdf.Object) -> bool:
    return isinstance(made, pikepdf.Stream) and made.get("/Subtype") == "/Form"


def _tags(opened: pikepdf.Pdf, pages: list[PageContent], forms: list[PageContent]) -> Iterator[str]:
    if "/StructTreeRoot" not in opened.Root:
        yield "UA 7.1: no structure tree"
        return
    yield from structure_faults(opened, pages)
    if any(form.tags for form in forms):
        yield "UA 7.20: tags in a form"


def _file(pdf: bytes, opened: pikepdf.Pdf) -> Iterator[str]:
    lines = pdf.split(b"\n", 2)
    if lines[0].strip() not in (b"%PDF-1.4", b"%PDF-1.5", b"%PDF-1.6", b"%PDF-1.7"):
        yield f"A 6.1.2: header {lines[0]!r}"
    if not (lines[1][:1] == b"%" and len(lines[1]) >= 5 and all(b > 127 for b in lines[1][1:5])):
        yield "A 6.1.2: no binary comment"
    if not pdf.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "A 6.1.3: data after the end"
    if "/ID" not in opened.trailer:
        yield "A 6.1.3: no file identifier"
    if "/Encrypt" in opened.trailer or opened.is_encrypted:
        yield "A 6.1.3: encrypted"


def _catalog(opened: pikepdf.Pdf) -> Iterator[str]:
    root = opened.Root
    if not _LANGUAGE.fullmatch(str(root.get("/Lang", ""))):
        yield "A 6.7.4: no language"
    if "/RoleMap" in root.get("/StructTreeRoot", {}):
        yield "UA 7.1: standard types need no roles"
    if not _true(root.get("/MarkInfo", {}).get("/Marked")):
        yield "UA 6.2: not marked"
    if _true(root.get("/MarkInfo", {}).get("/Suspects")):
        yield "UA 7.1: suspects"
    if not _true(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")):
        yield "UA 7.1: the title is not displayed"
    yield from (f"{clause}: {key}" for key, clause in _FORBIDDEN_ROOT.items() if key in root)
    names = root.get("/Names", {})
    yield from (f"A 6.5: {key}" for key in ("/JavaScript",) if key in names)
    yield from (f"A 6.10: {key}" for key in ("/AlternatePresentations",) if key in names)
    form = root.get("/AcroForm", {})
    if "/XFA" in form or _true(form.get("/NeedAppearances")):
        yield "A 6.4: dynamic form"
    if set(root.get("/Perms", {}).keys()) - {"/UR3", "/DocMDP"}:
        yield "A 6.1.12: permissions"
    yield from _pages(opened)


def _pages(opened: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(opened.pages):
        if "/Resources" not in page.obj:
            yield f"A 6.2.2: page {number} inherits its resources"
        if set(page.obj.keys()) & {"/AA", "/PresSteps", "/Group"}:
            yield f"A 6.10: page {number} has steps or actions"
        left, bottom, right, top = (float(v) for v in page.mediabox)
        if not all(_LEAST_SIDE <= side <= _LARGEST_SIDE for side in (right - left, top - bottom)):
            yield f"A 6.1.13: size of page {number}"
        if page.obj.get("/Tabs") != "/S":
            yield f"UA 7.18.3: page {number} has no tab order"


def _true(value: Any) -> bool:
    return bool(value) and str(value) not in ("false", "False")


def _colours(opened: pikepdf.Pdf) -> Iterator[str]:
    intents = [i for i in opened.Root.get("/OutputIntents", []) if i.S == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield f"A 6.2.3: {len(intents)} output intents"
        return
    profile = bytes(intents[0].DestOutputProfile.read_bytes())
    if not str(intents[0].get("/OutputConditionIdentifier", "")):
        yield "A 6.2.3: no output condition"
    size = int.from_bytes(profile[:4], "big")
    if size != len(profile) or profile[36:40] != b"acsp" or profile[8] > 4:
        yield "A 6.2.3: broken profile"
    if profile[12:16] not in (b"mntr", b"prtr") or profile[16:20] != b"RGB ":
        yield "A 6.2.3: the profile is no RGB device"
    if int(intents[0].DestOutputProfile.N) != 3:
        yield "A 6.2.4.2: wrong number of components"


def _objects(opened: pikepdf.Pdf) -> Iterator[str]:
    for made in opened.objects:
        if isinstance(made, pikepdf.Stream):
            yield from _stream(made)
        elif isinstance(made, pikepdf.Dictionary):
            action = made.get("/A") if "/S" not in made else None
            if "/JS" in made or (action and action.get("/S") not in _ALLOWED_ACTIONS):
                yield "A 6.5.1: forbidden action"
            if made.get("/Type") == "/ExtGState":
                yield from _state(made)
        if isinstance(made, pikepdf.Dictionary | pikepdf.Stream):
            strings = (v for v in made.values() if isinstance(v, pikepdf.String))
            if any(len(bytes(s)) > _LONGEST_STRING for s in strings):
                yield "A 6.1.13: string too long"


def _state(made: pikepdf.Dictionary) -> Iterator[str]:
    if set(made.keys()) & {"/TR", "/TR2", "/HT", "/HTP"}:
        yield "A 6.2.5: transfer function or halftone"
    if made.get("/BM", "/Normal") != "/Normal":
        yield "A 6.2.10: blend mode"


def _stream(made: pikepdf.Stream) -> Iterator[str]:
    filters = made.get("/Filter", [])
    named = [filters] if isinstance(filters, pikepdf.Name) else list(filters)
    if any(str(f) in ("/LZWDecode", "/Crypt") for f in named):
        yield "A 6.1.7.2: forbidden filter"
    if set(made.keys()) & {"/F", "/FFilter", "/FDecodeParms"}:
        yield "A 6.1.7.1: external stream"
    if made.get("/Subtype") == "/Image":
        if set(made.keys()) & {"/Alternates", "/OPI"} or _true(made.get("/Interpolate")):
            yield "A 6.2.8: forbidden key of an image"
        if made.get("/ColorSpace") not in ("/DeviceRGB", "/DeviceGray"):
            yield f"A 6.2.4.3: image in {made.get('/ColorSpace')}"
    if made.get("/Subtype") == "/Form" and set(made.keys()) & {"/OPI", "/PS", "/Ref", "/Subtype2"}:
        yield "A 6.2.9: forbidden key of a form"


def _attachments(opened: pikepdf.Pdf) -> Iterator[str]:
    associated = [spec.objgen for spec in opened.Root.get("/AF", [])]
    specs = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary) and "/EF" in o]
    for spec in specs:
        if "/F" not in spec or "/UF" not in spec:
            yield "A 6.8: file specification without F or UF"
        if spec.get("/AFRelationship") not in ("/Data", "/Source", "/Alternative", "/Supplement"):
            yield "A 6.8: no relationship"
        if spec.objgen not in associated:
            yield "A 6.8: not associated with the document"
        file = spec.EF.F
        if "/" not in str(file.get("/Subtype", ""))[1:]:
            yield "A 6.8: no MIME type"
        if "/ModDate" not in file.get("/Params", {}):
            yield "A 6.8: no date of modification"


def _annotations(opened: pikepdf.Pdf) -> Iterator[str]:
    for page in opened.pages:
        for annotation in page.obj.get("/Annots", []):
            kind, flags = str(annotation.Subtype), int(annotation.get("/F", 0))
            if kind not in _ANNOTATIONS:
                yield f"A 6.3.1: annotation {kind}"
            if not flags & _PRINT or flags & (_INVISIBLE | _HIDDEN | _NO_VIEW | _TOGGLE):
                yield f"A 6.3.2: flags {flags} of {kind}"
            left, bottom, right, top = (float(v) for v in annotation.Rect)
            has_size = left != right or bottom != top
            if kind == "/Widget" and has_size and "/N" not in annotation.get("/AP", {}):
                yield "A 6.3.3: no appearance"
            appearance = annotation.get("/AP", {})
            if set(appearance.keys()) - {"/N"}:
                yield "A 6.3.3: further appearances"
            if "/N" in appearance and not isinstance(appearance.N, pikepdf.Stream):
                yield "A 6.3.3: appearance is no stream"
            if set(annotation.keys()) & {"/AA"} or (kind == "/Widget" and "/A" in annotation):
                yield "A 6.4.1: action of a field"
            if not str(annotation.get("/Contents", "")):
                yield f"UA 7.18.1: {kind} without contents"
            if kind == "/Widget" and not str(annotation.get("/TU", "")):
                yield "UA 7.18.1: field without TU"
            if "/StructParent" not in annotation:
                yield f"UA 7.18.1: {kind} is not in the structure"
