"""Changes of one company file as columns: what repeats costs almost nothing (protocol, "Block").

A block says each writer, label, field and row once and refers to it by its place in a list
(counted from 0); stamps and rows are steps from the change before, the first one from 0. An id
that is UUIDv5 of another id and a name (RFC 9562 §5.5) is given as `[place of the other, name]`
and so costs no random bytes; the other stands before it and is given as text. All columns have one
member for each change, in the order in which they were made.

A small example, two edits of one company's name by one person:

    {"company_id": "0190a000-0000-7000-8000-000000000001",
     "writers": ["5f…"], "runs": [[0, 1, 2]],
     "labels": ["Mareike Sonntag", "Laptop 7"], "made": [[2, 0, 1, 5]],
     "kinds": [["company", "name"]], "kind": [0, 0],
     "ids": ["0190a000-0000-7000-8000-000000000001"], "row": [0, 0],
     "hlc": [115964116992000000, 65536], "bases": [[1, 0, 1]],
     "values": ["Huber", "Huber SE"]}

The second names the first as its base: `[place of the change, writer, n, writer, n, …]`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise, repeat
from operator import sub
from typing import TypeVar

import msgspec

from sync.protocol import Block, Change, ChangeName

T = TypeVar("T")
LARGEST_STAMP = 2**63 - 1
LONGEST_NAME = 400
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class BlockError(ValueError):
    """The columns do not fit together; the message names the one that does not."""


def read_block(encoded: bytes | memoryview) -> Block:
    """The block, once its columns fit together. Raises BlockError."""
    try:
        block = msgspec.json.decode(encoded, type=Block)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BlockError(str(error)) from error
    check(block)
    return block


def check(block: Block) -> None:
    """Whether every member refers to something that is there. Raises BlockError."""
    count = block.count
    if not count:
        raise BlockError("no change")
    _expect(sum(run[2] for run in block.runs) == count, "runs")
    _expect(_fits((run[0] for run in block.runs), block.writers), "runs")
    _expect(all(first + length <= 2**53 for _, first, length in block.runs), "runs")
    _expect(sum(m[0] for m in block.made) == count, "made")
    _expect(_fits((place for m in block.made for place in m[1:3]), block.labels), "made")
    _expect(len(block.kind) == count and _fits(block.kind, block.kinds), "kind")
    _expect(len(block.row) == count and _fits(accumulate(block.row), block.ids), "row")
    stamps = list(accumulate(block.hlc))
    _expect(len(stamps) == count and min(stamps) >= 0 and max(stamps) <= LARGEST_STAMP, "hlc")
    for place, given in enumerate(block.ids):
        if not isinstance(given, str):
            _expect(given[0] < place and isinstance(block.ids[given[0]], str), "ids")
    _check_bases(block)


def _check_bases(block: Block) -> None:
    places = [based[0] for based in block.bases if based]
    _expect(len(places) == len(block.bases) and _fits(places, block.values), "bases")
    _expect(all(before < after for before, after in pairwise(places)), "bases")
    for based in block.bases:
        _expect(len(based) > 2 and len(based) % 2 == 1, "bases")
        _expect(_fits(based[1::2], block.writers), "bases")
        _expect(all(0 < n < 2**53 for n in based[2::2]), "bases")


def _fits(places: Iterable[int], column: Sequence[object]) -> bool:
    """Whether all places lie in the column."""
    found = list(places)
    return not found or (min(found) >= 0 and max(found) < len(column))


def _expect(is_right: bool, column: str) -> None:
    if not is_right:
        raise BlockError(f"column `{column}` does not fit")


def changes_of(block: Block, kinds: Collection[tuple[str, str]] | None = None) -> Iterator[Change]:
    """The changes one by one; the block has been checked.

    kinds: only those of these (entity, field).
    """
    wanted = {place for place, kind in enumerate(block.kinds) if kinds is None or kind in kinds}
    if not wanted:
        return
    ids = _RowIds(block)
    bases = {based[0]: _bases(block, based) for based in block.bases}
    made = (m[1:] for m in block.made for _ in repeat(None, m[0]))
    columns = zip(
        block.kind,
        all_names(block),
        made,
        accumulate(block.row),
        accumulate(block.hlc),
        block.values,
        strict=True,
    )
    for place, (kind, (writer, n), by, row, hlc, value) in enumerate(columns):
        if kind not in wanted:
            continue
        author, device, schema = by
        entity, field = block.kinds[kind]
        yield Change(
            writer=writer,
            n=n,
            company_id=block.company_id,
            entity=entity,
            entity_id=ids.at(row),
            field=field,
            value=value,
            bases=bases.get(place, ()),
            hlc=hlc,
            author=block.labels[author],
            device=block.labels[device],
            schema=schema,
        )


def _bases(block: Block, based: Sequence[int]) -> tuple[ChangeName, ...]:
    return tuple((block.writers[w], n) for w, n in zip(based[1::2], based[2::2], strict=True))


def all_names(block: Block) -> Iterator[ChangeName]:
    """The name of each change, in order."""
    for writer, first, length in block.runs:
        yield from zip(
            repeat(block.writers[writer], length), range(first, first + length), strict=True
        )


class _RowIds:
    """The ids of a block's rows, derived when they are asked for."""

    def __init__(self, block: Block) -> None:
        self._given = block.ids
        self._found: dict[int, str] = {}

    def at(self, place: int) -> str:
        """The id at this place."""
        given = self._given[place]
        if isinstance(given, str):
            return given
        if place not in self._found:
            self._found[place] = derived_id(self.at(given[0]), given[1])
        return self._found[place]


