"""The checks of this package; the entry point names this module, and every check in it is found."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, warning

ENVIRONMENTS = ("production", "staging", "test")
#: The parameter that names the place where the images lie, by driver.
PLACES = {"s3": "bucket", "gcs": "bucket", "oss": "bucket", "azure": "container", "swift": "container"}


@check("naming.environment", needs=["storage.driver"], drivers=tuple(PLACES))
def environment(config: Config) -> Iterator[Finding]:
    """The bucket or container is named after its environment.

    In this house a name ends in `-production`, `-staging` or `-test`, so that nobody points a test registry at the
    images of customers.
    """
    parameter = PLACES[config.family]
    path = f"storage.{config.driver}.{parameter}"
    name = config.get(path)
    if not isinstance(name, str) or name.rpartition("-")[2] in ENVIRONMENTS:
        return
    yield warning(
        what=f"The {parameter} {name} does not say which environment it belongs to.",
        why="A registry for tests may end up writing among the images of customers.",
        fix=f"Give a {parameter} whose name ends in {', '.join(f'-{word}' for word in ENVIRONMENTS)}.",
        where=path,
    )
