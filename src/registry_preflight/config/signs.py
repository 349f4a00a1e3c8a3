"""What the reading of a config has noted, as marks that a check may name in its `when`: most configs have none of them."""

from __future__ import annotations

from registry_preflight.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry_preflight.config.effective import Config


def signs(config: Config) -> Iterator[str]:
    """The marks of a config.

    `!` and the kind of a problem (see `Problem`); `!driverless`: not exactly one driver, which the release has;
    `!section`: the file is no whole config; `!documents`: lines that may begin or end a document; `!twice`: a key that
    stands twice, perhaps in another case; `!unread`: a key that the release does not read.
    """
    for problem in config.problems:
        yield f"!{problem.kind}"
    if not config.driver_known or len(config.drivers) != 1:
        yield "!driverless"
    if config.form != "config":
        yield "!section"
    if b"\n---" in config.text or b"\n..." in config.text:
        yield "!documents"
    if config.reading.duplicates or config.parameters.folds_case:
        yield "!twice"
    from registry_preflight.config.reads import unread_keys  # it is a reader of configs itself

    if unread_keys(config):
        yield "!unread"
