"""`s3.bucket`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Parameter, blocker, check, note, warning

from ._store import REQUESTS, at_amazon, in_host_names, path_of

LATER = "The registry starts, since it does not look at the bucket then; every push and pull fails."


@check("s3.bucket", needs=["storage.driver"], drivers=["s3", "s3goamz"])
def bucket(config: Config) -> Iterator[Finding]:
    """The bucket is the name of a bucket, and nothing more.

    A folder inside the bucket belongs into `rootdirectory`, an address into `regionendpoint`. The driver takes any
    text that is not empty and uses it as it is: a slash is sent as %2F (2.8.2, seen), so the store sees one odd name.
    Amazon's names have 3 to 63 lower-case letters, digits, hyphens and dots; only old ones in us-east-1 have more
    freedom.
    """
    parameter = config.parameter("bucket")
    name = parameter.text
    if not name:
        return
    if name.strip() != name or name[0] in "\"'":
        return  # config.stray-characters tells
    if "/" in name or name.startswith("arn:"):
        yield _address(config, parameter)
    elif at_amazon(config):
        yield from _at_amazon(config, parameter)
    elif not in_host_names(name):
        yield warning(
            what=f"{name!r} breaks the rules for names of buckets.",
            why="Most stores refuse to make such a bucket, so it will hardly be there: the registry starts, and"
            " pushes fail.",
            fix="Write the name as the store shows it: 3 to 63 lower-case letters, digits, hyphens and dots.",
            where=parameter.path,
        )


def _address(config: Config, parameter: Parameter) -> Finding:
    """A bucket that came with something around it. An ARN of an access point is left to the store from 3.0 on."""
    name = parameter.text
    root = path_of(config, "rootdirectory")
    amazon = at_amazon(config)
    if name.startswith("arn:"):
        if config.release.major >= 3 and ":accesspoint" in name:
            return warning(
                what="The bucket is the ARN of an access point.",
                why="The library of 3.x takes those, but the copy at the end of each push was not made for them;"
                " nobody has proved it with a registry.",
                fix="Use the alias of the access point, or the bucket itself.",
                where=parameter.path,
            )
        name = name.rpartition(":")[2]
        what = "The bucket is an ARN."
    elif "://" in name:
        name = name.partition("://")[2]
        what = "The bucket is an address."
    else:
        what = f"The bucket {name!r} holds a slash."
    first, _, folder = name.strip("/").partition("/")
    return blocker(
        what=what,
        why=LATER,
        fix=f"Set {parameter.path}: {first}" + (f" and {root}: {folder}" if folder else ""),
        where=parameter.path,
        breaks=REQUESTS if amazon or (config.release.major >= 3 and parameter.text.startswith("arn:")) else (),
    )


def _at_amazon(config: Config, parameter: Parameter) -> Iterator[Finding]:
    name = parameter.text
    # Before March 2018 us-east-1 took up to 255 characters, upper case and underscores.
    old = (
        config.parameter("region").text == "us-east-1"
        and 3 <= len(name) <= 255
        and name.replace("_", "a").replace("-", "a").replace(".", "a").isalnum()
    )
    if name.endswith((".amazonaws.com", ".amazonaws.com.cn")):
        yield warning(
            what=f"The bucket {name!r} holds the name of Amazon's host as well.",
            why="The driver puts the host behind it once more, and most likely there is no such bucket. " + LATER,
            fix=f"Set {parameter.path}: {name.partition('.s3')[0]}",
            where=parameter.path,
        )
    elif not in_host_names(name):
        say = warning if old and name.isascii() else blocker
        yield say(
            what=f"{name!r} cannot be the name of a bucket at Amazon"
            + (", unless it is an old one in us-east-1." if say is warning else "."),
            why="There are 3 to 63 characters in a name: lower-case letters, digits, hyphens and dots, a letter or"
            " digit at both ends. " + LATER,
            fix="Write the name as the console shows it.",
            where=parameter.path,
            breaks=REQUESTS if say is blocker else (),
        )
    elif "." in name and config.parameter("secure").value is not False:
        yield note(
            what=f"The bucket's name {name} has a dot in it.",
            why="Amazon's certificate does not cover it as part of a host name, so requests carry it in the path;"
            " transfer acceleration is not to be had.",
            fix="Nothing, unless acceleration is wanted: then use a bucket without dots.",
            where=parameter.path,
        )
