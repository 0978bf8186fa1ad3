"""Lock the workplace and unlock it again, without leaving what one is in the middle of."""

from __future__ import annotations

from desktop_advisor.usecases.workplace import Workplace

LOCK_AFTER_MINUTES = (5, 10, 15, 30)
"""What may be chosen, beside never."""
DEFAULT_MINUTES = 10
"""Our choice: a talk without a key pressed is rarely longer, an abandoned laptop always is."""
_SETTING = "lock_minutes"
_NEVER = "never"


def lock(place: Workplace) -> None:
    """Forget the keys of the store; until `unlock` every use of it raises StoreLocked.

    What is unsent is packed before, as far as that takes no time that anybody would notice.
    """
    place.pack_ahead()
    place.store.lock()


def unlock(place: Workplace, passphrase: str) -> None:
    """Go on with the same workplace. Raises WrongPassphrase, DamagedStore; it stays locked then."""
    place.store.unlock(passphrase)


def is_locked(place: Workplace) -> bool:
    """Whether the keys are out of memory."""
    return place.store.is_locked


def lock_minutes(place: Workplace) -> int | None:
    """After how many minutes without a touch the program locks itself; None for never."""
    saved = place.store.setting(_SETTING)
    if saved == _NEVER:
        return None
    return int(saved) if saved is not None and saved.isdecimal() else DEFAULT_MINUTES


def save_lock_minutes(place: Workplace, minutes: int | None) -> None:
    """Keep it on this laptop; None for never."""
    place.store.save_setting(_SETTING, _NEVER if minutes is None else str(minutes))
