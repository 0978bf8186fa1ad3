"""Attacks prepared before the victim sealed, and attacks that abuse the proofs added later."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
from asn1crypto import cms
from pikepdf import Array, Dictionary, Name, String
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.signers import PdfTimeStamper

from desktop_advisor.signing.revisions import Revision
from desktop_advisor.signing.time_stamps import TimeStampService
from tests.signing import sealed
from tests.signing.attack_list import attack
from tests.signing.authorities import Authority
from tests.signing.hostile import (
    appended,
    basic,
    drawn,
    gap,
    long_term,
    note,
    rebuilt,
    stamped,
    text_stream,
    token_over,
)
from tests.signing.time_stamp_authority import URL, TimeStampAuthority


def _prepared(change: Any) -> bytes:
    """A file into which something was put, sealed by an advisor who did not notice."""
    return sealed.make_sealed("B-B", pdf=rebuilt(drawn(), change))


def _action(**entries: Any) -> Dictionary:
    return Dictionary({"/" + key: value for key, value in entries.items()})


@attack()
def layer_that_can_be_switched() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("x")))
        off = Dictionary(OFF=Array([layer]), Order=Array([layer]))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=off)

    return _prepared(change)


@attack()
def script_that_runs_at_opening() -> bytes:
    script = _action(S=Name.JavaScript, JS=String("this.getField('x')"))
    return _prepared(lambda pdf: pdf.Root.__setattr__("OpenAction", script))


@attack()
def program_that_starts_at_opening() -> bytes:
    start = _action(S=Name.Launch, F=String("cmd.exe"))
    return _prepared(lambda pdf: pdf.Root.__setattr__("OpenAction", start))


@attack()
def page_of_the_web_at_opening() -> bytes:
    go = _action(S=Name.URI, URI=String("https://example.invalid"))
    return _prepared(lambda pdf: pdf.Root.__setattr__("OpenAction", go))


@attack()
def script_under_an_escaped_name() -> bytes:
    pdf = rebuilt(
        drawn(),
        lambda p: p.Root.__setattr__("OpenAction", _action(S=Name.JavaScript, JS=String("1"))),
    )
    escaped = pdf.replace(b"/S /JavaScript", b"/S /J#61vaScript").replace(b"/JS ", b"/J#53 ")
    assert escaped != pdf
    return sealed.make_sealed("B-B", pdf=_repaired(escaped))


def _repaired(pdf: bytes) -> bytes:
    """With a table that fits again, whatever the names look like."""
    table = pdf.rindex(b"xref\n", 0, pdf.rindex(b"startxref"))
    rows = pdf[table:].split(b"\n")
    count = int(rows[1].split()[1])
    fresh = [
        b"%010d 00000 n " % (pdf.index(b"\n%d 0 obj" % number) + 1) for number in range(1, count)
    ]
    rows[3 : 3 + len(fresh)] = fresh
    text = b"\n".join(rows)
    start = text.rindex(b"startxref\n") + 10
    return pdf[:table] + text[:start] + b"%d\n%%%%EOF\n" % table


@attack()
def script_when_a_page_opens() -> bytes:
    when = Dictionary(O=_action(S=Name.JavaScript, JS=String("1")))
    return _prepared(lambda pdf: pdf.pages[0].obj.__setattr__("AA", when))


def _with_note(given: Dictionary) -> bytes:
    return _prepared(
        lambda pdf: pdf.pages[0].obj.__setattr__("Annots", Array([pdf.make_indirect(given)]))
    )


@attack()
def stamp_over_the_amount() -> bytes:
    return _with_note(note("Stamp"))


@attack()
def note_without_a_kind() -> bytes:
    given = note("Stamp")
    del given["/Subtype"]
    return _with_note(given)


@attack()
def text_over_the_amount() -> bytes:
    return _with_note(note("FreeText"))


@attack()
def link_that_starts_a_program() -> bytes:
    return _with_note(note("Link", A=_action(S=Name.Launch, F=String("cmd.exe"))))


@attack()
def form_field_for_the_amount() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        field = pdf.make_indirect(note("Widget", FT=Name.Tx, T=String("x"), V=String("10.000")))
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm.Fields.append(field)

    return _prepared(change)


@attack()
def dynamic_form() -> bytes:
    return _prepared(lambda pdf: pdf.Root.AcroForm.__setattr__("XFA", String("<xdp/>")))


@attack()
def page_from_another_file() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        outside = Dictionary(F=String("other.pdf"), Page=0)
        form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, Ref=outside)
        form.BBox = Array([0, 0, 9, 9])
        pdf.pages[0].obj.Resources.XObject = Dictionary(X=form)

    return _prepared(change)


@attack()
def content_from_outside() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"", F=String("https://example.invalid"))

    return _prepared(change)


@attack()
def picture_that_prints_another() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        other = Array([Dictionary(DefaultForPrinting=True)])
        image = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Alternates=other)
        pdf.pages[0].obj.Resources.XObject = Dictionary(X=image)

    return _prepared(change)


@attack()
def film_on_a_page() -> bytes:
    return _with_note(note("Screen", A=_action(S=Name.Rendition, OP=0)))


@attack()
def portfolio_with_a_first_page() -> bytes:
    return _prepared(lambda pdf: pdf.Root.__setattr__("Collection", Dictionary(View=Name.D)))


def _shadowed() -> bytes:
    """A sealed file that carries a second, unseen page tree."""

    def change(pdf: pikepdf.Pdf) -> None:
        with pikepdf.open(BytesIO(drawn(b"99.000 Euro"))) as other:
            pages = [pdf.copy_foreign(page.obj) for page in other.pages]
        hidden = pdf.make_indirect(
            Dictionary(Type=Name.Pages, Kids=Array([pdf.make_indirect(p) for p in pages]), Count=2)
        )
        pdf.Root.Hidden = hidden

    return _prepared(change)


@attack()
def shadow_hidden_page_tree_shown() -> bytes:
    """Hide and replace (Mainka et al. 2021): the revision only points to what was signed."""

    def change(writer: Any) -> None:
        writer.root[pdf_name("/Pages")] = writer.root.raw_get("/Hidden")
        writer.update_root()

    return appended(_shadowed(), change)


@attack()
def shadow_cover_removed() -> bytes:
    """Hide: a picture lay over the text when it was sealed."""

    def change(writer: Any) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b""))
        writer.update_container(page)

    return appended(basic(), change)


@attack()
def shadow_font_replaced() -> bytes:
    """Replace: the same signs, but drawn by a font in which 1 looks like 9."""

    def change(writer: Any) -> None:
        font = writer.root["/Pages"]["/Kids"][0]["/Resources"]["/Font"]["/F1"]
        names = generic.ArrayObject([generic.NumberObject(49), pdf_name("/nine")])
        coded = generic.DictionaryObject({pdf_name("/Differences"): names})
        font[pdf_name("/Encoding")] = coded
        writer.update_container(font)

    return appended(basic(), change)


# -- what was added later -------------------------------------------------------------------------


def _closed(pdf: bytes, change: Any, authority: TimeStampAuthority | None = None) -> bytes:
    """A change in one revision with a document time stamp, as anybody gets one."""
    given = authority or TimeStampAuthority()
    service = TimeStampService(URL, given.post, [given.authority.der])
    writer = Revision.of(pdf)  # so that nothing but the attack itself can give it away
    change(writer)
    out = BytesIO()
    PdfTimeStamper(service, field_name="Zeitstempel").timestamp_pdf(
        writer, "sha256", bytes_reserved=16384, output=out
    )
    return out.getvalue()


def _store(writer: Any, **entries: Any) -> None:
    store = generic.DictionaryObject({pdf_name("/" + k): v for k, v in entries.items()})
    writer.root[pdf_name("/DSS")] = writer.add_object(store)
    writer.update_root()


def _list_of(writer: Any, data: bytes) -> Any:
    return generic.ArrayObject([writer.add_object(generic.StreamObject(stream_data=data))])


@attack()
def page_changed_under_a_trusted_time_stamp() -> bytes:
    def change(writer: Any) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        page[pdf_name("/Contents")] = writer.add_object(text_stream("99.000 Euro"))
        writer.update_container(page)

    return _closed(stamped(), change)


@attack()
def unseen_object_under_a_trusted_time_stamp() -> bytes:
    return _closed(stamped(), lambda w: w.add_object(generic.pdf_string("unseen")))


@attack()
def proofs_with_foreign_content() -> bytes:
    return _closed(stamped(), lambda w: _store(w, Certs=_list_of(w, b"no certificate")))


@attack()
def proofs_with_something_behind_a_certificate() -> bytes:
    data = Authority("x", "x").der + b"hidden"
    return _closed(stamped(), lambda w: _store(w, Certs=_list_of(w, data)))


@attack()
def proofs_with_a_foreign_entry() -> bytes:
    return _closed(stamped(), lambda w: _store(w, Hidden=_list_of(w, b"x")))


@attack()
def language_changed_under_a_trusted_time_stamp() -> bytes:
    def change(writer: Any) -> None:
        writer.root[pdf_name("/Lang")] = generic.pdf_string("en-GB")
        writer.update_root()

    return _closed(stamped(), change)


@attack()
def second_field_under_a_trusted_time_stamp() -> bytes:
    def change(writer: Any) -> None:
        append_signature_field(writer, SigFieldSpec("Siegel2", box=(60, 690, 400, 720)))

    return _closed(stamped(), change)


@attack()
def time_stamp_made_visible() -> bytes:
    def change(writer: Any) -> None:
        field = writer.root["/AcroForm"]["/Fields"][1]
        box = generic.ArrayObject([generic.NumberObject(n) for n in (60, 690, 400, 720)])
        field[pdf_name("/Rect")] = box
        look = generic.DictionaryObject({pdf_name("/N"): writer.add_object(text_stream("99"))})
        field[pdf_name("/AP")] = look
        writer.update_container(field)

    return _closed(stamped(), change)


@attack()
def attachment_swapped_under_a_trusted_time_stamp() -> bytes:
    def change(writer: Any) -> None:
        stream = writer.root["/AF"][0]["/EF"]["/F"]
        stream._data, stream._encoded_data = b'{"version":2}', None
        writer.update_container(stream)

    return _closed(stamped(), change)


@attack(is_resealed=True)
def closed_by_a_self_made_time_stamp_authority() -> bytes:
    forged = TimeStampAuthority(Authority("Zeitstempel-CA", "fremd"))
    return _closed(stamped(), lambda _: None, forged)


@attack()
def two_revisions_before_the_time_stamp() -> bytes:
    once = appended(stamped(), lambda w: w.add_object(generic.pdf_string("unseen")))
    return _closed(once, lambda _: None)


@attack()
def revision_after_the_proofs() -> bytes:
    return appended(long_term(), lambda w: w.add_object(generic.pdf_string("unseen")))


@attack()
def page_changed_after_the_proofs() -> bytes:
    def change(writer: Any) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        page[pdf_name("/Contents")] = writer.add_object(text_stream("99.000 Euro"))
        writer.update_container(page)

    return appended(long_term(), change)


@attack()
def time_stamp_over_the_file_is_of_another() -> bytes:
    start, end = gap(long_term(), 1)
    digits = token_over(b"another file").dump().hex().encode()
    return long_term()[:start] + digits.ljust(end - start, b"0") + long_term()[end:]


@attack()
def bytes_behind_the_time_stamp_over_the_file() -> bytes:
    _start, end = gap(long_term(), 1)
    return long_term()[: end - 4] + b"41" + long_term()[end - 2 :]


@attack()
def attributes_stuffed_into_the_time_stamp_over_the_file() -> bytes:
    from asn1crypto import core

    start, end = gap(long_term(), 1)
    info = cms.ContentInfo.load(bytes.fromhex(long_term()[start:end].decode()))
    info["content"]["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes(
        [cms.CMSAttribute({"type": "1.2.3.4", "values": [core.OctetString(b"x")]})]
    )
    digits = info.dump().hex().encode()
    return long_term()[:start] + digits.ljust(end - start, b"0") + long_term()[end:]
