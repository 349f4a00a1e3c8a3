"""The `check` command: several configs, several reports, one exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import tee

from registry_preflight.api import check_config
from registry_preflight.config.effective import Config
from registry_preflight.config.options import Options
from registry_preflight.config.tables import Release
from registry_preflight.format import Format, Reports, View
from registry_preflight.inputs import (
    CannotBegin,
    policy_sources,
    registry_environment,
    size_in_bytes,
    source_text,
    target_release,
    user_and_group,
)
from registry_preflight.lean import TYPE_CHECKING, signal
from registry_preflight.plan import matches
from registry_preflight.plugins import load_checks, load_formats
from registry_preflight.result import Report, Verdict
from registry_preflight.run import Crash, attempt

if TYPE_CHECKING:
    from argparse import Namespace
    from types import FrameType
    from typing import IO

    from registry_preflight.run import Run

EXIT_CODES = {Verdict.READY: 0, Verdict.NOT_READY: 1, Verdict.UNDETERMINED: 3}
_WORST_FIRST = (2, 1, 3, 0)


class Output:
    """Where one format goes: standard output, standard error or a file, which is put in its place only when it is whole.

    As a context it gives the stream to write to; an unfinished file is removed at its end.
    """

    def __init__(self, format: Format, path: str) -> None:
        self.format = format
        self.path = path
        self.whole = False
        self._target = os.path.realpath(path)  # where a link leads to, for the link is to stay
        self._part = _part_of(self._target)

    def __enter__(self) -> IO[str]:
        if self.path in ("-", "&2"):
            self._stream = sys.stdout if self.path == "-" else sys.stderr
            self._ours = self._replaces = False
        else:
            self._ours = True
            self._replaces = not os.path.exists(self.path) or os.path.isfile(self.path)
            place = self._part if self._replaces else self.path
            self._stream = open(place, "w", encoding="utf-8", newline="\n")  # closed below
        return self._stream

    def __exit__(self, kind: object, *rest: object) -> None:
        try:
            if self._ours:
                self._stream.close()  # raises where the disk is full
            elif kind is None:
                self._stream.flush()
            if self._replaces and self.whole and kind is None:
                os.replace(self._part, self._target)
        finally:
            if self._replaces and os.path.exists(self._part):
                os.unlink(self._part)


def check_all(arguments: Namespace) -> int:
    """Check every config and write every report; answer the worst exit code.

    Raises `CannotBegin` for arguments that make no sense, before anything is checked or written.
    """
    gc.freeze()  # the modules that are loaded by now will not become garbage
    gc.set_threshold(50_000, 20, 20)  # a config makes thousands of short-lived objects, and few of them in circles
    gc.enable()
    to = target_release(arguments.target)
    environment = registry_environment(arguments)
    options = _options(arguments)
    outputs = _outputs(arguments)
    _be_interruptible()
    codes: list[int] = []
    many = len(arguments.configs) > 1
    reports = _reports(arguments, environment, to, options, codes)
    if not many:
        # A single config that can't be read has no report: then no report is begun either.
        reports = iter(list(reports))
    if many or codes != [2]:
        for failure in _written(reports, outputs, arguments, many):
            print(f"registry-preflight: {failure}", file=sys.stderr)
            codes.append(2)
    return min(codes, key=_WORST_FIRST.index)


def _written(reports: Iterator[Report], outputs: Sequence[Output], arguments: Namespace, many: bool) -> list[str]:
    """Write all reports; what failed, a line each. A full disk may show only when a file is closed."""
    try:
        return _write(reports, outputs, arguments, many)
    except BrokenPipeError:
        raise
    except OSError as error:
        return [
            f"a report could not be written ({(error.strerror or str(error)).lower()}); free some space or choose another place."
        ]


def _reports(
    arguments: Namespace, environment: dict[str, str], to: Release, options: Options, codes: list[int]
) -> Iterator[Report]:
    progress = Progress(sys.stderr, len(arguments.configs), quiet=arguments.quiet)
    for source in arguments.configs:
        try:
            with _Alarm(options.deadline, _expire):
                text = source_text(source)
        except CannotBegin as reason:
            print(f"registry-preflight: {reason}", file=sys.stderr)
            codes.append(2)
            continue
        shown = "standard input" if source == "-" else source
        config = Config(text, environment, to, shown, options)
        progress.begin(shown)
        report = check_config(
            config,
            fail_on_warning=arguments.fail_on == "warning",
            effective=bool(_paths(arguments)),
            alarm=progress.around,
        )
        codes.append(EXIT_CODES[report.verdict])
        yield report


def _options(arguments: Namespace) -> Options:
    checks, _ = load_checks()
    for option, patterns in (("--select", arguments.select), ("--skip", arguments.skip)):
        for pattern in patterns:
            if not any(matches(check, pattern) for check in checks):
                raise CannotBegin(
                    f"{option} {pattern}: no installed check has this id or prefix; `registry-preflight list` shows them."
                )
    if not 0 < arguments.deadline <= 86_400:
        raise CannotBegin(f"--deadline {arguments.deadline:g}: give seconds, more than 0 and no more than a day.")
    return Options(
        min_free=size_in_bytes(arguments.min_free),
        as_user=user_and_group(arguments.as_user),
        ntp=arguments.ntp,
        offline=arguments.offline,
        read_only=arguments.read_only,
        deadline=arguments.deadline,
        select=tuple(arguments.select),
        skip=tuple(arguments.skip),
        iam_policies=policy_sources(arguments.iam_policy),
        iam_principal=_principal(arguments.iam_principal),
    )


def _principal(given: str | None) -> str | None:
    """Raises `CannotBegin` for what names no identity."""
    if given is not None:
        from registry_preflight.iam.principals import principal_of

        if principal_of(given) is None:
            raise CannotBegin(f"--iam-principal {given}: give an ARN such as arn:aws:iam::111122223333:user/registry.")
    return given


def _paths(arguments: Namespace) -> dict[str, str]:
    """Format to path, of every report that was asked for."""
    return {
        name: path
        for name in arguments.formats
        if (path := getattr(arguments, f"to_{name.replace('-', '_')}")) is not None
    }


def _outputs(arguments: Namespace) -> list[Output]:
    formats, _ = load_formats()
    paths = _paths(arguments)
    taken: dict[str, str] = {}
    for name, path in paths.items():
        real = path if path == "-" else os.path.realpath(path)
        if real in taken:
            raise CannotBegin(
                f"--{name} {path}: --{taken[real]} writes there already; give each report a file of its own."
            )
        taken[real] = name
        if path != "-":
            _writable(f"--{name} {path}", real, arguments.configs)
    outputs = [Output(formats[name], path) for name, path in paths.items()]
    # Standard output holds either the summary for people or one report, never both.
    return [Output(formats["terminal"], "&2" if "-" in paths.values() else "-"), *outputs]


def _writable(option: str, path: str, configs: Sequence[str]) -> None:
    folder = os.path.dirname(path) or "."
    if any(source != "-" and os.path.realpath(source) == path for source in configs):
        raise CannotBegin(f"{option}: this is the config itself; give the report another name.")
    if os.path.isdir(path):
        raise CannotBegin(f"{option}: this is a directory; give a file name.")
    if not os.path.isdir(folder):
        raise CannotBegin(f"{option}: the directory {folder} does not exist; make it first.")
    if not _takes_a_file(path):
        raise CannotBegin(f"{option}: this place can't be written to; choose another or mend its permissions.")


def _takes_a_file(path: str) -> bool:
    """Whether a report can be put there. Asking for permission is not enough: root may do anything, and yet not in /proc."""
    if os.path.exists(path) and not os.path.isfile(path):
        return os.access(path, os.W_OK)
    part = _part_of(path)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        os.unlink(part)
    except OSError:
        return False
    return os.access(path, os.W_OK) or not os.path.exists(path)


def _part_of(path: str) -> str:
    """Where a file is written before it takes its place."""
    return f"{path}.{os.getpid()}.part"


def _view(stream: IO[str], arguments: Namespace) -> View:
    terminal = stream.isatty()
    color = terminal and not arguments.no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = min(os.get_terminal_size(stream.fileno()).columns or 80, 100) if terminal else 80
    return View(
        width=width, color=color, quiet=arguments.quiet, unicode="utf" in str(getattr(stream, "encoding", "")).lower()
    )


def _write(reports: Iterator[Report], outputs: Sequence[Output], arguments: Namespace, many: bool) -> list[str]:
    """Feed all formats side by side, so that no more reports are held than the slowest of them needs; answer what failed.

    Raises `BrokenPipeError` where nobody reads the standard output any more.
    """
    failures: list[str] = []
    under_way: list[tuple[Output, IO[str], Iterator[str]]] = []

    def begin(waiting: Sequence[tuple[Output, Iterator[Report]]]) -> None:
        """Open every output inside the one before it, so that each is closed whatever becomes of the others."""
        if not waiting:
            while under_way:
                under_way[:] = [one for one in under_way if _write_one(*one, failures)]
            return
        (output, copy), *later = waiting
        with output as stream:
            view = _view(stream, arguments) if output.path in ("-", "&2") else View()
            under_way.append((output, stream, output.format.render(Reports(copy, many=many, view=view))))
            begin(later)

    begin(list(zip(outputs, tee(reports, len(outputs)), strict=True)))
    return failures


def _write_one(output: Output, stream: IO[str], chunks: Iterator[str], failures: list[str]) -> bool:
    """Write a format's next piece; whether there may be more."""
    chunk, crash = attempt(lambda: next(chunks, None))
    if crash:
        failures.append(
            f"--{output.format.name} {output.path}: the report format crashed ({crash}); nothing was written there."
        )
    try:
        if chunk is not None:
            stream.write(chunk)
            return True
    except BrokenPipeError:
        raise
    except OSError as error:
        failures.append(f"{output.path}: the report could not be written ({(error.strerror or str(error)).lower()}).")
        crash = Crash.of(error)
    output.whole = crash is None
    return False


