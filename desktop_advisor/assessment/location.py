"""Site conditions: importance and satisfaction, never mixed with maturity (domain §3, kind S)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SiteFactor:
    """One condition of the site; both 1–5, None when not answered."""

    indicator: str
    importance: int | None
    satisfaction: int | None

    @property
    def gap(self) -> int | None:
        """Importance minus satisfaction; above 0 calls for action, None when one is open."""
        if self.importance is None or self.satisfaction is None:
            return None
        return self.importance - self.satisfaction
