"""The move of a large layer to its place."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, Finding, S3Storage, blocker, check, warning

from ._rights import BUCKET_EXISTS, refused, tried, unwritten

#: The large layer of the push stage.
_LAYER = 40 << 20
_RAISE = "Raise multipartcopythresholdsize (up to 5368709120), so that one request copies each layer."
_ENOUGH = (
    "Nothing while no layer is above multipartcopythresholdsize, and clients send each in one request, as docker does; if"
    " not, use a store that has UploadPartCopy."
)


@check(
    "s3.copy-parts",
    storage=S3Storage,
    needs=[BUCKET_EXISTS],
    touches="writes",
    drivers=["s3"],
    releases=["registry-2.7", "registry-2.8", "registry-3.0", "registry-3.1"],
    stages=[PUSH],
)
def copy_parts(storage: S3Storage) -> Iterator[Finding]:
    """A large layer can be copied to its place in parts.

    Above `multipartcopythresholdsize` (32 MiB if not set) the registry copies by ranges, a request that not every store
    has, and that some allow for an object's owner only. It also copies so, whatever the threshold, where a client goes
    on with an upload of which less than 5 MiB have come.
    """
    if unwritten(storage, "copy-parts"):
        return
    step = tried(storage, "copy-parts")
    if step.error is None:
        return
    threshold = storage.config.parameter("multipartcopythresholdsize").value
    far = isinstance(threshold, int) and threshold >= _LAYER
    why = (
        "A push with a layer above multipartcopythresholdsize fails at the closing PUT, after all of it has been sent."
    )
    found = refused(
        storage,
        step.error,
        "UploadPartCopy",
        "copy an object in parts",
        why,
        [] if far else [PUSH],
        warning if far else blocker,
    )
    if not step.error.denied:
        found = found._replace(fix=_ENOUGH if far else _RAISE)
    yield found
