"""`oss.endpoint`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, Config, Finding, blocker, check

_ALIBABA = ".aliyuncs.com"
_LISTS = "The driver lists the bucket when it is built: the registry panics at start."


@check("oss.endpoint", needs=["storage.driver", "storage.required"], drivers=["oss"])
def endpoint(config: Config) -> Iterator[Finding]:
    """The host that is made of the config is the bucket's.

    Without `endpoint` the driver asks BUCKET.REGION.aliyuncs.com (BUCKET.REGION-internal.aliyuncs.com with `internal`), where the
    region begins with oss-. With it, that host is taken to the letter: the scheme comes from `secure`, and the bucket is
    not put in front (source of the library that 2.x vendors).
    """
    parameter, region = config.parameter("endpoint"), config.parameter("region")
    bucket, host = config.parameter("bucket").text, parameter.text
    if not host:
        if not region.text.startswith("oss-"):
            yield blocker(
                what=f"The region {region.text!r} does not begin with oss-.",
                why=f"There is no host {bucket}.{region.text}{_ALIBABA}. {_LISTS}",
                fix=f"Set {region.path}: oss-{region.text}",
                where=region.path,
                breaks=EVERY_STAGE,
            )
        return
    plain = host.partition("://")[2] or host
    wanted = plain.strip("/")
    if wanted.endswith(_ALIBABA) and not wanted.startswith(f"{bucket}."):
        wanted = f"{bucket}.{wanted}"
    if host != wanted:
        yield blocker(
            what=f"endpoint is {host!r}, which is not the bucket's host alone.",
            why=f"The driver puts the scheme in front of it and asks that host for the bucket. {_LISTS}",
            fix=f"Set {parameter.path}: {wanted}"
            + (" and storage.oss.secure: false" if host.startswith("http:") else ""),
            where=parameter.path,
            breaks=EVERY_STAGE,
        )
