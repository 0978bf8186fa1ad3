"""The dependency graph of a form: which rule has to run after which, decided once per form."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_advisor.questionnaire.expression import Compiled
from desktop_advisor.questionnaire.session.dependencies import reads
from desktop_advisor.questionnaire.session.lasting import kept_paths
from desktop_advisor.questionnaire.session.wording import readers_of_values
from desktop_advisor.questionnaire.xform import XForm

_BIND_RULES = ("relevant", "calculate", "readonly", "required", "constraint")
_WRITING = ("relevant", "count", "calculate", "choices")


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One expression of the form for one path.

    aspect: what it decides (relevant, count, calculate, choices, readonly, required, constraint).
    text: as written. order: rules run in ascending order. run: None for choices, which the
    renderer works out.
    """

    path: str
    aspect: str
    text: str
    run: Compiled | None
    reads: frozenset[str]
    order: int


class Graph:
    """All rules of a form in an order that works, and who reads what.

    Attributes:
        readers: path → rules that read it. rules_at: path → rules of it, in order.
        shown_at: path → paths of the questions whose words show its value.
        kept: paths of values that cannot be computed anew.
    """

    def __init__(self, form: XForm) -> None:
        found = list(_written(form))
        order = _ordered(form, found)
        self.rules = [
            Rule(path, aspect, text, _closure(form, aspect, text), deps, place)
            for place, (path, aspect, text, deps) in enumerate(found[n] for n in order)
        ]
        self.readers: dict[str, list[Rule]] = {}
        self.shown_at = readers_of_values(form)
        self.kept = frozenset(kept_paths(form))
        self.rules_at: dict[str, list[Rule]] = {}
        for rule in self.rules:
            self.rules_at.setdefault(rule.path, []).append(rule)
            for path in rule.reads:
                self.readers.setdefault(path, []).append(rule)


_Written = tuple[str, str, str, frozenset[str]]


def _written(form: XForm) -> Iterator[_Written]:
    """Path, aspect, expression and what it reads, in the order of the instance."""
    for path in form.schema.paths():
        bind = form.binds.get(path)
        for aspect in _BIND_RULES if bind is not None else ():
            text = getattr(bind, aspect)
            if text is not None:
                own = {path} if aspect == "constraint" else set()
                yield path, aspect, text, reads(text, path, form.schema) | own
        repeat = form.repeats.get(path)
        if repeat is not None and repeat.count is not None:
            yield path, "count", repeat.count, reads(repeat.count, path, form.schema)
        control = form.control_of.get(path)
        if control is not None and control.itemset is not None:
            yield path, "choices", control.itemset.nodeset, _choice_reads(form, path)


def _choice_reads(form: XForm, path: str) -> frozenset[str]:
    """The itemset's nodes are read with their contents: values may come from repeats."""
    itemset = form.control_of[path].itemset
    return frozenset() if itemset is None else reads(itemset.nodeset, path, form.schema)


def _closure(form: XForm, aspect: str, text: str) -> Compiled | None:
    return None if aspect == "choices" else form.compiled(text)


def _ordered(form: XForm, rules: list[_Written]) -> list[int]:
    """Writers before readers; what is left of a cycle keeps the order of the instance."""
    by_read: dict[str, list[int]] = {}
    at: dict[str, list[int]] = {}
    for number, (path, aspect, _, deps) in enumerate(rules):
        for dep in deps:
            by_read.setdefault(dep, []).append(number)
        if aspect in ("calculate", "choices"):
            at.setdefault(path, []).append(number)
    after: list[set[int]] = [set() for _ in rules]
    for number, (path, aspect, _, _) in enumerate(rules):
        if aspect not in _WRITING:
            continue
        spreads = aspect in ("relevant", "count")
        for written in [path, *(form.schema.below(path) if spreads else ())]:
            after[number].update(by_read.get(written, ()))
            if spreads:
                after[number].update(at.get(written, ()))
        after[number].discard(number)
    return _sorted(after)


def _sorted(after: list[set[int]]) -> list[int]:
    waiting = [0] * len(after)
    for followers in after:
        for follower in followers:
            waiting[follower] += 1
    ready = [number for number, count in enumerate(waiting) if count == 0]
    heapq.heapify(ready)
    order: list[int] = []
    while len(order) < len(after):
        if not ready:
            stuck = next(number for number, count in enumerate(waiting) if count > 0)
            waiting[stuck] = 0
            ready.append(stuck)
        number = heapq.heappop(ready)
        order.append(number)
        waiting[number] = -1
        for follower in after[number]:
            if waiting[follower] > 0:
                waiting[follower] -= 1
                if waiting[follower] == 0:
                    heapq.heappush(ready, follower)
    return order
