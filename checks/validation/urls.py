"""`validation.urls`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, CannotTell, Config, Finding, blocker, check

from .._serving import PANICS, SERVING
from ._regexp import refusal

_LISTS = ("validation.manifests.urls.allow", "validation.manifests.urls.deny")


@check("validation.urls", when=("validation",), stages=(START,))
def urls(config: Config) -> Iterator[Finding]:
    """The patterns for foreign URLs are regular expressions that the registry can read.

    From 2.7 on, manifests may name layers elsewhere only where `validation.manifests.urls` allows it. Its patterns are
    compiled at start by Go's regexp package, which has no look-around and no back-references. They are not looked at
    where `validation.disabled` is true and `validation.enabled` is not; 2.5 ignores the section.
    """
    if config.get("validation.disabled") and not config.get("validation.enabled"):
        return
    refused, unsure = False, ""
    for path in _LISTS:
        for number, expression in enumerate(config.items(path)):
            try:
                wrong = refusal(str(expression))
            except CannotTell as reason:
                unsure = unsure or str(reason)
                continue
            if wrong:
                refused = True
                yield _refused(str(expression), wrong, f"{path}[{number}]")
    if unsure and not refused:
        raise CannotTell(unsure)


def _refused(expression: str, wrong: str, where: str) -> Finding:
    return blocker(
        what=f"{expression!r} is no regular expression that the registry can read: {wrong}.",
        why=PANICS,
        fix="Write the pattern with what Go's regexp package (RE2) has; a literal dot is \\., a literal plus \\+.",
        where=where,
        breaks=SERVING,
    )
