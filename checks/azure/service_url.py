"""`azure.service-url`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, blocker, check, note, warning

from ._account import NEW, REQUESTS


@check("azure.service-url", needs=["storage.driver"], drivers=["azure"])
def service_url(config: Config) -> Iterator[Finding]:
    """The address of the service is one that the driver and its clients can use.

    `serviceurl`, from 3.0 on, takes the place of https://ACCOUNT.blob.REALM, for emulators and private clouds. A
    connection string is read and then used for nothing.
    """
    if not config.parameters.reads("serviceurl"):
        return
    string = config.parameter("connectionstring")
    if string.text:
        yield warning(
            what="connectionstring is given.",
            why="The driver reads it and uses it for nothing: account and credentials count, here as without it.",
            fix=f"Remove {string.path}; set accountname, accountkey and credentials.type instead.",
            where=string.path,
            releases=NEW,
        )
    url = config.parameter("serviceurl")
    scheme, separated, rest = url.text.partition("://")
    if not url.text:
        return
    if not separated or scheme.lower() not in ("http", "https") or not rest.strip("/"):
        yield blocker(
            what=f"serviceurl {url.text!r} is no URL with http or https.",
            why="The registry starts, and no request can be made.",
            fix=f"Write https:// and the host: {url.path}: https://ACCOUNT.blob.core.windows.net",
            where=url.path,
            breaks=REQUESTS,
            releases=NEW,
        )
    elif scheme.lower() == "https":
        yield from _other_account(config, rest, url.path)


def _other_account(config: Config, rest: str, path: str) -> Iterator[Finding]:
    host = rest.partition("/")[0].partition(":")[0]
    label, dot, domain = host.partition(".")
    if dot and domain.startswith("blob.") and label != config.parameter("accountname").text:
        yield warning(
            what=f"serviceurl is that of the account {label}, accountname is {config.parameter('accountname').text!r}.",
            why="Requests are signed for the one and sent to the other; the service refuses them.",
            fix="Name the same account in both.",
            where=path,
            releases=NEW,
        )
    elif rest.partition("/")[2].partition("?")[2]:
        yield note(
            what="serviceurl has a query.",
            why="If it is a signature for shared access: the driver signs by itself and does not use it.",
            fix="Write the address without what follows the question mark.",
            where=path,
            releases=NEW,
        )
