"""What may follow a seal: one revision that only adds proofs for later years (B-LT).

ISO 32000-2 table 257 does not count a document security store and a document time stamp as a
change. pyHanko's difference analysis has to agree, and so has our own list of what was touched:
pyHanko lets objects pass that nothing refers to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from asn1crypto import cms, crl, ocsp, x509
from pyhanko.pdf_utils import generic
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel

from desktop_advisor.signing.container import check_gap, check_token_structure
from desktop_advisor.signing.faults import Changed, Fault
from desktop_advisor.signing.reading import entries, entry
from desktop_advisor.signing.sealing import STAMP_FIELD
from desktop_advisor.signing.stamps import Stamp, read_stamp

_STORE = {"/Certs": x509.Certificate, "/OCSPs": ocsp.OCSPResponse, "/CRLs": crl.CertificateList}
_PER_SIGNATURE = {"/Cert": "/Certs", "/OCSP": "/OCSPs", "/CRL": "/CRLs"}
_STAMP_KEYS = {"/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange", "/V"}
_FIELD_KEYS = {"/Type", "/TU", "/Subtype", "/FT", "/T", "/V", "/F", "/Rect", "/P", "/Ff"}
_MOST_PROOFS = 200


def end_of_seal(seal: Any) -> int:
    """How many bytes the sealed file had before anything was added."""
    _, _, second, rest = (int(n) for n in seal.byte_range)
    return second + rest


def read_document_stamp(
    pdf: bytes, reader: Any, seal: Any, stamp: Any, anchors: Sequence[bytes]
) -> Stamp:
    """The time stamp over the whole file, after checking what was added with it. Raises Fault."""
    last = reader.xrefs.total_revisions - 1
    if (seal.signed_revision, stamp.signed_revision) != (last - 1, last):
        raise Changed("Nach dem Siegel wurde mehr als einmal etwas angehängt.")
    if stamp.sig_object_type != "/DocTimeStamp" or not set(stamp.sig_object) <= _STAMP_KEYS:
        raise Changed("Nach dem Siegel wurde eine fremde Signatur angehängt.")
    if str(entry(stamp.sig_object, "/SubFilter")) != "/ETSI.RFC3161":
        raise Fault("Der Zeitstempel ist von unbekannter Art.")
    contents = bytes(stamp.pkcs7_content)
    check_token_structure(check_gap(pdf, [int(n) for n in stamp.byte_range], contents))
    _expect_proofs_only(reader, seal, stamp)
    signed = cms.ContentInfo.load(contents)["content"]
    stamp.compute_integrity_info(skip_diff=True)
    if stamp.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        raise Changed("Der Zeitstempel deckt nicht die ganze Datei ab.")
    return read_stamp(signed, stamp.compute_digest, anchors)


def _expect_proofs_only(reader: Any, seal: Any, stamp: Any) -> None:
    seal.compute_integrity_info(diff_policy=DEFAULT_DIFF_POLICY)
    found = seal.diff_result
    if seal.coverage is not SignatureCoverageLevel.ENTIRE_REVISION or not (
        isinstance(found, DiffResult)
        and found.modification_level is ModificationLevel.LTA_UPDATES
        and not found.changed_form_fields - {STAMP_FIELD}
    ):
        raise Changed(_MORE)
    touched = set(_touched(reader, seal.signed_revision + 1))
    foreign = touched - set(_allowed(reader, seal.signed_revision, stamp))
    if foreign:
        raise Changed(_MORE)


_MORE = "Nach dem Siegel wurde mehr angehängt als Nachweise für spätere Prüfungen."


def _touched(reader: Any, revision: int) -> Iterator[tuple[int, int]]:
    if reader.xrefs.refs_freed_in_revision(revision):
        raise Changed("Nach dem Siegel wurden Teile der Datei gelöscht.")
    for ref in reader.xrefs.explicit_refs_in_revision(revision):
        thing = ref.get_object()
        is_frame = isinstance(thing, generic.StreamObject) and entry(thing, "/Type") in (
            "/XRef",
            "/ObjStm",
        )
        if not is_frame:
            yield ref.idnum, ref.generation


def _allowed(reader: Any, before: int, stamp: Any) -> Iterator[tuple[int, int]]:
    """The objects that the added revision may hold, each checked for what it says."""
    old, new = reader.get_historical_resolver(before), reader.get_historical_resolver(before + 1)
    for key in ("/Root", "/Info", "/Encrypt"):
        if _raw(old.trailer_view, key) != _raw(new.trailer_view, key):
            raise Changed(_MORE)
    _expect_only_added(old.root, new.root, {"/DSS", "/Extensions", "/AcroForm"})
    yield new.root_ref.idnum, new.root_ref.generation
    yield from _extensions(old.root, new.root)
    yield from _form(old, new, stamp)
    yield from _store(new.root)
    yield _number(stamp.sig_field.raw_get("/V"))


def _form(old: Any, new: Any, stamp: Any) -> Iterator[tuple[int, int]]:
    form = new.root["/AcroForm"]
    _expect_only_added(old.root["/AcroForm"], form, {"/Fields", "/SigFlags"})
    yield from _reference(new.root, "/AcroForm")
    was, now = entries(old.root["/AcroForm"]["/Fields"]), entries(form["/Fields"])
    names = [str(field["/T"]) for field in was]
    field_ref = next(
        form["/Fields"].raw_get(i) for i, f in enumerate(now) if str(f["/T"]) == STAMP_FIELD
    )
    yield _number(field_ref)
    if STAMP_FIELD in names:
        if len(was) != len(now):
            raise Changed(_MORE)
        _expect_only_added(was[names.index(STAMP_FIELD)], stamp.sig_field, {"/V"})
        return
    yield from _reference(form, "/Fields")
    if len(now) != len(was) + 1 or not set(stamp.sig_field) <= _FIELD_KEYS:
        raise Changed(_MORE)
    yield from _new_widget(old, new, stamp.sig_field, field_ref)


def _new_widget(old: Any, new: Any, field: Any, field_ref: Any) -> Iterator[tuple[int, int]]:
    """A field that was not prepared: invisible, and its page gains nothing but its widget."""
    if [float(n) for n in entry(field, "/Rect", (0, 0, 0, 0))] != [0, 0, 0, 0]:
        raise Changed(_MORE)
    if "/P" not in field:
        return
    page_ref = field.raw_get("/P")
    before, after = old(page_ref.reference), new(page_ref.reference)
    _expect_only_added(before, after, {"/Annots"})
    if _references(after, "/Annots") != [*_references(before, "/Annots"), _number(field_ref)]:
        raise Changed(_MORE)
    yield _number(page_ref)
    yield from _reference(after, "/Annots")


def _extensions(old: Any, new: Any) -> Iterator[tuple[int, int]]:
    """The developer extension that announces the store (ETSI EN 319 142-1 §5.4.2.1)."""
    if "/Extensions" not in new:
        return
    if "/Extensions" in old:
        _expect_only_added(old["/Extensions"], new["/Extensions"], {"/ESIC"})
    elif not set(new["/Extensions"]) <= {"/ESIC"}:
        raise Changed(_MORE)
    yield from _reference(new, "/Extensions")
    if "/ESIC" in new["/Extensions"]:
        yield from _reference(new["/Extensions"], "/ESIC")


def _store(root: Any) -> Iterator[tuple[int, int]]:
    if "/DSS" not in root:
        return
    yield from _reference(root, "/DSS")
    store = root["/DSS"]
    if not set(store) <= {"/Type", "/VRI", *_STORE}:
        raise Changed(_MORE)
    for key in set(store) & set(_STORE):
        yield from _proofs(store, key, _STORE[key])
    if "/VRI" in store:
        yield from _reference(store, "/VRI")
        for name in store["/VRI"]:
            one = store["/VRI"][name]
            yield from _reference(store["/VRI"], name)
            if not set(one) <= {"/Type", "/TU", *_PER_SIGNATURE}:
                raise Changed(_MORE)
            for key in set(one) & set(_PER_SIGNATURE):
                yield from _proofs(one, key, _STORE[_PER_SIGNATURE[key]])


def _proofs(holder: Any, key: str, kind: Any) -> Iterator[tuple[int, int]]:
    """The streams of a list; each is exactly one certificate, answer or list, to its last byte."""
    yield from _reference(holder, key)
    found = holder[key]
    if len(found) > _MOST_PROOFS:
        raise Fault("Die Datei bringt zu viele Nachweise mit.")
    for index in range(len(found)):
        stream = found[index]
        if not set(stream) <= {"/Length", "/Filter", "/Type", "/DecodeParms"}:
            raise Changed(_MORE)
        _ = kind.load(stream.data, strict=True).native
        yield _number(found.raw_get(index))


def _expect_only_added(before: Any, after: Any, keys: set[str]) -> None:
    """Every entry as it was; new or other ones only under these keys."""
    for key in (set(before) | set(after)) - keys:
        if _raw(before, key) != _raw(after, key):
            raise Changed(_MORE)


def _raw(holder: Any, key: str) -> Any:
    return _plain(holder.raw_get(key)) if key in holder else None


def _plain(value: Any) -> Any:
    """Without the reader it came from, so that two revisions compare."""
    if isinstance(value, generic.IndirectObject):
        return _number(value)
    if isinstance(value, generic.DictionaryObject):
        return {str(key): _plain(value.raw_get(key)) for key in value}
    if isinstance(value, generic.ArrayObject):
        return [_plain(value.raw_get(index)) for index in range(len(value))]
    return value


def _reference(holder: Any, key: str) -> Iterator[tuple[int, int]]:
    value = holder.raw_get(key)
    if isinstance(value, generic.IndirectObject):
        yield _number(value)


def _references(holder: Any, key: str) -> list[tuple[int, int]]:
    found = entry(holder, key, ())
    return [_number(found.raw_get(i)) for i in range(len(found))]


def _number(ref: Any) -> tuple[int, int]:
    if not isinstance(ref, generic.IndirectObject):
        raise Fault("Ein Bestandteil der Datei liegt nicht, wo er liegen muss.")
    return ref.idnum, ref.generation
