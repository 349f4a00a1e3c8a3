"""`gcs.credentials`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import (
    DELETE,
    EVERY_STAGE,
    GC,
    PULL,
    PUSH,
    START,
    Config,
    Finding,
    NeedsNetwork,
    Parameter,
    blocker,
    check,
)

from ._key import MOST, lacks, trouble_with, trouble_with_fields

PANICS = "The driver reads the key when it is built: the registry panics at start."


@check("gcs.credentials", needs=["storage.driver"], drivers=["gcs"], stages=(START, GC))
def credentials(config: Config) -> Iterator[Finding]:
    """The key is that of a service account.

    `keyfile` names a file with the key as Google hands it out; from 2.7 on its fields may stand in the config
    instead, as `credentials`, which counts only without `keyfile`. Both are read when the driver is built: a file
    that cannot be read or is no service account's key ends the start. Whether the key is still valid shows only at
    the first request. With neither of the two, the driver looks for default credentials at start.
    """
    keyfile = config.parameter("keyfile")
    if keyfile.given:
        yield from _file(keyfile)
    elif config.parameters.reads("credentials") and config.parameter("credentials").given:
        parameter = config.parameter("credentials")
        if not parameter.wanted and isinstance(parameter.value, dict):
            yield from _map(config, parameter, dict(parameter.value))
    else:
        yield from _default(config)


def _file(keyfile: Parameter) -> Iterator[Finding]:
    path = keyfile.text
    try:
        with open(path, "rb") as file:
            trouble = trouble_with(file.read(MOST))
    except (OSError, ValueError) as error:
        trouble = f"cannot be read here ({getattr(error, 'strerror', None) or error})"
    if trouble:
        yield blocker(
            what=f"The key file {path} {trouble}.",
            why=PANICS + " Every container that uses this config, the one for garbage collection too, needs the file.",
            fix="Put the key (JSON) of a service account there, readable for the registry's user, or correct the path.",
            where=keyfile.path,
            breaks=EVERY_STAGE,
        )


def _map(config: Config, parameter: Parameter, fields: dict[str, object]) -> Iterator[Finding]:
    nested = next((key for key, value in fields.items() if isinstance(value, dict)), "")
    if any(key.startswith("\0") for key in fields):
        trouble = "has a key that is no text"
    elif nested:
        trouble = f"has a map for {nested}"
    else:
        trouble = trouble_with_fields(fields)
    # The library of 2.x reads fewer fields, so a number for one of the others does no harm there.
    if trouble.endswith("that is no text") and config.release.major < 3 and "client_id" in trouble:
        trouble = ""
    if trouble:
        yield blocker(
            what=f"credentials {trouble}.",
            why=PANICS,
            fix="Copy every field of the service account's key, numbers in quotes.",
            where=parameter.path,
            breaks=EVERY_STAGE,
        )
    elif missing := lacks(fields):
        yield blocker(
            what=f"credentials has no {' and no '.join(missing)}.",
            why="The driver starts with it and cannot get a token: every request fails.",
            fix="Copy every field of the service account's key.",
            where=parameter.path,
            breaks=(PUSH, PULL, DELETE, GC),
        )


def _default(config: Config) -> Iterator[Finding]:
    """Default credentials: a file that a variable names, or what only the machine knows."""
    path = config.environment.get("GOOGLE_APPLICATION_CREDENTIALS")
    if not path:
        raise NeedsNetwork(
            "without keyfile and credentials the gcs driver looks for default credentials when it starts"
        )
    try:
        with open(path, "rb") as file:
            content = file.read(MOST)
    except OSError as error:
        yield blocker(
            what=f"GOOGLE_APPLICATION_CREDENTIALS names {path}, which cannot be read here ({error.strerror}).",
            why=PANICS,
            fix="Name a readable file, or set storage.gcs.keyfile.",
            where=config.where("storage.gcs")._replace(variable="GOOGLE_APPLICATION_CREDENTIALS"),
            breaks=EVERY_STAGE,
        )
        return
    if trouble_with(content) in ("is not JSON", "is empty"):
        yield blocker(
            what=f"GOOGLE_APPLICATION_CREDENTIALS names {path}, which {trouble_with(content)}.",
            why=PANICS,
            fix="Name a file with credentials as Google's tools write it, or set storage.gcs.keyfile.",
            where=config.where("storage.gcs")._replace(variable="GOOGLE_APPLICATION_CREDENTIALS"),
            breaks=EVERY_STAGE,
        )
