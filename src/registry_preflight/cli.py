"""The command line: arguments and exit codes, no logic."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence

from registry_preflight.bundle import import_first
from registry_preflight.lean import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import argparse

READY, NOT_READY, COULD_NOT_BEGIN, UNDETERMINED, INTERRUPTED = 0, 1, 2, 3, 130

DEFAULT = "registry-2.8"

EPILOGUE = """\
exit codes: 0 ready; 1 not ready; 2 could not begin; 3 undetermined;
            130 interrupted, after cleaning up
"""


def entry() -> None:
    """The console script: `main`, then the end of the process without the interpreter's own clearing up.

    Collecting garbage while modules are imported, and taking every object apart at the end, would cost a tenth of a run.
    """
    gc.disable()
    if sys.argv[1:2] == ["check"]:
        import_first()
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # whoever closed it wants the exit code alone
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # it is open to the end
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody is left to read it
        pass
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and answer its exit code; 2 for arguments that make no sense."""
    given = sys.argv[1:] if arguments is None else arguments
    from registry_preflight import commands
    from registry_preflight.config.libyaml import prefer_alone
    from registry_preflight.plugins import BrokenInstallation

    prefer_alone()
    try:
        parsed = _plainly_read(given) or build_parser(given).parse_args(given)
        return int(getattr(commands, parsed.command)(parsed))
    except commands.CannotBegin as reason:
        print(f"registry-preflight: {reason}", file=sys.stderr)
        return COULD_NOT_BEGIN
    except BrokenInstallation as reason:
        print(f"registry-preflight: this installation is broken ({reason}); install it anew.", file=sys.stderr)
        return COULD_NOT_BEGIN
    except KeyboardInterrupt as interrupt:
        left = getattr(interrupt, "left_behind", ())
        for line in left:
            print(f"registry-preflight: left behind: {line}", file=sys.stderr)
        how = "what is named above could not be removed" if left else "whatever the run had written has been removed"
        print(f"registry-preflight: interrupted; {how}.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough, as `head` does; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_BEGIN
    # It gets no exit code of a verdict, no traceback, and no text of an exception, which may hold a secret.
    except Exception as fault:  # a fault of our own
        print(f"registry-preflight: {_own_fault(fault)}", file=sys.stderr)
        return COULD_NOT_BEGIN


def _own_fault(fault: Exception) -> str:
    """Where the program broke, for a report of the fault."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else "an unknown place"
    return f"this is a fault of the program itself ({type(fault).__name__} at {place}); nothing was foretold. Please report it."


def _plainly_read(given: Sequence[str]) -> argparse.Namespace | None:
    """The arguments of a plain command line, read without argparse."""
    if not given or given[0] not in COMMANDS:
        return None
    from registry_preflight.arguments import Options

    options = Options()
    COMMANDS[given[0]][1](cast("argparse.ArgumentParser", options))
    return options.read(given[0], given[1:])


def build_parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The parser for these arguments: of all commands, the one that they name has its options."""
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
    wanted = next((word for word in given if word in COMMANDS), "")
    for name, (help, add_options) in COMMANDS.items():
        command = commands.add_parser(name, help=help, epilog=EPILOGUE if name == "check" else None)
        if name == wanted:
            add_options(command)
    return parser


def _version() -> str:
    from registry_preflight.version import VERSION

    return f"registry-preflight {VERSION}"


def _check(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("configs", metavar="CONFIG", nargs="+", help="config.yml or its storage section, - for standard input")
    _add_registry(parser)
    add("--offline", action="store_true", help="nothing but the config and the files it names is looked at")
    add("--read-only", action="store_true", help="nothing is written")
    add("--select", metavar="ID", action="append", default=[], help="only these checks, by id or prefix")
    add("--skip", metavar="ID", action="append", default=[], help="all but these checks, by id or prefix")
    add("--ntp", metavar="SERVER", help="compare this machine's clock with a time server, HOST or HOST:PORT")
    add("--min-free", metavar="SIZE", default="10GiB", help="free space that the storage must have (10GiB)")
    _add_user(parser)
    add(
        "--iam-policy",
        metavar="[KIND=]FILE",
        action="append",
        default=[],
        help="prove this policy of the registry's identity; KIND is identity, bucket, boundary, scp or session",
    )
    add("--iam-principal", metavar="ARN", help="who that identity is, as bucket policies name it")
    add("--deadline", metavar="SECONDS", type=float, default=60.0, help="the longest that a config may take (60)")
    add("--fail-on", choices=("warning",), help="a warning, too, makes the config not ready")
    add("--quiet", action="store_true", help="the verdict and the blockers only, a line each")
    add("--no-color", action="store_true", help="no colours (as with NO_COLOR)")
    from registry_preflight.plugins import load_formats

    formats = {name: format.title for name, format in load_formats()[0].items() if name != "terminal"}
    parser.set_defaults(formats=formats)
    for name, title in formats.items():
        dest = f"to_{name.replace('-', '_')}"
        add(f"--{name}", dest=dest, metavar="FILE", help=f"{title} (- for standard output)")


def _list(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "id", metavar="ID", help="a check's id such as storage.driver, or a setting such as s3.chunksize"
    )


def _effective(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("config", metavar="CONFIG", help="the config file, - for standard input")
    parser.add_argument("--defaults", action="store_true", help="also the defaults of settings that nobody gave")
    _add_registry(parser)


def _policy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("config", metavar="CONFIG", help="the config file, - for standard input")
    parser.add_argument(
        "--format",
        choices=("iam", "terraform", "aws-cli", "openstack", "swift", "az", "role", "all"),
        default="",
        help="how it is written (iam for S3; openstack for Swift; az for Azure)",
    )
    parser.add_argument(
        "--principal",
        metavar="ARN",
        help="a policy of the bucket, for this identity; for Swift the user as an ACL names it, for Azure its id",
    )
    _add_registry(parser)


def _cleanup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("config", metavar="CONFIG", help="the config file, - for standard input")
    _add_registry(parser)
    _add_user(parser)


def _schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("of", choices=("report", "config"))
    parser.add_argument("--for", dest="target", metavar="TARGET", default=DEFAULT, help="the release (of config)")


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", metavar="DIR", default=".", help="where the two HTML reports go (here)")
    parser.add_argument("--no-color", action="store_true", help="no colours (as with NO_COLOR)")


def _add_user(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-user", metavar="UID[:GID]", help="the user that the registry will run as")


def _add_registry(parser: argparse.ArgumentParser) -> None:
    """Which registry, in which environment."""
    parser.add_argument(
        "--for",
        dest="target",
        metavar="TARGET",
        default=DEFAULT,
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


#: Each command with its line of help and what adds its options.
COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "check": ("foretell start, push, pull, delete and gc with this config", _check),
    "list": ("the installed checks: id, title, what each touches", _list),
    "explain": ("a check's page, or a setting's: what it is, why it matters, how to fix", _explain),
    "policy": ("the least rights on its storage that this config needs", _policy),
    "effective": ("the config as the registry will see it, and where each value came from", _effective),
    "cleanup": ("remove what an interrupted run left behind", _cleanup),
    "demo": ("broken and mended configs against storage that is started for it", _demo),
    "schema": ("a JSON Schema: of the report, or of the config", _schema),
}

if __name__ == "__main__":
    entry()
