"""`moving.token-algorithms`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW, OLD


@check("moving.token-algorithms", when=("auth",), releases=OLD)
def token_algorithms(config: Config) -> Iterator[Finding]:
    """Tokens are still accepted.

    From 3.0 on the registry accepts a list of signing algorithms, `auth.token.signingalgorithms`, with a default
    set, and another library reads the certificates and key ids.
    """
    if config.has("auth.token"):
        yield note(
            what="3.x checks tokens with another library and a list of algorithms.",
            why="Tokens of an issuer that signs by another algorithm, or names its key in the old way, answer 401.",
            fix="Try the issuer with a 3.x registry first; auth.token.signingalgorithms names the algorithms.",
            where="auth.token",
            releases=NEW,
        )
