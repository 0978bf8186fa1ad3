"""What a report says about one measure of the action plan."""

from __future__ import annotations

from datetime import date

import msgspec


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """Maßnahme of the action plan. offers: titles of the funding or training that fits.

    state: agreed, running or done. benefit: what it is for; effect: what it brought, as found on
    effect_on; "" where nothing was said. waits_for: number of the measure in the plan, from 1, that
    has to be done first; None for none. remark: what stands against it at present, "" for nothing.
    """

    title: str
    steps: tuple[str, ...] = ()
    owner: str = ""
    due_on: date | None = None
    effort: str = ""
    metric: str = ""
    dimension: str = ""
    offers: tuple[str, ...] = ()
    state: str = "agreed"
    starts_on: date | None = None
    done_on: date | None = None
    benefit: str = ""
    effect: str = ""
    effect_on: date | None = None
    waits_for: int | None = None
    remark: str = ""
