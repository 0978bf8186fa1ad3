"""Changes of one company file as columns: what repeats costs almost nothing (protocol, "Block").

A block says each writer, label, field and row once and refers to it by its place in a list
(counted from 0). Its changes stand in the order in which they were made. Those next to each other
that concern one row and have one stamp are an **edit**; which fields it sets, in which order, is
its shape. `edits`, `row` and `ms` have one member for each edit: the place of its shape, and the
step from the row and the milliseconds of the edit before, the first one from 0. Counters of hybrid
stamps (`sync.hybrid_clock`) that are not 0 stand in `counters`, as `[place of the edit, counter]`.

An id that is UUIDv5 of another id and a name (RFC 9562 §5.5) is given as `[place of the other,
name]` and so costs no random bytes; the other stands before it and is given as text. Where a value
says nothing but these two, its field is given with the names of both members, as
`["answer", "key", "assessment_id", "question"]`, and no value stands in `values`; every other
change has one there.

A small example, two edits of one company's name by one person:

    {"company_id": "0190a000-0000-7000-8000-000000000001",
     "writers": ["5f…"], "runs": [[0, 1, 2]],
     "labels": ["Mareike Sonntag", "Laptop 7"], "made": [[2, 0, 1, 5]],
     "kinds": [["company", "name"]], "shapes": [[0]], "edits": [0, 0],
     "ids": ["0190a000-0000-7000-8000-000000000001"], "row": [0, 0],
     "ms": [1769472000000, 1], "counters": [], "bases": [[1, 0, 1]],
     "values": ["Huber", "Huber SE"]}

The second names the first as its base: `[place of the change, writer, n, writer, n, …]`.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, chain, compress, count, groupby, islice, pairwise, repeat
from operator import itemgetter, lt, not_, sub
from typing import Any, TypeVar

import msgspec

from sync import wire
from sync.hybrid_clock import COUNTER_BITS
from sync.protocol import MAX_PLAIN_BYTES, Block, Change, ChangeName, Outline

T = TypeVar("T")
LARGEST_MS = 2**63 - 1 >> COUNTER_BITS
LONGEST_NAME = 400
_ALL_BUT_OPENING = bytes(set(range(256)) - set(b"[{"))
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Given = str | tuple[int, str]
"""A row's id: as text, or derived from the id at a place and a name."""


