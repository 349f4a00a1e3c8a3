"""`s3.endpoint-region`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, blocker, check, warning

from ._store import REGIONS, REQUESTS, endpoint, path_of


@check("s3.endpoint-region", when=("storage.*.regionendpoint",), needs=["storage.driver"], drivers=["s3"])
def endpoint_region(config: Config) -> Iterator[Finding]:
    """Amazon's endpoint and the region name the same place.

    Each request is signed for `region` and sent to `regionendpoint`. Amazon refuses a signature made for another region
    than the one that receives it. The address without a region, s3.amazonaws.com, is that of us-east-1.
    """
    place = endpoint(config)
    if place is None or not place.amazon:
        return
    region = config.parameter("region").text
    named = next((found for label in place.host.split(".") if (found := _region_in(label))), "")
    path = path_of(config, "regionendpoint")
    if named and region in REGIONS and named != region:
        yield blocker(
            what=f"The endpoint is Amazon's in {named}, the region is {region}.",
            why=f"Requests are signed for {region} and arrive in {named}: the registry starts, and Amazon refuses"
            " every one as malformed.",
            fix=f"Set {path_of(config, 'region')}: {named} if the bucket is there, or remove {path}.",
            where=path_of(config, "region"),
            breaks=REQUESTS,
        )
    elif not named and place.host == "s3.amazonaws.com" and region in REGIONS and region != "us-east-1":
        yield warning(
            what=f"The endpoint s3.amazonaws.com belongs to us-east-1, the region is {region}.",
            why="Amazon redirects or refuses requests for buckets of other regions there, and the driver does not"
            " follow.",
            fix=f"Set {path}: https://s3.{region}.amazonaws.com, or remove it.",
            where=path,
        )


def _region_in(label: str) -> str:
    """The region that a label of a host is or, in old addresses, ends with: s3-eu-west-1."""
    if label in REGIONS:
        return label
    rest = label.removeprefix("s3-fips-").removeprefix("s3-")
    return rest if rest in REGIONS else ""
