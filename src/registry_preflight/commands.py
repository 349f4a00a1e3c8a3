"""What each command of the command line does; `check` has a module of its own."""

from __future__ import annotations

import sys

from registry_preflight.inputs import CannotBegin, registry_environment, source_text, target_release
from registry_preflight.lean import TYPE_CHECKING
from registry_preflight.words import nearest

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from typing import Protocol

    from registry_preflight.check import Check

    class Storage(Protocol):
        """What `cleanup` asks of a handle."""

        def leftovers(self) -> Sequence[str]:
            """Names of what interrupted runs left."""

        def clean_up(self) -> Sequence[str]:
            """Remove it; a line `NAME: REASON` for each that stayed."""

        def close(self) -> None:
            """Let go of what the handle holds."""


#: The handles of the drivers that runs write to: module and name.
_WRITTEN_TO = {
    "filesystem": ("filesystem", "FilesystemStorage"),
    "s3": ("s3", "S3Storage"),
    "swift": ("swift", "SwiftStorage"),
    "azure": ("azure", "AzureStorage"),
}


def check(arguments: Namespace) -> int:
    """`check CONFIG...`: the exit code of the verdicts."""
    from registry_preflight.checking import check_all

    return check_all(arguments)


def demo(arguments: Namespace) -> int:
    """`demo`: two runs against servers that live as long as it does."""
    from registry_preflight.demo import show

    return show(arguments.output, no_color=arguments.no_color)


def list(arguments: Namespace) -> int:
    """`list`: a line for each installed check."""
    from registry_preflight.plugins import load_checks

    checks, plugins = load_checks()
    width = max((len(one.id) for one in checks), default=0)
    lines = [
        f"{one.id:<{width}}  {one.touches.value:<7}  {one.title}{_by(one)}"
        for one in sorted(checks, key=lambda one: one.id)
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    for plugin in plugins:
        if plugin.error:
            print(
                f"registry-preflight: {plugin.name} {plugin.version} could not be loaded: {plugin.error}.",
                file=sys.stderr,
            )
    return 0


def _by(one: Check) -> str:
    return f" (from {one.plugin})" if one.plugin else ""


def explain(arguments: Namespace) -> int:
    """`explain ID`: the page of a check or of a setting."""
    from registry_preflight.deferred import real
    from registry_preflight.pages import check_page, setting_names, setting_page
    from registry_preflight.plugins import load_checks

    checks, _ = load_checks()
    wanted: str = arguments.id
    one = next((one for one in checks if wanted == one.id or wanted in one.aliases), None)
    page = check_page(real(one)) if one else setting_page(wanted)
    if page is None:
        ids = [one.id for one in checks]
        area = [id for id in ids if id.startswith(wanted.rstrip(".") + ".")]
        settings = setting_names()
        near = nearest(wanted, [*ids, *settings, *(name.removeprefix("storage.") for name in settings)])
        hint = (
            f"did you mean {near}?"
            if near
            else f"its checks are {', '.join(area)}."
            if area
            else "`registry-preflight list` shows the ids."
        )
        raise CannotBegin(f"there is no check and no setting called {wanted!r}; {hint}")
    sys.stdout.write(page)
    return 0


def effective(arguments: Namespace) -> int:
    """`effective CONFIG`: each value with its origin, as YAML-like lines; 1 where the registry could not read the config."""
    from registry_preflight.config.effective import Config
    from registry_preflight.config.listing import effective_values
    from registry_preflight.config.options import Options
    from registry_preflight.pages import effective_lines

    to = target_release(arguments.target)
    config = Config(
        source_text(arguments.config), registry_environment(arguments), to, arguments.config, Options(offline=True)
    )
    for line in effective_lines(config, effective_values(config, defaults=arguments.defaults)):
        print(line)
    for problem in config.problems:
        where = config.resolve(problem.where)
        place = where.variable or ":".join(
            str(part) for part in (arguments.config, where.line, where.column) if part is not None
        )
        print(f"registry-preflight: {place}: {config.secrets.mask(problem.what)} {problem.fix}", file=sys.stderr)
    return 1 if config.problems else 0


def policy(arguments: Namespace) -> int:
    """`policy CONFIG`: the least rights on standard output, what each is for on standard error."""
    from registry_preflight.config.effective import Config
    from registry_preflight.config.options import Options
    from registry_preflight.policies import policy_text

    to = target_release(arguments.target)
    config = Config(
        source_text(arguments.config), registry_environment(arguments), to, arguments.config, Options(offline=True)
    )
    written = policy_text(config, arguments.format, arguments.principal)
    for remark in written.remarks:
        print(config.secrets.mask(remark), file=sys.stderr)
    sys.stdout.write(written.text)
    return 0


def cleanup(arguments: Namespace) -> int:
    """`cleanup CONFIG`: a line for each thing that was removed; 1 where something could not be."""
    from registry_preflight.config.effective import Config
    from registry_preflight.config.options import Options
    from registry_preflight.inputs import user_and_group

    to = target_release(arguments.target)
    options = Options(as_user=user_and_group(arguments.as_user))
    config = Config(source_text(arguments.config), registry_environment(arguments), to, arguments.config, options)
    if config.family not in _WRITTEN_TO:
        named = f"the {config.driver} driver" if config.driver else "a config without a driver that can be read"
        written_to = " and ".join(_WRITTEN_TO)
        raise CannotBegin(
            f"{arguments.config}: runs leave nothing behind with {named}; only {written_to} are written to so far."
        )
    from importlib import import_module

    from registry_preflight.ledger import Ledger
    from registry_preflight.run import new_run_id

    module, name = _WRITTEN_TO[config.family]
    storage: Storage = getattr(import_module(f"registry_preflight.storage.{module}"), name)(
        config, Ledger(), new_run_id()
    )
    try:
        found, stayed = storage.leftovers(), storage.clean_up()
    finally:
        storage.close()
    for path in found:
        if not any(line.startswith(f"{path}: ") for line in stayed):
            print(f"removed {path}")
    for line in stayed:
        print(f"registry-preflight: {config.secrets.mask(line)}", file=sys.stderr)
    if not found and not stayed:
        print("nothing to remove")
    return 1 if stayed else 0


def schema(arguments: Namespace) -> int:
    """`schema report|config`: a JSON Schema on standard output."""
    import json

    if arguments.of == "report":
        from registry_preflight.schema import report_schema

        made = report_schema()
    else:
        from registry_preflight.config.json_schema import config_schema

        made = config_schema(target_release(arguments.target))
    sys.stdout.write(json.dumps(made, indent=2) + "\n")
    return 0


__all__ = ["CannotBegin", "check", "cleanup", "effective", "explain", "list", "policy", "schema"]
