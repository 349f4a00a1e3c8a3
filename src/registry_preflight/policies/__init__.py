"""`registry-preflight policy`: the least rights that a config needs, one module for each driver that has something to grant.

A module is named after the driver's family and has `FORMATS`, the names that `--format` may have, and
`policy_text(config, format, principal)`, which answers a `Written`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

from registry_preflight.inputs import CannotBegin

if TYPE_CHECKING:
    from collections.abc import Callable

    from registry_preflight.config.effective import Config

#: The drivers that there is a module for.
DRIVERS = ("azure", "s3", "swift")


class Written(NamedTuple):
    """A policy's text in one format, and sentences that explain it to a person."""

    text: str
    remarks: tuple[str, ...] = ()


def policy_text(config: Config, format: str, principal: str | None) -> Written:
    """The rights in a format. Raises `CannotBegin` where there are none to write for this config."""
    if config.problems:
        raise CannotBegin(f"{config.source}: the registry can't read this config: {config.problems[0].what}")
    if config.family not in DRIVERS:
        named = f"the {config.driver} driver" if config.driver else "a config without a storage driver"
        raise CannotBegin(f"{config.source}: no policy can be written for {named}; it can for {', '.join(DRIVERS)}.")
    module = import_module(f"registry_preflight.policies.{config.family}")
    formats = cast("tuple[str, ...]", module.FORMATS)
    format = format or formats[0]
    if format not in formats:
        raise CannotBegin(f"--format {format}: for {config.driver} it is one of {', '.join(formats)}.")
    write = cast("Callable[[Config, str, str | None], Written]", module.policy_text)
    return write(config, format, principal)
