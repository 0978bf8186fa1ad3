"""The chapter on employment: what the screen shows, masked the same, with its chart in words."""

from __future__ import annotations

import uuid
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report.frozen import from_json, to_json
from desktop_advisor.report.jobs_chart import age_chart, skill_scale
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.questionnaires import choose
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import say
from tests.report.reading import words_of
from tests.usecases.test_jobs_of_a_case import jobs

GF = Perspective.MANAGEMENT
LATHE = {
    "name": "Zerspanung",
    "kldb": "24232",
    "heads": "12",
    "under30": "3",
    "30to44": "3",
    "45to54": "3",
    "55to59": "2",
    "60plus": "1",
    "demand5": "9",
    "exits5": "4",
    "c1_name": "Messdaten lesen",
    "c1_is": "1",
    "c1_should": "3",
}
SMALL = {"name": "Prokura", "heads": "1", "60plus": "1", "exits5": "1", "c1_name": "Bilanzen"}


def test_the_chapter_prints_the_jobs_and_masks_the_small_ones(
    place: Workplace, case_id: uuid.UUID
) -> None:
    choose(place, case_id, "vollcheck")
    say(place, case_id, GF, jobs(LATHE, SMALL), "vollcheck")
    model = compose_report(place, case_id)
    assert model.jobs is not None
    text = words_of(model)
    for said in (
        "Beschäftigung und Qualifikation",
        "12 Personen · KldB 24232 · Fachkraft",
        "24 Personen-Stufen",
        "1 Tätigkeit mit weniger als drei Personen: Angaben nicht gezeigt",
        "Altersstruktur von 12 Personen: unter 30 Jahre 3, 30 bis 44 Jahre 3",
    ):
        assert said in text
    assert "Prokura" not in text
    assert "Bilanzen" not in to_json(model).decode()


def test_the_arithmetic_of_its_figures_is_in_the_model_and_comes_back_from_json(
    place: Workplace, case_id: uuid.UUID
) -> None:
    choose(place, case_id, "vollcheck")
    say(place, case_id, GF, jobs(LATHE), "vollcheck")
    model = compose_report(place, case_id)
    titles = {derivation.title for derivation in model.derivations}
    assert titles >= {
        "Qualifizierungslücke Zerspanung",
        "Qualifizierungslücke Messdaten lesen",
        "Abgänge in 5 Jahren, Zerspanung",
    }
    assert from_json(to_json(model)).jobs == model.jobs


def test_a_report_without_jobs_has_no_such_chapter(place: Workplace, case_id: uuid.UUID) -> None:
    assert compose_report(place, case_id).jobs is None
    choose(place, case_id, "vollcheck")
    say(place, case_id, GF, jobs(SMALL), "vollcheck")
    chapter = compose_report(place, case_id).jobs
    assert chapter is not None
    assert (chapter.jobs, chapter.totals, chapter.ages) == ((), (), ())


@given(st.lists(st.integers(0, 500).map(Decimal), min_size=5, max_size=5).filter(any))
def test_the_longest_bar_fills_its_room_and_every_band_is_said(persons: list[Decimal]) -> None:
    chart = age_chart(persons)
    assert max(bar.length for bar in chart.bars) == 1
    assert all(0 <= bar.length <= 1 for bar in chart.bars)
    assert [bar.is_elder for bar in chart.bars] == [False, False, False, True, True]
    for count in persons:
        assert f" {count:f}" in chart.spoken


def test_a_competence_says_where_it_is_and_where_it_should_be() -> None:
    step = skill_scale("Messen", Decimal(1), Decimal(3))
    assert (step.text, step.current, step.target, step.has_step) == ("1 → 3", 0.25, 0.75, True)
    open_one = skill_scale("Messen", None, Decimal(3))
    assert (open_one.text, open_one.current, open_one.has_step) == ("? → 3", None, False)
