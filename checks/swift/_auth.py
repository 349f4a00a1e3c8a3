"""How the driver logs in, by its settings: what several checks need to know."""

from __future__ import annotations

from registry_preflight import Config

#: The releases that have the driver.
RELEASES = ("registry-2.5", "registry-2.7", "registry-2.8")


def version(config: Config) -> int:
    """The version of the identity protocol that the driver will use; 0 where it finds none.

    Without `authversion` it looks for v3, v2 and v1, in this order, anywhere in the address (2.8.2, seen).
    """
    given = config.parameter("authversion").value
    if isinstance(given, int) and given:
        return given
    address = config.parameter("authurl").text
    return next((number for number in (3, 2, 1) if f"v{number}" in address), 0)
