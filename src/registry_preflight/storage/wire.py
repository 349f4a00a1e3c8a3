"""One connection: a socket that counts, and that ends when its time is over however slowly bytes trickle."""

from __future__ import annotations

import io
import socket
import ssl
import time
from typing import Any

from registry_preflight.storage.meter import Meter

_PIECE = 1 << 16


class Wire:
    """A socket as http.client wants it. `until` is on the scale of `time.monotonic`."""

    def __init__(self, sock: socket.socket, meter: Meter, until: float) -> None:
        self.sock = sock
        self.until = until
        self.received = 0
        self._meter = meter
        self._lines: _Lines | None = None

    def left(self) -> float:
        """Seconds until the end. Raises `TimeoutError` when it is over."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time for the request is over")
        return left

    def sendall(self, data: bytes) -> None:
        """Send everything, in pieces, each of which may take what time is left."""
        view = memoryview(data)
        while view:
            self.sock.settimeout(self.left())
            done = self.sock.send(view[:_PIECE])
            self._meter.add(sent=done)
            view = view[done:]

    def receive_into(self, buffer: Any) -> int:
        """What comes next; 0 at the end."""
        self.sock.settimeout(self.left())
        count = self.sock.recv_into(buffer)
        self.received += count
        self._meter.add(received=count)
        return count

    def makefile(self, mode: str, bufsize: int | None = None) -> io.BufferedReader:
        """A reader for http.client."""
        self._lines = _Lines(_Reader(self), _PIECE)
        return self._lines

    @property
    def headers_ended(self) -> bool:
        """Whether the line that was read last is the empty one; http.client takes the end of the stream for it."""
        return self._lines is not None and self._lines.last in (b"\r\n", b"\n")

    def usable(self) -> bool:
        """Whether the other side has kept an idle connection open, and sent nothing that nobody asked for."""
        try:
            self.sock.setblocking(False)
            if isinstance(self.sock, ssl.SSLSocket):
                self.sock.recv(1)  # also takes in the tickets that follow a handshake
            else:
                self.sock.recv(1, socket.MSG_PEEK)
        except (BlockingIOError, ssl.SSLWantReadError):
            return True
        except OSError:
            return False
        return False

    def close(self) -> None:
        """Nothing: http.client says this while the body is still to be read."""

    def end(self) -> None:
        """Let go of the connection."""
        self.sock.close()


class _Lines(io.BufferedReader):
    last = b""

    def readline(self, size: int | None = -1) -> bytes:
        self.last = super().readline(size)
        return self.last


class _Reader(io.RawIOBase):
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._wire.receive_into(buffer)
