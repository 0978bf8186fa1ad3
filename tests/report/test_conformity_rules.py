"""What only the bytes and the signatures of a file tell; a planted fault is found."""

from __future__ import annotations

import pytest

from tests.report.conformity_bytes import byte_faults
from tests.report.conformity_signatures import signature_faults
from tests.signing.sealed import make_sealed

SEALED = make_sealed("B-LT")
_PLAIN = b"""%PDF-1.7
%\xe2\xe3\xcf\xd3
1 0 obj
<</Kind /Catalog /Some [1 -2.5 <0A> (a\\)b) true]>>
endobj
2 0 obj
<</Length 3>>
stream
abc
endstream
endobj
xref
0 1
0000000000 65535 f\x20
trailer
<</Root 1 0 R>>
startxref
PLACE
%%EOF
"""
PLAIN = _PLAIN.replace(b"PLACE", b"%d" % _PLAIN.index(b"xref\n"))
_FAULTS = (
    ("A 6.1.2", b"%PDF-1.7", b"%PDF-1.8"),
    ("A 6.1.2", b"%\xe2\xe3", b"%ab"),
    ("A 6.1.3", b"%%EOF\n", b"%%EOF\n\n"),
    ("A 6.1.4", b"startxref\n", b"startxref\n1"),
    ("A 6.1.6", b"<0A>", b"<0A1>"),
    ("A 6.1.6", b"<0A>", b"<0G>"),
    ("A 6.1.7.1", b"abc\nendstream", b"ab\nendstream"),
    ("A 6.1.7.1", b"/Length 3", b"/Length 4"),
    ("A 6.1.7.1", b"stream\nabc", b"stream\rabc"),
    ("A 6.1.8", b"/Kind", b"/K#FFnd"),
    ("A 6.1.9", b"1 0 obj", b"1  0 obj"),
    ("A 6.1.9", b"\nendobj\n2", b" endobj\n2"),
    ("A 6.1.9", b"true", b"maybe"),
    ("A 6.1.13", b"-2.5", b"2147483648"),
    ("A 6.1.13", b"-2.5", b"0." + 39 * b"0" + b"1"),
    ("A 6.1.13", b"/Kind", b"/" + 128 * b"k"),
    ("A 6.1.13", b"<0A>", b"<" + 65536 * b"0" + b">"),
)


def test_a_file_in_order_has_no_faults_over_all_its_revisions() -> None:
    assert byte_faults(PLAIN) == []
    assert byte_faults(SEALED) == []
    assert signature_faults(SEALED) == []


@pytest.mark.parametrize(("clause", "found", "planted"), _FAULTS)
def test_a_fault_among_the_bytes_is_found(clause: str, found: bytes, planted: bytes) -> None:
    assert found in PLAIN
    faults = byte_faults(PLAIN.replace(found, planted, 1))
    assert [fault for fault in faults if fault.startswith(f"{clause}:")], faults


@pytest.mark.parametrize(
    ("found", "planted"),
    [(b"/ByteRange [0 ", b"/ByteRange [1 "), (b"%%EOF", b"%%eof")],
)
def test_a_signature_that_leaves_bytes_out_is_found(found: bytes, planted: bytes) -> None:
    place = SEALED.index(b"/SubFilter")
    changed = SEALED[:place] + SEALED[place:].replace(found, planted, 1)
    assert any(fault.startswith("A 6.4.3") for fault in signature_faults(changed))
