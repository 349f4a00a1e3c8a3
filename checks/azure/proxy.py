"""`azure.proxy`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import AzureStorage, CannotTell, Finding, blocker, check

from .._proxies import PROXY_GIVEN, variable_of
from ._account import REQUESTS, broken
from ._contact import ADDRESS, consequence, contact


@check(
    "azure.proxy",
    storage=AzureStorage,
    needs=ADDRESS,
    touches="reads",
    drivers=["azure"],
    stages=REQUESTS,
    when=PROXY_GIVEN,
)
def proxy(storage: AzureStorage) -> Iterator[Finding]:
    """The proxy takes the registry to the service.

    The registry asks the proxy of HTTPS_PROXY for a tunnel to ACCOUNT.blob.REALM, and from 3.0 on to the authority that
    gives tokens. 2.5 and 2.7 also use HTTP_PROXY for that. A proxy that cannot resolve the name says so in its own
    words, often as 502, 503 or 504.
    """
    found = contact(storage).trouble
    if found is not None and found.kind == "unsupported":
        raise CannotTell(found.text)
    if found is None or found.kind != "proxy":
        return
    yield blocker(
        what=f"The way to the service ends at the proxy: {found.text}.",
        why=consequence(storage.config),
        fix=f"Have the proxy let the registry through to {storage.address.host}:443, and see that the account"
        f" {storage.account} exists, for the proxy looks its name up; or name the host in NO_PROXY.",
        where=variable_of(found),
        breaks=broken(storage.config),
        evidence=found,
    )
