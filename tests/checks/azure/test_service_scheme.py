"""`azure.service-scheme`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import azure, azure3
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_pulls_are_refused_over_plain_http() -> None:
    (finding,) = found(
        "azure.service-scheme", azure3("serviceurl: http://127.0.0.1:10000/images"), target="registry-3.1"
    )
    assert (finding.severity, finding.where.path) == ("blocker", "storage.azure.serviceurl")
    assert finding.breaks == ("pull",)


def test_tokens_are_not_sent_over_plain_http() -> None:
    (finding,) = found(
        "azure.service-scheme",
        azure("credentials: {type: default_credentials}", "serviceurl: http://127.0.0.1:10000/images"),
        target="registry-3.1",
    )
    assert (finding.severity, finding.where.path) == ("blocker", "storage.azure.serviceurl")
    assert finding.breaks == REQUESTS


def test_plain_http_without_redirects_is_fine() -> None:
    assert not found(
        "azure.service-scheme",
        azure3("serviceurl: http://127.0.0.1:10000/images", beside="  redirect: {disable: true}\n"),
        target="registry-3.1",
    )
