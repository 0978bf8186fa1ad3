"""Both ends of what a line is measured with: `python -m tests.benchmarks.line_probe ROLE …`.

Servers print their port: `echo HOST -` (UDP) and `take HOST BYTES` (TCP). Clients print JSON:
`ping HOST PORT COUNT` and `send HOST PORT BYTES CONNECTIONS`. `knock HOST PORT` ends as soon as
somebody listens there.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

PATIENCE_S = 0.5
PIECE = 64 * 1024
KNOCKS = 200
KNOCK_EVERY_S = 0.1


def echo(host: str, _: str) -> None:
    """Send each datagram back, until somebody ends this."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.bind((host, 0))
        _say(str(ear.getsockname()[1]))
        while True:
            ear.sendto(*ear.recvfrom(2000))


def take(host: str, total: str) -> None:
    """Read what comes over any number of connections; one byte back on each when all is here."""
    with socket.create_server((host, 0)) as ear:
        _say(str(ear.getsockname()[1]))
        missing, lock, done = int(total), threading.Lock(), threading.Event()

        def read(one: socket.socket) -> None:
            nonlocal missing
            with one:
                while piece := one.recv(PIECE):
                    with lock:
                        missing -= len(piece)
                    if missing <= 0:
                        done.set()
                done.wait()
                one.sendall(b".")

        while True:
            threading.Thread(target=read, args=(ear.accept()[0],), daemon=True).start()


def ping(host: str, port: str, count: str) -> None:
    """One datagram after the other."""
    trips = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mouth:
        mouth.settimeout(PATIENCE_S)
        mouth.connect((host, int(port)))
        for number in range(int(count)):
            began = time.perf_counter()
            mouth.send(b"%d" % number)
            try:
                while mouth.recv(100) != b"%d" % number:
                    pass
            except TimeoutError:
                continue
            trips.append((time.perf_counter() - began) * 1000)
    _say(json.dumps({"trips_ms": trips}))


def send(host: str, port: str, total: str, connections: str) -> None:
    """Random bytes in equal parts over so many connections, until the last is confirmed."""
    count = int(connections)
    whole = os.urandom(int(total))
    parts = [whole[len(whole) * n // count : len(whole) * (n + 1) // count] for n in range(count)]
    began = time.perf_counter()

    def one(part: bytes) -> None:
        with socket.create_connection((host, int(port))) as line:
            line.sendall(part)
            line.shutdown(socket.SHUT_WR)
            line.recv(1)

    threads = [threading.Thread(target=one, args=(part,)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    _say(json.dumps({"seconds": time.perf_counter() - began}))


def knock(host: str, port: str) -> None:
    """Until a connection is taken. Raises OSError when none is for long."""
    for _ in range(KNOCKS):
        with suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
            return
        time.sleep(KNOCK_EVERY_S)
    raise TimeoutError(port)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


ROLES: dict[str, Callable[..., None]] = {
    "echo": echo,
    "take": take,
    "ping": ping,
    "send": send,
    "knock": knock,
}

if __name__ == "__main__":
    ROLES[sys.argv[1]](*sys.argv[2:])
