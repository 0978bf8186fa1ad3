"""The file byte by byte, over all its revisions (ISO 19005-3, 6.1): no byte is left unread.

A library that opens the file repairs or hides what is wrong here, so nothing is opened.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

_EOL = rb"(?:\r\n|\n|\r)"
_HEADER = re.compile(rb"%PDF-1\.[0-7]" + _EOL + rb"%[\x80-\xff]{4,}" + _EOL)
_BLANK = re.compile(rb"[\s\x00]*")
_OBJECT = re.compile(rb"(\d+) (\d+) obj" + _EOL)
_END = re.compile(rb"startxref" + _EOL + rb"(\d+)" + _EOL + rb"%%EOF")
_ENTRIES = rb"(?:\d+ \d+ ?" + _EOL + rb"(?:\d{10} \d{5} [nf](?:\r\n| \n| \r))+)+"
_TABLE = re.compile(rb"xref" + _EOL + _ENTRIES + rb"trailer")
_NAME = re.compile(rb"/[^\s\x00()<>\[\]{}/%]*")
_WORD = re.compile(rb"[^\s\x00()<>\[\]{}/%]+")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_LENGTH = re.compile(rb"/Length (\d+)(?! \d+ R)")
_KEYWORDS = (b"true", b"false", b"null", b"R")
_LONGEST_NAME, _LONGEST_STRING, _LARGEST = 127, 32767, 2**31 - 1
_LEAST_REAL = 1.175e-38


def byte_faults(pdf: bytes) -> list[str]:
    """What is wrong, in the order of the file."""
    return _Bytes(pdf).faults()


class _Bytes:
    """Reads on from where it stands."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at, self.found = data, 0, list[str]()
        self.objects: set[int] = set()

    def fault(self, clause: str, words: str) -> None:
        """Note it with its place."""
        self.found.append(f"{clause}: {words} at byte {self.at}")

    def faults(self) -> list[str]:
        """Read all."""
        header = _HEADER.match(self.data)
        if header is None:
            self.fault("A 6.1.2", "header")
            return self.found
        self.at = header.end()
        while self.part():
            pass
        if not re.search(rb"%%EOF" + _EOL + rb"?\Z", self.data):
            self.fault("A 6.1.3", "data after the end")
        return self.found

    def part(self) -> bool:
        """An object, a table or an end of a revision; whether something may follow."""
        self.at = _end(_BLANK, self.data, self.at)
        if made := _OBJECT.match(self.data, self.at):
            if self.data[self.at - 1] not in b"\r\n":
                self.fault("A 6.1.9", "object not on a line of its own")
            self.objects.add(self.at)
            self.at = made.end()
            return self.body()
        if made := _TABLE.match(self.data, self.at):
            self.objects.add(self.at)
            self.at = _Value(self, self.data, made.end()).read()
            return True
        if made := _END.match(self.data, self.at):
            if int(made[1]) not in self.objects:
                self.fault("A 6.1.4", "startxref leads nowhere")
            self.at = made.end()
            return True
        if self.at < len(self.data):
            self.fault("A 6.1.9", f"{self.data[self.at : self.at + 20]!r} is no object")
        return False

    def body(self) -> bool:
        """What an object holds, and its end; whether the end was found."""
        start = self.at
        self.at = _Value(self, self.data, start).read()
        entries = self.data[start : self.at]
        self.at = _end(_BLANK, self.data, self.at)
        if self.data.startswith(b"stream", self.at) and not self.stream(entries):
            return False
        self.at = _end(_BLANK, self.data, self.at)
        if not self.data.startswith(b"endobj", self.at):
            self.fault("A 6.1.9", "object without end")
            return False
        around = self.data[self.at - 1] in b"\r\n" and self.data[self.at + 6] in b"\r\n"
        if not around:
            self.fault("A 6.1.9", "endobj not on a line of its own")
        self.at += len(b"endobj")
        return True

    def stream(self, entries: bytes) -> bool:
        """The data of a stream; whether its end is where its length says."""
        begins = re.compile(rb"stream(?:\r\n|\n)").match(self.data, self.at)
        length = _LENGTH.search(entries)
        if begins is None or length is None:
            self.fault("A 6.1.7.1", "begin or length of a stream")
            return False
        self.at = begins.end() + int(length[1])
        ends = re.compile(_EOL + rb"endstream").match(self.data, self.at)
        if ends is None:
            self.fault("A 6.1.7.1", "stream without a line end before its end, or of other length")
            return False
        if re.search(rb"/Type\s*/ObjStm", entries):
            self.packed(zlib.decompress(self.data[begins.end() : self.at]), entries)
        self.at = ends.end()
        return True

    def packed(self, data: bytes, entries: bytes) -> None:
        """The objects of an object stream, which have no keywords around them."""
        found = re.search(rb"/First (\d+)", entries)
        place = int(found[1]) if found else 0
        while _end(_BLANK, data, place) < len(data):
            place = _Value(self, data, place).read()


