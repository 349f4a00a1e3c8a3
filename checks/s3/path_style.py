"""`s3.path-style`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, blocker, check, warning

from ._store import REQUESTS, Endpoint, endpoint, in_host_names, path_of

#: Stores on the internet whose names are made for a bucket in front.
WITH_WILDCARD = (
    ".digitaloceanspaces.com", ".wasabisys.com", ".backblazeb2.com", ".r2.cloudflarestorage.com", ".scw.cloud",
    ".aliyuncs.com", ".myqcloud.com", ".linodeobjects.com", ".exo.io", ".cloud.ovh.net", ".vultrobjects.com",
    ".your-objectstorage.com", ".ionoscloud.com", ".myhuaweicloud.com", ".volces.com", ".idrivee2.com",
    "storage.googleapis.com", ".appdomain.cloud",
)  # fmt: skip
LOCAL = (".svc", ".local", ".localhost", ".internal", ".lan", ".home", ".test")
RELEASES = ("registry-3.0", "registry-3.1")


@check("s3.path-style", when=("storage.*.regionendpoint",), needs=["storage.driver"], drivers=["s3"])
def path_style(config: Config) -> Iterator[Finding]:
    """The store answers where the registry puts the bucket: in the host name, or in the path.

    Up to 2.8 an endpoint implied the path: https://HOST/BUCKET. From 3.0 on the bucket goes in front of the host,
    https://BUCKET.HOST, unless `forcepathstyle: true` is set. That needs a wildcard in the name service and in the
    certificate, which few stores of one's own have, and an IP address can never have. A bucket whose name cannot
    stand in a host name (upper case, underscore, under three characters, a dot with https) goes into the path all the
    same.
    """
    place = endpoint(config)
    if place is None or place.wrong:
        return
    if config.parameters.reads("forcepathstyle"):
        forced = config.parameter("forcepathstyle").value is True
        bucket = config.parameter("bucket").text
        in_host = not forced and in_host_names(bucket) and not (place.scheme == "https" and "." in bucket)
    else:
        forced, in_host, bucket = True, False, ""
    if place.host.endswith(".aliyuncs.com") and not in_host:
        yield warning(
            what="Requests carry the bucket in the path, and Alibaba's store takes it in the host name alone.",
            why="The registry starts; Alibaba refuses access by second-level domain.",
            fix="Use a 3.x release without forcepathstyle, or the oss driver of 2.x.",
            where=path_of(config, "regionendpoint"),
        )
    elif in_host and not place.amazon and not place.host.endswith(WITH_WILDCARD):
        yield _in_front(config, place, bucket)


def _in_front(config: Config, place: Endpoint, bucket: str) -> Finding:
    remedy = f"Set {path_of(config, 'forcepathstyle')}: true"
    if place.numeric:
        return blocker(
            what=f"Requests will go to the host {bucket}.{place.host}, which does not exist: the endpoint is an IP"
            " address.",
            why="The registry starts; since 3.0 the bucket is put in front of the endpoint's host, so no request finds"
            " the store.",
            fix=remedy,
            where=path_of(config, "regionendpoint"),
            breaks=REQUESTS,
            releases=RELEASES,
        )
    local = "." not in place.host or place.host.endswith(LOCAL)
    known = (
        "which name services inside a cluster or a machine rarely know"
        if local
        else "and the file cannot tell whether that name exists"
    )
    return warning(
        what=f"Requests will go to the host {bucket}.{place.host}, {known}.",
        why="Since 3.0 an endpoint no longer implies the bucket in the path. Without a wildcard in DNS and in the"
        " certificate the registry starts and every push and pull fails.",
        fix=f"{remedy}, unless the store serves {bucket}.{place.host}.",
        where=path_of(config, "regionendpoint"),
        releases=RELEASES,
    )
