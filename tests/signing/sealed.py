"""Sealed files on every level, made cheaply, for all who check seals.

`make_sealed()` is a small PDF with the two prepared fields, sealed by an advisor whom the network's
authority vouches for. Trust it by ANCHORS; its time stamps by STAMP_ANCHORS.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from desktop_advisor.signing.keys import SealingKey, SoftwareKey
from desktop_advisor.signing.revocation import Line
from desktop_advisor.signing.sealing import FIELD, STAMP_FIELD, Mark, seal
from desktop_advisor.signing.time_stamps import TimeStampService
from desktop_advisor.signing.upgrading import Level, Trust, add_time_stamp, add_validation_data
from tests.signing import authorities, time_stamp_authority
from tests.signing.authorities import NOW, PASSWORD, advisor_p12
from tests.signing.time_stamp_authority import STAMPED_AT, URL, TimeStampAuthority

SEAL_BOX = (72, 96, 292, 156)
"""Rectangle of the visible field, in points."""


def anchors() -> list[bytes]:
    """What has to be trusted for the seals made here, DER."""
    return [authorities.network().der]


def stamp_anchors() -> list[bytes]:
    """What has to be trusted for the time stamps made here, DER."""
    return [authorities.stamps().der]


def advisor() -> SoftwareKey:
    """An advisor's key with a certificate of the network."""
    return SoftwareKey(advisor_p12(), PASSWORD)


@cache
def sample_pdf(pages: int = 1, *, prepared: bool = True) -> bytes:
    """A small tagged PDF. prepared: with the fields „Siegel“ (visible) and „Zeitstempel“."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=(595, 842))
            page.Contents = pdf.make_stream(b"0.1 0.2 0.4 RG 2 w 72 700 300 40 re S")
        pdf.Root.Lang = "de-DE"
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        if prepared:
            _prepare(pdf)
        with pdf.open_metadata() as xmp:
            xmp["dc:title"] = "Beratungsbericht"
        pdf.docinfo[Name.Title] = "Beratungsbericht"
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _prepare(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[-1].obj
    empty = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=_box(SEAL_BOX))
    fields = [_field(pdf, page, FIELD, SEAL_BOX), _field(pdf, page, STAMP_FIELD, (0, 0, 0, 0))]
    fields[0].AP = Dictionary(N=empty)
    page.Annots = Array(fields)
    page.Tabs = Name.S
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array(fields), SigFlags=3))
    _structure(pdf, page, fields)


def _field(pdf: pikepdf.Pdf, page: Any, name: str, box: tuple[int, ...]) -> Any:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=name,
            TU=name,
            F=132,
            P=page,
            Rect=Array(list(box)),
        )
    )


def _box(box: tuple[int, ...]) -> Array:
    return Array([0, 0, box[2] - box[0], box[3] - box[1]])


def _structure(pdf: pikepdf.Pdf, page: Any, fields: Sequence[Any]) -> None:
    """Each widget in a Form element of its own (ISO 14289-1 §7.18.4)."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    numbers, forms = Array(), Array()
    for number, widget in enumerate(fields):
        reference = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page)
        form = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Form, P=document, K=reference)
        )
        widget.StructParent = number
        numbers.extend([number, form])
        forms.append(form)
    document.K = forms
    root.K = document
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    pdf.Root.StructTreeRoot = root


def make_sealed(
    level: Level | str = Level.BASIC,
    key: SealingKey | None = None,
    *,
    pdf: bytes | None = None,
    at: datetime = NOW,
    mark: Mark | None = None,
) -> bytes:
    """A sealed file of this level. pdf: what is sealed, the sample by default."""
    sealed = seal(
        sample_pdf() if pdf is None else pdf,
        key or advisor(),
        reason="Beratungsbericht Fassung 1",
        location="Zwickau",
        at=at,
        mark=mark,
    )
    if Level(level) is Level.BASIC:
        return sealed
    stamped = add_time_stamp(sealed, service())
    return stamped if Level(level) is Level.TIME_STAMPED else completed(stamped)


def service(authority: TimeStampAuthority | None = None) -> TimeStampService:
    """The program's side of the time-stamp service, without a network between."""
    given = authority or TimeStampAuthority()
    return TimeStampService(URL, given.post, stamp_anchors())


def line() -> Line:
    """Both revocation lists, no OCSP."""
    return Line(get=time_stamp_authority.lists, post=_nobody)


def _nobody(url: str, _body: bytes, _media_type: str) -> bytes:
    raise OSError(url)


def completed(stamped: bytes, trusted: Sequence[bytes] | None = None) -> bytes:
    """A B-T file as B-LT. trusted: anchors of the seal, the network's by default."""
    return add_validation_data(
        stamped,
        service(),
        line(),
        trust=Trust(seals=anchors() if trusted is None else trusted, stamps=stamp_anchors()),
        at=STAMPED_AT,
    )
