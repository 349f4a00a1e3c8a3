"""How a bucket is reached: address, connections and keys; what the verbs of the handle stand on."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING

from registry_preflight.storage.aws_credentials import Identity, find_identity
from registry_preflight.storage.aws_metadata import caller_of
from registry_preflight.storage.network import NetworkTrouble, Transport
from registry_preflight.storage.reach import Reach
from registry_preflight.storage.s3_address import Address, address_of, transport_of
from registry_preflight.storage.s3_answers import S3Refusal
from registry_preflight.storage.s3_signing import Credentials
from registry_preflight.storage.s3_wire import S3Wire

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config


class S3Reach(Reach):
    """The way to the bucket of one config."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.bucket = config.parameter("bucket").text

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