def _be_interruptible() -> None:
    """Make a polite request to end the same as Ctrl-C: it cleans up."""

    def interrupt(signum: int, frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


def _expire(signum: int, frame: object) -> None:
    """End what blocks in the main thread, such as reading a pipe that nobody writes to."""
    raise TimeoutError


class Progress:
    """One line about what is going on, on a terminal only: rewritten in place, and gone before a report is written."""

    def __init__(self, stream: IO[str], configs: int, *, quiet: bool) -> None:
        self._stream = stream
        self._active = stream.isatty() and not quiet
        self._configs = configs
        self._begun = 0
        self._name = ""

    def begin(self, name: str) -> None:
        """Another config's turn has come."""
        self._begun += 1
        self._name = f"{self._begun} of {self._configs}: {name}" if self._configs > 1 else name

    def around(self, run: Run) -> _Alarm:
        """Watch a run, and ring at its deadline."""
        if not self._active:
            return _Alarm(run.seconds_left(), run.ring)
        run.watch = self._show
        return _Alarm(run.seconds_left(), run.ring, self._wipe)

    def _wipe(self) -> None:
        self._stream.write("\r\x1b[K")
        self._stream.flush()

    def _show(self, settled: int, under_way: tuple[str, ...]) -> None:
        text = f"{self._name}: {settled} checks done; {', '.join(under_way) or 'ending'}"
        shown = "".join(character for character in text if character.isprintable())
        self._stream.write(f"\r\x1b[K{shown[:79]}")
        self._stream.flush()


class _Alarm:
    """Calls `handler`, as a signal handler, should its block take longer than so many seconds; `end` at the block's end."""

    def __init__(
        self, seconds: float, handler: Callable[[int, FrameType | None], object], end: Callable[[], None] | None = None
    ) -> None:
        self._seconds = seconds
        self._handler = handler
        self._end = end

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGALRM, self._handler)
        signal.setitimer(signal.ITIMER_REAL, max(self._seconds, 1e-6))

    def __exit__(self, *raised: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._before)
        if self._end is not None:
            self._end()
