"""`swift.prefix`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, Config, Finding, check, warning

from ._terms import joins_nothing


@check("swift.prefix", needs=["storage.driver"], drivers=["swift"], stages=(PUSH,))
def prefix(config: Config) -> Iterator[Finding]:
    """The folder inside the container is given as `prefix`.

    The documentation of 2.8 shows `rootdirectory` for this driver, as the others have it. The driver has no such key
    and puts everything at the top of the container; two registries that share a container then share their images.
    The driver writes `prefix` as it is where it joins segments, so `?`, `&` and escapes such as `%20` in it end every push.
    """
    yield from joins_nothing(config.parameter("prefix"))
    given, value, spelling = config.parameters.raw("rootdirectory")
    if given and value not in (None, "", "/") and not config.parameter("prefix").text:
        path = f"storage.{config.driver}.{spelling}"
        yield warning(
            what="rootdirectory is set, which the swift driver does not have.",
            why="It is ignored: everything lies at the top of the container.",
            fix=f"Write prefix: {str(value).strip('/')} instead, before the first push.",
            where=path,
        )
