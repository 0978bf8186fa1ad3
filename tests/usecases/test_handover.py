"""Übergabenotiz: one page, only with consent, and nobody on it but who agreed and who advises."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from desktop_advisor.report.handover_model import HandoverMeasure, HandoverNote
from desktop_advisor.report.handover_page import draw_handover
from desktop_advisor.usecases.company_file import add_contact
from desktop_advisor.usecases.handover import (
    compose_handover,
    handover_mail,
    reply_day,
    save_handover,
)
from desktop_advisor.usecases.measures import MeasureDraft, add_measure
from desktop_advisor.usecases.notes import write_note
from desktop_advisor.usecases.referral_errors import (
    ConsentMissing,
    ConsentWithdrawn,
    HandoverNotWritten,
    StepOutOfOrder,
)
from desktop_advisor.usecases.referrals import (
    ReferralDraft,
    add_referral,
    agree_referral,
    drop_referral,
    undo_referral_edit,
)
from desktop_advisor.usecases.settings import save_settings, show_settings
from desktop_advisor.usecases.visits import record_consent
from desktop_advisor.usecases.workplace import Workplace
from tests.planted import found_in, plant
from tests.report.reading import pages_of
from tests.usecases.test_referrals import council_measure

FONTS = Path(__file__).parents[2] / "resources" / "fonts"


def words(pdf: bytes) -> tuple[int, str]:
    """Number of pages, and everything an independent reader finds on them."""
    pages = pages_of(pdf)
    return len(pages), " ".join(pages)


@pytest.fixture
def agreed(place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID) -> uuid.UUID:
    add_contact(place, company_id, name="Martin  Uhlig", function="Inhaber", phone="0375 1")
    add_contact(place, company_id, name="Petra Voigt", role="hr", email="voigt@werk.example")
    audit = add_measure(
        place,
        case_id,
        MeasureDraft("Energieaudit", owner="Petra Voigt", due_on=date(2027, 1, 29)),
    )
    add_measure(place, case_id, MeasureDraft("Nachfolge regeln"))
    draft = ReferralDraft("SAENA", "Audit nach DIN EN 16247", measure_id=audit)
    key = add_referral(place, case_id, draft)
    agree_referral(place, key, "Martin Uhlig")
    return key


def test_without_consent_there_is_no_note(
    place: Workplace, case_id: uuid.UUID, agreed: uuid.UUID, tmp_path: Path
) -> None:
    undo_referral_edit(place, case_id)
    target = tmp_path / "notiz.pdf"

    with pytest.raises(ConsentMissing):
        save_handover(place, agreed, target)
    with pytest.raises(ConsentMissing):
        handover_mail(place, agreed)
    assert not target.exists()


def test_after_a_refusal_or_once_dropped_there_is_no_note_any_more(
    place: Workplace, visit_id: uuid.UUID, agreed: uuid.UUID
) -> None:
    agree_referral(place, agreed, "Martin Uhlig", date(2026, 11, 20))
    record_consent(place, visit_id, "referral", granted=False, given_by="Martin Uhlig")
    with pytest.raises(ConsentWithdrawn):
        compose_handover(place, agreed)

    agree_referral(place, agreed, "Martin Uhlig")
    assert compose_handover(place, agreed).contact.name == "Martin Uhlig"
    drop_referral(place, agreed)
    with pytest.raises(StepOutOfOrder):
        compose_handover(place, agreed)


def test_the_page_says_who_asks_whom_for_what(
    place: Workplace, agreed: uuid.UUID, tmp_path: Path
) -> None:
    settings = show_settings(place)
    save_settings(place, replace(settings, phone="0371 99", email="vogel@itas.example"))
    save_handover(place, agreed, tmp_path / "notiz.pdf")

    pages, said = words((tmp_path / "notiz.pdf").read_bytes())
    assert pages == 1
    for part in (
        "Übergabenotiz",
        "ITAS – Initiative",
        "SAENA",
        "Gießerei Muldental GmbH",
        "Zwickau",
        "Martin Uhlig, Inhaber",
        "0375 1",
        "Audit nach DIN EN 16247",
        "Termin am 24.11.2026",
        "Energieaudit vereinbart 29.01.2027",
        "bis 08.12.2026",
        "Jana Vogel",
        "0371 99",
        "vogel@itas.example",
        "am 24.11.2026 für Gießerei Muldental GmbH eingewilligt",
    ):
        assert part in said


def test_nobody_who_did_not_agree_and_nothing_else_of_the_plan_stands_on_it(
    place: Workplace, case_id: uuid.UUID, agreed: uuid.UUID
) -> None:
    write_note(place, case_id, "Quittengelee")
    pages, said = words(draw_handover(compose_handover(place, agreed), FONTS))

    assert pages == 1
    for part in ("Voigt", "voigt@", "Krauß", "Nachfolge", "Quitte", "118"):
        assert part not in said
        assert part not in handover_mail(place, agreed)


def test_nothing_of_the_unreleased_view_is_handed_over(
    place: Workplace, visit_id: uuid.UUID, case_id: uuid.UUID
) -> None:
    plant(place, visit_id)
    council_measure(place, case_id)
    key = add_referral(place, case_id, ReferralDraft(offer="igm-suedwestsachsen"))
    agree_referral(place, key, "Martin Uhlig")

    said = handover_mail(place, key)
    assert "Quittenmatrix" not in said
    assert found_in(said) == []


def test_the_mail_says_the_same_in_plain_words(place: Workplace, agreed: uuid.UUID) -> None:
    said = handover_mail(place, agreed)

    first = said.splitlines()[0]
    assert first == "Betreff: Übergabe eines Anliegens: Gießerei Muldental GmbH, Zwickau"
    assert "- Energieaudit (vereinbart, bis 29.01.2027)" in said
    assert said.splitlines()[-2] == "Jana Vogel"


def test_the_answer_is_wished_for_on_a_working_day() -> None:
    assert reply_day(date(2026, 12, 11)) == date(2026, 12, 28)


def test_a_note_that_cannot_be_written_says_so(place: Workplace, agreed: uuid.UUID) -> None:
    with pytest.raises(HandoverNotWritten) as told:
        save_handover(place, agreed, Path("/no/such/drive/notiz.pdf"))

    assert told.value.safe.startswith("Es wurde nichts weitergegeben.")


@pytest.mark.parametrize("concern", ["Wort " * 3000, "Zeile\n" * 400, "x" * 9000])
def test_however_much_there_is_to_say_it_stays_one_page(
    place: Workplace, agreed: uuid.UUID, concern: str
) -> None:
    note = compose_handover(place, agreed)
    measures = (HandoverMeasure(title="Sehr lange Maßnahme " * 30, state="läuft"),) * 40
    full = _with(note, concern=concern, measures=measures, done=("Termin am 1.1.2026",) * 60)

    assert words(draw_handover(full, FONTS))[0] == 1


def test_words_of_others_are_no_markup(place: Workplace, agreed: uuid.UUID) -> None:
    note = _with(compose_handover(place, agreed), concern="<b>A & B</b>", company="<Werk> & Söhne")
    said = words(draw_handover(note, FONTS))[1]

    assert "<b>A & B</b>" in said
    assert "<Werk> & Söhne" in said


def _with(note: HandoverNote, **changes: object) -> HandoverNote:
    return msgspec.structs.replace(note, **changes)
