"""`azure.service-url`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import CannotTell, Config, Finding, blocker, check, warning

from .._urls import parse
from ._account import NEW, REQUESTS, malformed


@check("azure.service-url", needs=["storage.driver"], drivers=["azure"], stages=REQUESTS)
def service_url(config: Config) -> Iterator[Finding]:
    """The address of the service is one that the driver and its clients can use.

    `serviceurl`, from 3.0 on, takes the place of https://ACCOUNT.blob.REALM, for emulators and private clouds. A
    connection string is read and then used for nothing. A signature for shared access (SAS) behind a question mark is
    sent along, beside the driver's own: what the service makes of both is not known.
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
    wrong = "" if separated and scheme.lower() in ("http", "https") else "is no URL with http or https"
    if not wrong and (unread := parse(url.text).wrong):
        wrong = f"is no address: {unread}"
    if wrong := wrong or malformed(url.text):
        yield blocker(
            what=f"serviceurl {url.text!r} {wrong}.",
            why="The registry starts, and no request can be made.",
            fix=f"Write https:// and the host: {url.path}: https://ACCOUNT.blob.core.windows.net",
            where=url.path,
            breaks=REQUESTS,
            releases=NEW,
        )
    elif "?" in rest:
        raise CannotTell("serviceurl has a query, which the driver sends along with each request that it signs")
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
