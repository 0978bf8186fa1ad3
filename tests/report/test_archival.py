"""PDF/A-3a and PDF/UA-1: the report and the short documents conform; a planted fault is found."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import msgspec
import pikepdf
import pytest
from PIL import Image, ImageCms
from reportlab.platypus import Spacer

from desktop_advisor.report import theme as look
from desktop_advisor.report.chapters import CHAPTERS
from desktop_advisor.report.drawing import draw_report
from desktop_advisor.report.fonts import register
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.pdf.colour_profile import srgb_profile
from desktop_advisor.report.seal_mark import draw_seal_mark
from desktop_advisor.report.single_page import SinglePage
from desktop_advisor.report.theme import text
from tests.report.conformity import faults
from tests.report.conformity_structure import kids_of, number_tree
from tests.report.sample import FONTS, empty_report, sample_report
from tests.signing.sealed import make_sealed

_JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging")
_MORE_JARS = ("javax.activation", "jaxb-api")
_JAVA = Path("/usr/share/java")
_OTHER_THAN_A1 = {"1.2.9", "1.4", "1.4.7", "2.2.2", "7.11.2"}
"""What PDF/A-3 allows and PDF/A-1, which Preflight knows, does not: attachments (1.2.9, 1.4.7),
cross-reference streams (1.4), soft masks (2.2.2), another part (7.11.2)."""


@pytest.fixture(scope="module")
def report() -> bytes:
    return draw_report(sample_report(), FONTS)


@pytest.fixture(scope="module")
def few_pages() -> bytes:
    """Enough to plant any fault into, and quick to check."""
    kept = ("summary", "company_advice", "signatures")
    hidden = tuple(chapter for chapter in CHAPTERS if chapter not in kept)
    return draw_report(msgspec.structs.replace(sample_report(), hidden=hidden), FONTS)


def _short() -> bytes:
    register(FONTS)
    network = sample_report().network
    theme = look.theme(network)
    story = [text("Abschnitt", theme.section), *(text(f"Satz {n}", theme.body) for n in range(60))]
    return SinglePage("Kurz", network, date(2026, 11, 24), "Betrieb").draw([*story, Spacer(1, 1)])[
        0
    ]


def test_the_report_conforms(report: bytes) -> None:
    assert faults(report) == []


@pytest.mark.parametrize(
    "model",
    [empty_report(), msgspec.structs.replace(sample_report(), is_draft=True, language="en")],
    ids=["empty", "english draft"],
)
def test_other_reports_conform(model: ReportModel) -> None:
    assert faults(draw_report(model, FONTS)) == []


def test_a_short_document_of_two_pages_conforms_and_is_the_same_again() -> None:
    drawn = _short()
    assert faults(drawn) == []
    assert drawn == _short()


def test_a_photo_in_printing_colours_becomes_one_for_screens() -> None:
    out = BytesIO()
    Image.new("CMYK", (40, 20), (0, 90, 90, 10)).save(out, "JPEG")
    slot = msgspec.structs.replace(sample_report().signatures[0], image=out.getvalue())
    assert (
        faults(draw_report(msgspec.structs.replace(empty_report(), signatures=(slot,)), FONTS))
        == []
    )


def test_the_colour_profile_is_srgb() -> None:
    ours = ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))
    way = ImageCms.buildTransform(ours, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    colours = Image.new("RGB", (3, 1))
    colours.putdata([(14, 90, 107), (255, 255, 255), (143, 85, 0)])
    seen = ImageCms.applyTransform(colours, way)
    pairs = zip(colours.tobytes(), seen.tobytes(), strict=True)
    assert max(abs(a - b) for a, b in pairs) <= 2


def test_both_signature_fields_wait_in_the_report_and_none_in_short_documents(
    report: bytes,
) -> None:
    with pikepdf.open(BytesIO(report)) as opened:
        form = opened.Root.AcroForm
        fields = {str(field.T): [float(v) for v in field.Rect] for field in form.Fields}
        assert int(form.SigFlags) == 1
        assert all(field.FT == "/Sig" and "/V" not in field for field in form.Fields)
    left, bottom, right, top = fields["Siegel"]
    assert right - left >= 200
    assert top - bottom >= 54
    assert fields["Zeitstempel"] == [0, 0, 0, 0]
    with pikepdf.open(BytesIO(_short())) as opened:
        assert "/AcroForm" not in opened.Root


def test_the_sealed_and_stamped_report_conforms_as_before(few_pages: bytes) -> None:
    def mark(width: float, height: float) -> bytes:
        lines = ("Gesiegelt von 漢 Sonntag", "24.11.2026")
        return draw_seal_mark(lines, FONTS, "#0e5a6b", width, height)

    sealed = make_sealed("B-LT", pdf=few_pages, mark=mark)
    assert sealed.startswith(few_pages)
    assert faults(sealed) == []


def test_preflight_finds_only_what_the_older_standard_lacks(report: bytes, tmp_path: Path) -> None:
    jars = [_JAVA / f"{name}.jar" for name in (*_JARS, *_MORE_JARS)]
    if shutil.which("java") is None or not all(jar.exists() for jar in jars):
        pytest.skip(
            "Preflight is not installed (libpdfbox2-java, libactivation-java, libjaxb-api-java)"
        )
    file = tmp_path / "report.pdf"
    file.write_bytes(report)
    command = ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", ":".join(map(str, jars))]
    said = subprocess.run(
        [*command, "org.apache.pdfbox.preflight.Validator_A1b", str(file)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    lines = [line for line in said.splitlines() if line[:1].isdigit() and " : " in line]
    assert {line.split(" : ")[0] for line in lines} == _OTHER_THAN_A1, said


def _elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == kind]


def _add(pdf: pikepdf.Pdf, operators: bytes) -> None:
    pdf.pages[1].contents_add(operators)


def _replace_xmp(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    assert old in packet
    pdf.Root.Metadata.write(packet.replace(old, new))


def _skip_level(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "/H3")[0].S = pikepdf.Name.H5


def _lose_cell(pdf: pikepdf.Pdf) -> None:
    row = next(r for r in _elements(pdf, "/TR") if len(kids_of(r)) > 2)
    row.K = pikepdf.Array(kids_of(row)[:-1])


def _swap_parents(pdf: pikepdf.Pdf) -> None:
    held = number_tree(pdf.Root.StructTreeRoot.ParentTree)[1]
    held[0], held[1] = held[1], held[0]


def _lone_item(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "/L")[0].S = pikepdf.Name.Div


def _font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.pages[1].obj.Resources.Font["/F2+0"]


def _narrow(pdf: pikepdf.Pdf) -> None:
    _font(pdf).Widths[ord("e")] = 10


def _add_state(pdf: pikepdf.Pdf, **entries: object) -> None:
    pdf.Root.State = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, **entries))


def _delete(where: Callable[[pikepdf.Pdf], pikepdf.Object], key: str) -> Callable[..., None]:
    def plant(pdf: pikepdf.Pdf) -> None:
        del where(pdf)[key]

    return plant


def _set(
    where: Callable[[pikepdf.Pdf], pikepdf.Object], key: str, value: object
) -> Callable[..., None]:
    def plant(pdf: pikepdf.Pdf) -> None:
        where(pdf)[key] = value

    return plant


def _root(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.Root


def _link(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.pages[0].obj.Annots[0]


def _seal(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.Root.AcroForm.Fields[0]


def _first(kind: str) -> Callable[[pikepdf.Pdf], pikepdf.Object]:
    return lambda pdf: _elements(pdf, kind)[0]


_MARKED = b"/Span <</MCID 900>> BDC BT /F2+0 9 Tf (a) Tj ET EMC"
_PLANTED: tuple[tuple[str, str, Callable[[pikepdf.Pdf], None]], ...] = (
    ("UA 6.2", "not marked", _delete(_root, "/MarkInfo")),
    ("UA 7.1", "no structure", _delete(_root, "/StructTreeRoot")),
    ("A 6.7.4", "no language", _delete(_root, "/Lang")),
    ("UA 7.1", "title hidden", _delete(_root, "/ViewerPreferences")),
    ("A 6.2.3", "no colours", _delete(_root, "/OutputIntents")),
    ("A 6.9", "layers", _set(_root, "/OCProperties", pikepdf.Dictionary())),
    (
        "A 6.5",
        "script",
        _set(lambda p: p.Root.Names, "/JavaScript", pikepdf.Array()),
    ),
    ("A 6.8", "no relationship", _delete(lambda pdf: pdf.Root.AF[0], "/AFRelationship")),
    ("A 6.6.4", "other part", lambda pdf: _replace_xmp(pdf, b"part>3<", b"part>2<")),
    ("A 6.6.2.3", "no schema", lambda pdf: _replace_xmp(pdf, b"name>part<", b"name>other<")),
    ("A 6.6.2", "other title", _set(lambda pdf: pdf.docinfo, "/Title", "Anders")),
    ("UA 7.1", "unmarked", lambda pdf: _add(pdf, b"0 0 9 9 re f")),
    ("UA 7.1", "nested", lambda pdf: _add(pdf, b"/Artifact BMC " + _MARKED + b" EMC")),
    ("A 6.7.3", "in no element", lambda pdf: _add(pdf, _MARKED)),
    ("A 6.2.4.3", "printing colours", lambda pdf: _add(pdf, b"0 0 0 1 k")),
    ("A 6.2.11.8", ".notdef", lambda pdf: _add(pdf, _MARKED.replace(b"(a)", b"<1F>"))),
    ("A 6.2.11.6", "encoding", _set(_font, "/Encoding", pikepdf.Name.WinAnsiEncoding)),
    ("A 6.2.11.7", "no Unicode", _delete(_font, "/ToUnicode")),
    ("A 6.2.11.5", "widths", _narrow),
    ("UA 7.3", "no alternative", _delete(_first("/Figure"), "/Alt")),
    ("UA 7.5", "no scope", _delete(_first("/TH"), "/A")),
    ("UA 7.2", "lost cell", _lose_cell),
    ("UA 7.2", "lone item", _lone_item),
    ("UA 7.4.2", "skipped level", _skip_level),
    ("A 6.7.3", "swapped parents", _swap_parents),
    ("A 6.3.2", "not printed", _set(_link, "/F", 0)),
    ("UA 7.18.1", "link without words", _delete(_link, "/Contents")),
    ("UA 7.18", "link elsewhere", _set(_link, "/StructParent", 2)),
    ("UA 7.18.1", "field without words", _delete(_seal, "/TU")),
    ("A 6.3.3", "field without appearance", _delete(_seal, "/AP")),
    ("A 6.7.4", "no language tag", _set(_root, "/Lang", "Deutsch (DE)")),
    ("UA 7.1", "roles", _set(lambda p: p.Root.StructTreeRoot, "/RoleMap", pikepdf.Dictionary())),
    ("A 6.1.13", "page too small", _set(lambda p: p.pages[0].obj, "/MediaBox", [0, 0, 2, 9])),
    ("A 6.5.1", "action", _set(_link, "/A", pikepdf.Dictionary(S=pikepdf.Name.Hide))),
    ("A 6.2.5", "transfer", lambda pdf: _add_state(pdf, TR2=pikepdf.Name.Identity)),
    ("A 6.2.10", "blend mode", lambda pdf: _add_state(pdf, BM=pikepdf.Name.Glow)),
    ("A 6.3.3", "states", _set(_seal, "/AP", pikepdf.Dictionary(N=pikepdf.Dictionary()))),
    ("UA 7.20", "tags in a form", lambda pdf: _seal(pdf).AP.N.write(b"/P <</MCID 0>> BDC EMC")),
    ("UA 7.18.4", "form", lambda p: _first("/Form")(p).__setattr__("K", _elements(p, "/P")[:2])),
    ("A 6.6.4", "prefix", lambda pdf: _replace_xmp(pdf, b"pdfuaid", b"ua")),
    ("UA 7.18.3", "no tab order", _delete(lambda pdf: pdf.pages[0].obj, "/Tabs")),
)


@pytest.mark.parametrize(
    ("clause", "plant"), [p[::2] for p in _PLANTED], ids=[f"{p[0]} {p[1]}" for p in _PLANTED]
)
def test_a_planted_fault_is_found(
    few_pages: bytes, clause: str, plant: Callable[[pikepdf.Pdf], None]
) -> None:
    with pikepdf.open(BytesIO(few_pages)) as pdf:
        plant(pdf)
        out = BytesIO()
        pdf.save(out)
    found = faults(out.getvalue())
    assert [fault for fault in found if fault.startswith(f"{clause}:")], found
