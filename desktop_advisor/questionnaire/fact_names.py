"""What a rule may read besides questions and scores (design §7, facts tree)."""

from __future__ import annotations

COMPANY_FACTS = (
    "heads",
    "staff_units",
    "turnover_million",
    "county",
    "wz",
    "has_works_council",
    "size_class",
)
"""Company facts a rule may read; `has_works_council` is yes, no or "", `size_class` micro, small,
medium, large or ""."""

FIGURES = (
    "exposure_turnover",
    "exposure_heads",
    "exposure_unassigned",
    "growth_share",
    "eop_open_3y",
    "eop_open_2030",
    "thin_margin_share",
    "job_exits",
    "job_substitution",
    "job_gap",
    "job_demand_fall",
    "job_demand_rise",
    "staff_over_55",
    "energy_share",
)
"""Figures that are computed from several answers; each in percent, 0–100, unless said otherwise.

exposure_turnover, exposure_heads: dependence on the combustion engine, weighted by turnover and by
heads (domain §3); exposure_unassigned: turnover that no product group claims. growth_share:
turnover of product groups that grow with electric drives. eop_open_3y, eop_open_2030: turnover
whose production ends within three years or until 2030 and has no follow-on order.
thin_margin_share: turnover with a thin margin.
Of jobs with three persons or more: job_exits, the highest share that leaves within five years;
job_substitution, the highest substitutability of a job whose demand falls; job_gap, the sum of
max(0, Soll − Ist) · persons, in level-persons; job_demand_fall and job_demand_rise, persons within
five years. staff_over_55: share of the persons in the job table. energy_share: energy cost by
turnover.
"""
