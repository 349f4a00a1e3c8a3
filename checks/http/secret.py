"""`http.secret`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, warning


@check("http.secret")
def secret(config: Config) -> Iterator[Finding]:
    """The secret that signs uploads is set.

    `http.secret` signs the state that clients carry from one request of an upload to the next. Without it the registry
    makes a random one at each start: a push that is under way then breaks at a restart, and behind a load balancer,
    where every replica has made its own, at chance. From 3.0 on a pull-through cache needs none. Only whole configs are
    looked at: a storage section has no place for it.
    """
    if config.form != "config" or config.text_at("http.secret"):
        return
    if config.release.major >= 3 and config.text_at("proxy.remoteurl"):
        return
    yield warning(
        what="http.secret is not set.",
        why="The registry makes a random one at each start: uploads that go on elsewhere or after a restart fail.",
        fix="Set http.secret, or REGISTRY_HTTP_SECRET, to the same long random text on every replica.",
        where="http.secret",
    )
