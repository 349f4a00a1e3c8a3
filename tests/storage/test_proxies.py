"""Which proxy Go takes; the rules that a real 2.8.2 was seen to follow are marked so."""

from __future__ import annotations

import pytest

from registry_preflight.storage.proxies import Proxies, Refused

HOST = "s3.example.net"


def taken(environment: dict[str, str], scheme: str = "https", host: str = HOST, port: int = 443) -> str:
    proxy = Proxies(environment).proxy_for(scheme, host, port)
    return f"{proxy.scheme}://{proxy.host}:{proxy.port}" if proxy else ""


@pytest.mark.parametrize(
    ("environment", "scheme", "expected"),
    [
        ({}, "https", ""),
        ({"HTTPS_PROXY": "http://p:3128"}, "https", "http://p:3128"),
        ({"https_proxy": "http://p:3128"}, "https", "http://p:3128"),
        ({"HTTPS_PROXY": "http://upper:1", "https_proxy": "http://lower:2"}, "https", "http://upper:1"),
        ({"HTTPS_PROXY": "", "https_proxy": "http://lower:2"}, "https", "http://lower:2"),
        ({"HTTPS_PROXY": "p:3128"}, "https", "http://p:3128"),  # seen
        ({"HTTPS_PROXY": "p"}, "https", "http://p:80"),
        ({"HTTPS_PROXY": "https://p"}, "https", "https://p:443"),
        ({"HTTPS_PROXY": "socks5://p"}, "https", "socks5://p:1080"),
        ({"HTTP_PROXY": "http://p:3128"}, "https", ""),  # seen
        ({"HTTP_PROXY": "http://p:3128"}, "http", "http://p:3128"),  # seen
        ({"HTTPS_PROXY": "http://p:3128"}, "http", ""),
        ({"ALL_PROXY": "http://p:3128"}, "http", ""),
        ({"HTTPS_PROXY": "http://p:port"}, "https", "http://http:80"),  # seen: "lookup http"
    ],
)
def test_the_variable_of_the_scheme_counts(environment: dict[str, str], scheme: str, expected: str) -> None:
    assert taken(environment, scheme) == expected


@pytest.mark.parametrize(
    ("spared", "host", "port", "direct"),
    [
        ("*", HOST, 443, True),
        ("a,*", HOST, 443, True),
        ("example.net", HOST, 443, True),
        ("example.net", "example.net", 443, True),
        (".example.net", HOST, 443, True),
        (".example.net", "example.net", 443, False),
        ("*.example.net", HOST, 443, True),
        ("*.example.net", "example.net", 443, False),
        ("ample.net", HOST, 443, False),
        ("EXAMPLE.NET", HOST, 443, True),
        (" example.net , other", HOST, 443, True),
        ("example.net:443", HOST, 443, True),
        ("example.net:8443", HOST, 443, False),
        ("10.0.0.0/8", "10.1.2.3", 443, True),
        ("10.0.0.0/8", "11.1.2.3", 443, False),
        ("10.1.2.3", "10.1.2.3", 9000, True),
        ("10.1.2.3:9000", "10.1.2.3", 9000, True),
        ("10.1.2.3:9000", "10.1.2.3", 443, False),
        ("10.1", "10.1.2.3", 443, False),
        ("fd00::/8", "fd00::1", 443, True),
        ("[fd00::1]:443", "fd00::1", 443, True),
        ("fd00::1", "fd00::1", 443, True),
        (":443", HOST, 443, False),
        ("", HOST, 443, False),
        ("", "localhost", 443, True),
        ("", "127.0.0.1", 443, True),
        ("", "127.8.9.1", 443, True),
        ("", "::1", 443, True),
        ("", "a.localhost", 443, False),
        ("", "169.254.169.254", 80, False),
    ],
)
def test_what_no_proxy_spares(spared: str, host: str, port: int, direct: bool) -> None:
    proxies = Proxies({"HTTPS_PROXY": "http://p:1", "NO_PROXY": spared})
    assert (proxies.proxy_for("https", host, port) is None) is direct


def test_http_proxy_is_refused_to_what_looks_like_a_cgi_program() -> None:  # seen
    with pytest.raises(Refused):
        Proxies({"HTTP_PROXY": "http://p:1", "REQUEST_METHOD": "GET"}).proxy_for("http", HOST, 80)


def test_https_proxy_is_not_refused_to_it() -> None:
    assert taken({"HTTPS_PROXY": "http://p:1", "REQUEST_METHOD": "GET"})


def test_old_releases_fall_back_to_http_proxy() -> None:
    proxies = Proxies({"HTTP_PROXY": "http://p:1"}, https_falls_back=True)
    assert proxies.proxy_for("https", HOST, 443)


def test_a_login_is_decoded() -> None:
    proxy = Proxies({"HTTPS_PROXY": "http://me:p%40ss@p:1"}).proxy_for("https", HOST, 443)
    assert proxy is not None
    assert proxy.login == "me:p@ss"


def test_networks_are_read_from_go_1_11_on() -> None:
    proxies = Proxies({"HTTP_PROXY": "http://p:1", "NO_PROXY": "10.0.0.0/8"}, networks=False)
    assert proxies.proxy_for("http", "10.1.2.3", 80) is not None
