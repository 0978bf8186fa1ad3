"""What the changes of a block come to where each stands alone.

Columns say once what many changes repeat: a frame of 250 bytes may stand for 50,000 changes of two
kilobytes each. Whoever takes them one by one pays for that, not for the frame.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from sync.protocol import Block

CHANGE_BYTES = 280
"""Of a change as JSON what is neither name, label, value nor base: its members, ids and numbers."""
UUID_BYTES = 36
PLACE_BYTES = 28
"""Half a base, `["0123…", 4711],`: a block gives it two places."""


class Spread(msgspec.Struct, frozen=True):
    """Bytes of all changes of a block, each as JSON, and of the largest: no more than these."""

    total: int = 0
    largest: int = 0


def spread_of(block: Block) -> Spread:
    """How much the block stands for; by columns, never change by change. It has been checked."""
    values = len(msgspec.json.encode(block.values))
    labels, kinds = _sizes(block.labels), _sizes(block.kinds)
    if any(len(kind) == 4 for kind in block.kinds):
        said = (0, UUID_BYTES + max(_sizes(block.ids)))
        kinds = [size + said[len(kind) == 4] for size, kind in zip(kinds, block.kinds, strict=True)]
    shapes = [sum(map(kinds.__getitem__, shape)) for shape in block.shapes]
    made = sum(times * (labels[author] + labels[device]) for times, author, device, _ in block.made)
    places = list(map(len, block.bases))
    return Spread(
        total=values
        + made
        + CHANGE_BYTES * block.count
        + sum(shapes[shape] * times for shape, times in Counter(block.edits).items())
        + PLACE_BYTES * sum(places),
        largest=values
        + 2 * max(labels, default=0)
        + CHANGE_BYTES
        + max(kinds, default=0)
        + PLACE_BYTES * max(places, default=0),
    )


def _sizes(column: Sequence[object]) -> list[int]:
    return list(map(len, map(msgspec.json.encode, column)))
