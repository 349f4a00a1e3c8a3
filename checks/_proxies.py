"""The variables that name a proxy, and a proxy in the way."""

from __future__ import annotations

from registry_preflight import NetworkTrouble, Where

PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")
#: For `when`: a check of the way through a proxy has nothing to find without one.
PROXY_GIVEN = tuple(f"${name}" for name in PROXIES)


def variable_of(found: NetworkTrouble) -> Where | str:
    """The variable of the proxy at which a request ended; empty where the trouble names none."""
    named = next((name for name in PROXIES if name in found.text), "")
    return Where(variable=named) if named else ""
