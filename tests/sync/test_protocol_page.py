"""The protocol's reference in the README says what the types say."""

from __future__ import annotations

from pathlib import Path

from sync import protocol
from sync.server.openapi import MESSAGES
from sync.server.protocol_page import PARTS, page, renewed

README = Path(__file__).parents[2] / "README.md"


def test_the_readme_holds_the_reference_as_the_types_have_it() -> None:
    text = README.read_text(encoding="utf-8")

    assert renewed(text) == text, "run `make protocol`"


def test_every_message_and_part_is_described_with_its_members() -> None:
    said = page()

    for message in (*PARTS, *MESSAGES):
        assert f"**{message.__name__}** – " in said
        assert all(f"`{name}`: " in said for name in message.__struct_encode_fields__)
    assert "`POST /v1/sync`" in said
    assert protocol.Block in PARTS