def derived_id(parent: str, name: str) -> str:
    """UUIDv5 of the parent as namespace and the name, as text."""
    space = bytes.fromhex(parent.replace("-", ""))
    digest = hashlib.sha1(space + name.encode(), usedforsecurity=False).digest()
    text = digest.hex()
    variant = "89ab"[digest[8] >> 4 & 3]
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}"


def block_of(changes: Sequence[Change]) -> Block:
    """The changes of one company file, at least one, as a block."""
    writers, kinds, ids, labels = _Places[str](), _Places[tuple[str, str]](), _Ids(), _Places[str]()
    rows = [ids.place(change) for change in changes]
    stamps = [c.hlc for c in changes]
    made = [(labels.place(c.author), labels.place(c.device), c.schema) for c in changes]
    names = [(writers.place(c.writer), c.n) for c in changes]
    return Block(
        company_id=changes[0].company_id,
        runs=tuple(_runs(names)),
        made=tuple((len(list(same)), *by) for by, same in groupby(made)),
        kind=[kinds.place((c.entity, c.field)) for c in changes],
        row=_steps(rows),
        hlc=_steps(stamps),
        bases=tuple(
            (place, *(x for writer, n in c.bases for x in (writers.place(writer), n)))
            for place, c in enumerate(changes)
            if c.bases
        ),
        values=[c.value for c in changes],
        writers=tuple(writers),
        labels=tuple(labels),
        kinds=tuple(kinds),
        ids=tuple(ids.given),
    )


class _Places(dict[T, int]):
    """What was said once, and where."""

    def place(self, said: T) -> int:
        return self.setdefault(said, len(self))


class _Ids:
    """Row ids as they are given: the parent of a derived one stands before it."""

    def __init__(self) -> None:
        self.given: list[str | tuple[int, str]] = []
        self._places: dict[str, int] = {}

    def place(self, change: Change) -> int:
        known = self._places.get(change.entity_id)
        return self._add(change.entity_id, _source(change)) if known is None else known

    def _add(self, entity_id: str, source: tuple[str, str] | None) -> int:
        given: str | tuple[int, str] = entity_id
        if source is not None:
            parent = self._places.get(source[0])
            given = (self._add(source[0], None) if parent is None else parent, source[1])
        self.given.append(given)
        self._places[entity_id] = len(self.given) - 1
        return len(self.given) - 1


def _source(change: Change) -> tuple[str, str] | None:
    """(parent id, name) where the change's value says both and its row's id is derived from them.

    So it is with an answer, whose first change says assessment and question.
    """
    value = change.value
    if type(value) is not dict or len(value) != 2:
        return None
    parent, name = value.values()
    if type(parent) is not str or type(name) is not str or not UUID.fullmatch(parent):
        return None
    fits = len(name) <= LONGEST_NAME and derived_id(parent, name) == change.entity_id
    return (parent, name) if fits else None


def _steps(numbers: Sequence[int]) -> list[int]:
    return list(map(sub, numbers, (0, *numbers)))


def _runs(names: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """(writer's place, first n, how many) of names that count up."""
    writer, first, length = -1, 0, 0
    for next_writer, n in names:
        if next_writer == writer and n == first + length:
            length += 1
            continue
        if length:
            yield writer, first, length
        writer, first, length = next_writer, n, 1
    if length:
        yield writer, first, length
