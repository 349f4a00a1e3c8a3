"""Whose keys a release signs with, place by place, against services on loopback."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from registry_preflight import load_config
from registry_preflight.storage import aws_metadata
from registry_preflight.storage.aws_credentials import Identity, find_identity
from registry_preflight.storage.meter import Meter
from registry_preflight.storage.s3_address import transport_of

from .talkers import talking

KEYS = {"AccessKeyId": "ASIAROLE", "SecretAccessKey": "secret-of-role", "Token": "token-of-role", "Code": "Success"}
HOMELESS = {"HOME": "/nonexistent", "AWS_EC2_METADATA_DISABLED": "true"}


def find(more: str = "", environment: dict[str, str] | None = None, target: str = "registry-2.8") -> Identity:
    text = f"version: 0.1\nstorage: {{s3: {{bucket: images, region: eu-west-1{', ' if more else ''}{more}}}}}\n"
    config = load_config(text.encode(), environment or {}, target)
    return find_identity(config, transport_of(config, Meter()))


def answer(status: int, body: str = "") -> bytes:
    return f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


def instance(*, second_version_alone: bool = False, tokens: bool = True) -> Callable[[socket.socket, bytes], None]:
    """A metadata service of EC2 with one role."""

    def talk(connection: socket.socket, said: bytes) -> None:
        asked = said.split(b" ")[1].decode()
        if asked == "/latest/api/token":
            connection.sendall(answer(200, "TOKEN") if tokens else answer(404))
        elif second_version_alone and b"X-aws-ec2-metadata-token: TOKEN" not in said:
            connection.sendall(answer(401))
        elif asked.endswith("/security-credentials/"):
            connection.sendall(answer(200, "node"))
        else:
            connection.sendall(answer(200, json.dumps(KEYS)))

    return talk


@pytest.fixture
def profile(tmp_path: Path) -> str:
    """A home whose shared credentials file has a profile with keys, one with a role, and one with half a pair."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "credentials").write_text(
        "[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = of-file\n\n"
        "[role]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = default\n"
        "[half]\naws_access_key_id = AKIAHALF\n"
    )
    return str(tmp_path)


