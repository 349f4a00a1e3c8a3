"""`filesystem.dtr`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Parameter, check, note, warning

PLACE = "/var/local/dtr/image-storage"
#: Its document spells the place in this way, too, two lines apart; on a host it has the hyphen.
OTHER = "/var/local/dtr/imagestorage"
ONLY = ("registry-2.5",)


@check("filesystem.dtr", needs=["storage.driver"], drivers=["filesystem"], releases=["registry-2.5"])
def dtr(config: Config) -> Iterator[Finding]:
    """In a Docker Trusted Registry the images lie on its own volume, and every replica sees them.

    Docker Trusted Registry takes a storage section, runs release 2.5 on it, and keeps its files in subdirectories of
    /var/local/dtr/image-storage. `rootdirectory` names one of them; the default /local means
    /var/local/dtr/image-storage/local. Elsewhere images would lie in a container and be lost with it. Its replicas do
    not copy images from one to another. All this is said only of a storage section by itself, or where a path of
    Docker Trusted Registry stands in the file: a registry of one's own has no such volume.
    """
    parameter = config.parameter("rootdirectory")
    path = parameter.text.rstrip("/")
    if config.form == "config" and not path.startswith("/var/local/dtr"):
        return
    yield from _place(parameter, path)
    yield note(
        what="Images lie in a file system, and Docker Trusted Registry does not copy them between replicas.",
        why="With several replicas on local volumes a pull works or fails depending on which one answers.",
        fix="With more than one replica, use NFS or a store such as S3 for all of them.",
        where=config.where(f"storage.{config.driver}", key=True),
        releases=ONLY,
    )


def _place(parameter: Parameter, path: str) -> Iterator[Finding]:
    if path.startswith(OTHER):
        yield warning(
            what=f"rootdirectory {path!r} has the place spelt without its hyphen.",
            why="The document of Docker Trusted Registry writes it both ways, but the files are in image-storage: the"
            " other is a directory outside its volume.",
            fix=f"Set {parameter.path}: {PLACE}{path.removeprefix(OTHER) or '/local'}",
            where=parameter.path,
            releases=ONLY,
        )
    elif path != "/local" and not path.startswith(PLACE + "/"):
        name = path.rpartition("/")[2]
        given = (
            f"rootdirectory {parameter.text!r} is no subdirectory of {PLACE}."
            if parameter.given
            else "There is no rootdirectory, which Docker Trusted Registry wants."
        )
        yield warning(
            what=given,
            why="Docker Trusted Registry keeps its files below that directory; elsewhere images lie in a container"
            " and are lost with it.",
            fix=f"Set {parameter.path}:"
            f" {PLACE}/{name if parameter.given and name and name != 'image-storage' else 'local'}",
            where=parameter.path,
            releases=ONLY,
        )
