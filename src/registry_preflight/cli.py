"""The command line: arguments and exit codes, no logic."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

READY, NOT_READY, COULD_NOT_BEGIN, UNDETERMINED, INTERRUPTED = 0, 1, 2, 3, 130

EPILOGUE = """\
exit codes: 0 ready; 1 not ready; 2 could not begin; 3 undetermined;
            130 interrupted, after cleaning up
"""


def entry() -> None:
    """The console script: `main`, then the end of the process without the interpreter's own clearing up.

    Collecting garbage while modules are imported, and taking every object apart at the end, would cost a tenth of a run.
    """
    gc.disable()
    code = main()
    with suppress(OSError):  # nobody is left to read it
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and answer its exit code; 2 for arguments that make no sense."""
    given = sys.argv[1:] if arguments is None else arguments
    from registry_preflight import commands
    from registry_preflight.config.libyaml import prefer_alone
    from registry_preflight.plugins import BrokenInstallation

    prefer_alone()
    try:
        parsed = build_parser(_formats() if "check" in given else {}).parse_args(given)
        return int(getattr(commands, parsed.command)(parsed))
    except commands.CannotBegin as reason:
        print(f"registry-preflight: {reason}", file=sys.stderr)
        return COULD_NOT_BEGIN
    except BrokenInstallation as reason:
        print(f"registry-preflight: this installation is broken ({reason}); install it anew.", file=sys.stderr)
        return COULD_NOT_BEGIN
    except KeyboardInterrupt:
        print("registry-preflight: interrupted; what the run had written has been removed.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough, as `head` does; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_BEGIN


def _formats() -> dict[str, str]:
    """Name and title of every installed report format that may be asked for."""
    from registry_preflight.plugins import load_formats

    formats, _ = load_formats()
    return {name: format.title for name, format in formats.items() if name != "terminal"}


def build_parser(formats: dict[str, str]) -> argparse.ArgumentParser:
    """The parser of all commands; `check` has an option for each of `formats`, a title by name."""
    import argparse

    class Parser(argparse.ArgumentParser):
        """Help 80 columns wide everywhere: asking for the terminal's width would import more than the program itself."""

        def __init__(self, **options: object) -> None:
            options["formatter_class"] = lambda prog: argparse.RawDescriptionHelpFormatter(
                prog, max_help_position=28, width=80
            )
            super().__init__(**options)  # type: ignore[arg-type]

    parser = Parser(
        prog="registry-preflight",
        description="Foretell what a container registry will do with a proposed storage config, and how to fix it.",
        epilog=EPILOGUE,
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_check(commands, formats)
    commands.add_parser("list", help="the installed checks: id, title, what each touches")
    explain = commands.add_parser(
        "explain", help="a check's page, or a setting's: what it is, why it matters, how to fix"
    )
    explain.add_argument(
        "id", metavar="ID", help="a check's id such as storage.driver, or a setting such as s3.chunksize"
    )
    effective = commands.add_parser(
        "effective", help="the config as the registry will see it, and where each value came from"
    )
    effective.add_argument("config", metavar="CONFIG", help="the config file, - for standard input")
    effective.add_argument("--defaults", action="store_true", help="also the defaults of settings that nobody gave")
    _add_registry(effective)
    cleanup = commands.add_parser("cleanup", help="remove what an interrupted run left behind")
    cleanup.add_argument("config", metavar="CONFIG", help="the config file, - for standard input")
    _add_registry(cleanup)
    _add_user(cleanup)
    schema = commands.add_parser("schema", help="a JSON Schema: of the report, or of the config")
    schema.add_argument("of", choices=("report", "config"))
    schema.add_argument(
        "--for", dest="target", metavar="TARGET", default="registry-2.8", help="the release (of config)"
    )
    return parser


def _version() -> str:
    from registry_preflight.version import VERSION

    return f"registry-preflight {VERSION}"


def _add_check(commands: argparse._SubParsersAction[Any], formats: dict[str, str]) -> None:
    check = commands.add_parser(
        "check", help="foretell start, push, pull, delete and gc with this config", epilog=EPILOGUE
    )
    check.add_argument(
        "configs", metavar="CONFIG", nargs="+", help="config.yml or its storage section, - for standard input"
    )
    _add_registry(check)
    check.add_argument(
        "--offline", action="store_true", help="nothing but the config and the files it names is looked at"
    )
    check.add_argument("--read-only", action="store_true", help="nothing is written")
    check.add_argument("--select", metavar="ID", action="append", default=[], help="only these checks, by id or prefix")
    check.add_argument(
        "--skip", metavar="ID", action="append", default=[], help="all but these checks, by id or prefix"
    )
    check.add_argument(
        "--ntp", metavar="SERVER", help="compare this machine's clock with a time server, HOST or HOST:PORT"
    )
    check.add_argument(
        "--min-free", metavar="SIZE", default="10GiB", help="free space that the storage must have (10GiB)"
    )
    _add_user(check)
    check.add_argument(
        "--deadline", metavar="SECONDS", type=float, default=60.0, help="the longest that a config may take (60)"
    )
    check.add_argument("--fail-on", choices=("warning",), help="a warning, too, makes the config not ready")
    check.add_argument("--quiet", action="store_true", help="the verdict and the blockers only, a line each")
    check.add_argument("--no-color", action="store_true", help="no colours (as with NO_COLOR)")
    check.set_defaults(formats=formats)
    for name, title in formats.items():
        check.add_argument(
            f"--{name}", dest=f"to_{name.replace('-', '_')}", metavar="FILE", help=f"{title} (- for standard output)"
        )


def _add_user(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-user", metavar="UID[:GID]", help="the user that the registry will run as")


def _add_registry(parser: argparse.ArgumentParser) -> None:
    """Which registry, in which environment."""
    parser.add_argument(
        "--for",
        dest="target",
        metavar="TARGET",
        default="registry-2.8",
        help="the release that will read it (registry-2.8)",
    )
    parser.add_argument(
        "--env-file",
        metavar="FILE",
        action="append",
        default=[],
        help="the registry's environment, as Docker reads such a file",
    )
    parser.add_argument(
        "--env", metavar="NAME=VALUE", action="append", default=[], help="one variable of the registry's environment"
    )
    parser.add_argument("--no-env", action="store_true", help="leave this process's REGISTRY_ variables out")


if __name__ == "__main__":
    entry()
