"""`s3.proxy`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import CannotTell, Finding, S3Storage, blocker, check

from .._proxies import PROXY_GIVEN, variable_of
from ._contact import ADDRESS, consequence, trouble
from ._store import REQUESTS


@check(
    "s3.proxy",
    storage=S3Storage,
    needs=ADDRESS,
    touches="reads",
    drivers=["s3"],
    stages=REQUESTS,
    when=PROXY_GIVEN,
)
def proxy(storage: S3Storage) -> Iterator[Finding]:
    """The proxy takes the registry to the store.

    For an https:// endpoint the registry asks the proxy of HTTPS_PROXY for a tunnel, for http:// it has that of
    HTTP_PROXY fetch each object. 2.5 and 2.7 also use HTTP_PROXY for https://. NO_PROXY is read as Go reads it: names
    with and without a leading dot, addresses and networks, with or without a port, and `*`; this machine itself is
    never asked for through a proxy. With `skipverify` 2.7 and 2.8 use no proxy at all (2.8.2, seen).
    """
    if (strange := trouble(storage, "unsupported")) is not None:
        raise CannotTell(strange.text)
    found = trouble(storage, "proxy")
    if found is None:
        return
    yield blocker(
        what=f"The way to the store ends at the proxy: {found.text}.",
        why=consequence(storage.config),
        fix=f"Have the proxy let the registry through to {storage.address.netloc}, mend the variable, or name the host"
        " in NO_PROXY if it can be reached directly.",
        where=variable_of(found),
        breaks=REQUESTS,
        evidence=found,
    )
