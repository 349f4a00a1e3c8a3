"""`s3.root-directory`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, GC, PULL, PUSH, Config, Finding, blocker, check, note, warning


@check("s3.root-directory", when=("storage.*.rootdirectory",), needs=["storage.driver"], drivers=["s3", "s3goamz"])
def root_directory(config: Config) -> Iterator[Finding]:
    """The root directory is a plain prefix inside the bucket.

    Slashes at both ends do not count (2.8.2, seen). The registry adds docker/registry/v2 by itself. A step that is
    empty, `.` or `..` is lost from the addresses of objects, for the AWS library tidies them, and stays in the prefixes
    of listings: what was written is not found (2.8.2, seen), and `..` may lead out of the bucket. 3.x finds what it
    pulls without a listing, and its own uploads not.
    """
    parameter = config.parameter("rootdirectory")
    text = parameter.text
    if not text:
        return
    inner = text.strip("/")
    if "//" in inner or any(part in (".", "..") for part in inner.split("/")):
        yield blocker(
            what=f"rootdirectory {text!r} holds an empty step, a . or a ..",
            why="Listings ask for it as it stands, while addresses of objects are tidied by the library: what is"
            " written is not found again.",
            fix=f"Set {parameter.path} to a plain path such as registry/images.",
            where=parameter.path,
            breaks=(PUSH, DELETE, GC) if config.release.major >= 3 else (PUSH, PULL, DELETE, GC),
        )
    elif any(letter in inner for letter in "%?"):
        yield blocker(
            what=f"rootdirectory {text!r} holds a % or a ?.",
            why="A push ends with a copy, whose source the driver names unencoded and the store decodes: it looks for"
            " another object. So no image can be pushed there, and none be pulled.",
            fix=f"Set {parameter.path} to a plain path such as registry/images.",
            where=parameter.path,
            breaks=(PUSH, PULL, DELETE, GC),
        )
    elif "://" in text or any(letter in text for letter in "\\\n\r\t"):
        yield warning(
            what=f"rootdirectory {text!r} is no plain path.",
            why="It becomes the beginning of every key, as it is.",
            fix=f"Set {parameter.path} to a plain path such as registry/images.",
            where=parameter.path,
        )
    else:
        yield from _repeated(config, parameter.path, inner)


def _repeated(config: Config, path: str, inner: str) -> Iterator[Finding]:
    if (
        inner == "docker"
        or inner.endswith(("docker/registry", "docker/registry/v2"))
        or inner.startswith("docker/registry")
    ):
        yield warning(
            what=f"rootdirectory {inner!r} repeats a part of what the registry adds itself.",
            why="Keys begin with rootdirectory and then docker/registry/v2: the registry would not see what lies at"
            " docker/registry/v2 already.",
            fix=f"Remove {path} if the images lie at the top of the bucket.",
            where=path,
        )
    elif inner == config.parameter("bucket").text:
        yield note(
            what="rootdirectory is the name of the bucket.",
            why="It is a folder inside the bucket, not the bucket itself.",
            fix=f"Remove {path} if the images lie at the top of the bucket.",
            where=path,
        )
