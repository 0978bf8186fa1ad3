"""Limits that a process sets itself: memory, computing time, no core file."""

from __future__ import annotations

import subprocess
import sys
from typing import Any


def quiet_start() -> dict[str, Any]:
    """How to start a process without a console window (Windows shows one otherwise)."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {}


def confine(memory: int, seconds: float) -> None:
    """Limit this process. memory: bytes. seconds: of computing, rounded up.

    macOS accepts, but does not enforce a limit on addresses; there the time limit has to do.
    """
    if sys.platform == "win32":
        _confine_windows(memory)
        return
    import resource

    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_AS, memory)
    _lower(resource.RLIMIT_CPU, int(seconds) + 1)


def _lower(kind: int, limit: int) -> None:
    import resource

    _soft, hard = resource.getrlimit(kind)
    bounded = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    try:
        resource.setrlimit(kind, (bounded, bounded))
    except (ValueError, OSError):
        return  # a stricter system than ours decides


if sys.platform == "win32":

    def _confine_windows(memory: int) -> None:
        """A job object with a memory limit, which this process joins (winnt.h)."""
        import ctypes
        from ctypes import wintypes

        class Basic(ctypes.Structure):
            _fields_ = (
                ("process_time", ctypes.c_int64),
                ("job_time", ctypes.c_int64),
                ("flags", wintypes.DWORD),
                ("least_set", ctypes.c_size_t),
                ("most_set", ctypes.c_size_t),
                ("processes", wintypes.DWORD),
                ("affinity", ctypes.c_size_t),
                ("priority", wintypes.DWORD),
                ("scheduling", wintypes.DWORD),
            )

        class Extended(ctypes.Structure):
            _fields_ = (
                ("basic", Basic),
                ("io", ctypes.c_uint64 * 6),
                ("process_memory", ctypes.c_size_t),
                ("job_memory", ctypes.c_size_t),
                ("process_peak", ctypes.c_size_t),
                ("job_peak", ctypes.c_size_t),
            )

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        limits = Extended()
        limits.basic.flags = 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
        limits.process_memory = memory
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        extended_limits = 9  # JobObjectExtendedLimitInformation
        kernel.SetInformationJobObject(
            job, extended_limits, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess()))
