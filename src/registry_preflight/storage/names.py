"""Names to addresses, within a time: the system's resolver knows none."""

from __future__ import annotations

import queue
import socket
import threading
from contextlib import suppress
from typing import Any

from registry_preflight.storage.trouble import NetworkTrouble, name_trouble


def resolve(host: str, port: int, patience: float) -> list[Any]:
    """The addresses of a host, as `socket.getaddrinfo` gives them; asked for in a thread that may be left behind.

    Raises `NetworkTrouble`.
    """
    # Text would be taken through a codec for international names, which takes longer to import than a look-up.
    asked = host.encode("ascii") if host.isascii() else host
    answers: queue.Queue[list[Any] | OSError] = queue.Queue()
    with suppress(OSError, UnicodeError):
        return socket.getaddrinfo(asked, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)

    def ask() -> None:
        try:
            answers.put(list(socket.getaddrinfo(asked, port, type=socket.SOCK_STREAM)))
        except OSError as error:
            answers.put(error)
        except UnicodeError as error:  # a label longer than 63 characters, or none
            answers.put(socket.gaierror(socket.EAI_NONAME, str(error)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answers.get(timeout=patience)
    except queue.Empty:
        text = f"the name server gave no answer for {host} in time"
        raise NetworkTrouble("name", "name", host, port, text) from None
    if isinstance(found, OSError):
        raise name_trouble(found, host, port) from found
    return found
