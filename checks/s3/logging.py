"""`s3.logging`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, warning

LEAKS = {
    "debugwithsigning": "the material of each signature",
    "debugwithhttpbody": "the bodies of requests and answers, layers included",
}
RELEASES = ("registry-3.0", "registry-3.1")


@check("s3.logging", when=("storage.*.loglevel",), needs=["storage.driver"], drivers=["s3"])
def logging(config: Config) -> Iterator[Finding]:
    """The AWS library logs what is wanted, and nothing that should stay private.

    `loglevel` exists from 3.0 on. A word that the driver does not know switches the log off without a word. Two of the
    levels write into the log what nobody should find there.
    """
    if "loglevel" not in (config.parameters.given or ()) or not config.parameters.reads("loglevel"):
        return
    parameter = config.parameter("loglevel")
    if not parameter.given or parameter.wanted or parameter.raw is None:
        return
    known = parameter.entry["values"]
    word = parameter.text.lower()
    if word in LEAKS:
        yield warning(
            what=f"loglevel {word} writes {LEAKS[word]} into the registry's log.",
            why="Whoever reads the log can read them, and the log grows with every layer.",
            fix=f"Set {parameter.path}: off once the fault is found.",
            where=parameter.path,
            releases=RELEASES,
        )
    elif parameter.raw is not False and isinstance(known, list) and word not in known:
        yield warning(
            what=f"{parameter.text!r} is no loglevel of the driver.",
            why="The driver takes it for off, so nothing is logged.",
            fix=f"Set {parameter.path} to one of {', '.join(known)}.",
            where=parameter.path,
            releases=RELEASES,
        )
