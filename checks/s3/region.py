"""`s3.region`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, Parameter, blocker, check, nearest, warning

from ._store import REGIONS, REQUESTS, at_amazon, endpoint, path_of


@check("s3.region", needs=["storage.driver"], drivers=["s3", "s3goamz"], stages=(START, GC))
def region(config: Config) -> Iterator[Finding]:
    """The region is a region, and one that this release knows.

    The driver compares it with a list that was fixed when the release was built: 12 regions in 2.5, 18 in 2.7 and
    2.8, 37 in 3.1. A younger region stops the start, unless an endpoint is given: then nothing is compared. The
    region is part of each signature, so with an endpoint it has to be the one that the store expects. From 3.0 on it
    may be left out beside an endpoint, and then the signature carries the text `<nil>` (3.1.1, seen).
    """
    parameter = config.parameter("region")
    if parameter.wanted:
        yield from _refused(config, parameter)
    elif endpoint(config) is None:
        return  # a missing one is for storage.required to tell
    elif parameter.raw is None or parameter.raw == "":
        if config.release.fact("region_may_be_absent"):
            yield _none(config, parameter)
    elif any(letter < " " or letter == "\x7f" for letter in parameter.text.replace("\t", "")):
        yield blocker(
            what=f"The region {parameter.text!r} holds a line end or another control character.",
            why="The registry starts, and then sends nothing: Go's library takes no such character into the header"
            " that signs a request.",
            fix="Write the region's short name on the line of its key, without a block (|).",
            where=parameter.path,
            breaks=REQUESTS,
        )
    elif any(letter in " /\t\"'" for letter in parameter.text):
        yield warning(
            what=f"The region {parameter.text!r} holds a character that breaks the scope of the signature.",
            why="The registry starts, and the store most likely refuses every request.",
            fix="Write the region's short name, such as us-east-1.",
            where=parameter.path,
        )
    elif "." in parameter.text:
        yield warning(
            what=f"The region {parameter.text!r} looks like a host name.",
            why="It becomes part of every signature; a store that checks its region refuses that.",
            fix=f"Leave the address in {path_of(config, 'regionendpoint')} and write the region's short name.",
            where=parameter.path,
        )


def _refused(config: Config, parameter: Parameter) -> Iterator[Finding]:
    """Why the release knows no such region, where more can be said than that."""
    given = str(parameter.raw)
    if given in REGIONS:
        refusing = config.parameters.releases_that_refuse(parameter)
        yield blocker(
            what=f"{config.release.name} does not know the region {given}: it is younger than the release's list.",
            why="The registry panics at start.",
            fix=f"Set {path_of(config, 'regionendpoint')}:"
            f" https://s3.{given}.amazonaws.com{'.cn' if given.startswith('cn-') else ''} (then the region is not"
            " compared), or use a later release."
            if config.family == "s3"
            else "Use the s3 driver of a later release.",
            where=parameter.path,
            breaks=EVERY_STAGE,
            releases=refusing,
        )
    elif ("." in given or "/" in given) and " " not in given:
        yield _address(config, parameter, given)
    else:
        near = nearest(given, REGIONS)
        yield blocker(
            what=f"{config.release.name} knows no region {given!r}.",
            why="The registry panics at start while it builds its storage driver.",
            fix=f"Set {parameter.path}: {near}"
            if near
            else "Write the region of the bucket, such as us-east-1, or for"
            f" another store its address as {path_of(config, 'regionendpoint')}: then the region is not compared.",
            where=parameter.path,
            breaks=EVERY_STAGE,
            releases=config.parameters.releases_that_refuse(parameter),
        )


def _address(config: Config, parameter: Parameter, given: str) -> Finding:
    hidden = next((part for part in given.replace("/", ".").split(".") if part in REGIONS), "")
    fix = f"Set {parameter.path}: {hidden or 'us-east-1 or the region of the bucket'}."
    if not hidden and config.family == "s3":
        fix += f" An address of a store belongs into {path_of(config, 'regionendpoint')}."
    return blocker(
        what=f"The region {given!r} is an address.",
        why="The registry panics at start: a region is a short name.",
        fix=fix,
        where=parameter.path,
        breaks=EVERY_STAGE,
    )


def _none(config: Config, parameter: Parameter) -> Finding:
    # For an empty text the library takes its own variables, or with AWS_SDK_LOAD_CONFIG its files (session.go).
    elsewhere = any(config.environment.get(name) for name in ("AWS_REGION", "AWS_SDK_LOAD_CONFIG"))
    unsent = parameter.raw == "" and not elsewhere
    return blocker(
        what="There is no region beside the endpoint.",
        why=f"{config.release.name} starts and signs with "
        + (
            "no region, for which the AWS library refuses to send a request"
            if unsent
            else "what its library finds elsewhere"
            if parameter.raw == ""
            else "the text <nil> for a region"
        )
        + "; a store that checks it refuses every request, and 2.x releases do not start on this config.",
        fix=f"Set {path_of(config, 'region')} to the store's region; most stores take us-east-1.",
        where=path_of(config, "region") if parameter.given else path_of(config, "regionendpoint"),
        breaks=REQUESTS if at_amazon(config) or unsent else (),
    )
