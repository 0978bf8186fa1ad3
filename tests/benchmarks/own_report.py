"""Our report in a process of its own, as `peers` runs the others: `python -m …own_report`.

For every line on stdin the report is drawn and then sealed; milliseconds of clock and processor,
pages and bytes are printed, then both times of the seal. With --memory one report is drawn and
sealed; printed are the megabytes after the import and at the peak.
"""

from __future__ import annotations

import resource
import sys
from datetime import UTC, datetime
from time import perf_counter, process_time
from typing import Any

PASSWORD = "ein langer Satz für die Bank"
NOW = datetime(2026, 11, 24, 11, 45, tzinfo=UTC)


def made() -> tuple[Any, Any]:
    """The drawing and the sealing of the fourteen pages, ready to be called."""
    from desktop_advisor.report.drawing import draw_report
    from desktop_advisor.report.seal_mark import draw_seal_mark, seal_lines
    from desktop_advisor.signing.certificate import create_certificate
    from desktop_advisor.signing.keys import SoftwareKey
    from desktop_advisor.signing.sealing import seal
    from tests.benchmarks.report_pages import fourteen_pages
    from tests.report.sample import FONTS

    model = fourteen_pages()
    key = SoftwareKey(create_certificate("Mareike Sonntag", "", PASSWORD, lambda: NOW), PASSWORD)

    def sealed(pdf: bytes) -> bytes:
        """With the visible mark, as the program seals."""
        lines = seal_lines(model, key.certificate().holder, NOW)
        return seal(
            pdf,
            key,
            reason="Beratungsbericht Fassung 2",
            location="Zwickau",
            at=NOW,
            mark=lambda w, h: draw_seal_mark(lines, FONTS, model.network.main_color, w, h),
        )

    return (lambda: draw_report(model, FONTS)), sealed


def pages(pdf: bytes) -> int:
    """Counted by another library than the one that drew them."""
    from desktop_advisor.report.preview import page_count

    return page_count(pdf)


def timed(work: Any, *given: Any) -> tuple[Any, float, float]:
    """What it gives, and its milliseconds of clock and of processor."""
    clock, processor = perf_counter(), process_time()
    result = work(*given)
    return result, (perf_counter() - clock) * 1000, (process_time() - processor) * 1000


def peak() -> float:
    """Megabytes this process has taken at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory() -> None:
    """One report as the first thing a process does."""
    bare = peak()
    draw, sealed = made()
    loaded = peak()
    sealed(draw())
    sys.stdout.write(f"{bare:.0f} {loaded:.0f} {peak():.0f}\n")


def main() -> None:
    """Answer each line."""
    draw, sealed = made()
    for _ in sys.stdin:
        pdf, *drawing = timed(draw)
        _, *sealing = timed(sealed, pdf)
        figures = (*drawing, pages(pdf), len(pdf), *sealing)
        sys.stdout.write(" ".join(f"{figure:.1f}" for figure in figures) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    memory() if "--memory" in sys.argv else main()
