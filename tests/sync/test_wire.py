"""Bodies are compressed, and never unpacked past their limit."""

from __future__ import annotations

import gzip
import tracemalloc

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from sync import wire
from sync.blocks import changes_of, open_frame, read_block
from sync.protocol import Change, Changeset, Reason, SyncReply, read_change
from sync.server.reply import PackedReply, as_json, as_msgpack

ID = "0190a000-0000-7000-8000-000000000001"
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def change(value: object = None, **members: object) -> Change:
    """A valid change, except for `members`."""
    valid = {
        "writer": "a" * 32,
        "n": 1,
        "company_id": ID,
        "entity": "company",
        "entity_id": ID,
        "field": "name",
        "value": value,
    }
    return Change(**{**valid, **members})  # type: ignore[arg-type]


@given(st.binary(max_size=3000))
def test_what_is_packed_unpacks_to_the_same(plain: bytes) -> None:
    body, encoding = wire.pack(plain)

    assert wire.unpack(body, encoding, 3000) == plain
    assert wire.unpack(gzip.compress(plain), "gzip", 3000) == plain


@pytest.mark.parametrize("encoding", ["zstd", "gzip"])
def test_a_decompression_bomb_is_refused_without_unpacking_it(encoding: str) -> None:
    zeros = bytes(200_000_000)
    bomb = (
        zstandard.ZstdCompressor(level=1).compress(zeros)
        if encoding == "zstd"
        else gzip.compress(zeros, 1)
    )
    del zeros
    tracemalloc.start()

    with pytest.raises(wire.BodyTooLargeError):
        wire.unpack(bomb, encoding, 1_000_000)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("encoding", ["zstd", "gzip"])
def test_a_body_that_is_not_what_its_header_says_is_unreadable(encoding: str) -> None:
    with pytest.raises(wire.BodyUnreadableError):
        wire.unpack(b"no such thing", encoding, 1000)


def test_an_unknown_coding_is_named() -> None:
    with pytest.raises(wire.UnknownEncodingError, match="br"):
        wire.unpack(b"", "br", 1000)


@given(json_values)
def test_every_value_survives_the_wire(value: object) -> None:
    sent = change(value)

    assert read_change(msgspec.json.encode(sent), ID) == sent


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"writer": "A" * 32}, Reason.MALFORMED),
        ({"n": 0}, Reason.MALFORMED),
        ({"n": "1"}, Reason.MALFORMED),
        ({"entity_id": "1"}, Reason.MALFORMED),
        ({"field": ""}, Reason.MALFORMED),
        ({"hlc": -1}, Reason.MALFORMED),
        ({"bases": (("x", 1),)}, Reason.MALFORMED),
        ({"company_id": ID.replace("1", "2")}, Reason.OTHER_COMPANY),
        ({"value": "x" * 1_048_577}, Reason.TOO_LARGE),
    ],
)
def test_a_bad_change_is_told_from_a_good_one(members: dict[str, object], reason: Reason) -> None:
    assert read_change(msgspec.json.encode(change(**members)), ID) is reason


def test_a_value_nested_without_end_is_malformed() -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    encoded = msgspec.json.encode(change()).replace(b'"value":null', b'"value":' + deep)

    assert read_change(encoded, ID) is Reason.MALFORMED


@pytest.mark.parametrize("value", [1, 2**70])
def test_a_packed_reply_reads_as_a_reply(value: int) -> None:
    packed = PackedReply(
        reply_id="r",
        server_id="s",
        server_epoch="e",
        server_time_ms=1,
        verdicts=(),
        pulled=((ID, msgspec.json.encode([change(value)])),),
        cursor=1,
        more=False,
        frames=(b"frame",),
    )

    in_json = wire.decode(as_json(packed), SyncReply)
    in_msgpack = msgspec.msgpack.decode(as_msgpack(packed), type=SyncReply)

    assert in_json.pulled == (Changeset(company_id=ID, changes=(change(value),)),)
    assert in_json.frames == (b"frame",)
    if value == 1:
        assert in_msgpack == in_json
    else:  # MessagePack has no such number: it goes as a frame
        first, second = in_msgpack.frames
        assert (in_msgpack.pulled, first) == ((), b"frame")
        assert list(changes_of(read_block(open_frame(second)))) == [change(value)]
    assert PackedReply.__struct_fields__ == SyncReply.__struct_fields__
