"""A network profile is checked when it is loaded; what is wrong with it is named."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from desktop_advisor.advice.network_profile import read_profile
from desktop_advisor.advice.resource_files import BrokenResource

PURPOSE = {"id": "photos", "title": "Fotos", "text": "Fotos dürfen aufgenommen werden."}
RAW: dict[str, Any] = {
    "id": "probe",
    "name": "Probenetz",
    "short_name": "Probe",
    "consents": [PURPOSE],
}


def encoded(**changes: Any) -> bytes:
    return json.dumps(RAW | changes).encode()


def test_what_a_network_does_not_say_is_empty() -> None:
    profile = read_profile(encoded())
    assert (profile.funder_line, profile.main_color, profile.counties) == ("", "", ())
    assert not profile.consents[0].is_preset


def test_a_project_is_over_the_day_after_its_end() -> None:
    profile = read_profile(encoded(project_end="2025-12-31"))
    assert not profile.has_ended(date(2025, 12, 31))
    assert profile.has_ended(date(2026, 1, 1))
    assert not read_profile(encoded()).has_ended(date(2099, 1, 1))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"id": "Probe Netz"}, "id"),
        ({"main_color": "teal"}, "main_color"),
        ({"tint_dark": "#12"}, "tint_dark"),
        ({"consents": [PURPOSE, PURPOSE]}, "zweimal"),
        ({"consents": [PURPOSE | {"is_preset": True}]}, "vorausgewählt"),
        ({"consents": "alle"}, "consents"),
        ({"colour": "#123456"}, "colour"),
    ],
)
def test_a_faulty_profile_names_the_field(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(BrokenResource) as caught:
        read_profile(encoded(**changes), "probe.json")
    assert named in caught.value.what
    assert "probe.json" in caught.value.what
    assert caught.value.todo
