"""Refuses the network in every Python process of a test run.

`tests/conftest.py` loads it for the tests themselves and puts this folder on PYTHONPATH, so that
each Python process that a test starts loads it too (Python imports `sitecustomize` by that name).
An audit hook sees every socket, whatever library opens it, and cannot be taken out again.
Unix sockets and the loopback interface stay open: the session bus and the X server live there.
"""

from __future__ import annotations

import sys
from typing import Any

attempts: list[str] = []
"""What was refused, for code that swallows the refusal."""


class NetworkUsed(AssertionError):
    """Code under test tried to reach beyond this machine."""


def _is_here(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    return host is None or (
        isinstance(host, str) and (host in ("", "localhost", "::1") or host.startswith("127."))
    )


def _host(event: str, arguments: tuple[Any, ...]) -> object:
    """The host that an audit event names, or None where it names none."""
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        return address[0] if isinstance(address, tuple) and address else None
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        return arguments[0]
    return None


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """The audit hook: raises NetworkUsed for anything but this machine."""
    if event.startswith("socket.") and not _is_here(host := _host(event, arguments)):
        attempts.append(f"{event} {host}")
        raise NetworkUsed(f"{event} to {host}: Candor never uses the network.")


sys.addaudithook(refuse)
