"""What a search takes for the same word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.domain.folding import (
    folded,
    marks,
    near_miss,
    needle,
    snippet,
    terms_of,
)

GERMAN = st.text("abeouäöüßÄÖÜAEOU-–‑ rnst\u0308\u00ad§1é", max_size=30)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Weiterbildungsfoerderung", "Weiterbildungsförderung"),
        ("weiterbildungsforderung", "WEITERBILDUNGSFÖRDERUNG"),
        ("foerderung", "Qualifizierungsförderung"),
        ("GIESSEREI", "Gießerei Muldental"),
        ("giesserei", "Gießerei"),
        ("fördern", "gefo\u0308rdert werden und fo\u0308rdern"),
        ("NIS2", "Betroffenheit nach NIS-2"),
        ("Personal-Planung", "Personalplanung"),
        ("CO2-Bilanz", "CO₂‑Bilanz"),
        ("82a", "§ 82a SGB III"),
        ("uebergabe", "Übergabe"),
        ("neue steuer", "Neue Steuer"),
        ("KI", "Kompetenz für KI"),
    ],
)
def test_the_spelling_does_not_matter(typed: str, written: str) -> None:
    flat = folded(written)
    assert all(needle(term) in flat for term in terms_of(typed))


@pytest.mark.parametrize(
    ("typed", "written"), [("ofen", "Öfchen"), ("KI", "Skizze"), ("weiterbildung", "Ausbildung")]
)
def test_other_words_stay_other_words(typed: str, written: str) -> None:
    assert not all(needle(term) in folded(written) for term in terms_of(typed))


@given(GERMAN, GERMAN)
def test_the_beginning_of_a_word_is_the_beginning_of_its_folded_form(word: str, more: str) -> None:
    whole = folded(word + more)
    begun = folded(word).rstrip()
    assert not begun or whole.startswith(begun)


@given(GERMAN)
def test_folding_twice_changes_nothing_and_leaves_single_blanks(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    assert "  " not in once
    assert once.startswith(" ")
    assert once.endswith(" ")


@given(GERMAN, GERMAN, GERMAN)
def test_what_is_marked_folds_to_the_term(before: str, word: str, after: str) -> None:
    for term in terms_of(word):
        text = f"{before} {word} {after}"
        for start, end in marks(text, [term]):
            assert 0 <= start < end <= len(text)
            assert term in folded(text[start:end]).replace(" ", "") or len(term) == 1


def test_the_marks_stand_on_the_words_as_they_are_written() -> None:
    text = "Die Qualifizierungsförderung der Gießerei"
    assert [text[a:b] for a, b in marks(text, terms_of("foerderung giesser"))] == [
        "förderung",
        "Gießer",
    ]


def test_a_snippet_shows_the_hit_far_into_the_text_between_whole_words() -> None:
    text = "Anfang " * 60 + "dann der Ofen am Schluss " + "und weiter " * 40
    words, found = snippet(text, terms_of("ofen"))
    assert words.startswith("… ")
    assert words.endswith(" …")
    assert [words[a:b] for a, b in found] == ["Ofen"]
    assert len(words) < 170
    assert set(words.strip("… ").split()) <= set(text.split())


def test_a_snippet_of_a_short_text_is_the_text() -> None:
    assert snippet("Ofen 3\nwird 2028 elektrisch.", ()) == ("Ofen 3 wird 2028 elektrisch.", [])


@given(st.text("abdfgn", min_size=6, max_size=12), st.data())
def test_one_slip_is_forgiven(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abdfgnz"))
    for slip in (
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place + 1 :],
        word[:place] + letter + word[place:],
    ):
        assert near_miss(slip, f" davor {word} danach ")


@pytest.mark.parametrize("term", ["weiterbildung", "qualifikationsmatrix"])
def test_two_slips_are_another_word(term: str) -> None:
    assert not near_miss("xx" + term[2:-2] + "yy", f" {term} ")
