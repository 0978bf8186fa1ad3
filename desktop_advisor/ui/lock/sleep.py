"""Windows says beforehand that the laptop goes to sleep; elsewhere the gap tells afterwards."""

from __future__ import annotations

import sys
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

_MESSAGES = (b"windows_generic_MSG", b"windows_dispatcher_MSG")
_WM_POWERBROADCAST = 0x0218
_PBT_APMSUSPEND = 0x0004
"""Both: winuser.h; learn.microsoft.com, "WM_POWERBROADCAST message"."""


def is_suspend(kind: bytes, address: int) -> bool:
    """Whether the native message at `address` says that the system goes to sleep now.

    kind: Qt's name for the type of the message.
    """
    if kind not in _MESSAGES or not address:
        return False
    message = wintypes.MSG.from_address(address)
    return bool(message.message == _WM_POWERBROADCAST and message.wParam == _PBT_APMSUSPEND)


class SleepWatch(QAbstractNativeEventFilter):
    """Calls `before_sleep` while the program may still run."""

    def __init__(self, before_sleep: Callable[[], object]) -> None:
        super().__init__()
        self._before_sleep = before_sleep

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        """Never keeps a message from anybody."""
        name = kind.data() if isinstance(kind, QByteArray) else kind
        if is_suspend(bytes(name), int(message)):
            self._before_sleep()
        return False, 0


def watch_sleep(before_sleep: Callable[[], object]) -> SleepWatch | None:
    """Watch for it where the system says so; None elsewhere. Must be kept alive."""
    app = QCoreApplication.instance()
    if sys.platform != "win32" or app is None:
        return None
    watch = SleepWatch(before_sleep)
    app.installNativeEventFilter(watch)
    return watch
