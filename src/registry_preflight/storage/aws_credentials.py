"""Whose keys a release signs with: the places that its AWS library asks, in its order, and what they answer.

2.x makes a chain of its own: config, environment, shared credentials file, role of the EC2 instance by the first
version of the metadata service. With an endpoint 2.5 asks the first two alone. 3.x asks all that aws-sdk-go 1.55.5
knows, but takes the config's keys only as a pair. (Sources of 2.5.2, 2.8.3 and 3.1.1; drivers.md 4.3.)
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from registry_preflight.storage.network import NetworkTrouble, Transport
from registry_preflight.storage.s3_signing import Credentials

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config

#: The chain of each kind (releases.toml, `credential_chain`).
CHAINS = {
    "static-env-file-ec2": ("config", "environment", "shared-file", "ec2"),
    "sdk": ("config", "environment", "web-identity", "shared-file", "container", "ec2"),
}
MAX_FILE = 1 << 20
_COMMENT = re.compile(r"\s[#;]")


class Refused(Exception):
    """A place that the library asks, and that gives nothing. `ends` says that the library asks no further place.

    `unknown` says that the registry's process may well find something there which this one can't see; `at_start` that
    the library refuses to begin because of it.
    """

    def __init__(self, text: str, *, ends: bool = False, unknown: bool = False, at_start: bool = False) -> None:
        super().__init__(text)
        self.ends = ends or at_start
        self.unknown = unknown
        self.at_start = at_start


class Identity(NamedTuple):
    """The keys that the release signs with, `None` where it finds none.

    `link` is the place that gave them (`config`, `environment`, `shared-file`, `web-identity`, `container`, `ec2`),
    `source` the same for a sentence. `tried` says of each place before it why it gave nothing. `unknown` says why the
    registry's process may find other keys than these, empty where it can't. `ends_start` is set where the release
    does not even start.
    """

    keys: Credentials | None
    link: str = ""
    source: str = ""
    tried: tuple[str, ...] = ()
    unknown: str = ""
    ends_start: bool = False


class Found(NamedTuple):
    """What a place gave."""

    keys: Credentials
    source: str


Place = Callable[["Config", Transport], Found]


def find_identity(config: Config, transport: Transport) -> Identity:
    """Ask the places in the order of the release. Metadata services are asked over the network, for two seconds."""
    from registry_preflight.storage import aws_metadata

    places: dict[str, Place] = {
        "config": _from_config,
        "environment": _from_environment,
        "shared-file": _from_file,
        "web-identity": aws_metadata.web_identity,
        "container": aws_metadata.container,
        "ec2": aws_metadata.ec2,
    }
    tried, unknown = [], ""
    for link in links(config):
        try:
            found = places[link](config, transport)
        except Refused as refusal:
            tried.append(str(refusal))
            unknown = unknown or (str(refusal) if refusal.unknown else "")
            if refusal.ends:
                return Identity(None, link, "", tuple(tried), unknown, ends_start=refusal.at_start)
        except NetworkTrouble as trouble:
            tried.append(trouble.text)
        else:
            config.secrets.learn((found.keys.secret_key, found.keys.token))
            config.secrets.learn((found.keys.access_key,), "identifier")
            return Identity(found.keys, link, found.source, tuple(tried), unknown)
    return Identity(None, "", "", tuple(tried), unknown)


def links(config: Config) -> tuple[str, ...]:
    """The places that the release asks, in its order."""
    chain = CHAINS[str(config.release.fact("credential_chain"))]
    if config.release.fact("endpoint_limits_credentials") and config.parameter("regionendpoint").text:
        return chain[:2]
    return chain


def _from_config(config: Config, transport: Transport) -> Found:
    access, secret = config.parameter("accesskey").text, config.parameter("secretkey").text
    if not access or not secret:
        raise Refused("the config gives no pair of keys")
    return Found(Credentials(access, secret), "the keys in the config")


def _from_environment(config: Config, transport: Transport) -> Found:
    given = config.environment
    access = given.get("AWS_ACCESS_KEY_ID") or given.get("AWS_ACCESS_KEY") or ""
    secret = given.get("AWS_SECRET_ACCESS_KEY") or given.get("AWS_SECRET_KEY") or ""
    if not access or not secret:
        raise Refused("the environment has no pair of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
    name = "AWS_ACCESS_KEY_ID" if given.get("AWS_ACCESS_KEY_ID") else "AWS_ACCESS_KEY"
    return Found(Credentials(access, secret, given.get("AWS_SESSION_TOKEN", "")), f"the keys of {name}")


def _from_file(config: Config, transport: Transport) -> Found:
    path, given = credentials_file(config.environment)
    if not path:
        own = os.path.expanduser("~/.aws/credentials")
        seen = f"; {own} of this process is there, and may not be the registry's" if os.path.exists(own) else ""
        raise Refused(
            f"the shared credentials file was not looked at: the registry's HOME is not known (give --env HOME=...){seen}",
            unknown=True,
        )
    profile = config.environment.get("AWS_PROFILE") or "default"
    try:
        values = _profile(path, profile)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Refused(f"{path}: {reason} on this machine", unknown=given) from None
    access, secret = values.get("aws_access_key_id", ""), values.get("aws_secret_access_key", "")
    if not access or not secret:
        raise _without_keys(config, path, profile, values)
    token = values.get("aws_session_token", "")
    return Found(Credentials(access, secret, token), f"profile {profile} of {path}")


def _without_keys(config: Config, path: str, profile: str, values: Mapping[str, str]) -> Refused:
    """A profile that gives its keys in another way, or not at all."""
    others = [name for name in ("role_arn", "sso_start_url", "sso_session", "credential_process") if name in values]
    if not others:
        return Refused(f"{path} has no pair of keys in profile {profile}")
    text = f"profile {profile} of {path} gives its keys by {others[0]}"
    if config.release.fact("credential_chain") == "sdk":
        return Refused(f"{text}, which this program does not do", ends=True, unknown=True)
    return Refused(f"{text}, which {config.release.name} does not do")


def credentials_file(environment: Mapping[str, str]) -> tuple[str, bool]:
    """The shared credentials file of a process, empty where nothing tells; and whether a variable names it."""
    if path := environment.get("AWS_SHARED_CREDENTIALS_FILE"):
        return path, True
    home = environment.get("HOME")
    return (os.path.join(home, ".aws", "credentials"), False) if home else ("", False)


def _profile(path: str, profile: str) -> dict[str, str]:
    """The values of a profile; none where the file has no such profile. Raises `OSError`."""
    with open(path, encoding="utf-8", errors="replace") as file:
        lines = file.read(MAX_FILE).splitlines()
    return dict(_values(lines, profile))


def _values(lines: list[str], profile: str) -> Iterator[tuple[str, str]]:
    """Names count as they are written; a mark of a comment after a blank cuts a value short (2.8.2 of Debian, seen)."""
    inside = False
    for line in lines:
        text = line.strip()
        if text.startswith("["):
            inside = text[1:].partition("]")[0].strip() == profile
        elif inside and text and text[0] not in "#;":
            name, _, value = text.partition("=")
            yield name.strip(), _COMMENT.split(value, maxsplit=1)[0].strip()
