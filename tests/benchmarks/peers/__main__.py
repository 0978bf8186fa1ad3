"""Typesetters that set the same blocks: `python peers ENGINE BLOCKS.json FONTS [EVERY]`.

EVERY: one of so many texts differs from document to document, by default each.

For every line on stdin one document is made; its milliseconds of clock and of processor, pages and
bytes are printed. Runs in an environment of its own, which knows nothing of the project. What is
not timed: reading the blocks and, where the engine reads a language, writing them in it.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

Block = dict[str, Any]


def numbered(blocks: list[Block], turn: int, every: int) -> list[Block]:
    """The same blocks with another number behind every so manieth text, unknown to any cache."""
    count = 0

    def changed(block: Block) -> Block:
        nonlocal count
        if "rows" in block:
            rows = [[[changed(part) for part in cell] for cell in row] for row in block["rows"]]
            return {**block, "rows": rows}
        if "text" not in block:
            return block
        count += 1
        number = turn % 900 if count % every == 0 else 0
        return {**block, "text": f"{block['text']} {100 + number}"}

    return [changed(block) for block in blocks]


def main() -> None:
    """Answer each line."""
    engine, source, fonts, *more = sys.argv[1:]
    every = int(more[0]) if more else 1
    blocks = json.loads(Path(source).read_text("utf-8"))
    draw = import_module(f"in_{engine}").typesetter(Path(fonts))
    for turn, _ in enumerate(sys.stdin):
        document = draw(numbered(blocks, turn, every))
        clock, processor = perf_counter(), process_time()
        made, pages = document()
        took = (perf_counter() - clock) * 1000, (process_time() - processor) * 1000
        if not made.startswith(b"%PDF-"):
            raise SystemExit(f"{engine} made no PDF")
        sys.stdout.write(f"{took[0]:.1f} {took[1]:.1f} {pages()} {len(made)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
