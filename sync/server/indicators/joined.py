"""Company files that advisors joined because they are one company: counted as one.

Pure. Two laptops may join a pair in opposite directions; then the files name each other in a
circle, and the smallest id leads, as it does on the laptops.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sync.server.indicators.release import Cell, Contributions

Leads = Mapping[str, str]
"""Joined company file → the one that stands for both; files that stand alone are not in it."""
ALONE: Leads = {}
"""No file is joined to another."""


def leads_of(into: Mapping[str, str], here: Collection[str]) -> Leads:
    """Each file to the end of its chain, or to the smallest id of the circle it ends in.

    into: file → the one it was joined to. here: the files there are; one that was erased leads
    nothing.
    """
    found: dict[str, str] = {}
    for start in into:
        seen = [start]
        while (after := into.get(seen[-1])) is not None and after in here and after not in seen:
            seen.append(after)
        lead = min(seen[seen.index(after) :]) if after in seen else seen[-1]
        if lead != start:
            found[start] = lead
    return found


def as_entered(cell: Cell, today: Contributions, leads: Leads) -> Contributions:
    """Today's contributions, each under the id by which its company came into this cell.

    Else a company whose file is joined would be in the cell twice, once under the id by which it
    leaves with four others, and once under the other. The rules of `release` stay what they are:
    also what changes by joining and parting changes by five or not at all.
    """
    if not leads:
        return today
    entered: dict[str, tuple[bool, bool, str]] = {}
    for batch in cell.batches:
        for company, item in batch.members.items():
            lead = leads.get(company, company)
            rank = (item is None, company != lead, company)
            entered[lead] = min(entered.get(lead, rank), rank)
    return {entered[lead][2] if lead in entered else lead: item for lead, item in today.items()}
