"""Reading back the links that a push writes."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, CannotTell, Finding, S3Storage, check

from ._rights import BUCKET_EXISTS, refused
from ._store import at_amazon


@check("s3.read-links", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"], stages=[PUSH])
def read_links(storage: S3Storage) -> Iterator[Finding]:
    """The links of layers can be read, as the end of a push does.

    Before a manifest is taken, the registry reads the link of each layer that it wrote. Nothing is written there by
    this program, for the catalog would show it; links that are there tell as much, but for stores that let the writer
    of an object read it without any right.
    """
    storage.survey.begin("images")
    images = storage.survey.images
    links = [one for one in images if one.kind == "layer link" and one.error is not None and one.error.denied]
    if not links or all(one.error is not None for one in images):
        return  # what goes for all objects shows at those of this run
    error = links[0].error
    assert error is not None
    if not at_amazon(storage.config):
        raise CannotTell(
            "links of layers that are there may not be read, unlike other objects; whether those that the registry"
            " writes itself may be read can't be seen without writing some"
        )
    why = "The registry answers the push of each manifest with 500."
    yield refused(storage, error, "GetObject", "read the link of a layer", why, [PUSH])
