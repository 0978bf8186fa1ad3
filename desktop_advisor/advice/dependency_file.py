"""The file of dependencies and scenario assumptions, read and checked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop_advisor.advice.resource_files import broken, decoded, typed
from desktop_advisor.assessment.dependencies import DependencyTable

DEPENDENCIES = "dependencies.json"
_SHARES = (Decimal(0), Decimal(1))


def read_dependencies(content: bytes, name: str = DEPENDENCIES) -> DependencyTable:
    """The table in the bytes of a file called `name`.

    Raises:
        BrokenResource: naming what is wrong: a share outside 0–1, a group or year given twice, a
            year without an assumption.
    """
    table = typed(decoded(content, name), DependencyTable, name)
    for fault in _faults(table):
        raise broken(name, f"ist fehlerhaft ({fault})")
    return table


def _faults(table: DependencyTable) -> Iterator[str]:
    if not table.groups:
        yield "keine Gruppe"
    if len({g.group for g in table.groups}) < len(table.groups):
        yield "eine Gruppe steht zweimal da"
    if len({s.year for s in table.scenarios}) < len(table.scenarios):
        yield "ein Jahr steht zweimal da"
    for group in table.groups:
        if not _is_share(group.share):
            yield f"Gruppe {group.group}: der Anteil liegt nicht zwischen 0 und 1"
    for scenario in table.scenarios:
        if not scenario.variants:
            yield f"Jahr {scenario.year}: keine Annahme"
        if not all(_is_share(variant.remaining) for variant in scenario.variants):
            yield f"Jahr {scenario.year}: der Anteil liegt nicht zwischen 0 und 1"


def _is_share(value: Decimal) -> bool:
    lowest, highest = _SHARES
    return value.is_finite() and lowest <= value <= highest
