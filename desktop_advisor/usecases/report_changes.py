"""The changes since an earlier report, as the report prints them."""

from __future__ import annotations

from desktop_advisor.domain.german import counted
from desktop_advisor.domain.language import say
from desktop_advisor.report.change_model import ChangeLine, Changes
from desktop_advisor.usecases.comparing import compare_with, usual_baseline
from desktop_advisor.usecases.results import Results
from desktop_advisor.usecases.workplace import Workplace


def changes(place: Workplace, results: Results) -> Changes | None:
    """Since the latest report that is a time of its own; None where there is none."""
    baseline = usual_baseline(place, results)
    if baseline is None:
        return None
    view = compare_with(place, results, baseline)
    found = view.comparison
    kinds = (
        (found.reworded, say("lautet anders als damals"), say("lauten anders als damals")),
        (found.new, say("wurde damals nicht gefragt"), say("wurden damals nicht gefragt")),
        (found.gone, say("wird heute nicht mehr gefragt"), say("werden heute nicht mehr gefragt")),
    )
    return Changes(
        since=baseline.sealed_on,
        version=baseline.version,
        lines=tuple(
            ChangeLine(dimension=c.label, before=c.before, after=c.after, shared=c.shared)
            for c in found.changes
        ),
        left_out=tuple(
            say("Nicht verglichen: {0} {1}.").format(
                counted(len(texts), say("Kennpunkt", "count"), say("Kennpunkte", "count")),
                one if len(texts) == 1 else many,
            )
            for texts, one, many in kinds
            if texts
        ),
        why_none=view.why_none,
    )
