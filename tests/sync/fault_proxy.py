"""A line between laptop and server that fails by a seed: cut, refused, answered by a stranger."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

PIECE = 16 * 1024
HOTEL = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 27\r\nConnection: close\r\n\r\n"
    b"<html>Bitte anmelden</html>"
)
BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\nContent-Length: 0\r\n"
    b"Connection: close\r\n\r\n"
)
MANY = BUSY.replace(b"503 Service Unavailable", b"429 Too Many Requests")


@dataclass
class FaultProxy:
    """Passes connections on to `port`, each with a fate drawn from the seed; then all of them.

    faults: how many connections are still to fail.
    """

    port: int
    drawn: random.Random
    faults: int = 0
    fates: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._is_open = True
        self._threads: list[threading.Thread] = []

    @property
    def url(self) -> str:
        """Where laptops connect to."""
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def serve(self) -> None:
        """Accept until closed."""
        while self._is_open:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._pass_on, args=(near,), daemon=True)
            thread.start()
            self._threads.append(thread)

    def close(self) -> None:
        """Accept no more."""
        self._is_open = False
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _fate(self) -> str:
        if self.faults <= 0:
            return "passed"
        self.faults -= 1
        fate = self.drawn.choice(("cut up", "cut down", "busy", "many", "hotel", "refused"))
        self.fates.append(fate)
        return fate

    def _pass_on(self, near: socket.socket) -> None:
        fate = self._fate()
        with near:
            if fate in {"busy", "many", "hotel"}:
                with suppress(OSError):
                    near.recv(PIECE)
                    near.sendall({"busy": BUSY, "many": MANY, "hotel": HOTEL}[fate])
                return
            if fate == "refused":
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.port))
            except OSError:
                return
            with far:
                self._pump_both(near, far, fate)

    def _pump_both(self, near: socket.socket, far: socket.socket, fate: str) -> None:
        allowed = self.drawn.randrange(1, 4000)
        up = allowed if fate == "cut up" else -1
        down = allowed if fate == "cut down" else -1
        back = threading.Thread(target=_pump, args=(far, near, down), daemon=True)
        back.start()
        _pump(near, far, up)
        back.join()


def _pump(source: socket.socket, target: socket.socket, allowed: int) -> None:
    """Pass bytes on, `allowed` of them (-1: all), then end both directions."""
    with suppress(OSError):
        while piece := source.recv(PIECE):
            if 0 <= allowed < len(piece):
                target.sendall(piece[:allowed])
                break
            allowed -= len(piece) if allowed >= 0 else 0
            target.sendall(piece)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def faulty_line(port: int, seed: int, faults: int) -> Iterator[FaultProxy]:
    """A proxy before the server at this port while the block runs."""
    proxy = FaultProxy(port, random.Random(seed), faults)
    thread = threading.Thread(target=proxy.serve, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.close()
        thread.join()
