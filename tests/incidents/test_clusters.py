"""Reported incidents of the swift driver whose cause a login or the cluster itself shows, on real ones or scripted.

Of the twelve of swift and rados, those that a config alone shows are in `test_configs` and `test_drivers`.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from registry_preflight.fixtures.certificates import Certificates
from registry_preflight.fixtures.keystone import Keystone
from registry_preflight.fixtures.relay import Relays

from registry_preflight import Report, check_config, load_config

from ..checks.swift import scripted


def report(login: dict[str, object], environment: dict[str, str] | None = None) -> Report:
    """What is foretold of such a login."""
    text = json.dumps({"version": 0.1, "storage": {"swift": {"container": "registry", **login}}})
    given = {"SSL_CERT_DIR": "/nonexistent", **(environment or {})}
    return check_config(load_config(text.encode(), given, "registry-2.8"))


def what(of: Report, check: str) -> list[str]:
    """What a check says."""
    return [found.what for result in of.results if result.id == check for found in result.findings]


def granted_elsewhere(keystone: Keystone) -> dict[str, object]:
    """A user of one domain, with a role on a project of another."""
    keystone.grant(keystone.ids["user:labuser"], keystone.ids["project:other"], "member")
    return {
        "authurl": keystone.auth_url,
        "username": "labuser",
        "password": "labpw",
        "domain": "lab",
        "tenant": "other",
    }


def test_swift_project_domain_differs(keystone: Keystone) -> None:
    """A user of one domain with a role on a project of another: the project is looked for in the wrong one."""
    (said,) = what(report(granted_elsewhere(keystone)), "swift.identity")
    assert "the project other is not in the domain in which it is looked for" in said


def test_swift_project_domain_differs_mended(keystone: Keystone) -> None:
    assert what(report({**granted_elsewhere(keystone), "tenantdomain": "Default"}), "swift.identity") == []


def test_swift_dlo_segments_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Listings that lag: the object that joins the segments never gets their size."""
    from registry_preflight.storage import swift_rehearsal

    monkeypatch.setattr(swift_rehearsal, "PATIENCE", 0.5)
    with scripted.cluster() as swift:
        swift.lagging = True
        said = scripted.report(swift)
    assert scripted.failing(said) == ["push"]
    assert "do not show up" in what(said, "swift.join-segments")[0]


def test_swift_401_object_corrupted_intermittent() -> None:
    """Tokens that live for moments: their life is told, and nothing more can be."""
    with scripted.cluster() as swift:
        swift.expires = "2001-01-01T00:00:00Z"
        assert "A token lives for 0 seconds" in what(scripted.report(swift, version=3), "swift.token-life")[0]


def test_swift_5gb_layer() -> None:
    """What the cluster takes as one object is compared with the segments, which is what the driver stores since."""
    with scripted.cluster() as swift:
        swift.info = {**scripted.INFO, "swift": {**scripted.INFO["swift"], "max_file_size": 10 << 20}}
        assert scripted.failing(scripted.report(swift)) == ["push"]


class TestInsecureSkipVerify:
    """swift-tls-insecureskipverify-not-everywhere."""

    def login(self, keystone: Keystone, relays: Relays, certificates: Certificates) -> dict[str, object]:
        """Keystone behind TLS with a certificate that nobody trusts."""
        port = int(keystone.url.rpartition(":")[2])
        relay = relays(port, certificates.context("self-signed"))
        return {
            "authurl": f"{relay.url}/v3",
            "username": "tester",
            "password": "testing",
            "domain": "Default",
            "tenant": "proj",
        }

    def test_without_it_the_certificate_is_told(
        self, keystone: Keystone, relays: Relays, certificates: Certificates
    ) -> None:
        assert "not trusted" in what(report(self.login(keystone, relays, certificates)), "swift.auth-certificate")[0]

    def test_with_it_the_registry_logs_in(self, keystone: Keystone, relays: Relays, certificates: Certificates) -> None:
        given = {**self.login(keystone, relays, certificates), "insecureskipverify": True}
        assert what(report(given), "swift.auth-certificate") == []


def test_every_incident_is_here_or_there() -> None:
    """By their ids: this file, the two others, and the reasons in one of them."""
    here = Path(__file__).parent
    text = "".join((here / name).read_text() for name in ("test_configs.py", "test_drivers.py", "test_clusters.py"))
    ids = """
        rados-chunksize-not-number harbor-helm-swift-password-not-base64 swift-401-object-corrupted-intermittent
        swift-5gb-layer swift-dlo-segments-timeout swift-numeric-tenant-yaml-int swift-operator-authurl-missing
        swift-project-domain-differs swift-tls-insecureskipverify-not-everywhere swift-v3-domain-missing
    """
    assert not [id for id in ids.split() if text.count(id) + text.count(id.replace("-", "_")) < 2]
