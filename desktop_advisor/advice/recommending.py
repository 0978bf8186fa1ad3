"""Which recommendations the facts lead to, and which answers led to them (design §9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from desktop_advisor.domain.language import say
from desktop_advisor.questionnaire.rules import Condition, compile_condition
from desktop_advisor.questionnaire.sidecar import Rule


@dataclass(frozen=True)
class Fired:
    """A rule whose condition holds.

    fired_by: the known facts its condition reads, in the order of the condition; name → value.
    suspended: why it is held back, "" when it is not (growth advice under a warning sign).
    """

    rule: Rule
    fired_by: dict[str, str]
    suspended: str = ""


def fire(
    rules: Iterable[Rule],
    facts: Mapping[str, str],
    now: datetime,
    signs: Sequence[Fired] = (),
) -> tuple[Fired, ...]:
    """Every rule whose condition holds, in the order of the workbook.

    While a stop rule fires, growth rules are kept but suspended: who may not be able to pay next
    month needs help first, not a plan to expand (domain §5b). signs: stop rules fired elsewhere.
    """
    names = frozenset(facts)
    fired: list[Fired] = []
    for rule in rules:
        condition = _condition(rule.relevant, names)
        if condition(facts, now):
            fired.append(Fired(rule, _known(condition.names, facts)))
    warning = next((hit.rule for hit in (*signs, *fired) if is_stop(hit.rule)), None)
    if warning is None:
        return tuple(fired)
    return tuple(_suspended(hit, warning.title.get("de", warning.name)) for hit in fired)


def is_stop(rule: Rule) -> bool:
    """Whether the rule is a warning sign."""
    return rule.audience == "stop"


def _suspended(hit: Fired, sign: str) -> Fired:
    return replace(hit, suspended=paused_by(sign)) if hit.rule.is_growth else hit


def paused_by(sign: str) -> str:
    """The sentence that says why growth advice waits. sign: title of the warning sign."""
    return say("Zurückgestellt, solange das Warnzeichen besteht: {0}.").format(sign)


def _known(names: Iterable[str], facts: Mapping[str, str]) -> dict[str, str]:
    return {name: facts[name] for name in names if facts.get(name)}


@lru_cache(maxsize=1024)
def _condition(text: str, names: frozenset[str]) -> Condition:
    """Parsing costs far more than evaluating, and the live strip fires after every answer."""
    return compile_condition(text, names)
