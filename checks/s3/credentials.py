"""`s3.credentials`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, warning


@check("s3.credentials", needs=["storage.driver"], drivers=["s3", "s3goamz"])
def credentials(config: Config) -> Iterator[Finding]:
    """The access key and the secret key are given together or not at all.

    The driver uses the two as a pair. With one half missing or blank it drops the other half without a word and looks
    for credentials elsewhere: 2.x in the environment, the shared file and the role of the EC2 instance; 3.x in all
    places that the AWS library knows. What it finds there may be somebody else. A key that is left blank in YAML is
    null, and counts as left out.
    """
    access, secret = config.parameter("accesskey"), config.parameter("secretkey")
    if bool(access.value) != bool(secret.value):
        here, missing = (access, secret) if access.value else (secret, access)
        state = "left blank" if missing.given else "missing"
        yield warning(
            what=f"{here.name} is given and {missing.name} is {state}.",
            why=f"The registry ignores the half that is there and looks for credentials elsewhere: {chain(config)}.",
            fix=f"Set {missing.path}, or remove {here.path} if credentials are to come from elsewhere.",
            where=missing.path if missing.given else here.path,
        )
    elif not access.value and (access.given or secret.given):
        blank = access if access.given else secret
        yield warning(
            what="accesskey and secretkey are left blank."
            if access.given and secret.given
            else f"{blank.name} is left blank.",
            why=f"Blank keys count as not given: the registry looks for credentials elsewhere: {chain(config)}.",
            fix="Remove the blank keys if that is meant; if not, fill them in.",
            where=blank.path,
        )


def chain(config: Config) -> str:
    """Where this release looks for credentials."""
    if config.release.fact("credential_chain") == "sdk":
        return "environment, web identity, shared files, container and EC2 instance"
    if (
        config.release.fact("endpoint_limits_credentials")
        and config.family == "s3"
        and config.parameter("regionendpoint").text
    ):
        return "the environment alone, since an endpoint is given"
    return "environment, shared credentials file, EC2 instance role"
