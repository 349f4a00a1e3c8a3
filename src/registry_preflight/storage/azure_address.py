"""Where a release of the azure driver sends its requests, what it calls its blobs, and over what kind of connection.

Up to 2.8 the address follows from account and realm, the name of every blob begins with a slash, and all of it is https.
From 3.0 on `serviceurl` may take the place of the address, `rootdirectory` stands before the names, and the slash is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit

from registry_preflight.storage.network import Meter, Proxies, Transport, Trust

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config

LAYOUT = "docker/registry/v2"
#: The account that the old library takes for an emulator on this machine (its source: `StorageEmulatorAccountName`).
EMULATOR = "devstoreaccount1"
_DEFAULT_PORT = {"http": 80, "https": 443}


class Address(NamedTuple):
    """The blob service of an account. `path` stands before the container; it is empty but for emulators."""

    scheme: str
    host: str
    port: int
    path: str
    given: bool

    @property
    def netloc(self) -> str:
        """Host and port as they stand in a URL and in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORT.get(self.scheme) else f"{host}:{self.port}"

    @property
    def base(self) -> str:
        """The URL without the path of a request."""
        return f"{self.scheme}://{self.netloc}"


def address_of(config: Config) -> Address:
    """The address of the config's account. Raises `ValueError` for what is no URL."""
    account = config.parameter("accountname").text
    given = config.parameter("serviceurl").text if config.parameters.reads("serviceurl") else ""
    if not given and config.release.major < 3 and account == EMULATOR:
        return Address("http", "127.0.0.1", 10000, f"/{EMULATOR}", False)
    parts = urlsplit(given or f"https://{account}.blob.{config.parameter('realm').text}")
    scheme = parts.scheme.lower()
    port = parts.port or _DEFAULT_PORT.get(scheme, 80)
    return Address(scheme, parts.hostname or "", port, parts.path.removesuffix("/"), bool(given))


def names_with_slash(config: Config) -> bool:
    """Whether the names of blobs begin with a slash."""
    return bool(config.release.fact("azure_leading_slash"))


def root_of(config: Config) -> str:
    """What stands before the registry's own directory in the name of each blob."""
    if names_with_slash(config):
        return "/"
    root = config.parameter("rootdirectory").text.strip("/") if config.parameters.reads("rootdirectory") else ""
    return f"{root}/" if root else ""


def encoded(path: str) -> str:
    """A path as it goes out."""
    return quote(path, safe="/-._~")


def segment(name: str) -> str:
    """A name as one segment of a path, as Go's `url.PathEscape` writes it."""
    return quote(name, safe="-._~$&+=:@")


def transport_of(config: Config, meter: Meter, *, for_tokens: bool = False) -> Transport:
    """A transport that trusts and goes through proxies as the driver of this release does.

    `for_tokens`: to where tokens come from, of which `skipverify` does not speak (3.0.0 and 3.1.1: `newTokenClient`).
    """
    environment, release = config.environment, config.release
    blind = not for_tokens and config.parameters.reads("skipverify") and config.parameter("skipverify").value is True
    proxies = Proxies.of(release, environment)
    return Transport(environment, Trust.of(release, environment, verify=not blind), meter, proxies=proxies)
