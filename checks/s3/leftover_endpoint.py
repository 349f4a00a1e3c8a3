"""`s3.leftover-endpoint`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note, warning

from ._store import REGIONS, endpoint, path_of


@check("s3.leftover-endpoint", when=("storage.*.regionendpoint",), needs=["storage.driver"], drivers=["s3"])
def leftover_endpoint(config: Config) -> Iterator[Finding]:
    """The endpoint belongs to the store that the other settings mean.

    After a move from one store to another an endpoint often stays behind in the environment, where the file does not
    show it. The bucket is then looked for at the old store. A region of Amazon's beside an endpoint that is not
    Amazon's may be such a leftover. Many stores take us-east-1 on purpose, so of that in a file nothing is said.
    """
    place = endpoint(config)
    if place is None or place.wrong or place.amazon or config.parameter("region").text not in REGIONS:
        return
    path = path_of(config, "regionendpoint")
    key = config.parameter("accesskey").text
    amazons_key = key.startswith(("AKIA", "ASIA")) and not key.endswith("EXAMPLE")
    # Only a variable can bring it, so the place is looked up only where there are some.
    variable = config.where(path).variable if config.overrides else None
    mixed = variable is not None and not config.where(path_of(config, "bucket")).variable
    if mixed or amazons_key:
        yield warning(
            what=f"The endpoint {place.url} is not Amazon's, while "
            + (
                "the access key has the shape of Amazon's."
                if amazons_key
                else f"it comes from {variable} and the bucket from the file."
            ),
            why="It may be left from another store: the registry starts, and looks for the bucket and the key at the"
            " wrong place.",
            fix=f"If the bucket is Amazon's, remove {variable or path}; if not, nothing.",
            where=path,
        )
    elif variable or config.parameter("region").text != "us-east-1":
        yield note(
            what=f"The bucket is looked for at {place.url}, though the region {config.parameter('region').text} is"
            " one of Amazon's.",
            why="Right for most other stores; wrong if the endpoint is left over from one that is no longer used.",
            fix=f"If the bucket is Amazon's, remove {variable or path}.",
            where=path,
        )
