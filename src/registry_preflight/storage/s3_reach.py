"""How a bucket is reached: address, connections, keys and the store's clock; what the verbs of the handle stand on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar, cast

from registry_preflight.storage.aws_credentials import Identity, find_identity
from registry_preflight.storage.aws_metadata import caller_of
from registry_preflight.storage.clock import LIMIT, TIME_SERVERS, NoTime, Offset, ask_time, offset_of
from registry_preflight.storage.network import Meter, NetworkTrouble, Transport
from registry_preflight.storage.s3_address import Address, address_of, transport_of
from registry_preflight.storage.s3_answers import S3Refusal
from registry_preflight.storage.s3_signing import Credentials
from registry_preflight.storage.s3_wire import S3Wire

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config

_T = TypeVar("_T")
#: Further samples of a clock that is far off, and the seconds between them: each falls into another part of a second.
_SAMPLES = 3
_APART = 0.3


class S3Reach:
    """The way to the bucket of one config. What several checks need is made once."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.bucket = config.parameter("bucket").text
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
    def address(self) -> Address:
        """Where this release sends its requests."""
        return self._once("address", lambda: address_of(self.config))

    @property
    def transport(self) -> Transport:
        """The connections to the store."""
        return self._once("transport", lambda: transport_of(self.config, self.meter))

    def addresses(self) -> tuple[str, ...]:
        """What the store's host name stood for when a connection was made; none through a proxy."""
        return self.transport.known_addresses(self.address.host)

    @property
    def signer(self) -> Identity:
        """Whose keys this release signs with, and where it found them."""
        return self._once("signer", lambda: find_identity(self.config, self.transport))

    @property
    def wire(self) -> S3Wire:
        """The signed way to the bucket; unsigned where the release finds no keys."""
        by = self.signer.keys or Credentials("", "")
        return self._once("wire", lambda: S3Wire(self.config, self.address, by, self.transport))

    @property
    def identity(self) -> str:
        """Who asks, for a sentence."""
        keys = self.signer.keys
        return f"access key {keys.access_key}" if keys else "nobody (no credentials)"

    def close(self) -> None:
        """Let go of idle connections."""
        with self._making:
            transport = self._made.get("transport")
        if isinstance(transport, Transport):
            transport.close()

    # What is asked only where keys are refused, or at Amazon

    def takes_version_2(self) -> bool:
        """Whether the store takes the same keys in a signature of version 2."""
        by = self.signer.keys or Credentials("", "")
        return self._answers(S3Wire(self.config, self.address, by, self.transport, version_2=True))

    def knows_keys(self) -> bool:
        """Whether the keys are good for anything: the store lists the buckets of their owner."""
        by = self.signer.keys or Credentials("", "")
        return self._answers(S3Wire(self.config, self.address, by, self.transport, of_service=True))

    @staticmethod
    def _answers(wire: S3Wire) -> bool:
        with suppress(S3Refusal, NetworkTrouble):
            return wire.send("GET", again=0).status == HTTPStatus.OK
        return False

    def caller(self) -> str:
        """The ARN that Amazon's STS knows the keys by; empty where it does not tell."""
        return self._once("caller", lambda: caller_of(self.config, self.signer.keys, self.transport))

    # Clocks

    @property
    def clock_offset(self) -> Offset | None:
        """How far the store's clock is ahead of this machine's, by the answers so far; `None` where none has a date.

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

        A store on this machine has this machine's clock, or is a test: then no public one is asked.
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
