"""Products and the shipped table of dependencies, for tests of the exposure."""

from __future__ import annotations

from decimal import Decimal

from desktop_advisor.advice.dependency_file import read_dependencies
from desktop_advisor.assessment.exposure import Exposure, FollowOn, Product
from desktop_advisor.bootstrap import find_resources

TABLE = read_dependencies((find_resources().root / "catalogues" / "dependencies.json").read_bytes())
YES, NO, OPEN = FollowOn.YES, FollowOn.NO, FollowOn.UNKNOWN


def product(
    share: str = "",
    group: int | None = None,
    *,
    heads: str = "",
    eop: int | None = None,
    follow_on: FollowOn = OPEN,
    margin: str = "",
) -> Product:
    """A row; "" is not said."""
    return Product(
        name=f"Gruppe {group}",
        share=Decimal(share) if share else None,
        heads=Decimal(heads) if heads else None,
        group=group,
        eop=eop,
        follow_on=follow_on,
        margin=margin,
    )


def exposure(*products: Product) -> Exposure:
    """Of these rows, by the shipped table."""
    return Exposure(products, TABLE)
