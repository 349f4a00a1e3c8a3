"""Plain text for a terminal: the verdict first, then what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from registry_preflight import EVERY_STAGE, Outcome, Report, Severity, Status, Verdict, View

from .story import (
    VERDICT_WORDS,
    Chapter,
    Told,
    chapters,
    limits,
    place,
    skipped_by_reason,
    source,
    stage_reason,
    tally,
)
from .text import ascii_only, clip, count, listed, pointed, prose, releases, wrap

BOLD, DIM, RED, GREEN, YELLOW = "1", "2", "31", "32", "33"
MAX_EVIDENCE = 4
MAX_IDS = 6

_MARKS = {"works": "✓", "fails": "✗", "warns": "!", "note": "·", "unknown": "?"}
_ASCII_MARKS = {"works": "+", "fails": "x", "warns": "!", "note": "-", "unknown": "?"}
_HUES = {"works": GREEN, "fails": RED, "warns": YELLOW, "note": DIM, "unknown": YELLOW}
_KINDS: dict[Verdict | Severity, str] = {
    Verdict.READY: "works",
    Verdict.NOT_READY: "fails",
    Verdict.UNDETERMINED: "unknown",
    Severity.BLOCKER: "fails",
    Severity.WARNING: "warns",
    Severity.NOTE: "note",
}


class _Paper:
    """Lines of text, each no wider than the view."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.lines: list[str] = []
        self._marks = _MARKS if view.unicode else _ASCII_MARKS

    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)

    def blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def clean(self, text: str) -> str:
        text = prose(text)
        return text if self.view.unicode else ascii_only(text)

    def styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if style and text and self.view.color else text

    def mark(self, kind: str) -> str:
        return self.styled(self._marks[kind], _HUES[kind])

    def say(self, text: str, *, indent: int = 0, label: str = "", mark: str = "", style: str = "") -> None:
        """Wrapped text. A label or a mark stands before its first line, the others are indented as far."""
        room = len(label) + 1 if label else 2 if mark else 0
        head = " " * indent + (self.styled(label, DIM) + " " if label else self.mark(mark) + " " if mark else "")
        width = max(self.view.width - indent - room, 20)
        for line in (line for part in text.split("\n") for line in wrap(self.clean(part), width)):
            self.lines.append(head + self.styled(line, style))
            head = " " * (indent + room)

    def code(self, told: Told, indent: int) -> None:
        """The offending line with its number, and a caret at the column."""
        number = str(told.finding.where.line or "")
        margin = f"{' ' * indent}{number} | "
        shown, caret = pointed(told.finding.where, max(self.view.width - len(margin), 20), self.view.unicode)
        if shown:
            self.lines.append(clip(margin + shown, self.view.width))
        if caret.strip():
            self.lines.append(f"{' ' * (len(margin) - 2)}| " + self.styled(caret, RED))


def iter_chunks(reports: Iterable[Report], many: bool, view: View) -> Iterator[str]:
    """One report in full, several as one block each and a tally. `many` says which.

    Lines are no wider than `view.width` (at least 40), but for `quiet`, where a blocker is one line.
    """
    view = view._replace(width=max(view.width, 40))
    verdicts = dict.fromkeys(Verdict, 0)
    target = ""
    for each in reports:
        verdicts[each.verdict] += 1
        target = each.run.target
        paper = _Paper(view)
        if view.quiet:
            _quiet(paper, each)
        elif many:
            _compact(paper, each)
        else:
            _full(paper, each)
        yield paper.text()
    if many:
        paper = _Paper(view)
        parts = [f"{number} {VERDICT_WORDS[verdict]}" for verdict, number in verdicts.items() if number]
        if not view.quiet:
            paper.lines.append("")
        paper.say(f"{count(sum(verdicts.values()), 'config')} for {target}: {', '.join(parts)}", style=BOLD)
        yield paper.text()


def _quiet(paper: _Paper, report: Report) -> None:
    """The verdict in one line, each blocker in another; not wrapped, for logs are searched by line."""
    found = tally(report)
    line = f"{VERDICT_WORDS[report.verdict]}: {paper.clean(source(report))} for {report.run.target}"
    paper.lines.append(f"{line}: {found}" if found else line)
    for result in report.results:
        for finding in result.findings:
            if finding.severity is Severity.BLOCKER and finding.waived is None:
                spot = place(report, finding)
                line = f"{result.id}: {finding.what}" + (f" ({spot})" if spot else "")
                paper.lines.append("  " + paper.clean(line))


def _compact(paper: _Paper, report: Report) -> None:
    """One line for a config that is ready, else what to do about it."""
    found = tally(report)
    kind = _KINDS[report.verdict]
    words = f"{VERDICT_WORDS[report.verdict]}: {source(report)}" + (f" ({found})" if found else "")
    if report.verdict is Verdict.READY:
        paper.say(words, mark=kind)
        return
    paper.say(words, mark=kind, style=BOLD)
    paper.say(", ".join(f"{stage} {report.predictions[stage].outcome}" for stage in EVERY_STAGE), indent=2)
    for chapter in chapters(report):
        if chapter.key == "warnings":
            for told in chapter.told:
                paper.say(f"{told.finding.what} ({told.result.id})", indent=2, mark="warns")
        elif chapter.key not in ("notes", "waived"):
            for told in chapter.told:
                paper.say(f"{told.finding.what} ({told.result.id})", indent=2, mark="fails")
                paper.say(told.finding.fix, indent=4, label="Fix")
                paper.say(place(report, told.finding), indent=4, label="At ")
                paper.code(told, 8)
    _unfinished(paper, report, indent=2)


