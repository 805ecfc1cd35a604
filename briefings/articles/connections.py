"""The way to a server: names resolved, sockets opened, and reading that ends at a deadline, however slowly it drips."""

import io
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol

Resolve = Callable[[str, int], Sequence[str]]


class Connect(Protocol):
    """Opens a TCP connection to an IP address; raises OSError."""

    def __call__(self, address: str, port: int, timeout: float) -> socket.socket: ...


class TooMuch(Exception):
    """More arrived than was allowed for."""


class Deadline:
    """A moment by which everything is done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, at_most: float = float("inf")) -> float:
        """Return the seconds left, `at_most` at most; raise TimeoutError when there are none."""
        seconds = min(self._end - time.monotonic(), at_most)
        if seconds <= 0:
            raise TimeoutError
        return seconds


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of `host` in the order in which the system would try them; raises OSError."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in answers))


def connect(address: str, port: int, timeout: float) -> socket.socket:
    """Open a TCP connection to the IP address `address` within `timeout` seconds; raises OSError."""
    return socket.create_connection((address, port), timeout)


def resolved_in_time(resolve: Resolve, host: str, port: int, deadline: Deadline) -> list[str]:
    """Resolve `host` once. The system's resolver takes no time limit, so it works aside and may be left behind."""
    found: list[str] = []
    errors: list[Exception] = []

    def work() -> None:
        try:
            found.extend(resolve(host, port))
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(deadline.left())
    if thread.is_alive():
        raise TimeoutError
    if errors:
        raise errors[0]
    return found


def first_connected(
    connect: Connect, addresses: Sequence[str], port: int, deadline: Deadline
) -> tuple[socket.socket, str]:
    """Connect to the first of `addresses` that answers; each gets its share of the time. Raises OSError."""
    last: OSError = ConnectionError("no address")
    for tried, address in enumerate(addresses):
        try:
            return connect(address, port, deadline.left() / (len(addresses) - tried)), address
        except OSError as error:
            last = error
    raise last


def secured(sock: socket.socket, host: str, trust: ssl.SSLContext | None, deadline: Deadline) -> socket.socket:
    """Return `sock` under TLS, with the certificate of `host` checked against `trust` (the system's unless given)."""
    sock.settimeout(deadline.left())
    return (trust or ssl.create_default_context()).wrap_socket(sock, server_hostname=host)


class TimedSocket:
    """What HTTP needs of a socket. Nothing is read after the deadline, nor more than `budget` bytes in all.

    A timeout of the socket alone would start anew with every byte that drips in.
    """

    def __init__(self, sock: socket.socket, deadline: Deadline, budget: int) -> None:
        self._sock = sock
        self._deadline = deadline
        self._budget = budget

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedStream(self._sock, self._deadline, self._budget))

    def settimeout(self, timeout: float | None) -> None:
        """Leave the deadline as it is, whatever the library asks."""

    def close(self) -> None:
        """Leave the socket to the one who opened it."""


class _TimedStream(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: Deadline, budget: int) -> None:
        self._sock = sock
        self._deadline = deadline
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._sock.settimeout(self._deadline.left())
        count = self._sock.recv_into(buffer)
        self._budget -= count
        if self._budget < 0:
            raise TooMuch
        return count
