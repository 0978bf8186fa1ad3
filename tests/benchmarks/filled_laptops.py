"""Laptops that were filled once and are copied from then on, under build/bench-laptops.

Made anew when the code that writes them has changed.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import time
from pathlib import Path

from tests.benchmarks.asked_process import SOURCES
from tests.benchmarks.sync_laptop import fill, new_laptop, open_laptop, prepare
from tests.benchmarks.sync_workload import ANSWERS, sheets

FOLDER = SOURCES / "build" / "bench-laptops"


def filled_laptop(folder: Path, count: int, answers: int = ANSWERS) -> None:
    """A store with so many sheets at `folder`, ready to be sent for the first time."""
    kept = FOLDER / _version() / f"{count}-{answers}"
    if not kept.is_dir():
        _remove_older(kept.parent)
        under_way = kept.with_suffix(".under-way")
        shutil.rmtree(under_way, ignore_errors=True)
        have = _start(under_way, count, answers)
        sys.stderr.write(f"· filling a laptop with {count} assessments, once\n")
        laptop = open_laptop(under_way) if have else new_laptop(under_way)
        fill(laptop, sheets(count - have, have, answers))
        began = time.perf_counter()
        prepare(laptop)
        packing_ms = (time.perf_counter() - began) * 1000 / max(1, count - have)
        laptop.close()
        _packing(kept).write_text(f"{packing_ms:.3f}", encoding="utf-8")
        under_way.rename(kept)
    shutil.copytree(kept, folder)


def packing_ms(count: int, answers: int = ANSWERS) -> float:
    """What packing one sheet took when this laptop was filled, while nobody waited."""
    kept = FOLDER / _version() / f"{count}-{answers}"
    return float(_packing(kept).read_text(encoding="utf-8"))


def _packing(kept: Path) -> Path:
    return kept.with_suffix(".packing-ms")


def _start(folder: Path, count: int, answers: int) -> int:
    """Lay the largest smaller store there; how many sheets it has."""
    present = [
        int(one.name.partition("-")[0])
        for one in folder.parent.glob(f"*-{answers}")
        if one.is_dir()
    ]
    have = max((there for there in present if there < count), default=0)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if have:
        shutil.copytree(folder.parent / f"{have}-{answers}", folder)
    return have


def _remove_older(current: Path) -> None:
    for other in FOLDER.glob("*"):
        if other != current:
            shutil.rmtree(other)


def _version() -> str:
    """Of everything that decides what a filled store looks like."""
    written = hashlib.sha256()
    for folder in ("desktop_advisor/storage", "sync", "tests/benchmarks"):
        for path in sorted((SOURCES / folder).rglob("*.py")):
            is_ours = folder != "tests/benchmarks" or path.name in _DECISIVE
            if is_ours and "server" not in path.parts:
                written.update(path.read_bytes())
    return written.hexdigest()[:16]


_DECISIVE = frozenset({"sync_laptop.py", "sync_workload.py", "filled_laptops.py"})