def _full(paper: _Paper, report: Report) -> None:
    _head(paper, report)
    _stages(paper, report)
    for chapter in chapters(report):
        _write_chapter(paper, report, chapter)
    _foot(paper, report)


def _head(paper: _Paper, report: Report) -> None:
    found, kind = tally(report), _KINDS[report.verdict]
    words = VERDICT_WORDS[report.verdict].capitalize()
    words += ", " * bool(limits(report)) + limits(report) + ": " * bool(found) + found
    paper.say(words, mark=kind, style=f"{BOLD};{_HUES[kind]}")
    driver = f"driver {report.driver}, " if report.driver else ""
    mode = "" if report.run.mode == "full" else f", {report.run.mode}"
    paper.say(f"{source(report)}, {driver}for {report.run.target}{mode}", indent=2)


def _stages(paper: _Paper, report: Report) -> None:
    paper.blank()
    for stage in EVERY_STAGE:
        outcome = report.predictions[stage].outcome
        hue = {Outcome.WORKS: GREEN, Outcome.FAILS: RED, Outcome.UNKNOWN: YELLOW}[outcome]
        head = f"  {paper.mark(outcome.value)} {stage.value:<7}{paper.styled(f'{outcome.value:<8}', hue)}"
        # A stage name, an outcome and their gaps take 19 columns, which the reason's further lines keep free.
        words, ids = stage_reason(report, stage)
        reason = ": ".join(part for part in (words, _ids(ids)) if part)
        lines = wrap(paper.clean(reason), paper.view.width - 19)
        paper.lines.append((head + lines[0]).rstrip())
        paper.lines += [" " * 19 + line for line in lines[1:]]


def _write_chapter(paper: _Paper, report: Report, chapter: Chapter) -> None:
    paper.blank()
    title = chapter.title
    if chapter.told[0].root and chapter.key.startswith("breaks"):
        title += ": the root cause" if len(chapter.told) == 1 else ": the root causes"
    paper.say(title, style=BOLD)
    for number, told in enumerate(chapter.told):
        if number:
            paper.blank()
        _finding(paper, report, told)


def _finding(paper: _Paper, report: Report, told: Told) -> None:
    finding = told.finding
    paper.say(finding.what, indent=2, mark=_KINDS[finding.severity], style=BOLD)
    for label, text in (("Why", finding.why), ("Fix", finding.fix), ("At ", place(report, finding))):
        if text:
            paper.say(text, indent=4, label=label)
    paper.code(told, 8)
    for line in finding.evidence[:MAX_EVIDENCE]:
        paper.say(line, indent=4, label=" > ")
    if len(finding.evidence) > MAX_EVIDENCE:
        paper.say(f"and {count(len(finding.evidence) - MAX_EVIDENCE, 'more line')}", indent=8, style=DIM)
    if told.blocks:
        paper.say(f"{count(len(told.blocks), 'check')} could not run because of this: {_ids(told.blocks)}", indent=4)
    facts = [f"check {told.result.id}"]
    facts += [f"breaks {listed(finding.breaks)}"] if finding.breaks else []
    facts += [f"holds in {releases(finding.releases)}"] if finding.releases else []
    facts += [f"waived: {', '.join(finding.waived.values())}"] if finding.waived else []
    paper.say("; ".join(facts), indent=4, style=DIM)


def _foot(paper: _Paper, report: Report) -> None:
    paper.blank()
    paper.say("Checks", style=BOLD)
    totals = [f"{number} {status}" for status in Status if (number := report.count(status))]
    paper.say(f"{', '.join(totals) or 'none'}, in {report.run.seconds:.2f} s", indent=2)
    for reason, ids in skipped_by_reason(report).items():
        paper.say(f"{len(ids)} skipped, {reason}: {_ids(ids)}", indent=2)
    _unfinished(paper, report, indent=2)
    for plugin in report.plugins:
        if plugin.error:
            paper.say(f"plugin {plugin.name} could not be loaded: {plugin.error}", indent=2, mark="warns")


def _unfinished(paper: _Paper, report: Report, indent: int) -> None:
    """What went wrong with the run itself: checks that broke, and what could not be removed."""
    for result in report.results:
        if result.status is Status.BROKEN:
            paper.say(f"{result.id} broke: {result.reason or 'no reason given'}", indent=indent, mark="unknown")
    if report.left_behind:
        paper.say("Left behind in the storage (`registry-preflight cleanup` removes it):", indent=indent, mark="warns")
        for name in report.left_behind:
            paper.say(name, indent=indent + 4)


def _ids(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - MAX_IDS} more" if len(ids) > MAX_IDS + 1 else ""
    return ", ".join(ids[:MAX_IDS] if more else ids) + more