class _Value:
    """One value: a number, name, string, array or dictionary."""

    def __init__(self, file: _Bytes, data: bytes, at: int) -> None:
        self.file, self.data, self.at = file, data, at

    def read(self) -> int:
        """Read it; the place behind it."""
        self.at = _end(_BLANK, self.data, self.at)
        start = self.data[self.at : self.at + 2]
        kinds: tuple[tuple[bytes, Callable[[], None]], ...] = (
            (b"<<", lambda: self.inner(b"<<", b">>")),
            (b"[", lambda: self.inner(b"[", b"]")),
            (b"<", self.hexadecimal),
            (b"(", self.literal),
            (b"/", self.name),
            (b"", self.word),
        )
        next(read for prefix, read in kinds if start.startswith(prefix))()
        return self.at

    def inner(self, begin: bytes, end: bytes) -> None:
        """All values up to the end."""
        self.at += len(begin)
        self.at = _end(_BLANK, self.data, self.at)
        while not self.data.startswith(end, self.at):
            if self.at >= len(self.data):
                self.file.fault("A 6.1.9", "array or dictionary without end")
                return
            self.at = _Value(self.file, self.data, self.at).read()
            self.at = _end(_BLANK, self.data, self.at)
        self.at += len(end)

    def hexadecimal(self) -> None:
        """An even number of digits and nothing else."""
        end = self.data.index(b">", self.at)
        digits = b"".join(self.data[self.at + 1 : end].split())
        if len(digits) % 2 or re.search(rb"[^0-9A-Fa-f]", digits):
            self.file.fault("A 6.1.6", "hexadecimal string")
        self.length(len(digits) // 2)
        self.at = end + 1

    def literal(self) -> None:
        """Up to the bracket that closes the first."""
        start, depth = self.at, 0
        for found in re.compile(rb"\\.|[()]", re.DOTALL).finditer(self.data, start):
            depth += {b"(": 1, b")": -1}.get(found[0], 0)
            if not depth:
                self.at = found.end()
                break
        else:
            self.file.fault("A 6.1.6", "string without end")
            self.at = len(self.data)
        self.length(self.at - start - 2)

    def length(self, count: int) -> None:
        """A string may not be too long."""
        if count > _LONGEST_STRING:
            self.file.fault("A 6.1.13", f"string of {count} bytes")

    def name(self) -> None:
        """UTF-8 of at most 127 bytes."""
        found = _NAME.match(self.data, self.at)
        assert found is not None
        name = _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), found[0][1:])
        if len(name) > _LONGEST_NAME:
            self.file.fault("A 6.1.13", f"name of {len(name)} bytes")
        if "\ufffd" in name.decode("utf-8", "replace"):
            self.file.fault("A 6.1.8", f"name {name!r}")
        self.at = found.end()

    def word(self) -> None:
        """A number within limits, or a word that is known."""
        found = _WORD.match(self.data, self.at)
        if found is None:
            self.file.fault("A 6.1.9", f"{self.data[self.at : self.at + 9]!r} is no value")
            self.at += 1
            return
        word = found[0]
        if re.fullmatch(rb"[+-]?\d+", word):
            if not -_LARGEST - 1 <= int(word) <= _LARGEST:
                self.file.fault("A 6.1.13", f"integer {word!r}")
        elif re.fullmatch(rb"[+-]?(\d+\.\d*|\.\d+)", word):
            if 0 < abs(float(word)) < _LEAST_REAL:
                self.file.fault("A 6.1.13", f"real {word!r}")
        elif word not in _KEYWORDS:
            self.file.fault("A 6.1.9", f"{word!r} is no value")
        self.at = found.end()


def _end(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    found = pattern.match(data, at)
    return found.end() if found else at