def test_a_pair_in_the_config_comes_first() -> None:
    found = find("accesskey: AKIA, secretkey: S", {"AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "E"})
    assert (found.link, found.keys and found.keys.access_key) == ("config", "AKIA")


@pytest.mark.parametrize("target", ["registry-2.5", "registry-2.8", "registry-3.1"])
def test_half_a_pair_in_the_config_counts_as_none(target: str) -> None:
    found = find("accesskey: AKIA", {"AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "E"}, target)
    assert (found.link, found.keys and found.keys.access_key) == ("environment", "ENV")


def test_the_environment_gives_a_session_token() -> None:
    found = find("", {"AWS_ACCESS_KEY": "ENV", "AWS_SECRET_KEY": "E", "AWS_SESSION_TOKEN": "T"})
    assert found.keys == ("ENV", "E", "T")


def test_the_shared_file_is_found_by_home(profile: str) -> None:
    found = find("", {"HOME": profile})
    assert (found.link, found.keys and found.keys.access_key) == ("shared-file", "AKIAFILE")


def test_the_shared_file_is_found_by_its_variable(profile: str) -> None:
    assert find("", {"AWS_SHARED_CREDENTIALS_FILE": f"{profile}/.aws/credentials"}).link == "shared-file"


def test_half_a_pair_in_the_file_counts_as_none(profile: str) -> None:
    found = find("", {"HOME": profile, "AWS_PROFILE": "half", "AWS_EC2_METADATA_DISABLED": "true"})
    assert (found.keys, found.unknown) == (None, "")


def test_a_profile_with_a_role_gives_nothing_to_2_8(profile: str) -> None:
    found = find("", {"HOME": profile, "AWS_PROFILE": "role", "AWS_EC2_METADATA_DISABLED": "true"})
    assert (found.keys, found.unknown) == (None, "")


def test_a_profile_with_a_role_is_unknown_for_3(profile: str) -> None:
    found = find("", {"HOME": profile, "AWS_PROFILE": "role"}, "registry-3.1")
    assert found.keys is None
    assert "role_arn" in found.unknown


def test_without_home_the_shared_file_is_unknown() -> None:
    assert "HOME" in find("", {"AWS_EC2_METADATA_DISABLED": "true"}).unknown


def test_2_5_with_an_endpoint_asks_no_file(profile: str) -> None:
    found = find("regionendpoint: 'http://127.0.0.1:1'", {"HOME": profile}, "registry-2.5")
    assert (found.keys, found.unknown) == (None, "")


def test_2_8_takes_the_role_of_the_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    with talking(instance()) as service:
        monkeypatch.setattr(aws_metadata, "EC2", service.url)
        found = find("", {"HOME": "/nonexistent"})
    assert (found.link, found.keys) == ("ec2", ("ASIAROLE", "secret-of-role", "token-of-role"))


def test_2_8_gets_nothing_where_version_2_is_demanded(monkeypatch: pytest.MonkeyPatch) -> None:
    with talking(instance(second_version_alone=True)) as service:
        monkeypatch.setattr(aws_metadata, "EC2", service.url)
        found = find("", {"HOME": "/nonexistent"})
    assert found.keys is None
    assert "IMDSv2" in found.tried[-1]


def test_3_takes_the_role_where_version_2_is_demanded() -> None:
    with talking(instance(second_version_alone=True)) as service:
        given = {"HOME": "/nonexistent", "AWS_EC2_METADATA_SERVICE_ENDPOINT": service.url}
        assert find("", given, "registry-3.1").link == "ec2"


def test_3_goes_on_without_a_token() -> None:
    with talking(instance(tokens=False)) as service:
        given = {"HOME": "/nonexistent", "AWS_EC2_METADATA_SERVICE_ENDPOINT": service.url}
        assert find("", given, "registry-3.1").link == "ec2"


def test_3_takes_a_container_s_role(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("let me in\n")

    def talk(connection: socket.socket, said: bytes) -> None:
        connection.sendall(answer(200, json.dumps(KEYS)) if b"Authorization: let me in" in said else answer(403))

    with talking(talk) as service:
        given = {
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{service.url}/role",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": str(tmp_path / "token"),
        }
        assert find("", {**HOMELESS, **given}, "registry-3.1").link == "container"


def test_2_8_asks_no_container_role() -> None:
    given = {**HOMELESS, "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:1/"}
    assert find("", given).keys is None


def test_a_container_role_at_a_foreign_host_is_refused_by_the_library() -> None:
    given = {**HOMELESS, "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://192.0.2.1/"}
    found = find("", given, "registry-3.1")
    assert (found.keys, found.unknown, "refuses" in found.tried[-1]) == (None, "", True)


def test_3_takes_a_web_identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text("jwt")
    inside = "<AccessKeyId>ASIAWEB</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
    name = "AssumeRoleWithWebIdentity"
    body = f"<{name}Response><{name}Result><Credentials>{inside}</Credentials></{name}Result></{name}Response>"
    with talking(lambda connection, said: connection.sendall(answer(200, body))) as service:
        monkeypatch.setattr(aws_metadata, "STS", service.url)
        given = {"AWS_WEB_IDENTITY_TOKEN_FILE": str(tmp_path / "token"), "AWS_ROLE_ARN": "arn:aws:iam::1:role/r"}
        found = find("", given, "registry-3.1")
    assert (found.link, found.keys) == ("web-identity", ("ASIAWEB", "s", "t"))


def test_a_web_identity_that_sts_refuses_ends_the_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text("jwt")
    body = "<ErrorResponse><Error><Code>ExpiredTokenException</Code><Message>old</Message></Error></ErrorResponse>"
    with talking(lambda connection, said: connection.sendall(answer(400, body))) as service:
        monkeypatch.setattr(aws_metadata, "STS", service.url)
        given = {"AWS_WEB_IDENTITY_TOKEN_FILE": str(tmp_path / "token"), "AWS_ROLE_ARN": "arn:aws:iam::1:role/r"}
        found = find("", given, "registry-3.1")
    assert (found.keys, found.link, found.unknown, found.ends_start) == (None, "web-identity", "", False)
    assert "ExpiredTokenException" in found.tried[-1]


def test_a_web_identity_without_a_role_ends_the_start() -> None:
    assert find("", {"AWS_WEB_IDENTITY_TOKEN_FILE": "/t"}, "registry-3.1").ends_start


def test_a_token_that_is_not_on_this_machine_is_unknown() -> None:
    given = {"AWS_WEB_IDENTITY_TOKEN_FILE": "/nonexistent", "AWS_ROLE_ARN": "arn:aws:iam::1:role/r"}
    assert "/nonexistent" in find("", given, "registry-3.1").unknown


def test_2_8_asks_no_web_identity() -> None:
    found = find("", {**HOMELESS, "AWS_WEB_IDENTITY_TOKEN_FILE": "/t", "AWS_ROLE_ARN": "r"})
    assert (found.keys, found.unknown) == (None, "")


def test_secrets_that_were_found_are_masked(profile: str) -> None:
    text = b"version: 0.1\nstorage: {s3: {bucket: images, region: eu-west-1}}\n"
    config = load_config(text, {"HOME": profile}, "registry-2.8")
    find_identity(config, transport_of(config, Meter()))
    assert config.secrets.mask("it is of-file") == "it is ****"
