"""Attacks that append something to a sealed file, visible or not."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.signing.attack_list import attack
from tests.signing.hostile import (
    Freely,
    appended,
    appended_raw,
    basic,
    self_made,
    stamped,
    text_stream,
)
from tests.signing.sealed import advisor


def _page(writer: Any, index: int = 0) -> Any:
    return writer.root["/Pages"]["/Kids"][index]


def _replace_text(writer: Any) -> None:
    page = _page(writer)
    page["/Contents"] = writer.add_object(text_stream("Foerderung 99.000 Euro"))
    writer.update_container(page)


def _name(text: str) -> Any:
    return pdf_name("/" + text)


def _dictionary(**entries: Any) -> Any:
    return generic.DictionaryObject({_name(key): value for key, value in entries.items()})


@attack()
def page_content_replaced() -> bytes:
    return appended(basic(), _replace_text)


@attack()
def page_content_of_a_stamped_file_replaced() -> bytes:
    return appended(stamped(), _replace_text)


@attack()
def content_stream_overridden_in_place() -> bytes:
    def change(writer: Any) -> None:
        stream = _page(writer)["/Contents"]
        stream._data = text_stream("Foerderung 99.000 Euro").data
        stream._encoded_data = None
        writer.update_container(stream)

    return appended(basic(), change)


@attack()
def unseen_object_appended() -> bytes:
    return appended(basic(), lambda w: w.add_object(generic.pdf_string("unseen")))


@attack()
def identical_object_written_again() -> bytes:
    return appended(basic(), lambda w: w.update_container(_page(w)))


@attack()
def pages_swapped() -> bytes:
    def change(writer: Any) -> None:
        kids = writer.root["/Pages"]["/Kids"]
        raw = [kids.raw_get(i) for i in range(len(kids))]
        writer.root["/Pages"][_name("Kids")] = generic.ArrayObject(reversed(raw))
        writer.update_container(writer.root["/Pages"])

    return appended(basic(), change)


@attack()
def page_removed() -> bytes:
    def change(writer: Any) -> None:
        pages = writer.root["/Pages"]
        pages[_name("Kids")] = generic.ArrayObject([pages["/Kids"].raw_get(1)])
        pages[_name("Count")] = generic.NumberObject(1)
        writer.update_container(pages)

    return appended(basic(), change)


@attack()
def page_added() -> bytes:
    def change(writer: Any) -> None:
        pages = writer.root["/Pages"]
        box = generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 595, 842)])
        page = _dictionary(Type=_name("Page"), MediaBox=box)
        page[_name("Contents")] = writer.add_object(text_stream("Nachtrag"))
        page[_name("Parent")] = writer.root.raw_get("/Pages")
        pages["/Kids"].append(writer.add_object(page))
        pages[_name("Count")] = generic.NumberObject(3)
        writer.update_container(pages)

    return appended(basic(), change)


def _note(subtype: str, **more: Any) -> Any:
    box = generic.ArrayObject([generic.NumberObject(n) for n in (60, 690, 400, 720)])
    return _dictionary(Type=_name("Annot"), Subtype=_name(subtype), Rect=box, **more)


def _add_note(writer: Any, given: Any) -> None:
    page = _page(writer)
    page[_name("Annots")] = generic.ArrayObject([writer.add_object(given)])
    writer.update_container(page)


@attack()
def text_laid_over_a_page() -> bytes:
    given = _note("FreeText", Contents=generic.pdf_string("99.000 Euro"))
    return appended(basic(), lambda w: _add_note(w, given))


@attack()
def link_laid_over_a_page() -> bytes:
    action = _dictionary(S=_name("URI"), URI=generic.pdf_string("https://example.invalid"))
    return appended(basic(), lambda w: _add_note(w, _note("Link", A=action)))


@attack()
def appearance_of_the_seal_replaced() -> bytes:
    def change(writer: Any) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field[_name("AP")] = _dictionary(N=writer.add_object(text_stream("Gesiegelt: Fremd")))
        writer.update_container(field)

    return appended(basic(), change)


@attack()
def attachment_swapped() -> bytes:
    def change(writer: Any) -> None:
        stream = writer.root["/AF"][0]["/EF"]["/F"]
        stream._data, stream._encoded_data = b'{"version":2}', None
        writer.update_container(stream)

    return appended(basic(), change)


@attack()
def title_changed() -> bytes:
    def change(writer: Any) -> None:
        writer.set_info(_dictionary(Title=generic.pdf_string("Bewilligung")))

    return appended(basic(), change)


@attack()
def description_changed() -> bytes:
    def change(writer: Any) -> None:
        writer._update_meta = lambda: None
        fresh = generic.StreamObject(stream_data=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
        writer.root[_name("Metadata")] = writer.add_object(fresh)
        writer.update_root()

    return appended(basic(), change)


def _root_entry(key: str, value: Any, victim: Any = basic) -> bytes:
    def change(writer: Any) -> None:
        writer.root[_name(key)] = value
        writer.update_root()

    return appended(victim(), change)


def _script() -> Any:
    return _dictionary(S=_name("JavaScript"), JS=generic.pdf_string("app.alert(1)"))


@attack()
def script_at_opening_added() -> bytes:
    return _root_entry("OpenAction", _script())


@attack()
def layers_added() -> bytes:
    empty = generic.ArrayObject([])
    return _root_entry("OCProperties", _dictionary(OCGs=empty, D=_dictionary(OFF=empty)))


@attack()
def certification_removed() -> bytes:
    return _root_entry("Perms", _dictionary())


@attack()
def proofs_added_without_time_stamp() -> bytes:
    return _root_entry("DSS", _dictionary(Certs=generic.ArrayObject([])), stamped)


@attack()
def language_changed() -> bytes:
    return _root_entry("Lang", generic.pdf_string("en-GB"))


def _form_entry(key: str, value: Any) -> bytes:
    def change(writer: Any) -> None:
        writer.root["/AcroForm"][_name(key)] = value
        writer.update_container(writer.root["/AcroForm"])

    return appended(basic(), change)


@attack()
def dynamic_form_added() -> bytes:
    return _form_entry("XFA", generic.pdf_string("<xdp/>"))


@attack()
def signature_flags_cleared() -> bytes:
    return _form_entry("SigFlags", generic.NumberObject(0))


@attack()
def text_field_added() -> bytes:
    def change(writer: Any) -> None:
        field = _note("Widget", FT=_name("Tx"), T=generic.pdf_string("Betrag"))
        field[_name("V")] = generic.pdf_string("99.000")
        writer.root["/AcroForm"]["/Fields"].append(writer.add_object(field))
        writer.update_container(writer.root["/AcroForm"])

    return appended(basic(), change)


@attack()
def seal_field_renamed() -> bytes:
    def change(writer: Any) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field[_name("T")] = generic.pdf_string("Unterschrift")
        writer.update_container(field)

    return appended(basic(), change)


@attack()
def seal_taken_out_of_its_field() -> bytes:
    def change(writer: Any) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        del field["/V"]
        writer.update_container(field)

    return appended(basic(), change)


@attack()
def second_seal_by_the_same_advisor() -> bytes:
    return Freely(advisor(), field="Siegel2", is_certification=False).sign(basic())


@attack()
def changed_and_signed_again_by_somebody_of_the_same_name() -> bytes:
    changed = appended(basic(), _replace_text)
    return Freely(self_made(), field="Siegel2", is_certification=False).sign(changed)


@attack()
def changed_and_closed_in_the_field_of_the_time_stamp() -> bytes:
    changed = appended(basic(), _replace_text)
    return Freely(advisor(), field="Zeitstempel", is_certification=False).sign(changed)


@attack()
def seal_replaced_by_another_in_its_field() -> bytes:
    def change(writer: Any) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        del field["/V"]
        writer.update_container(field)
        del writer.root["/Perms"]
        writer.update_root()
        _replace_text(writer)

    return Freely(advisor(), is_certification=False).sign(appended(basic(), change))


@attack()
def content_overridden_from_an_object_stream() -> bytes:
    def change(writer: Any) -> None:
        packed = writer.prepare_object_stream()
        page = _page(writer)
        fresh = writer.add_object(text_stream("Foerderung 99.000 Euro"))
        changed = generic.DictionaryObject({key: page.raw_get(key) for key in page})
        changed[_name("Contents")] = fresh
        packed.add_object(page.container_ref.idnum, changed)

    out = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(basic()), strict=False)
    writer._force_write_when_empty = True
    writer.stream_xrefs = True
    change(writer)
    writer.write(out)
    return out.getvalue()


@attack()
def object_appended_by_hand() -> bytes:
    return appended_raw(basic(), lambda n: b"%d 0 obj\n(unseen)\nendobj\n" % n)


@attack()
def hybrid_table_appended() -> bytes:
    return appended_raw(basic(), lambda n: b"%d 0 obj\nnull\nendobj\n" % n, b"/XRefStm 15")


@attack()
def encryption_claimed() -> bytes:
    trailer = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(x)/U(x)>>"
    return appended_raw(basic(), lambda n: b"%d 0 obj\nnull\nendobj\n" % n, trailer)


@attack()
def table_that_leads_back_to_itself() -> bytes:
    raw = appended_raw(basic(), lambda n: b"%d 0 obj\nnull\nendobj\n" % n)
    start = raw.rindex(b"/Prev ")
    table = raw[raw.rindex(b"startxref\n") + 10 :].split()[0]
    return raw[:start] + b"/Prev " + table + raw[raw.index(b">>", start) :]


@attack()
def object_with_a_huge_number() -> bytes:
    raw = appended_raw(basic(), lambda n: b"%d 0 obj\nnull\nendobj\n" % n)
    return raw.replace(b"\n9999 1\n", b"\n9999999999 1\n").replace(b"/Size 10000", b"/Size 9999999")


@attack()
def seal_freed_in_the_table() -> bytes:
    raw = appended_raw(basic(), lambda n: b"%d 0 obj\nnull\nendobj\n" % n)
    return raw.replace(b"9999 1\n%010d 00000 n" % (len(basic()) + 1), b"5 1\n0000000000 00001 f")
