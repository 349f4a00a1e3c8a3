"""`swift.redirect-certificate`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import swift
from ..findings import found

CHECK = "swift.redirect-certificate"


def test_a_certificate_that_nobody_looks_at() -> None:
    (finding,) = found(CHECK, swift("insecureskipverify: true"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.swift.insecureskipverify")


def test_an_authority_of_the_registry_alone() -> None:
    (finding,) = found(CHECK, swift(), {"SSL_CERT_FILE": "/etc/cluster.pem"})
    assert (finding.severity, finding.where.path) == ("warning", "storage.swift.authurl")


def test_clients_that_are_not_redirected() -> None:
    assert not found(CHECK, swift("insecureskipverify: true", beside="  redirect: {disable: true}\n"))


def test_plain_http() -> None:
    assert not found(CHECK, swift("insecureskipverify: true", "authurl: http://keystone.example.com/v3"))


def test_a_certificate_that_everybody_knows() -> None:
    assert not found(CHECK, swift())
