"""What several checks of the azure driver know about a release."""

from __future__ import annotations

from urllib.parse import urlsplit

from registry_preflight import DELETE, EVERY_STAGE, GC, PULL, PUSH, Config, Stage

REQUESTS = (PUSH, PULL, DELETE, GC)
OLD = ("registry-2.5", "registry-2.7", "registry-2.8")
NEW = ("registry-3.0", "registry-3.1")


def calls_at_start(config: Config) -> bool:
    """Up to 2.8 the driver makes its container when it is built, so a wrong address stops the start."""
    return bool(config.release.fact("azure_creates_container"))


def broken(config: Config) -> tuple[Stage, ...]:
    """What fails if the service refuses every request."""
    return EVERY_STAGE if calls_at_start(config) else REQUESTS


def when(config: Config) -> str:
    """Where it shows that the service refuses every request."""
    if calls_at_start(config):
        return "The driver calls the service when it is built: the registry panics at start."
    return "The registry starts and calls itself healthy; every push and pull fails."


def service(config: Config) -> str:
    """The address that 3.x was told to use; empty where it makes it from account and realm."""
    return config.parameter("serviceurl").text if config.parameters.reads("serviceurl") else ""


def malformed(url: str) -> str:
    """Why Go can't make requests to an address; empty where it can."""
    if any(character <= " " or character == "\x7f" for character in url):
        return "holds a blank or a line end"
    try:
        parts = urlsplit(url)
        return "" if parts.hostname and parts.port != 0 else "names no host"
    except ValueError as trouble:  # a port that is no number, a bracket that is not closed
        return f"is no address: {trouble}"
