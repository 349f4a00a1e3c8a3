"""`s3.credential-chain`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Where, check, note, warning

from ._store import endpoint, path_of

#: Variables that hand out an identity which the fixed chain of 2.x never asks, and what they stand for.
UNKNOWN_TO_2 = (
    ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "an ECS task role"),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "a container role (ECS, EKS Pod Identity)"),
    ("AWS_WEB_IDENTITY_TOKEN_FILE", "a web identity (EKS service account role)"),
)


@check("s3.credential-chain", needs=["storage.driver"], drivers=["s3"])
def credential_chain(config: Config) -> Iterator[Finding]:
    """The release finds credentials where they are.

    Without a pair of keys in the config the driver asks around. Releases 2.x have a fixed order: environment, shared
    credentials file, role of the EC2 instance, the last by the first version of the metadata service only (Debian's
    build, with its newer library, by the second too). They never ask an ECS task role, EKS Pod Identity, a web identity
    token or single sign-on. With an endpoint 2.5 asks the environment and nothing more. From 3.0 on the whole chain of
    the AWS library is asked.
    """
    if config.parameter("accesskey").value and config.parameter("secretkey").value:
        return
    environment = config.environment
    if _pair(environment.get("AWS_ACCESS_KEY_ID") or environment.get("AWS_ACCESS_KEY")) and _pair(
        environment.get("AWS_SECRET_ACCESS_KEY") or environment.get("AWS_SECRET_KEY")
    ):
        return
    place = endpoint(config)
    if place is not None and not place.amazon:
        yield _elsewhere(config)
    elif place is not None and config.release.fact("endpoint_limits_credentials"):
        yield _environment_alone(config)
    elif config.release.fact("credential_chain") == "sdk":
        yield _from_surroundings(config, "web identity, shared files, container or EC2 instance")
    else:
        yield from _fixed_chain(config)


def _pair(value: str | None) -> bool:
    return bool(value)


def _fixed_chain(config: Config) -> Iterator[Finding]:
    found = False
    for name, meaning in UNKNOWN_TO_2:
        if config.environment.get(name):
            found = True
            yield warning(
                what=f"{name} offers {meaning}, which {config.release.name} never asks.",
                why="The registry starts and then finds no credentials, or takes the role of the machine instead.",
                fix="Give accesskey and secretkey, or run a 3.x release, which asks it.",
                where=Where(variable=name),
                releases=("registry-2.5", "registry-2.7", "registry-2.8"),
            )
    if config.environment.get("AWS_PROFILE"):
        found = True
        yield warning(
            what=f"AWS_PROFILE is set; {config.release.name} takes only plain keys of that profile from the shared"
            " credentials file.",
            why="A profile that assumes a role or signs on by a browser gives nothing: the registry starts and then"
            " finds no credentials.",
            fix="Write keys into the profile, give accesskey and secretkey, or run a 3.x release.",
            where=Where(variable="AWS_PROFILE"),
            releases=("registry-2.5", "registry-2.7", "registry-2.8"),
        )
    if not found:
        first = "; an instance that demands IMDSv2 does not answer this release"
        tokens = config.release.fact("instance_metadata_v2")
        yield _from_surroundings(config, f"shared credentials file or EC2 instance role{'' if tokens else first}")


def _from_surroundings(config: Config, places: str) -> Finding:
    return note(
        what="The config has no pair of keys: the registry takes its identity from its surroundings.",
        why=f"This release asks, after the environment: {places}. The file cannot tell who that is.",
        fix="Nothing, if the machine or container has the right role; if not, give accesskey and secretkey.",
        where=path_of(config, "accesskey"),
    )


def _environment_alone(config: Config) -> Finding:
    endpoint_key = path_of(config, "regionendpoint")
    return warning(
        what=f"With an endpoint {config.release.name} asks the environment alone for credentials, and no pair is there.",
        why="The registry starts and then finds no credentials (NoCredentialProviders), whatever role the machine has.",
        fix=f"Remove {endpoint_key}: at Amazon the region is enough; or give accesskey and secretkey.",
        where=endpoint_key,
        releases=("registry-2.5",),
    )


def _elsewhere(config: Config) -> Finding:
    alone = (
        " Release 2.5 asks the environment alone when an endpoint is given."
        if config.release.fact("endpoint_limits_credentials")
        else ""
    )
    return warning(
        what="The store is not Amazon's, and there is no pair of keys for it.",
        why="The registry starts, then offers the store whatever AWS credentials it finds around it, or none." + alone,
        fix=f"Set {path_of(config, 'accesskey')} and {path_of(config, 'secretkey')} to a key of that store.",
        where=path_of(config, "regionendpoint"),
    )
