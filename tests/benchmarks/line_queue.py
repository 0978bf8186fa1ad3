"""The slow line itself: a process that carries IP packets between two network namespaces.

`python -m tests.benchmarks.line_queue NAMESPACE NAMESPACE SEED` makes a TUN device in each and
prints "ready"; for each line on stdin it prints what was carried so far, and it ends with stdin.
"""

from __future__ import annotations

import fcntl
import json
import os
import random
import select
import struct
import subprocess
import sys
import time
from collections import deque

BITS_PER_S = 10_000_000
DELAY_S = 0.010
"""Of each way, so that a round trip takes 20 ms."""
LOSS = 0.01
QUEUE_PACKETS = 100
"""What waits for the line at most; a packet more is dropped, as a router does."""
MTU = 1500
ADDRESSES = ("127.9.0.1", "127.9.0.2")
"""Of the laptop's and the office's end. Out of 127/8, where programs speak HTTP without TLS."""
_SET_INTERFACE = 0x400454CA
_TUN_WITHOUT_HEADER = 0x1001


class Way:
    """One direction: when each packet leaves the queue follows from the rate, whoever is late."""

    def __init__(self, inlet: int, outlet: int, seed: int) -> None:
        self.inlet = inlet
        self._outlet = outlet
        self._drawn = random.Random(seed)
        self._free_at = 0.0
        self._waiting: deque[float] = deque()
        self._under_way: deque[tuple[float, bytes]] = deque()
        self.carried = 0
        self.lost = 0
        self.overflowed = 0
        self.packets = 0

    def take(self, now: float) -> None:
        """Everything that its end has sent meanwhile."""
        while True:
            try:
                packet = os.read(self.inlet, MTU + 100)
            except BlockingIOError:
                return
            if packet[0] >> 4 == 4:
                self._queue(packet, now)

    def _queue(self, packet: bytes, now: float) -> None:
        self.packets += 1
        if self._drawn.random() < LOSS:
            self.lost += 1
            return
        while self._waiting and self._waiting[0] <= now:
            self._waiting.popleft()
        if len(self._waiting) >= QUEUE_PACKETS:
            self.overflowed += 1
            return
        self._free_at = max(now, self._free_at) + len(packet) * 8 / BITS_PER_S
        self._waiting.append(self._free_at)
        self._under_way.append((self._free_at + DELAY_S, packet))

    def give(self, now: float) -> None:
        """Everything that has arrived by now."""
        while self._under_way and self._under_way[0][0] <= now:
            packet = self._under_way.popleft()[1]
            os.write(self._outlet, packet)
            self.carried += len(packet)

    @property
    def next_at(self) -> float:
        """When the next packet arrives; infinity for none."""
        return self._under_way[0][0] if self._under_way else float("inf")

    def counted(self) -> dict[str, int]:
        """Bytes that arrived, packets that came, were lost at random, or found a full queue."""
        names = ("carried", "packets", "lost", "overflowed")
        return {name: getattr(self, name) for name in names}


def device(namespace: str, name: str, own: str, other: str) -> int:
    """A TUN device in the namespace, up; what is read from it was sent there."""
    made = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(made, _SET_INTERFACE, struct.pack("16sH22x", name.encode(), _TUN_WITHOUT_HEADER))
    inside = ("ip", "-n", namespace)
    for command in (
        ("ip", "link", "set", name, "netns", namespace),
        (*inside, "addr", "add", "127.0.0.1/32", "dev", "lo"),
        (*inside, "link", "set", "lo", "up"),
        (*inside, "addr", "del", "127.0.0.1/8", "dev", "lo"),
        (*inside, "addr", "add", f"{own}/32", "peer", other, "dev", name),
        (*inside, "link", "set", name, "mtu", str(MTU), "up"),
        ("ip", "netns", "exec", namespace, "sh", "-c", _ROUTE_LOCAL),
        (*inside, "route", "replace", other, "dev", name, "src", own, "congctl", CONGESTION),
    ):
        subprocess.run(command, check=True, capture_output=True)
    return made


_ROUTE_LOCAL = "echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet"
CONGESTION = "cubic"
"""What laptops have (Windows since 2019, Linux since 2006), whatever this machine has."""


def carry(laptop: int, office: int, seed: int) -> None:
    """Until stdin ends."""
    ways = (Way(laptop, office, seed), Way(office, laptop, seed + 1))
    asked = sys.stdin.fileno()
    while True:
        soon = min(way.next_at for way in ways) - time.monotonic()
        ready = select.select([laptop, office, asked], [], [], max(0.0, min(soon, 1.0)))[0]
        now = time.monotonic()
        if asked in ready:
            if not os.read(asked, 100):
                return
            sys.stdout.write(json.dumps([way.counted() for way in ways]) + "\n")
            sys.stdout.flush()
        for way in ways:
            way.take(now)
            way.give(now)


def main() -> None:
    laptop_space, office_space, seed = sys.argv[1:4]
    own, other = ADDRESSES
    laptop = device(laptop_space, "line-laptop", own, other)
    office = device(office_space, "line-office", other, own)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    carry(laptop, office, int(seed))


if __name__ == "__main__":
    main()
