"""`s3.endpoint-bucket`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, blocker, check, warning

from ._store import REQUESTS, Endpoint, endpoint, path_of

#: What the rest of a host begins with where the first label is a bucket.
STORES = ("s3.", "s3-", "cos.", "oss-", "obs.", "storage.", "minio.", "nyc3.", "ams3.", "fra1.", "sgp1.", "sfo3.")


@check("s3.endpoint-bucket", when=("storage.*.regionendpoint",), needs=["storage.driver"], drivers=["s3"])
def endpoint_bucket(config: Config) -> Iterator[Finding]:
    """The endpoint does not hold the bucket.

    Consoles show addresses such as mybucket.s3.example.com or s3.example.com/mybucket. The driver puts the bucket in
    itself, so with those it comes twice: objects may be written below a folder of the bucket's name, but listings ask
    for an object of that name, and pushes end with a path that is not found.
    """
    place = endpoint(config)
    if place is None or place.wrong:
        return
    path, bucket = path_of(config, "regionendpoint"), config.parameter("bucket").text
    rest = place.host.removeprefix(bucket.lower() + ".")
    if bucket and rest != place.host and (place.amazon or rest.startswith(STORES)):
        yield _twice(
            place, bucket, path, f"{place.scheme}://{rest}{':' + place.port if place.port else ''}", place.amazon
        )
    elif bucket and place.path.strip("/").split("/")[0] == bucket:
        yield _twice(place, bucket, path, place.url.removesuffix(place.path), place.amazon)
    elif bucket and rest != place.host:
        yield warning(
            what=f"The endpoint's host begins with the name of the bucket, {bucket}.",
            why="If it is the bucket's own address, the bucket comes twice in each request, and pushes end with a"
            " path that is not found.",
            fix=f"If so, write the address of the store alone: {path}: {place.scheme}://{rest}",
            where=path,
        )
    elif place.path.strip("/"):
        yield warning(
            what=f"The endpoint has a path, {place.path}.",
            why="It goes before the bucket in every request. No store of its own accord expects that; a proxy in"
            " front of it changes the path and so breaks the signature.",
            fix="Write the address without a path, and a folder inside the bucket into"
            f" {path_of(config, 'rootdirectory')}.",
            where=path,
        )


def _twice(place: Endpoint, bucket: str, path: str, instead: str, certain: bool) -> Finding:
    return blocker(
        what=f"The endpoint {place.url} holds the bucket {bucket}.",
        why="The driver adds the bucket to each request, so it comes twice: the registry starts, listings find"
        " nothing, and pushes fail.",
        fix=f"Set {path}: {instead}",
        where=path,
        breaks=REQUESTS if certain else (),
    )
