"""`notifications.endpoints`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registry_preflight import CannotTell, Config, Finding, check, warning

from .._urls import Url, parse

_MILLISECOND = 10**6
_DURATIONS = (
    ("timeout", "No event gets through in that time."),
    ("backoff", "The registry tries again without a pause."),
)


@check("notifications.endpoints", when=("notifications",))
def endpoints(config: Config) -> Iterator[Finding]:
    """Every notification endpoint can be reached by what is written there.

    The registry starts with any endpoint and finds out at the first event, which it then keeps in memory and tries
    again without end. `url` must be http or https. `timeout` and `backoff` are durations with a unit: a bare number
    counts nanoseconds, so `timeout: 5` lets no event through. An Authorization header is a secret, and travels in the
    clear over http.
    """
    for number, entry in enumerate(config.items("notifications.endpoints")):
        fields = entry if isinstance(entry, dict) else {}
        if not fields.get("disabled"):
            yield from _endpoint(fields, f"notifications.endpoints[{number}]")


def _endpoint(fields: Mapping[str, object], path: str) -> Iterator[Finding]:
    text = str(fields.get("url") or "")
    try:
        url = parse(text)
    except CannotTell as reason:
        url = Url(wrong=str(reason))
    if url.wrong or url.scheme not in ("http", "https") or not url.host:
        yield warning(
            what=f"{path} has no url." if not text else f"{path}.url is no http or https URL.",
            why="No event is ever delivered; the registry keeps them in memory and goes on trying.",
            fix="Write the whole address, such as https://events.example.com/registry, or set disabled: true.",
            where=f"{path}.url",
        )
    elif url.scheme == "http" and _has_authorization(fields.get("headers")):
        yield warning(
            what=f"{path} sends an Authorization header to an http URL.",
            why="The secret in it crosses the network in the clear with every event.",
            fix="Use https.",
            where=f"{path}.headers",
        )
    for key, consequence in _DURATIONS:
        length = fields.get(key)
        if isinstance(length, int) and length and length < _MILLISECOND:
            yield warning(
                what=f"{path}.{key} is {length} nanoseconds." if length > 0 else f"{path}.{key} is negative.",
                why=f"A bare number counts nanoseconds. {consequence}",
                fix=f"Write {key}: 1s, with the unit.",
                where=f"{path}.{key}",
            )


def _has_authorization(headers: object) -> bool:
    return isinstance(headers, dict) and any(str(name).lower() == "authorization" for name in headers)
