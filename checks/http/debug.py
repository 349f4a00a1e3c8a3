"""`http.debug`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, CannotTell, Config, Finding, blocker, check, note

from .._serving import ENDS, PANICS, SERVING
from ._listening import EVERYWHERE, ensure_local, overlap, parse

_TAKEN = ("/debug/health", "/debug/vars", "/debug/pprof/")
_TAKEN_PROFILES = tuple(f"/debug/pprof/{name}" for name in ("cmdline", "profile", "symbol", "trace"))
_PATH = "http.debug.prometheus.path"


@check("http.debug", when=("http.debug",), stages=(START,))
def debug(config: Config) -> Iterator[Finding]:
    """The debug listener and the metrics have a place of their own.

    `http.debug.addr` opens a second listener for health, metrics and profiling. If it can't listen there, the whole
    registry ends. It asks nobody for a password, so it belongs on an address that only the operators reach.

    `http.debug.prometheus.path` must not be one of the paths that are there already. Up to 2.8 that is fatal even
    where no debug listener is configured.
    """
    text = config.text_at("http.debug.addr")
    if config.get("http.debug.prometheus.enabled") and (text or config.release.major < 3):
        yield from _metrics(config)
    if text:
        yield from _listener(config, text)


def _listener(config: Config, text: str) -> Iterator[Finding]:
    found = parse(text)
    wrong = found.wrong
    if not wrong and config.text_at("http.net") in ("", "tcp"):
        public = parse(config.text_at("http.addr"))
        wrong = "http.addr is the same port" if not public.wrong and overlap(found, public) else ""
    if wrong:
        yield blocker(
            what=f"The debug listener can't listen on {text!r}: {wrong}.",
            why=ENDS,
            fix="Write host:port with a free port, such as localhost:5001.",
            where="http.debug.addr",
            breaks=SERVING,
        )
        return
    if found.host in EVERYWHERE:
        yield note(
            what=f"The debug listener is open on all interfaces ({text}).",
            why="It shows profiles, memory and settings to everybody who reaches it.",
            fix="Write localhost:5001, or keep the port behind a firewall.",
            where="http.debug.addr",
        )
    ensure_local(found.host)


def _metrics(config: Config) -> Iterator[Finding]:
    path = config.text_at(_PATH) or "/metrics"
    taken = ("/debug/health",) if config.release.major >= 3 else _TAKEN + _TAKEN_PROFILES
    if path in taken:
        yield blocker(
            what=f"{_PATH} is {path}, where the debug listener has something else.",
            why=PANICS,
            fix="Write path: /metrics, which is the default.",
            where=_PATH,
            breaks=SERVING,
        )
    elif config.release.major >= 3 and (not path.startswith("/") or set("{} \t") & set(path)):
        raise CannotTell(f"whether {path!r} will do as the path of the metrics depends on the release's Go version")
