"""Servers of a few lines for tests of the transport: each connection is handed to a function."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


class Talker:
    """Listens on a port of the kernel's choice. `heard` holds the first bytes of every request."""

    def __init__(self, talk: Callable[[socket.socket, bytes], None]) -> None:
        self._talk = talk
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self.heard: list[bytes] = []
        self.connections = 0
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.connections += 1
                threading.Thread(target=self._talk_to, args=(connection,), daemon=True).start()

    def _talk_to(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            while said := connection.recv(65536):
                self.heard.append(said)
                self._talk(connection, said)

    def close(self) -> None:
        self._socket.close()


@contextmanager
def talking(talk: Callable[[socket.socket, bytes], None]) -> Iterator[Talker]:
    """A server that does `talk` with each piece that it hears."""
    talker = Talker(talk)
    try:
        yield talker
    finally:
        talker.close()


def says(answer: bytes, *, closes: bool = False) -> Callable[[socket.socket, bytes], None]:
    """To whatever it hears, the same."""

    def talk(connection: socket.socket, said: bytes) -> None:
        connection.sendall(answer)
        if closes:
            connection.shutdown(socket.SHUT_RDWR)

    return talk