class _Known(Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A block of which everything is known."""


_BLOCKS = msgspec.json.Decoder(Block)
_ALL_KNOWN = msgspec.json.Decoder(_Known)
_OUTLINES = msgspec.json.Decoder(Outline)


class BlockError(ValueError):
    """The columns do not fit together; the message names the one that does not."""


def frame_of(block: Block, level: int = wire.ZSTD_LEVEL) -> bytes:
    """The block as it travels and is kept."""
    return wire.compress(msgspec.json.encode(block), level)


def open_frame(frame: bytes, limit_bytes: int = MAX_PLAIN_BYTES) -> bytes:
    """The JSON of a block, never more than `limit_bytes`. Raises BlockError."""
    try:
        return wire.unframe(frame, limit_bytes)
    except ValueError as error:
        raise BlockError("frame") from error


def read_outline(encoded: bytes) -> Outline:
    """Whose block it is and which changes it holds; nothing else is looked at. Raises BlockError"""
    try:
        outline = _OUTLINES.decode(encoded)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BlockError(str(error)) from error
    _check_names(outline)
    return outline


def read_block(encoded: bytes) -> Block:
    """The block, once its columns fit together. Raises BlockError."""
    try:
        block = _BLOCKS.decode(encoded)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BlockError(str(error)) from error
    check(block)
    return block


def read_arriving(encoded: bytes) -> Block:
    """The block that is to go on to others, unknown members included. Raises BlockError.

    These are skipped when a block is read, so that they are looked at where there are any.
    """
    try:
        block: Block = _ALL_KNOWN.decode(encoded)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        block = read_block(encoded)
        try:
            wire.decode(encoded, dict)
        except wire.BodyUnreadableError as error:
            raise BlockError(str(error)) from error
        return block
    check(block)
    return block


def nests_deeply(block: Block, encoded: bytes) -> bool:
    """Whether the JSON that the block was read from nests deeper than every end can read.

    Looked through only where it has many more arrays and objects than columns and values say.
    """
    columns = (block.runs, block.made, block.shapes, block.kinds, block.counters, block.bases)
    said = 1 + len(Block.__struct_fields__) + sum(map(len, columns))
    kinds = list(map(type, block.values))
    said += list(map(type, block.ids)).count(tuple) + kinds.count(dict) + kinds.count(list)
    more = len(encoded.translate(None, _ALL_BUT_OPENING)) - said
    return more > wire.MAX_DEPTH // 2 and wire.nests_deeply(encoded)


def check(block: Block) -> None:
    """Whether every member refers to something that is there. Raises BlockError."""
    size = block.count
    if not size:
        raise BlockError("no change")
    _check_names(block)
    _expect(sum(m[0] for m in block.made) == size, "made")
    _expect(_fits({place for m in block.made for place in m[1:3]}, block.labels), "made")
    _expect(all(len(kind) != 3 for kind in block.kinds), "kinds")
    is_text = [type(given) is str for given in block.ids]
    is_derived = list(map(not_, is_text))
    parents = list(map(itemgetter(0), compress(block.ids, is_derived)))
    _expect(all(map(lt, parents, compress(count(), is_derived))), "ids")
    _expect(all(map(is_text.__getitem__, set(parents))), "ids")
    _check_edits(block, size, is_text)
    places = [based[0] for based in block.bases if based]
    _expect(len(places) == len(block.bases) and not (places and places[-1] >= size), "bases")
    _expect(all(before < after for before, after in pairwise((-1, *places))), "bases")
    for based in block.bases:
        _expect(len(based) > 2 and len(based) % 2 == 1, "bases")
        _expect(_fits(based[1::2], block.writers), "bases")
        _expect(all(0 < n < 2**53 for n in based[2::2]), "bases")


def _check_names(outline: Outline) -> None:
    _expect(_fits({run[0] for run in outline.runs}, outline.writers), "runs")
    _expect(all(first + length <= 2**53 for _, first, length in outline.runs), "runs")


def _check_edits(block: Block, size: int, is_text: Sequence[bool]) -> None:
    _expect(all(block.shapes) and _fits({*chain(*block.shapes)}, block.kinds), "shapes")
    edits, of_shape = len(block.edits), Counter(block.edits)
    _expect(_fits(of_shape.keys(), block.shapes), "edits")
    rows = list(accumulate(block.row))
    _expect(len(rows) == edits and _fits(rows, block.ids), "row")
    stamps = list(accumulate(block.ms))
    _expect(len(stamps) == edits and min(stamps) >= 0 and max(stamps) <= LARGEST_MS, "ms")
    counted = [place for place, _ in block.counters]
    _expect(_fits(counted, block.edits) and all(map(lt, counted, counted[1:])), "counters")
    lengths, spoken = list(map(len, block.shapes)), _spoken(block, block.shapes)
    _expect(sum(lengths[shape] * times for shape, times in of_shape.items()) == size, "edits")
    values = sum(spoken[shape] * times for shape, times in of_shape.items())
    if values < size:
        says = list(map(lt, spoken, lengths))
        saying = compress(rows, map(says.__getitem__, block.edits))
        _expect(not any(map(is_text.__getitem__, saying)), "edits")
    _expect(len(block.values) == values, "values")


def _fits(places: Collection[int], column: Sequence[object]) -> bool:
    """Whether all places lie in the column."""
    return not places or (min(places) >= 0 and max(places) < len(column))


def _expect(is_right: bool, column: str) -> None:
    if not is_right:
        raise BlockError(f"column `{column}` does not fit")


def changes_of(block: Block, kinds: Collection[tuple[str, str]] | None = None) -> Iterator[Change]:
    """The changes one by one; the block has been checked.

    kinds: only those of these (entity, field); edits without one cost next to nothing.
    """
    wanted = {p for p, kind in enumerate(block.kinds) if kinds is None or kind[:2] in kinds}
    concerned = [not wanted.isdisjoint(shape) for shape in block.shapes]
    hits = list(map(concerned.__getitem__, block.edits))
    if True not in hits:
        return
    edits = block.edits[: len(hits) - hits[::-1].index(True)]
    shapes = block.shapes[: max(edits) + 1]
    ids, names = _RowIds(block), all_names(block)
    made = (m[1:] for m in block.made for _ in repeat(None, m[0]))
    bases = {based[0]: _bases(block, based) for based in block.bases}
    lengths, spoken = list(map(len, shapes)), _spoken(block, shapes)
    counters = dict(block.counters)
    columns = zip(
        range(len(edits)),
        edits,
        accumulate(block.row),
        accumulate(block.ms),
        accumulate(map(lengths.__getitem__, edits), initial=0),
        accumulate(map(spoken.__getitem__, edits), initial=0),
        strict=False,
    )
    reached = 0
    for edit, shape, row, ms, first, next_value in compress(columns, hits):
        hlc = ms << COUNTER_BITS | counters.get(edit, 0)
        _skip(names, first - reached)
        _skip(made, first - reached)
        reached = first + lengths[shape]
        said = iter(block.values[next_value : next_value + spoken[shape]])
        for place, kind in enumerate(block.shapes[shape], first):
            entity, field, *members = block.kinds[kind]
            value = ids.said(row, members) if members else next(said)
            (writer, n), (author, device, schema) = next(names), next(made)
            if kind not in wanted:
                continue
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


def _spoken(block: Block, shapes: Iterable[Sequence[int]]) -> list[int]:
    """How many values an edit of each of these shapes has."""
    has_value = [len(kind) == 2 for kind in block.kinds]
    return [sum(map(has_value.__getitem__, shape)) for shape in shapes]


def _skip(columns: Iterator[object], count: int) -> None:
    next(islice(columns, count, count), None)


def stamps_of(block: Block) -> list[int]:
    """The hybrid stamp of each edit."""
    stamps = [ms << COUNTER_BITS for ms in accumulate(block.ms)]
    for place, counter in block.counters:
        stamps[place] |= counter
    return stamps


def _bases(block: Block, based: Sequence[int]) -> tuple[ChangeName, ...]:
    return tuple((block.writers[w], n) for w, n in zip(based[1::2], based[2::2], strict=True))


def all_names(block: Outline) -> Iterator[ChangeName]:
    """The name of each change, in order."""
    for writer, first, length in block.names():
        yield from zip(repeat(writer, length), range(first, first + length), strict=True)


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

    def said(self, place: int, members: Sequence[str]) -> dict[str, str]:
        """The value that says what the id at this place is derived from."""
        given = self._given[place]
        if isinstance(given, str):
            raise BlockError("column `edits` does not fit")
        return {members[0]: self.at(given[0]), members[1]: given[1]}


def derived_id(parent: str, name: str) -> str:
    """UUIDv5 of the parent as namespace and the name, as text."""
    space = bytes.fromhex(parent.replace("-", ""))
    digest = hashlib.sha1(space + name.encode(), usedforsecurity=False).digest()
    text = digest.hex()
    variant = "89ab"[digest[8] >> 4 & 3]
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}"


def block_of(changes: Sequence[Change]) -> Block:
    """The changes of one company file, at least one, as a block."""
    writers, labels, ids = _Places[str](), _Places[str](), _Ids()
    kinds, shapes = _Places[tuple[str, ...]](), _Places[tuple[int, ...]]()
    made = [(labels.place(c.author), labels.place(c.device), c.schema) for c in changes]
    names = [(writers.place(c.writer), c.n) for c in changes]
    edits, rows, stamps, values = [], [], [], []
    for (entity_id, hlc), same in groupby(changes, key=lambda c: (c.entity_id, c.hlc)):
        edit = list(same)
        rows.append(ids.place(entity_id, edit[0].value))
        stamps.append(hlc)
        shape = []
        for change in edit:
            members = ids.members(rows[-1], change.value)
            shape.append(kinds.place((change.entity, change.field, *members)))
            if not members:
                values.append(change.value)
        edits.append(shapes.place(tuple(shape)))
    return Block(
        company_id=changes[0].company_id,
        runs=tuple(_runs(names)),
        made=tuple((len(list(same)), *by) for by, same in groupby(made)),
        edits=edits,
        row=_steps(rows),
        ms=_steps([stamp >> COUNTER_BITS for stamp in stamps]),
        counters=tuple(
            (place, counter)
            for place, stamp in enumerate(stamps)
            if (counter := stamp & (1 << COUNTER_BITS) - 1)
        ),
        bases=tuple(
            (place, *(x for writer, n in c.bases for x in (writers.place(writer), n)))
            for place, c in enumerate(changes)
            if c.bases
        ),
        values=values,
        writers=tuple(writers),
        labels=tuple(labels),
        kinds=tuple(kinds),
        shapes=tuple(shapes),
        ids=tuple(ids.given),
    )


class _Places(dict[T, int]):
    """What was said once, and where."""

    def place(self, said: T) -> int:
        return self.setdefault(said, len(self))


class _Ids:
    """Row ids as they are given: the parent of a derived one stands before it."""

    def __init__(self) -> None:
        self.given: list[Given] = []
        self._places: dict[str, int] = {}

    def place(self, entity_id: str, first_value: Any) -> int:
        """Where the id stands. first_value: of the first change of a row, which may say a source"""
        known = self._places.get(entity_id)
        return self._add(entity_id, _source(entity_id, first_value)) if known is None else known

    def members(self, place: int, value: Any) -> tuple[str, ...]:
        """The names of the value's members where they say the source of this id, and no more."""
        given = self.given[place]
        if isinstance(given, str) or type(value) is not dict or len(value) != 2:
            return ()
        parent, name = value.values()
        is_said = name == given[1] and parent == self.given[given[0]]
        names = tuple(value)
        return names if is_said and all(0 < len(n) <= 200 for n in names) else ()

    def _add(self, entity_id: str, source: tuple[str, str] | None) -> int:
        given: Given = entity_id
        if source is not None:
            parent = self._places.get(source[0])
            if parent is None:
                parent = self._add(source[0], None)
            given = (parent, source[1]) if isinstance(self.given[parent], str) else entity_id
        self.given.append(given)
        self._places[entity_id] = len(self.given) - 1
        return len(self.given) - 1


def _source(entity_id: str, value: Any) -> tuple[str, str] | None:
    """(parent id, name) where the value says both and the id is derived from them.

    So it is with an answer, whose first change says assessment and question.
    """
    if type(value) is not dict or len(value) != 2:
        return None
    parent, name = value.values()
    if type(parent) is not str or type(name) is not str or not UUID.fullmatch(parent):
        return None
    fits = len(name) <= LONGEST_NAME and derived_id(parent, name) == entity_id
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
