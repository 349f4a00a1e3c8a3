"""`http.tls-acme`."""

from __future__ import annotations

import pytest

from registry_preflight import START, Status, foretell

from ..findings import FILESYSTEM, found

ID = "http.tls-acme"


def acme(settings: str, more: str = "") -> str:
    return f"{FILESYSTEM}http: {{tls: {{{more}letsencrypt: {{cachefile: /c, {settings}}}}}}}\n"


def test_it_excludes_a_certificate() -> None:
    (finding,) = found(ID, acme("hosts: [a.example.com]", "certificate: /c.pem, "))
    assert START in finding.breaks


@pytest.mark.parametrize("target", ["registry-2.8", "registry-3.0", "registry-3.1"])
def test_without_hosts_it_starts_and_serves_nobody(target: str) -> None:
    (finding,) = found(ID, acme("email: a@example.com"), target=target)
    assert (finding.severity, START in finding.breaks) == ("blocker", False)


def test_with_hosts() -> None:
    assert found(ID, acme("hosts: [a.example.com]")) == ()


def test_2_7_calls_the_service_where_it_has_an_address() -> None:
    results = {result.id: result for result in foretell(acme("email: a@example.com"), {}, "registry-2.7").results}
    assert results[ID].status is Status.SKIPPED


def test_2_5_calls_nobody_without_one() -> None:
    assert found(ID, acme(""), target="registry-2.5") == ()
