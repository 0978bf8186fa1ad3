"""A page in strips is the page."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from PIL import Image, ImageChops, ImageStat

from desktop_advisor.report.drawing import draw_report
from desktop_advisor.report.preview import (
    PageImage,
    page_count,
    page_sizes,
    render_pages,
    render_strips,
)
from desktop_advisor.signing.pdfium import UnreadablePdf
from tests.report.sample import FONTS, empty_report

ROWS = 200


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return draw_report(empty_report(), FONTS)


def picture(parts: Iterable[PageImage]) -> Image.Image:
    parts = list(parts)
    whole = Image.new("RGB", (parts[0].width, sum(part.height for part in parts)))
    for part in parts:
        strip = Image.frombuffer(
            "RGBX", (part.width, part.height), part.rgba, "raw", "RGBX", part.stride, 1
        )
        whole.paste(strip.convert("RGB"), (0, part.top))
    return whole


def test_strips_lie_below_each_other_without_gap_or_overlap(pdf: bytes) -> None:
    strips = list(render_strips(pdf, 0, 1240, ROWS))

    assert [strip.top for strip in strips] == [n * ROWS for n in range(len(strips))]
    assert all(strip.height == ROWS for strip in strips[:-1])
    assert 0 < strips[-1].height <= ROWS


def test_strips_together_show_the_page(pdf: bytes) -> None:
    whole = picture(render_pages(pdf, 1240, [0]))
    joined = picture(render_strips(pdf, 0, 1240, ROWS))

    assert joined.size == whole.size
    assert ImageStat.Stat(ImageChops.difference(joined, whole)).mean < [0.05] * 3
    assert ImageStat.Stat(whole).stddev[0] > 5


def test_sizes_are_known_without_drawing(pdf: bytes) -> None:
    sizes = page_sizes(pdf)

    assert len(sizes) == page_count(pdf)
    assert sizes[0].ratio == pytest.approx(2**0.5, abs=0.001)


def test_what_is_no_pdf_is_said() -> None:
    with pytest.raises(UnreadablePdf):
        page_sizes(b"%PDF-1.7 nothing")
