"""`s3.acceleration`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, blocker, check, note, warning

from ._store import REQUESTS, endpoint, in_host_names

RELEASES = ("registry-3.0", "registry-3.1")


@check(
    "s3.acceleration",
    when=("storage.*.accelerate", "storage.*.usedualstack", "storage.*.usefipsendpoint"),
    needs=["storage.driver"],
    drivers=["s3"],
)
def acceleration(config: Config) -> Iterator[Finding]:
    """Acceleration, dual stack and FIPS are asked for where they can be had.

    These three choose another address of Amazon's, from 3.0 on (FIPS from 3.1 on). With an endpoint there is nothing to
    choose. Acceleration puts the bucket into the host name: the library refuses each request for a bucket whose name
    cannot stand there, and drops `forcepathstyle` silently.
    """
    given = config.parameters.given or ()
    if "accelerate" not in given and "usedualstack" not in given and "usefipsendpoint" not in given:
        return
    for name in ("usedualstack", "usefipsendpoint"):
        parameter = config.parameter(name)
        if parameter.value is True and config.parameters.reads(name) and endpoint(config) is not None:
            yield note(
                what=f"{name} is true, and an endpoint is given.",
                why="The endpoint is used as it is, so the setting does nothing.",
                fix=f"Remove {parameter.path}, or the endpoint.",
                where=parameter.path,
                releases=RELEASES,
            )
    yield from _accelerated(config)


def _accelerated(config: Config) -> Iterator[Finding]:
    accelerate = config.parameter("accelerate")
    if accelerate.value is not True or not config.parameters.reads("accelerate"):
        return
    bucket, place = config.parameter("bucket").text, endpoint(config)
    plain = config.parameter("secure").value is False if place is None else place.scheme == "http"
    if bucket and (not in_host_names(bucket) or ("." in bucket and not plain)):
        yield blocker(
            what=f"accelerate is true, and the name of the bucket, {bucket}, cannot be part of a host name under TLS.",
            why="The registry starts; the AWS library refuses to make any request for such a bucket.",
            fix=f"Remove {accelerate.path}, or use a bucket without dots.",
            where=accelerate.path,
            breaks=REQUESTS,
            releases=RELEASES,
        )
    elif place is not None:
        yield warning(
            what="accelerate is true, and an endpoint is given.",
            why="Acceleration changes the endpoint's host in a way that only Amazon's own addresses survive.",
            fix=f"Remove {accelerate.path} or the endpoint.",
            where=accelerate.path,
            releases=RELEASES,
        )
    elif config.parameter("forcepathstyle").value is True:
        yield warning(
            what="accelerate and forcepathstyle are both true.",
            why="They exclude each other; the library drops forcepathstyle silently.",
            fix="Remove one of the two.",
            where=config.parameter("forcepathstyle").path,
            releases=RELEASES,
        )
