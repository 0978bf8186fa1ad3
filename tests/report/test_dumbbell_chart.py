"""The dumbbell: places, distance, captions that do not run into each other, words."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report.dumbbell_chart import DumbbellChart

GF, BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL
BER, JOINT = Perspective.ADVISOR, Perspective.JOINT
LEVELS = st.dictionaries(
    st.sampled_from(list(Perspective)), st.decimals(0, 5, places=1, allow_nan=False)
)


def chart(**levels: str) -> DumbbellChart:
    return DumbbellChart({Perspective(side): Decimal(level) for side, level in levels.items()})


def test_two_levels_apart_is_a_talking_point_and_less_is_not() -> None:
    assert chart(gf="4", br="2").is_talking_point
    assert not chart(gf="4", br="2.1").is_talking_point
    assert not chart(gf="4").is_talking_point
    assert chart(gf="4", br="1.5").distance == Decimal("2.5")


def test_every_side_has_a_shape_of_its_own() -> None:
    marks = chart(gf="1", br="2", ber="3", gem="4").marks()
    assert len({mark.shape for mark in marks}) == 4
    assert [mark.at for mark in marks] == [0.2, 0.4, 0.6, 0.8]


def test_the_stroke_joins_management_and_works_council_only() -> None:
    assert chart(gf="4", br="1").link() == (0.2, 0.8)
    assert chart(gf="4", ber="1").link() is None


def test_near_marks_share_one_caption_and_far_ones_do_not() -> None:
    near = chart(gf="2", br="2.2").captions(0.1)
    assert [caption.text for caption in near] == ["GF · BR"]
    assert len(chart(gf="2", br="4").captions(0.1)) == 2
    assert len(chart(gf="2", ber="2").captions(0.1)) == 2, "one above, one below"


def test_the_words_say_what_the_picture_shows() -> None:
    said = chart(gf="4", br="1", gem="2").spoken("Qualifizierung")
    assert said == (
        "Qualifizierung: Geschäftsführung 4,0, Betriebsrat 1,0, gemeinsam 2,0 von 5; "
        "Abstand 3,0, Gesprächsanlass"
    )
    assert DumbbellChart({}).spoken("Energie") == "Energie: keine belastbare Aussage"


@given(LEVELS, st.floats(0.01, 0.5))
def test_captions_name_every_side_once_and_stay_on_the_scale(
    levels: dict[Perspective, Decimal], nearest: float
) -> None:
    made = DumbbellChart(levels)
    captions = made.captions(nearest)
    assert sum(len(caption.text.split(" · ")) for caption in captions) == len(levels)
    assert all(0 <= caption.at <= 1 for caption in captions)
    assert all(0 <= mark.at <= 1 for mark in made.marks())
