"""What the network prints on its documents."""

from __future__ import annotations

import msgspec

from desktop_advisor.report.model import Advisor, Branding
from desktop_advisor.usecases.settings import show_settings
from desktop_advisor.usecases.workplace import Workplace


def branding(place: Workplace) -> Branding:
    """Name, lines, logo and colours of the network; the program's own colours where it has none."""
    profile = place.profile
    colours = {"main_color": profile.main_color, "tint": profile.tint}
    plain = Branding(
        name=profile.name,
        short_name=profile.short_name,
        funder_line=profile.funder_line,
        funding_number=profile.funding_number,
        footer_line=profile.report_footer,
        logo=place.logo,
    )
    return msgspec.structs.replace(plain, **{k: v for k, v in colours.items() if v})


def advisor(place: Workplace) -> Advisor:
    """Who advises and how to reach that person, as the settings say."""
    settings = show_settings(place)
    return Advisor(
        name=place.author,
        organisation=place.profile.name,
        phone=settings.phone,
        email=settings.email,
    )
