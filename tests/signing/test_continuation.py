"""A later file continues a sealed one where nothing but proofs can differ."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_advisor.signing.continuation import continues
from tests.signing.ades import seal_of
from tests.signing.sealed import completed, make_sealed, sample_pdf

SEALED = make_sealed()
STAMPED = make_sealed("B-T")
_START, _END = (int(n) for n in list(seal_of(SEALED).byte_range)[1:3])


def test_each_level_continues_the_one_before() -> None:
    complete = completed(STAMPED)
    assert continues(SEALED, SEALED)
    assert continues(SEALED, STAMPED)
    assert continues(SEALED, complete)
    assert continues(STAMPED, complete)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_a_changed_byte_outside_of_the_seal_is_another_document(place: int, flip: int) -> None:
    changed = bytearray(SEALED)
    changed[place] ^= flip
    is_digit = _START < place < _END - 1 and chr(changed[place]) in "0123456789abcdefABCDEF"
    assert continues(SEALED, bytes(changed)) is is_digit


@pytest.mark.parametrize("other", [b"", SEALED[:-1], SEALED[: _START + 10], b"x" + SEALED])
def test_a_shortened_or_shifted_file_is_another(other: bytes) -> None:
    assert not continues(SEALED, other)


def test_another_report_and_an_unsealed_one_are_no_continuation() -> None:
    assert not continues(SEALED, make_sealed(pdf=sample_pdf(2)))
    assert not continues(sample_pdf(), SEALED)
