"""Beside the pages: which versions there are, and how much proof the shown one carries."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.ui.reporting.side_cards import VersionsCard
from desktop_advisor.usecases.company_file import ReportView

SEALED_AT = datetime(2026, 11, 24, 11, 42, tzinfo=UTC)


def version(number: int, level: str = "B-B", note: str = "") -> ReportView:
    return ReportView(
        new_id(SEALED_AT), number, SEALED_AT, "Mareike Sonntag", "0" * 64, number == 1, level, note
    )


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("B-B", "keinen Zeitstempel (PAdES-B-B)"),
        ("B-T", "einen Zeitstempel (PAdES-B-T)"),
        ("B-LT", "alle Nachweise für spätere Jahre (PAdES-B-LT)"),
    ],
)
def test_the_shown_version_says_what_its_seal_carries(qtbot: QtBot, level: str, words: str) -> None:
    card = VersionsCard()
    qtbot.addWidget(card)
    new, old = version(2, level), version(1)
    card.show_versions([new, old], new.report_id)
    assert words in card.level.text().replace("\u2011", "-")
    card.show_versions([new, old], None)
    assert card.level.isHidden()


def test_why_a_time_stamp_is_missing_stands_beside_the_version(qtbot: QtBot) -> None:
    card = VersionsCard()
    qtbot.addWidget(card)
    only = version(1, note="Der Zeitstempeldienst ist nicht erreichbar.")
    card.show_versions([only], only.report_id)
    assert card.level.text().endswith("Der Zeitstempeldienst ist nicht erreichbar.")
