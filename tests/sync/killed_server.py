"""A server that is killed: answers on one port, each life in a forked child.

Started by killed_line.py. A line on stdin is a new life: `DATABASE_URL BLOBS`. The listening socket
outlives them all, as it would under systemd.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sync.server.app import create_app
from sync.server.serving import bound_socket, server_for


def main() -> None:
    """Life after life; the parent kills each by its process id."""
    listening = bound_socket("127.0.0.1", 0)
    os.write(1, f"port {listening.getsockname()[1]}\n".encode())
    for line in sys.stdin:
        url, blobs = line.split()
        pid = os.fork()
        if pid == 0:
            server_for(create_app(url, Path(blobs))).run(sockets=[listening])
            os._exit(0)
        os.write(1, f"started {pid}\n".encode())
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
