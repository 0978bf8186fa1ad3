"""Settings of this workplace."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_advisor.usecases.time_stamping import SETTING
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class Settings:
    """palette: light, dark or system. scale_percent: 100–200.

    phone, email: how to reach the advisor, for a hand-over note; "" for not given.
    time_stamp_url: time-stamp service, "" for the network's.
    """

    author: str
    profile_id: str
    palette: str = "system"
    scale_percent: int = 100
    phone: str = ""
    email: str = ""
    time_stamp_url: str = ""


def show_settings(place: Workplace) -> Settings:
    """The settings as saved, defaults where nothing was."""
    return Settings(
        author=place.author,
        profile_id=place.profile.id,
        palette=place.store.setting("palette") or "system",
        scale_percent=int(place.store.setting("scale_percent") or "100"),
        phone=place.store.setting("advisor_phone") or "",
        email=place.store.setting("advisor_email") or "",
        time_stamp_url=place.store.setting(SETTING) or "",
    )


def save_settings(place: Workplace, settings: Settings) -> None:
    """Keep them; name and network profile take effect at the next start."""
    place.store.save_setting("author", settings.author.strip())
    place.store.save_setting("profile", settings.profile_id)
    place.store.save_setting("palette", settings.palette)
    place.store.save_setting("scale_percent", str(max(100, min(200, settings.scale_percent))))
    place.store.save_setting("advisor_phone", settings.phone.strip())
    place.store.save_setting("advisor_email", settings.email.strip())
    place.store.save_setting(SETTING, settings.time_stamp_url.strip())


def change_passphrase(place: Workplace, old: str, new: str) -> None:
    """Wrap the data key anew. Raises WrongPassphrase; nothing changes then."""
    place.store.change_passphrase(old, new)
