"""`s3.aws-variables`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, Where, blocker, check, warning

from ._store import endpoint, path_of

#: Variables of which newer libraries take a few words, in any case, and refuse to begin with others.
WORDS = {
    "AWS_STS_REGIONAL_ENDPOINTS": ("legacy", "regional"),
    "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT": ("legacy", "regional"),
    "AWS_S3_USE_ARN_REGION": ("true", "false"),
    "AWS_USE_DUALSTACK_ENDPOINT": ("true", "false"),
    "AWS_USE_FIPS_ENDPOINT": ("true", "false"),
    "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": ("ipv4", "ipv6"),
}
#: What newer libraries read for an address, and no registry does.
ADDRESSES = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
TOKEN, ROLE = "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"
RELEASES = ("registry-2.8-debian", "registry-3.0", "registry-3.1")


@check(
    "s3.aws-variables",
    needs=["storage.driver"],
    drivers=["s3"],
    when=[f"${name}" for name in (*WORDS, *ADDRESSES, TOKEN)],
    stages=(START, GC),
)
def aws_variables(config: Config) -> Iterator[Finding]:
    """The AWS library can begin with the variables of the environment, and reads those that matter.

    Other programs take the store's address from AWS_ENDPOINT_URL; the libraries of all releases do not know it. That of
    3.x, and of Debian's build of 2.8, refuses to begin where a variable holds a word that it does not take, and where a
    web identity comes without the role to take: the registry then ends at start, though each of the two may concern
    nothing that it uses. Debian's build does so beside keys in the config too. (Debian's 2.8.2, seen; aws-sdk-go 1.55.5,
    aws/session.)
    """
    yield from _unread(config)
    session = config.release.fact("aws_session")
    if session == "none":
        return
    given = config.environment
    for name, words in WORDS.items():
        if given.get(name) and given[name].lower() not in words:
            yield _refused(name, f"{name} is {given[name]!r}, and the AWS library takes {' or '.join(words)} alone.")
    static = session == "configured" and config.parameter("accesskey").value and config.parameter("secretkey").value
    keys = (given.get("AWS_ACCESS_KEY_ID") or given.get("AWS_ACCESS_KEY")) and (
        given.get("AWS_SECRET_ACCESS_KEY") or given.get("AWS_SECRET_KEY")
    )
    if given.get(TOKEN) and not given.get(ROLE) and not static and not keys:
        yield _refused(TOKEN, f"{TOKEN} is set, and {ROLE} is not.")


def _unread(config: Config) -> Iterator[Finding]:
    name = next((name for name in ADDRESSES if config.environment.get(name)), "")
    if name and endpoint(config) is None:
        yield warning(
            what=f"{name} is set, and no release of the registry reads it: requests go to Amazon.",
            why="The registry looks for the bucket at Amazon and not at the store that the variable names.",
            fix=f"Set {path_of(config, 'regionendpoint')}: {config.environment[name]}",
            where=Where(variable=name),
        )


def _refused(name: str, what: str) -> Finding:
    return blocker(
        what=what,
        why="The library refuses to begin, so the registry panics at start, and garbage-collect ends too.",
        fix="Mend the variable, or unset it.",
        where=Where(variable=name),
        breaks=EVERY_STAGE,
        releases=RELEASES,
    )
