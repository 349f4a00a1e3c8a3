"""`azure.realm`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, START, Config, Finding, Where, blocker, check, note, warning

from ._account import NEW, broken, malformed, service, when

KNOWN = ("core.windows.net", "core.chinacloudapi.cn", "core.usgovcloudapi.net")
AUTHORITY = {
    "core.chinacloudapi.cn": "https://login.chinacloudapi.cn",
    "core.usgovcloudapi.net": "https://login.microsoftonline.us",
}


@check("azure.realm", needs=["storage.driver"], drivers=["azure"], stages=(START, GC))
def realm(config: Config) -> Iterator[Finding]:
    """The realm is the domain of an Azure cloud.

    The registry calls https://ACCOUNT.blob.REALM. The realm is the end of that name, without blob and without the
    account. There are core.windows.net, core.chinacloudapi.cn and core.usgovcloudapi.net; the German cloud
    (core.cloudapi.de) was closed in 2021. A private link needs no realm of its own: the public name leads there. From
    3.0 on `serviceurl` makes the realm idle, and the place where tokens come from does not follow the realm.
    """
    parameter = config.parameter("realm")
    if not parameter.given or parameter.wanted:
        return
    text = parameter.text
    if service(config):
        yield note(
            what="realm is set beside serviceurl.",
            why="The address comes from serviceurl alone.",
            fix=f"Remove {parameter.path}.",
            where=parameter.path,
            releases=NEW,
        )
    elif wrong := _wrong(config, text):
        yield blocker(
            what=f"The realm {text!r} {wrong}.",
            why=f"The host ACCOUNT.blob.{text} does not exist. " + when(config),
            fix=f"Remove {parameter.path} for the public cloud, or set it to one of {', '.join(KNOWN)}.",
            where=parameter.path,
            breaks=broken(config),
        )
    else:
        yield from _cloud(config, parameter.path, text)


def _cloud(config: Config, path: str, text: str) -> Iterator[Finding]:
    text = text.rstrip("/").lower()
    if text not in KNOWN:
        yield warning(
            what=f"The realm {text!r} is none of Microsoft's clouds.",
            why=f"Right for an Azure Stack of one's own; if not, no host ACCOUNT.blob.{text} exists. " + when(config),
            fix=f"For Microsoft's clouds set {path} to one of {', '.join(KNOWN)}.",
            where=path,
        )
    elif text in AUTHORITY and _by_token(config) and not config.environment.get("AZURE_AUTHORITY_HOST"):
        yield warning(
            what=f"The realm is {text}, and AZURE_AUTHORITY_HOST is not set.",
            why="Tokens are then asked for at the public cloud, which does not know this cloud's identities; every"
            " request fails.",
            fix=f"Set AZURE_AUTHORITY_HOST={AUTHORITY[text]} for the registry.",
            where=Where(path=path),
            releases=NEW,
        )


def _wrong(config: Config, text: str) -> str:
    if config.release.major >= 3:  # which puts addresses together without minding slashes
        text = text.rstrip("/")
    if not text:
        return "is empty"
    if "/" in text:
        return "is an address"
    if text == "<nil>":
        return "is left blank"
    if wrong := malformed(f"https://account.blob.{text}"):
        return wrong
    if text == "core.cloudapi.de":
        return "is that of the German cloud, which was closed in 2021"
    if text.startswith(("blob.", "privatelink.")) or ".blob." in text:
        return "holds more than the realm"
    return ""


def _by_token(config: Config) -> bool:
    return config.parameters.reads("credentials.type") and config.parameter("credentials.type").text in (
        "client_secret",
        "default_credentials",
    )
