"""Random damage to sealed files: `python -m tests.signing.fuzz_verification [N] [SEED]`.

Prints the seed, what came out how often, and every file that was accepted although it differs.
One number is beyond the seal's reach: an ECDSA signature (r, s) has a twin (r, n − s) that verifies
as well. A random flip does not find it, and it changes no content.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable

from desktop_advisor.signing.verification import Outcome, verify
from tests.signing import hostile, sealed
from tests.signing.authorities import NOW

Damage = Callable[[random.Random, bytes], bytes]
_OBJECT = re.compile(rb"\n(\d+) 0 obj\b.*?\nendobj", re.DOTALL)


def _flip(chance: random.Random, pdf: bytes) -> bytes:
    broken = bytearray(pdf)
    for _ in range(chance.choice((1, 1, 1, 2, 8))):
        broken[chance.randrange(len(broken))] ^= chance.randrange(1, 256)
    return bytes(broken)


def _flip_in_structure(chance: random.Random, pdf: bytes) -> bytes:
    """A hex digit within a seal's or stamp's structure."""
    start, end = hostile.gap(pdf, chance.randrange(pdf.count(b"/Contents <")))
    used = len(pdf[start:end].rstrip(b"0"))
    place = start + chance.randrange(used)
    return pdf[:place] + chance.choice(b"0123456789abcdef").to_bytes(1, "big") + pdf[place + 1 :]


def _cut(chance: random.Random, pdf: bytes) -> bytes:
    return pdf[: chance.randrange(len(pdf))]


def _remove(chance: random.Random, pdf: bytes) -> bytes:
    start = chance.randrange(len(pdf))
    return pdf[:start] + pdf[start + chance.randrange(1, 200) :]


def _insert(chance: random.Random, pdf: bytes) -> bytes:
    start = chance.randrange(len(pdf))
    return pdf[:start] + chance.randbytes(chance.randrange(1, 40)) + pdf[start:]


def _copy_over(chance: random.Random, pdf: bytes) -> bytes:
    length = chance.randrange(1, 400)
    source, target = (chance.randrange(len(pdf) - length) for _ in range(2))
    return pdf[:target] + pdf[source : source + length] + pdf[target + length :]


def _swap_objects(chance: random.Random, pdf: bytes) -> bytes:
    found = list(_OBJECT.finditer(pdf))
    first, second = sorted(chance.sample(found, 2), key=lambda match: match.start())
    return (
        pdf[: first.start()]
        + second[0]
        + pdf[first.end() : second.start()]
        + first[0]
        + pdf[second.end() :]
    )


def _number(chance: random.Random, pdf: bytes) -> bytes:
    """One number becomes another, often an absurd one."""
    match = chance.choice(list(re.finditer(rb"(?<=[ \[])\d{1,6}(?=[ \]/])", pdf)))
    other = chance.choice((b"0", b"-1", b"9999999999", b"1", b"%d" % chance.randrange(50)))
    return pdf[: match.start()] + other + pdf[match.end() :]


DAMAGES: tuple[Damage, ...] = (
    *(_flip, _flip, _flip_in_structure, _cut, _remove, _insert, _copy_over),
    *(_swap_objects, _number),
)


def campaign(count: int, seed: int) -> tuple[Counter[str], list[tuple[str, bytes]]]:
    """(how often what came out, the damaged files that were accepted with the damage's name)."""
    chance = random.Random(seed)
    victims = (hostile.basic(), hostile.stamped(), hostile.long_term())
    outcomes: Counter[str] = Counter()
    accepted = []
    for _ in range(count):
        victim, damage = chance.choice(victims), chance.choice(DAMAGES)
        broken = damage(chance, victim)
        if broken in victims:
            continue
        verdict = verify(
            broken,
            expected_sha256=None,
            anchors=sealed.anchors(),
            stamp_anchors=sealed.stamp_anchors(),
            now=NOW,
        )
        outcomes[verdict.outcome.value] += 1
        if verdict.outcome in (Outcome.VALID, Outcome.VALID_BUT_UNKNOWN_ISSUER):
            accepted.append((damage.__name__, broken))
    return outcomes, accepted


def main(arguments: list[str]) -> int:
    """Run, print, and fail if anything was accepted."""
    count = int(arguments[0]) if arguments else 2000
    seed = int(arguments[1]) if len(arguments) > 1 else random.SystemRandom().randrange(2**32)
    began = time.monotonic()
    outcomes, accepted = campaign(count, seed)
    took = time.monotonic() - began
    sys.stdout.write(f"seed {seed}: {dict(outcomes)} in {took:.0f} s, {len(accepted)} accepted\n")
    for name, _broken in accepted:
        sys.stdout.write(f"  accepted after {name}\n")
    return 1 if accepted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
