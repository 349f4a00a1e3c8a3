"""Reported incidents of S3 and its like whose cause only an answer, or none, shows.

`s3-docker-iptables-false` is a container without a way out of its host: here the packets are dropped. From outside the
container nobody can see it.
"""

from __future__ import annotations

import pytest
from registry_preflight.fixtures.faults import Faults
from registry_preflight.fixtures.relay import Relay

from registry_preflight.storage import network

from ..checks.drivers import clone, s3
from ..checks.findings import found
from ..checks.s3.reach import EMPTY, answer, config, error, failed, report, store
from ..storage.talkers import says, talking


def test_s3_region_mismatch_authheader() -> None:
    said = error(400, "AuthorizationHeaderMalformed", "<Region>eu-central-1</Region>", Server="AmazonS3")
    with store(said) as server:
        (finding,) = failed(report(config(server.url)))["s3.bucket-region"]
    assert finding.fix.startswith("Set storage.s3.region: eu-central-1")


def test_s3_minio_site_region_mismatch() -> None:
    with store(error(400, "AuthorizationHeaderMalformed", "<Region>cdf-lan-nas</Region>", Server="MinIO")) as server:
        (finding,) = failed(report(config(server.url)))["s3.bucket-region"]
    assert finding.fix.startswith("Set storage.s3.region: cdf-lan-nas")


def test_s3_v2_signature_only_store() -> None:
    with talking(says(error(403, "SignatureDoesNotMatch"))) as server:
        assert list(failed(report(config(server.url)))) == ["s3.identity"]


def test_s3_us_east_1_global_endpoint() -> None:
    """The host that is asked is the release's own, and a proxy that lets no other through shows it."""
    with talking(says(answer(403))) as proxy:
        given = report(s3("region: us-east-1", "bucket: images"), {"HTTPS_PROXY": proxy.url})
    (finding,) = failed(given)["s3.proxy"]
    assert "CONNECT images.s3.amazonaws.com:443" in finding.what


def test_s3_docker_iptables_false(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "CONNECT_TIMEOUT", 0.5)
    relay = Relay()
    relay.faults = Faults(at_the_door="ignore")
    try:
        (finding,) = failed(report(config(relay.url)))["s3.endpoint-connects"]
    finally:
        relay.close()
    assert "did not answer in time" in finding.what


def test_s3_transport_blocks_sdk_ca_env() -> None:
    (finding,) = found("s3.ca-bundle", clone(), {"AWS_CA_BUNDLE": "/etc/ssl/certs/ca-certificates.crt"})
    assert finding.fix.startswith("Unset AWS_CA_BUNDLE")


def test_dtr_redirect_clients_need_storage_ca() -> None:
    text = clone("regionendpoint: 'https://ecs.corp'", "skipverify: true")
    (finding,) = found("s3.redirect-certificate", text)
    assert "redirect.disable" in finding.fix


def test_s3_redirect_client_resolves_localhost(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **named: real("127.0.0.1", *rest, **named))
    with store(answer(200, EMPTY)) as server:
        given = report(config(f"http://s3.us-east-1.amazonaws.com:{server.port}"))
    (finding,) = next(result for result in given.results if result.id == "s3.redirect-address").findings
    assert "which from here is 127.0.0.1" in finding.what


def test_s3_transport_ignores_proxy_env_release() -> None:
    with talking(says(answer(200, EMPTY))) as proxy:
        given = report(config("http://store.invalid", "skipverify: true"), {"HTTP_PROXY": proxy.url})
    assert list(failed(given)) == ["s3.endpoint-resolves"]
    assert proxy.heard == []
