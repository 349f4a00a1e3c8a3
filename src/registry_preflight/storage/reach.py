"""The way to a storage service over HTTP: connections and clocks, the same for every driver that has one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from registry_preflight.storage.clock import LIMIT, TIME_SERVERS, NoTime, Offset, ask_time, offset_of
from registry_preflight.storage.network import Meter, NetworkTrouble, Transport

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config

_T = TypeVar("_T")
#: Further samples of a clock that is far off, and the seconds between them: each falls into another part of a second.
_SAMPLES = 3
_APART = 0.3


class Place(Protocol):
    """Where a service is."""

    @property
    def host(self) -> str:
        """Its name or its address."""
        ...

    @property
    def base(self) -> str:
        """Scheme, host and port as a URL begins with them."""
        ...


class Reach:
    """The way to the service of one config. What several checks need is made once."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.meter = Meter(config.secrets.mask)
        self._making = threading.RLock()
        self._made: dict[str, object] = {}

    def _once(self, name: str, make: Callable[[], _T]) -> _T:
        """What several threads ask for at the same time, made by the first of them."""
        with self._making:
            if name not in self._made:
                self._made[name] = make()
            return cast("_T", self._made[name])

    @property
    def address(self) -> Place:
        """Where this release sends its requests."""
        raise NotImplementedError

    @property
    def transport(self) -> Transport:
        """The connections to the service."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of idle connections."""
        with self._making:
            transport = self._made.get("transport")
        if isinstance(transport, Transport):
            transport.close()

    # Clocks

    @property
    def clock_offset(self) -> Offset | None:
        """How far the service's clock is ahead of this machine's, by the answers so far; `None` where none has a date.

        One that is far off is looked at more closely.
        """
        offset = self._offset()
        if offset is None or offset.surely < LIMIT / 2:
            return offset
        return self._once("clock", self._look_closer)

    def _offset(self) -> Offset | None:
        return offset_of(sample for sample in self.meter.samples if sample.host == self.address.host)

    def _look_closer(self) -> Offset | None:
        for _ in range(_SAMPLES):
            time.sleep(_APART)
            with suppress(NetworkTrouble):
                self.transport.send("HEAD", f"{self.address.base}/", {})
        return self._offset()

    @property
    def time_server(self) -> tuple[str, Offset | None]:
        """A time server and how far it is ahead of this machine: that of `--ntp`, or the first public one that answers.

        A service on this machine has this machine's clock, or is a test: then no public one is asked.
        """
        return self._once("time server", self._ask_time)

    def _ask_time(self) -> tuple[str, Offset | None]:
        named = self.config.options.ntp
        servers = (named,) if named else () if _is_here(self.address.host) else TIME_SERVERS
        for server in servers:
            with suppress(NoTime):
                return server, ask_time(server).offset
        return servers[0] if servers else "", None


def _is_here(host: str) -> bool:
    import ipaddress

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
