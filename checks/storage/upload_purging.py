"""`storage.upload-purging`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, blocker, check, parse_duration, warning

from .._serving import PANICS, SERVING, shown
from ._shape import is_plain_map, misshapen

_PATH = "storage.maintenance.uploadpurging"
_EXAMPLE = "{enabled: true, age: 168h, interval: 24h, dryrun: false}"
_SECOND = 10**9
_SHORTEST_AGE = 3600 * _SECOND
_SHORTEST_INTERVAL = 60 * _SECOND


@check("storage.upload-purging", when=("storage.maintenance",), stages=(START,))
def upload_purging(config: Config) -> Iterator[Finding]:
    """The purging of old uploads is set completely, or not at all.

    Without `storage.maintenance.uploadpurging` the registry removes uploads that are a week old, once a day. As soon as
    the section is there it replaces those defaults: unless `enabled` is a bare false, `age`, `interval` and `dryrun`
    must all be given, the first two as text with a unit (168h; there are no days), the third as a boolean.

    An interval of nothing makes the registry list its storage without a pause. A short age removes uploads that
    clients are still at.
    """
    if not config.has(_PATH):
        return
    if not is_plain_map(config, _PATH):
        yield misshapen(config, _PATH, _EXAMPLE)
        return
    if config.get(f"{_PATH}.enabled") is False:
        return
    yield from _duration(config, "age", _SHORTEST_AGE, "A push that takes longer than that loses its upload and fails.")
    yield from _duration(config, "interval", _SHORTEST_INTERVAL, "After each such pause it lists all uploads again.")
    dry = config.get(f"{_PATH}.dryrun")
    if not isinstance(dry, bool):
        yield _refused(config, "dryrun", "a bare true or false", "false")


def _duration(config: Config, key: str, shortest: int, consequence: str) -> Iterator[Finding]:
    value = config.get(f"{_PATH}.{key}")
    length = parse_duration(value) if isinstance(value, str) else None
    if length is None:
        wanted = "a duration in hours, minutes or seconds, such as 24h (there are no days)"
        yield _refused(config, key, wanted, "168h" if key == "age" else "24h")
    elif length < shortest:
        yield warning(
            what=f"Uploads are purged with an {key} of {value}.",
            why=consequence,
            fix=f"Set {_PATH}.{key} to {'168h' if key == 'age' else '24h'}, which is the default.",
            where=f"{_PATH}.{key}",
        )


def _refused(config: Config, key: str, wanted: str, default: str) -> Finding:
    path = f"{_PATH}.{key}"
    given = config.has(path)
    meant_off = config.get(f"{_PATH}.enabled") not in (True, None)
    off = " To switch purging off, write enabled: false, without quotes." if meant_off else ""
    return blocker(
        what=f"{path} is {shown(config.get(path))}, not {wanted}." if given else f"{_PATH} is there without {key}.",
        why=f"{PANICS} Once the section is there, none of its settings has a default.",
        fix=f"Write {key}: {default}.{off}",
        where=path,
        breaks=SERVING,
    )
