"""A line of 10 Mbit/s, 20 ms and 1 % loss between two network namespaces, in user space.

`python -m tests.benchmarks.shaped_line` measures the line itself. Needs root, `ip` and TUN devices;
`why_not` says what is missing. Both ways have the rate, the delay and the loss of `line_queue`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.line_queue import ADDRESSES, BITS_PER_S, DELAY_S, LOSS

SEED = 20261123
PREFIX = "advisor-line-"
PROBES = 1000
SECONDS = 8
SOURCES = Path(__file__).parents[2]


def why_not() -> str:
    """What is missing here for such a line; "" when nothing is."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "a slow line needs root"
    if shutil.which("ip") is None:
        return "a slow line needs the program ip (Debian package iproute2)"
    if not Path("/dev/net/tun").exists():
        return "a slow line needs /dev/net/tun"
    made = subprocess.run(
        ["ip", "netns", "add", f"{PREFIX}0-try"], capture_output=True, text=True, check=False
    )
    subprocess.run(["ip", "netns", "del", f"{PREFIX}0-try"], capture_output=True, check=False)
    return made.stderr.strip()


class Line:
    """Both ends: commands that start a program there, and the office's address."""

    def __init__(self, laptop: str, office: str, queue: subprocess.Popen[str]) -> None:
        self.at_laptop = ("ip", "netns", "exec", laptop)
        self.at_office = ("ip", "netns", "exec", office)
        self.host = ADDRESSES[1]
        self._queue = queue

    def counted(self) -> list[dict[str, int]]:
        """Of the ways up and down: bytes carried, packets sent, lost, overflowed."""
        assert self._queue.stdin is not None
        assert self._queue.stdout is not None
        self._queue.stdin.write("\n")
        self._queue.stdin.flush()
        found: list[dict[str, int]] = json.loads(self._queue.stdout.readline())
        return found


@contextmanager
def shaped_line(seed: int = SEED) -> Iterator[Line]:
    """The line; its namespaces are gone after the block, with whatever still ran in them."""
    _remove_left_over()
    laptop, office = (f"{PREFIX}{os.getpid()}-{end}" for end in ("laptop", "office"))
    try:
        for space in (laptop, office):
            subprocess.run(["ip", "netns", "add", space], check=True)
        command = [sys.executable, "-m", "tests.benchmarks.line_queue", laptop, office, str(seed)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=SOURCES
        ) as queue:
            assert queue.stdout is not None
            if queue.stdout.readline() != "ready\n":
                raise OSError("the slow line did not start")
            os.setpriority(os.PRIO_PROCESS, queue.pid, -10)
            yield Line(laptop, office, queue)
    finally:
        for space in (laptop, office):
            subprocess.run(["ip", "netns", "del", space], capture_output=True, check=False)


def _remove_left_over() -> None:
    """Namespaces of a run that was killed."""
    for space in Path("/run/netns").glob(f"{PREFIX}*"):
        owner = space.name.removeprefix(PREFIX).partition("-")[0]
        if not Path("/proc", owner).exists():
            subprocess.run(["ip", "netns", "del", space.name], capture_output=True, check=False)


def end_probe(*words: str) -> list[str]:
    """The command of a program of `line_probe`."""
    return [sys.executable, "-m", "tests.benchmarks.line_probe", *words]


def transfer_rate(line: Line, total: int, connections: int) -> float:
    """Bytes per second that raw sockets get from the laptop to the office, `total` in all."""
    found = _probe(line, "take", str(total), "send", str(total), str(connections))
    return total / float(found["seconds"])


def _probe(line: Line, serve: str, serve_word: str, ask: str, *words: str) -> dict[str, Any]:
    with subprocess.Popen(
        [*line.at_office, *end_probe(serve, line.host, serve_word)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=SOURCES,
    ) as office:
        assert office.stdout is not None
        port = office.stdout.readline().strip()
        command = [*line.at_laptop, *end_probe(ask, line.host, port, *words)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=SOURCES)
        found: dict[str, Any] = json.loads(done.stdout)
        office.terminate()
    return found


def main() -> None:
    """Say what the line is like."""
    reason = why_not()
    if reason:
        raise SystemExit(reason)
    with shaped_line() as line:
        found = _probe(line, "echo", "-", "ping", str(PROBES))
        trips = found["trips_ms"]
        _say(f"meant: {BITS_PER_S / 1e6:g} Mbit/s, {DELAY_S * 2000:g} ms, {LOSS:.1%} each way")
        _say(f"round trip: median {median(trips):.2f} ms, longest {max(trips):.1f} ms")
        up, down = line.counted()
        _say(f"lost of {PROBES} and their answers: {_lost(up)}, {_lost(down)}")
        for connections in (1, 4, 8):
            total = int(BITS_PER_S / 8 * SECONDS)
            rate = transfer_rate(line, total, connections) * 8 / 1e6
            _say(f"{connections} TCP connections: {rate:.2f} Mbit/s of payload")
        up, down = line.counted()
        _say(f"lost in all: {_lost(up)} up, {_lost(down)} down; full queue: {up['overflowed']}")


def _lost(way: dict[str, int]) -> str:
    return f"{way['lost']} of {way['packets']} ({way['lost'] / way['packets']:.2%})"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
