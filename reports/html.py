"""One HTML file that stands alone: no request to anywhere, readable without a script, on paper and on a telephone."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from zlib import compress, decompress

from registry_preflight import EVERY_STAGE, EffectiveValue, Origin, Outcome, Report, Result, Severity, Status, Verdict

from . import story
from .text import clean, count, listed, pointed, prose, releases

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

EXCERPT_WIDTH = 400
_MOST_IN_MEMORY = 1 << 20  # bytes
MOST_BARS, MOST_BARS_OF_MANY = 1000, 12


class Summary(NamedTuple):
    """What the table at the top of a page with several reports says of one."""

    anchor: str
    source: str
    verdict: Verdict
    outcomes: tuple[Outcome, ...]
    blockers: int
    warnings: int


class Bar(NamedTuple):
    """A check on the timeline; start and length are in thousandths of the whole run."""

    result: Result
    start: float
    length: float


def iter_chunks(reports: Iterable[Report], many: bool) -> Iterator[str]:
    """The page of one report, or with `many` one page with all, in pieces.

    Sections wait, packed, for the table above them needs every verdict.
    """
    from markupsafe import Markup

    summaries: list[Summary] = []
    sections = _Packed()
    for number, each in enumerate(reports, 1):
        prefix = f"r{number}-" if many else ""
        summaries.append(_summary(each, prefix))
        sections.append(_section(each, prefix, 2 if many else 1))
        yield ""  # the other formats keep step, so that nobody has to hold the reports for them
    template = _environment().get_template("page.html")
    page = template.stream(
        many=many,
        summaries=summaries,
        title=_title(summaries, many),
        sections=(Markup(section) for section in sections),
        style=_asset("style.css"),
        script=_asset("script.js"),
        style_hash=_hash("style.css"),
        script_hash=_hash("script.js"),
        statuses=story.STATUS_ORDER,
    )
    page.enable_buffering(100)
    yield from page


class _Packed:
    """Texts that wait, packed; where they are many, in a file without a name, if one can be made."""

    def __init__(self) -> None:
        self._file: BinaryIO = BytesIO()
        self._lengths: list[int] = []
        self._most = _MOST_IN_MEMORY

    def append(self, text: str) -> None:
        packed = compress(text.encode(), 1)
        self._lengths.append(len(packed))
        self._file.write(packed)
        if self._file.tell() > self._most:
            self._most = sys.maxsize
            self._move()

    def _move(self) -> None:
        from tempfile import TemporaryFile

        try:
            file = TemporaryFile()  # noqa: SIM115  # closed when all has been read
        except OSError:  # then they stay in memory
            return
        file.write(self._file.getbuffer())  # type: ignore[attr-defined]  # it is still the first one
        self._file = file

    def __iter__(self) -> Iterator[str]:
        self._file.seek(0)
        with self._file as file:
            for length in self._lengths:
                yield decompress(file.read(length)).decode()


def _title(summaries: list[Summary], many: bool) -> str:
    if not many:
        return f"{story.VERDICT_WORDS[summaries[0].verdict].capitalize()}: {summaries[0].source}" if summaries else ""
    tally = {verdict: sum(each.verdict is verdict for each in summaries) for verdict in Verdict}
    parts = [f"{number} {story.VERDICT_WORDS[verdict]}" for verdict, number in tally.items() if number]
    return f"{count(len(summaries), 'config')}: {listed(parts)}"


def _summary(report: Report, prefix: str) -> Summary:
    found = story.severities(report)
    return Summary(
        anchor=f"{prefix}report",
        source=story.source(report),
        verdict=report.verdict,
        outcomes=tuple(report.predictions[stage].outcome for stage in EVERY_STAGE),
        blockers=found[Severity.BLOCKER],
        warnings=found[Severity.WARNING],
    )


def _section(report: Report, prefix: str, level: int) -> str:
    groups = {status: [each for each in report.results if each.status is status] for status in story.STATUS_ORDER}
    blocked = story.blocked(report)
    template = _environment().get_template("report.html")
    return template.render(
        report=report,
        prefix=prefix,
        level=level,
        verdict=story.VERDICT_WORDS[report.verdict],
        tally=", ".join(part for part in (story.limits(report), story.tally(report)) if part),
        stages=[
            (stage, report.predictions[stage].outcome, *story.stage_reason(report, stage)) for stage in EVERY_STAGE
        ],
        chapters=story.chapters(report),
        broken=[(each, blocked.get(each.id, ())) for each in groups[Status.BROKEN]],
        anchors=_anchors(report, prefix),
        groups={status: results for status, results in groups.items() if results},
        bars=_bars(report, MOST_BARS if level == 1 else MOST_BARS_OF_MANY),
        ran=sum(len(results) for status, results in groups.items() if status is not Status.SKIPPED),
        total=_total(report),
        options=_options(report),
        source=story.source(report),
        place=lambda finding: story.place(report, finding),
    )


def _options(report: Report) -> list[tuple[str, str]]:
    """The options that were given, as words."""
    given = ((name.replace("_", "-"), value) for name, value in report.run.options.items())
    return [(name, _words(value)) for name, value in given if value not in (None, (), "")]


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return listed(map(str, value)) if isinstance(value, (tuple, list)) else str(value)


def _anchors(report: Report, prefix: str) -> dict[str, str]:
    """An address in the page for each check; ids of plugins may hold anything, so they are reduced and told apart."""
    anchors: dict[str, str] = {}
    taken: set[str] = set()
    for number, result in enumerate(report.results):
        anchor = f"{prefix}check-{re.sub('[^a-z0-9]+', '-', result.id.lower())[:60]}"
        anchors[result.id] = anchor if anchor not in taken else f"{anchor}-{number}"
        taken.add(anchors[result.id])
    return anchors


def _total(report: Report) -> float:
    """The length of the run in seconds, at least as long as its last check."""
    return max([report.run.seconds, *(each.started + each.seconds for each in report.results)])


def _bars(report: Report, most: int) -> list[Bar]:
    """The longest checks, in the order in which they began. The shortest bar is wide enough to be seen."""
    scale = 1000 / (_total(report) or 1.0)
    ran = [each for each in report.results if each.status is not Status.SKIPPED]
    if len(ran) > most:
        ran = sorted(ran, key=lambda each: -each.seconds)[:most]
    ran.sort(key=lambda each: each.started)
    return [Bar(each, round(scale * each.started, 1), round(max(scale * each.seconds, 4.0), 1)) for each in ran]


# ---- what the templates can call


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    helpers: dict[str, Callable[..., object]] = {
        "code": _code,
        "plain": _plain,
        "origin": _origin,
        "prose": prose,
        "releases": releases,
        "listed": listed,
        "seconds": _seconds,
        "pointed": lambda where: pointed(where, EXCERPT_WIDTH),
    }
    environment.filters |= helpers
    environment.globals |= {"count": count, "verdict_words": story.VERDICT_WORDS, "every_stage": EVERY_STAGE}
    return environment


def _folder() -> str:
    from os.path import dirname, join

    return join(dirname(__file__), "templates")


def _asset(name: str) -> Markup:
    """A style sheet or script of our own, to stand between its tags as it is."""
    from markupsafe import Markup

    with open(f"{_folder()}/{name}", encoding="utf-8", newline="\n") as file:
        return Markup(file.read())


def _hash(name: str) -> str:
    """The name by which the page's content security policy allows this text, and no other."""
    from base64 import b64encode
    from hashlib import sha256

    return "sha256-" + b64encode(sha256(_asset(name).encode()).digest()).decode()


def _code(text: str) -> Markup:
    """Text with `code` between back quotes; lines stay lines."""
    from markupsafe import Markup, escape

    shown = Markup("<br>").join(prose(line) for line in text.split("\n"))
    parts = shown.split("`")
    if len(parts) % 2 == 0:
        return shown
    code = Markup("<code>{}</code>")
    return Markup().join(code.format(part) if index % 2 else escape(part) for index, part in enumerate(parts))


def _plain(setting: EffectiveValue) -> str:
    """A value as YAML has it."""
    value = setting.value
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _origin(origin: Origin) -> str:
    if origin.line:
        return f"line {origin.line}"
    return f"{origin.kind} {origin.name}" if origin.name else origin.kind


def _seconds(value: float) -> str:
    """`1.24 s`, or below a tenth of a second `12.4 ms`."""
    return f"{value:.2f} s" if value >= 0.1 else f"{value * 1000:.1f} ms"
