"""Then and now from sealed reports; beside others only by a signed set of ten firms or more."""

from __future__ import annotations

import base64
import json
import re
import shutil
import uuid
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.language import speaking
from desktop_advisor.usecases.benchmarking import FILE, SIGNATURE, show_benchmarks
from desktop_advisor.usecases.comparing import (
    ComparisonView,
    compare_with,
    list_baselines,
    usual_baseline,
)
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.reporting import DrawnSignature, seal_report
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.workplace import Resources, Workplace
from tests.filled_cases import say
from tests.pictures import scribble
from tests.report.reading import words_of
from tests.workplaces import PIN

GF, BER = Perspective.MANAGEMENT, Perspective.ADVISOR
FIRST = {"d07_plan": "1", "d07_matrix": "1", "d07_inclusion": "1", "d01_strategy": "2"}


@pytest.fixture
def sealed(place: Workplace, case_id: uuid.UUID) -> Workplace:
    """A case whose first answers are sealed in a report."""
    say(place, case_id, GF, FIRST)
    model = compose_report(place, case_id)
    signature = DrawnSignature("Martin Uhlig", "GF", "Zwickau", scribble(), place.clock())
    seal_report(place, case_id, model, [signature], PIN)
    return place


def later(place: Workplace, days: int) -> Workplace:
    """The same workplace some days on."""
    return replace(place, clock=lambda: place.clock() + timedelta(days=days))


def compared(place: Workplace, case_id: uuid.UUID) -> ComparisonView:
    results = show_results(place, case_id)
    (baseline,) = list_baselines(place, results)
    return compare_with(place, results, baseline)


def test_what_changed_is_counted_over_what_was_answered_twice(
    sealed: Workplace, case_id: uuid.UUID
) -> None:
    say(sealed, case_id, GF, {"d07_plan": "3", "d07_matrix": "2", "d01_liquidity": "5"})
    view = compared(sealed, case_id)
    changes = {c.dimension: c for c in view.comparison.changes}
    assert (view.why_none, view.other_form) == ("", "")
    assert changes["D07"].shared == 3
    assert changes["D07"].difference is not None
    assert changes["D07"].difference > 0
    assert (changes["D01"].shared, changes["D01"].difference) == (1, None)


def test_a_report_of_the_same_week_is_a_correction_and_later_a_time_of_its_own(
    sealed: Workplace, case_id: uuid.UUID
) -> None:
    results = show_results(sealed, case_id)
    assert len(list_baselines(sealed, results)) == 1
    assert usual_baseline(sealed, results) is None
    assert usual_baseline(later(sealed, 90), results) is not None


def test_another_perspective_is_no_later_time(sealed: Workplace, case_id: uuid.UUID) -> None:
    say(sealed, case_id, GF, dict.fromkeys(FIRST, ""))
    say(sealed, case_id, BER, FIRST)
    assert "verschiedene Sichtweisen" in compared(sealed, case_id).why_none


def test_an_english_report_is_compared_with_a_german_one_question_by_question(
    sealed: Workplace, case_id: uuid.UUID
) -> None:
    say(sealed, case_id, GF, {"d07_plan": "3"})
    german = {c.dimension: c.difference for c in compared(sealed, case_id).comparison.changes}
    with speaking(sealed.resources.language("en")):
        view = compared(sealed, case_id)
    assert {c.dimension: c.difference for c in view.comparison.changes} == german
    assert german["D07"] is not None
    assert (view.comparison.reworded, view.other_form) == ((), "")


# -- beside others ---------------------------------------------------------------------------


def published(place: Workplace, folder: Path, **changed: Any) -> Workplace:
    """The workplace with a signed reference set in its network's folder."""
    key = Ed25519PrivateKey.generate()
    group = {"dimension": "D07", "size": "small", "firms": 12}
    group |= {"median": "2.1", "lower": "1.4", "upper": "2.9"} | changed
    content = {"version": "1", "form_id": "kurzcheck", "as_of": "2026-10-01", "source": "ITAS"}
    raw = json.dumps(content | {"groups": [group]}).encode()
    root = folder / "resources"
    shutil.copytree(place.resources.root, root, ignore=shutil.ignore_patterns("fonts"))
    network = root / "networks" / place.profile.id
    (network / FILE).write_bytes(raw)
    (network / SIGNATURE).write_bytes(base64.b64encode(key.sign(raw)))
    form = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    public = base64.b64encode(key.public_key().public_bytes(*form)).decode()
    profile = msgspec.structs.replace(place.profile, reference_key=public)
    return replace(place, resources=Resources(root), profile=profile)


def test_without_a_set_there_is_no_benchmark(place: Workplace, case_id: uuid.UUID) -> None:
    found = show_benchmarks(place, show_results(place, case_id))
    assert found.rows == ()
    assert found.why_none == "Für dieses Netzwerk liegt kein Vergleichsdatensatz vor."


def test_a_signed_set_stands_beside_the_value_with_its_number_of_firms(
    place: Workplace, case_id: uuid.UUID, tmp_path: Path
) -> None:
    say(place, case_id, GF, FIRST)
    there = published(place, tmp_path, size="medium")
    with there.store.edit(there.author) as session:
        from desktop_advisor.storage.models import Company

        company = session.get_one(Company, show_results(place, case_id).company_id)
        company.staff_units, company.turnover_million = Decimal(110), Decimal(18)
    (row,) = show_benchmarks(there, show_results(there, case_id)).rows
    assert (row.dimension, row.actual, row.group.firms) == ("D07", 1, 12)


def test_a_size_that_is_not_known_is_compared_with_nothing(
    place: Workplace, case_id: uuid.UUID, tmp_path: Path
) -> None:
    there = published(place, tmp_path)
    why = show_benchmarks(there, show_results(there, case_id)).why_none
    assert why == "Die Größenklasse des Unternehmens ist nicht bestimmt."


@pytest.mark.parametrize("name", [FILE, SIGNATURE])
def test_a_changed_set_is_refused(
    place: Workplace, case_id: uuid.UUID, tmp_path: Path, name: str
) -> None:
    there = published(place, tmp_path)
    path = there.resources.networks / there.profile.id / name
    raw = bytearray(path.read_bytes())
    raw[10] ^= 1
    path.write_bytes(bytes(raw))
    why = show_benchmarks(there, show_results(there, case_id)).why_none
    assert "die Unterschrift des Netzwerks fehlt oder passt nicht" in why


def test_the_report_of_a_later_time_prints_what_changed(
    sealed: Workplace, case_id: uuid.UUID
) -> None:
    assert compose_report(sealed, case_id).changes is None
    say(sealed, case_id, GF, {"d07_plan": "3", "d07_matrix": "3"})
    words = words_of(compose_report(later(sealed, 90), case_id))
    assert "Veränderung seit dem letzten Bericht" in words
    assert re.search(r"Qualifizierung 1,0 2,\d \+1,\d 3", words)
