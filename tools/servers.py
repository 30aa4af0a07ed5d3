"""Name the servers that answer on their standard loopback ports: what `.ci/run` requires of the tests."""

from __future__ import annotations

import socket

PORTS = {"postgres": 5432, "redis": 6379}


def answers(port: int) -> bool:
    """Whether something accepts a connection on this loopback port within half a second."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.5):
            return True
    except OSError:
        return False


if __name__ == "__main__":
    print(",".join(name for name, port in PORTS.items() if answers(port)))
