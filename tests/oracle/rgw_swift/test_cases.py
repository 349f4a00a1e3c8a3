"""What the real registry does on the Swift of a Ceph gateway is what cases.yml says, and what is foretold."""

from __future__ import annotations

import http.client
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
import yaml
from registry_preflight.fixtures import referee
from registry_preflight.fixtures.rgw import Cluster
from registry_preflight.fixtures.rgw_admin import unique

from registry_preflight import check_config, load_config

CASES = yaml.safe_load(Path(__file__).with_name("cases.yml").read_text())


def config(login: tuple[str, str], url: str, name: str, **different: Any) -> str:
    """A registry config on the gateway's Swift."""
    user, key = login
    usual = {"username": user, "password": key, "authurl": f"{url}/auth/1.0", "authversion": 1, "container": name}
    return str(referee.config_text("swift", usual | different))


def grant(rgw: Cluster, login: tuple[str, str], container: str, headers: dict[str, str]) -> None:
    """Set the lists of who may use a container."""
    user, key = login
    given = ask(rgw, "GET", "/auth/1.0", {"X-Auth-User": user, "X-Auth-Key": key})
    token = {"X-Auth-Token": given["X-Auth-Token"]}
    ask(rgw, "POST", f"/swift/v1/{container}", token | headers)


def ask(rgw: Cluster, method: str, path: str, headers: dict[str, str]) -> Message:
    """One request to the gateway; the headers of its answer."""
    connection = http.client.HTTPConnection("127.0.0.1", rgw.gateway.port, timeout=60)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 204
        return answer.headers
    finally:
        connection.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_registry_does_what_the_table_says(case: dict[str, Any], rgw: Cluster) -> None:
    # The names of containers are those of buckets, and all accounts share them.
    owner, container = rgw.user("swift-owner"), unique("registry")
    owners = rgw.admin.swift_user(owner)
    good = config(owners, rgw.gateway.url, container)
    whose = rgw.user("swift-stranger") if case.get("stranger") else owner
    login = rgw.admin.swift_user(whose, case.get("access", "full"), "tried")
    url = rgw.variant(ahead=case.get("ahead", 0)).url
    different = {
        name: value.format(url=url, unique=unique("new")) if isinstance(value, str) else value
        for name, value in case.get("with", {}).items()
    }

    given = config(login, url, container, **different)
    foretold: dict[str, str] = {}

    def restrict() -> None:
        if quota := case.get("quota"):
            rgw.admin.limit_user(owner, size=quota)
        if lists := case.get("acl"):
            grant(rgw, owners, container, {f"X-Container-{name}": whose.name for name in lists})
        report = check_config(load_config(given.encode(), {}, "registry-2.8"))
        foretold.update({stage.value: said.outcome.value for stage, said in report.predictions.items()})
        # A user who may make containers and not remove them is a thing of this gateway.
        assert not report.left_behind or case["id"] == "read-only-and-no-container-yet"

    try:
        outcome = referee.outcome(given, seed=good, fault=restrict)
    finally:
        rgw.admin.remove_bucket(container)
    assert outcome.failing == set(case["fails"]), outcome
    assert case.get("says", "") in outcome.start.why
    # Another container than the one that was filled: what is there to pull is not.
    known = foretold if "container" not in different else {stage: foretold[stage] for stage in ("start", "push")}
    assert known == {stage: "fails" if stage in outcome.failing else "works" for stage in known}
