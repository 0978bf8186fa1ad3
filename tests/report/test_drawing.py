"""The PDF as independent readers see it: poppler, qpdf and pdfium."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import msgspec
import pikepdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report.chapters_close import UnreadableSignature
from desktop_advisor.report.drawing import draw_report
from desktop_advisor.report.frozen import content_hash, from_json, short_hash
from desktop_advisor.report.model import (
    Answer,
    Dimension,
    Indicator,
    Recommendation,
    ReportModel,
    SignatureSlot,
)
from desktop_advisor.report.preview import page_count, render_pages
from tests.report.sample import FONTS, empty_report, sample_report, with_note


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return draw_report(sample_report(), FONTS)


def _said_by(tool: str, *options: str, pdf: bytes, folder: Path, stdout: bool = False) -> str:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    file = folder / "report.pdf"
    file.write_bytes(pdf)
    target = ["-"] if stdout else []
    run = subprocess.run(
        [tool, *options, str(file), *target], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def _words(pdf: bytes, folder: Path) -> str:
    return " ".join(_said_by("pdftotext", pdf=pdf, folder=folder, stdout=True).split())


def test_only_embedded_fonts_are_used(pdf: bytes, tmp_path: Path) -> None:
    fonts = _said_by("pdffonts", pdf=pdf, folder=tmp_path).splitlines()[2:]
    assert fonts
    assert all(re.search(r"\+SourceSans3\S+ +TrueType +\S+ +yes yes yes", f) for f in fonts)


def test_the_empty_draft_embeds_its_fonts_too(tmp_path: Path) -> None:
    drawn = draw_report(empty_report(), FONTS)
    fonts = _said_by("pdffonts", pdf=drawn, folder=tmp_path).splitlines()[2:]
    assert all("SourceSans3" in line for line in fonts)


def test_qpdf_finds_nothing_to_complain_about(pdf: bytes, tmp_path: Path) -> None:
    said = _said_by("qpdf", "--check", pdf=pdf, folder=tmp_path)
    assert "No syntax or stream encoding errors found" in said


def test_every_chapter_of_the_model_is_on_the_pages(pdf: bytes, tmp_path: Path) -> None:
    words = _words(pdf, tmp_path)
    model = sample_report()
    expected = [
        model.company.name,
        model.advisor.name,
        short_hash(content_hash(model)),
        "keine belastbare Aussage",
        "Fassung 1 vom 18.11.2026",
        *(d.label for d in model.dimensions),
        *(i.label for d in model.dimensions for i in d.indicators),
        *(f.label for f in model.site_factors),
        *(m.title for m in model.measures),
        *(r.title for r in model.recommendations),
        *(o.warning for o in model.offers),
        *(c.purpose for c in model.consents),
        *(s.name for s in model.signatures),
        *model.statements.signatures,
        content_hash(model),
    ]
    joined = words.replace(" ", "")
    assert [e for e in expected if "".join(e.split()) not in joined] == []


def test_each_page_says_its_number_and_how_many_there_are(pdf: bytes, tmp_path: Path) -> None:
    total = page_count(pdf)
    words = _words(pdf, tmp_path)
    assert all(f"Seite {n} von {total}" in words for n in range(2, total + 1))
    assert 8 <= total <= 16


def test_the_outline_leads_to_the_page_its_heading_stands_on(pdf: bytes, tmp_path: Path) -> None:
    pages = _said_by("pdftotext", pdf=pdf, folder=tmp_path, stdout=True).split("\f")
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        targets = {i.title: pikepdf.Page(i.destination[0]).index for i in outline.root}
    assert list(targets)[-1] == "Anlage: Antworten"
    assert len(targets) == 15
    assert all(title in " ".join(pages[index].split()) for title, index in targets.items())
    assert targets["Zusammenfassung"] == 1


def test_title_language_and_data_travel_with_the_file(pdf: bytes) -> None:
    model = sample_report()
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.docinfo.Title == "Beratungsbericht Gießerei Muldental GmbH, Fassung 2"
        assert opened.Root.Lang == "de-DE"
        assert opened.open_metadata()["dc:title"] == str(opened.docinfo.Title)
        data = from_json(opened.attachments["bericht.json"].get_file().read_bytes())
    assert content_hash(data) == content_hash(model)
    assert [s.name for s in data.signatures] == [s.name for s in model.signatures]
    assert not any(s.image for s in data.signatures)


def test_the_same_model_gives_the_same_bytes(pdf: bytes) -> None:
    assert draw_report(sample_report(), FONTS) == pdf


def test_only_a_draft_is_marked_as_preliminary(pdf: bytes, tmp_path: Path) -> None:
    draft = draw_report(msgspec.structs.replace(sample_report(), is_draft=True), FONTS)
    assert _words(draft, tmp_path).count("VORLÄUFIG") == page_count(draft)
    assert "VORLÄUFIG" not in _words(pdf, tmp_path)


def test_a_drawn_signature_is_a_picture_in_the_page(pdf: bytes) -> None:
    unsigned = draw_report(msgspec.structs.replace(sample_report(), signatures=()), FONTS)
    assert _pictures(pdf) == 2 * len(sample_report().signatures)  # each with its soft mask
    assert _pictures(unsigned) == 0


def _pictures(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return sum(
            isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image" for o in opened.objects
        )


def test_a_signature_that_is_no_picture_is_refused() -> None:
    slot = SignatureSlot(name="Dr. Uhlmann", image=b"no picture")
    broken = msgspec.structs.replace(sample_report(), signatures=(slot,))
    with pytest.raises(UnreadableSignature, match="Uhlmann"):
        draw_report(broken, FONTS)


def test_the_page_for_employees_carries_no_answers(pdf: bytes, tmp_path: Path) -> None:
    pages = _said_by("pdftotext", "-layout", pdf=pdf, folder=tmp_path, stdout=True).split("\f")
    page = next(
        p
        for p in pages
        if p.count("Wege für Beschäftigte") and "Seite" in p[:200] and "Teilqualifikation" in p
    )
    assert "Ausgelöst" not in page
    assert "Stufe" not in page


def test_an_empty_report_says_that_nothing_is_there_yet(tmp_path: Path) -> None:
    words = _words(draw_report(empty_report(), FONTS), tmp_path)
    assert "Es wurden keine Empfehlungen vereinbart." in words
    assert "Es liegen keine Antworten vor." in words


_AWKWARD = (
    "<b>",
    "&nbsp;",
    "a" * 400,
    "Wort " * 1000,
    "Zeile\n" * 300,
    "\x00\x0b",
    "🙂 漢字 ẞ",
    "</para>",
)


def _with_awkward_texts(test: Callable[..., None]) -> Callable[..., None]:
    for words in _AWKWARD:
        test = example(words=words)(test)
    return test


@_with_awkward_texts
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.text(max_size=60))
def test_texts_of_any_length_and_kind_are_drawn(words: str) -> None:
    assert page_count(draw_report(with_note(words), FONTS)) > 8


@_with_awkward_texts
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.text(max_size=60))
def test_any_name_fits_the_cover_and_the_headings(words: str) -> None:
    report = sample_report()
    company = msgspec.structs.replace(report.company, name=words, products=words)
    indicator = msgspec.structs.replace(report.dimensions[0].indicators[0], label=words)
    first = msgspec.structs.replace(
        report.dimensions[0], label=words, short=words, indicators=(indicator,)
    )
    slot = SignatureSlot(name=words, role=words, place=words, note=words)
    changed: ReportModel = msgspec.structs.replace(
        report,
        company=company,
        check_name=words,
        dimensions=(first,),
        occasion=words,
        signatures=(slot,),
        site_factors=(msgspec.structs.replace(report.site_factors[0], label=words, note=words),),
        consents=(msgspec.structs.replace(report.consents[0], purpose=words, given_by=words),),
        recommendations=(
            msgspec.structs.replace(report.recommendations[0], title=words, text=words),
        ),
    )
    assert page_count(draw_report(changed, FONTS)) > 6


def test_a_note_of_five_thousand_characters_is_printed_whole(tmp_path: Path) -> None:
    note = " ".join(f"w{n:04d}" for n in range(900))
    words = _words(draw_report(with_note(note), FONTS), tmp_path)
    assert all(f"w{n:04d}" in words for n in range(900))


def test_preview_gives_pixels_of_the_pages_asked_for(pdf: bytes) -> None:
    images = render_pages(pdf, 300, pages=(0, 3))
    assert [i.width for i in images] == [300, 300]
    assert all(len(i.rgba) == i.stride * i.height for i in images)
    assert len(set(images[0].rgba)) > 50
    assert len(render_pages(pdf, 40)) == page_count(pdf)


def test_a_rejected_warning_sign_is_a_line_with_its_reason_and_no_warning(tmp_path: Path) -> None:
    stop = Recommendation(
        title="Zahlungsfähigkeit sichern",
        audience="stop",
        decision="rejected",
        reason="Die Bank hat die Linie gestern erhöht.",
    )
    model = msgspec.structs.replace(sample_report(), recommendations=(stop,))
    words = _words(draw_report(model, FONTS), tmp_path)
    assert "Zuerst klären" not in words
    assert "Die Bank hat die Linie gestern erhöht." in words


def test_a_note_to_an_open_question_of_the_second_view_is_in_the_annex(tmp_path: Path) -> None:
    gf, br = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL
    noted = Answer(perspective=br, note="Beim nächsten Mal zeigen lassen.")
    item = Indicator(question="q", label="Frage?", answers=(Answer(perspective=gf), noted))
    dimension = Dimension(code="D01", label="Feld", short="Feld", indicators=(item,))
    model = msgspec.structs.replace(empty_report(), perspectives=(gf, br), dimensions=(dimension,))
    assert "Beim nächsten Mal zeigen lassen." in _words(draw_report(model, FONTS), tmp_path)
