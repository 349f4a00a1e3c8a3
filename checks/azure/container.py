"""`azure.container`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import GC, START, Config, Finding, blocker, check, warning

from ._account import broken, when

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
SPECIAL = ("$root", "$web", "$logs")


@check("azure.container", needs=["storage.driver"], drivers=["azure"], stages=(START, GC))
def container(config: Config) -> Iterator[Finding]:
    """The container is the name of a container, not its address.

    A name has 3 to 63 lower-case letters, digits and single hyphens, with a letter or digit at both ends. The service
    refuses any other with a bad request. Up to 2.8 the driver asks for the container when it is built, so that stops
    the start; from 3.0 on the registry starts, calls itself healthy, and fails at the first push.
    """
    parameter = config.parameter("container")
    new = config.release.major >= 3  # which joins the parts of an address without minding slashes
    name = parameter.text.strip("/") if new else parameter.text.rstrip("/")
    if not name or parameter.wanted or name in SPECIAL:
        return
    if name != parameter.text:
        yield warning(
            what=f"container {parameter.text!r} {'begins or ends' if new else 'ends'} in a slash.",
            why="The driver leaves it out."
            if new
            else "It counts for the addresses of all blobs: their names begin with one slash more, so images that were"
            " pushed without it are not seen.",
            fix=f"Set {parameter.path}: {name}",
            where=parameter.path,
        )
    if 3 <= len(name) <= 63 and LETTERS.issuperset(name) and "--" not in name and name[0] != "-" != name[-1]:
        return
    if "://" in name or "/" in name:
        address = name.partition("://")[2] or name
        last = address.strip("/").rpartition("/")[2]
        what, fix = f"container {name!r} is an address or a path.", f"Set {parameter.path}: {last}"
    else:
        what = f"container {name!r} cannot be a name: one has 3 to 63 lower-case letters, digits and single hyphens."
        fix = "Write the name as the portal shows it."
    yield blocker(
        what=what,
        why="The service answers with a bad request. " + when(config),
        fix=fix,
        where=parameter.path,
        breaks=broken(config),
    )
