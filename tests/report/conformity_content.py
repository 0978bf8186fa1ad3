"""Content streams: everything is tagged or an artifact, nothing is both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_PAINTS = frozenset(
    (
        "Tj",
        "TJ",
        "'",
        '"',
        "S",
        "s",
        "f",
        "F",
        "f*",
        "B",
        "B*",
        "b",
        "b*",
        "sh",
        "Do",
        "INLINE IMAGE",
    )
)
_SHOWS = frozenset(("Tj", "TJ", "'", '"'))
_CMYK = frozenset(("K", "k"))
_STATE = ("q", "Q", "cm", "w", "J", "j", "M", "d", "ri", "i", "gs")
_PATHS = ("m", "l", "c", "v", "y", "h", "re", "n", "W", "W*")
_TEXT = ("BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts", "Td", "TD", "Tm", "T*")
_COLOURS = ("CS", "cs", "SC", "SCN", "sc", "scn", "G", "g", "RG", "rg")
_MARKS = ("BMC", "BDC", "EMC", "MP", "DP")
_KNOWN = _PAINTS.union(_STATE, _PATHS, _TEXT, _COLOURS, _MARKS)
_DEEPEST = 28
"""Nested graphics states (ISO 19005-3, 6.1.13)."""


@dataclass
class PageContent:
    """What a page draws, or the appearance of a field, which is no page and holds no tags.

    tags: MCID → structure type written beside it. shown: font → its codes.
    """

    page: Any
    tags: dict[int, str] = field(default_factory=dict)
    texts: dict[int, list[tuple[str, bytes]]] = field(default_factory=dict)
    shown: dict[str, set[int]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


class _Reader:
    """Follows the operators of one page."""

    def __init__(self, made: PageContent, *, is_page: bool) -> None:
        self.made, self.is_page = made, is_page
        self.marks: list[tuple[str, int | None]] = []
        self.fonts = [""]
        self.text_began_at: int | None = None

    def read(self, operands: Sequence[Any], operator: str) -> None:
        """One instruction."""
        if operator not in _KNOWN:
            self.fault(f"A 6.2.2: operator {operator}")
        if operator in _CMYK:
            self.fault("A 6.2.4.3: DeviceCMYK")
        if operator in _PAINTS:
            self.painted(operator)
        if operator in _SHOWS:
            self.show(operands)
        handler = getattr(self, f"on_{operator}", None)
        if handler is not None:
            handler(operands)

    def fault(self, words: str) -> None:
        """Note it once per page."""
        if words not in self.made.faults:
            self.made.faults.append(words)

    def on_q(self, _operands: Sequence[Any]) -> None:
        """Save the state."""
        self.fonts.append(self.fonts[-1])
        if len(self.fonts) - 1 > _DEEPEST:
            self.fault(f"A 6.1.13: more than {_DEEPEST} nested states")

    def on_Q(self, _operands: Sequence[Any]) -> None:
        """Restore the state."""
        self.fonts.pop()
        if not self.fonts:
            self.fault("A 6.2.2: more Q than q")
            self.fonts = [""]

    def on_Tf(self, operands: Sequence[Any]) -> None:
        """A font."""
        self.fonts[-1] = str(operands[0])

    def on_BT(self, _operands: Sequence[Any]) -> None:
        """A text begins."""
        self.text_began_at = len(self.marks)

    def on_ET(self, _operands: Sequence[Any]) -> None:
        """A text ends."""
        if self.text_began_at != len(self.marks):
            self.fault("UA 7.1: marked content crosses a text object")
        self.text_began_at = None

    def on_BMC(self, operands: Sequence[Any]) -> None:
        """Marked content without properties."""
        self.open(str(operands[0])[1:], None)

    def on_BDC(self, operands: Sequence[Any]) -> None:
        """Marked content."""
        mcid = operands[1].get("/MCID") if isinstance(operands[1], pikepdf.Dictionary) else None
        self.open(str(operands[0])[1:], None if mcid is None else int(mcid))

    def open(self, tag: str, mcid: int | None) -> None:
        """Note the marked content; an artifact and content do not contain each other."""
        names = [name for name, _ in self.marks]
        if mcid is not None:
            if "Artifact" in names:
                self.fault("UA 7.1: content within an artifact")
            if any(number is not None for _, number in self.marks):
                self.fault("UA 7.1: content within content")
            if mcid in self.made.tags:
                self.fault("A 6.7.3: MCID twice")
            self.made.tags[mcid] = tag
        elif tag == "Artifact" and any(number is not None for _, number in self.marks):
            self.fault("UA 7.1: artifact within content")
        self.marks.append((tag, mcid))

    def on_EMC(self, _operands: Sequence[Any]) -> None:
        """The end of marked content."""
        if not self.marks:
            self.fault("UA 7.1: EMC without BDC")
        else:
            self.marks.pop()

    def painted(self, operator: str) -> None:
        """Something visible."""
        if self.is_page and not any(
            tag == "Artifact" or mcid is not None for tag, mcid in self.marks
        ):
            self.fault(f"UA 7.1: {operator} is neither tagged nor an artifact")

    def show(self, operands: Sequence[Any]) -> None:
        """Codes of the font."""
        parts = operands[-1] if isinstance(operands[-1], pikepdf.Array) else [operands[-1]]
        codes = b"".join(bytes(p) for p in parts if isinstance(p, pikepdf.String))
        self.made.shown.setdefault(self.fonts[-1], set()).update(codes)
        for _, mcid in self.marks:
            if mcid is not None:
                self.made.texts.setdefault(mcid, []).append((self.fonts[-1], codes))


def read_page(page: pikepdf.Page | pikepdf.Stream) -> PageContent:
    """The page, or a form that an annotation shows, as its operators draw it."""
    made = PageContent(page)
    reader = _Reader(made, is_page=isinstance(page, pikepdf.Page))
    for instruction in pikepdf.parse_content_stream(page):
        reader.read(instruction.operands, str(instruction.operator))
    if reader.marks:
        reader.fault("UA 7.1: marked content never ends")
    if len(reader.fonts) != 1:
        reader.fault("A 6.2.2: more q than Q")
    return made


def content_faults(pages: Sequence[PageContent]) -> Iterator[str]:
    """What is wrong, with the page from 1."""
    for number, page in enumerate(pages, start=1):
        yield from (f"{fault} (page {number})" for fault in page.faults)
