"""The text of the console's QR code, as it is pasted or scanned."""

from __future__ import annotations

import base64
from urllib.parse import quote, urlencode

import pytest

from desktop_advisor.usecases.enrolment_text import read_enrolment_text
from sync.server.console.codes import enrolment_text

DER = b"\x30\x82" + bytes(range(200))


def test_what_the_console_shows_is_taken_apart() -> None:
    found = read_enrolment_text(enrolment_text("https://sync.example:8443/a", "ABCD-EFGH"))
    assert found is not None
    assert (found.server, found.code) == ("https://sync.example:8443/a", "ABCD-EFGH")
    assert found.ca_pem == ""


def test_a_text_broken_over_lines_is_still_read() -> None:
    text = enrolment_text("https://sync.example", "ABCD-EFGH")
    assert read_enrolment_text(f" {text[:20]}\n {text[20:]} ") is not None


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_pinned_authority_comes_along(encode: object) -> None:
    ca = encode(DER).decode().rstrip("=")  # type: ignore[operator]
    text = "advisor://enrol?" + urlencode({"server": "https://s", "code": "A", "ca": ca})
    found = read_enrolment_text(text)
    assert found is not None
    assert found.ca_pem.startswith("-----BEGIN CERTIFICATE-----\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://sync.example",
        "ABCD-EFGH",
        "advisor://enrol?server=https%3A%2F%2Fs",
        "advisor://enrol?code=A",
        "advisor://[enrol?server=a&code=b",
        "advisor://enrol?server=a&code=b&ca=" + quote("kein Zertifikat"),
        "advisor://enrol?server=a&code=b" + "&x=1" * 20,
    ],
)
def test_anything_else_is_left_as_it_was_typed(text: str) -> None:
    assert read_enrolment_text(text) is None
