"""`s3.redirect-certificate`: what it finds, and what it leaves alone."""

from __future__ import annotations

import pytest

from ..drivers import clone, s3
from ..findings import found

TRUSTED = {"SSL_CERT_FILE": "/store-ca.pem"}
CHECK = "s3.redirect-certificate"


def test_skipverify_does_not_help_clients() -> None:
    (finding,) = found(CHECK, clone("skipverify: true"))
    assert (finding.severity, finding.where.path, finding.breaks) == ("warning", "storage.s3.skipverify", ())


def test_a_root_of_the_registry_s_own_does_not_help_clients() -> None:
    (finding,) = found(CHECK, clone(), TRUSTED)
    assert "SSL_CERT_FILE" in finding.what


@pytest.mark.parametrize(
    "text",
    [
        clone(),
        clone("skipverify: true", beside="  redirect: {disable: true}\n"),
        clone("skipverify: true", "regionendpoint: 'http://s3.example.com'"),
        s3("skipverify: true"),
    ],
)
def test_no_strange_certificate_meets_clients(text: str) -> None:
    assert not found(CHECK, text)


def test_2_5_does_not_read_skipverify() -> None:
    assert not found(CHECK, clone("skipverify: true"), target="registry-2.5")
