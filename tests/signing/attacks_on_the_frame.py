"""Attacks on the frame of a sealed file: beginning, end, table, and single bytes anywhere."""

from __future__ import annotations

import re

from tests.signing.attack_list import attack
from tests.signing.hostile import basic, cms_of, drawn, gap, long_term, rebuilt, stamped


@attack()
def something_before_the_beginning() -> bytes:
    return b"GIF89a;\n" + basic()


@attack()
def page_of_the_web_before_the_beginning() -> bytes:
    return b"<html><script>x</script><!--\n" + basic() + b"\n--></html>"


@attack()
def something_behind_the_end() -> bytes:
    return basic() + b"PK\x03\x04 more"


@attack()
def end_written_twice() -> bytes:
    return basic() + b"%%EOF\n"


@attack()
def two_files_in_one() -> bytes:
    return basic() + drawn(b"99.000 Euro")


@attack()
def cut_in_the_middle() -> bytes:
    return basic()[: len(basic()) // 2]


@attack()
def cut_before_the_seal() -> bytes:
    return basic()[: basic().index(b"%%EOF") + 6]


@attack()
def last_byte_cut() -> bytes:
    return basic().rstrip()[:-1]


@attack()
def end_points_before_the_seal() -> bytes:
    first = re.findall(rb"startxref\s+(\d+)", basic())[0]
    place = basic().rindex(b"startxref\n") + 10
    return basic()[:place] + first + b"\n%%EOF\n"


@attack()
def version_in_the_head_changed() -> bytes:
    return basic().replace(b"%PDF-1.", b"%PDF-2.", 1)


@attack()
def written_anew_without_the_seal() -> bytes:
    return rebuilt(basic(), lambda _: None)


def _flipped(place: int) -> bytes:
    victim = bytearray(basic())
    victim[place] ^= 0x01
    return bytes(victim)


@attack()
def byte_flipped_in_the_head() -> bytes:
    return _flipped(12)


@attack()
def byte_flipped_in_the_text() -> bytes:
    return _flipped(basic().index(b"stream\n") + 12)


@attack()
def byte_flipped_in_the_table() -> bytes:
    return _flipped(basic().index(b"xref") + 30)


@attack()
def byte_flipped_in_the_reason() -> bytes:
    return _flipped(basic().index(b"Beratungsbericht Fassung") + 5)


@attack()
def byte_flipped_in_the_signature() -> bytes:
    return _flipped(gap(basic())[0] + 2 * (len(cms_of(basic()).dump()) - 12))


@attack()
def byte_flipped_in_the_trailer() -> bytes:
    return _flipped(basic().rindex(b"/Size") + 7)


@attack()
def byte_flipped_in_the_proofs() -> bytes:
    victim = bytearray(long_term())
    victim[victim.index(b"/DSS", len(stamped())) + 1] ^= 1
    return bytes(victim)
