"""The transport on real sockets: what it sends, what it counts, and that each fault gets the name of its own."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from registry_preflight.storage.exchange import put_request
from registry_preflight.storage.network import Answer, Meter, NetworkTrouble, Proxies, Transport, Trust

from ..checks.certificates import CERTIFICATE, KEY
from .talkers import Talker, says, talking

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


def transport(environment: dict[str, str] | None = None, *, verify: bool = True, timeout: float = 20.0) -> Transport:
    given = {"SSL_CERT_DIR": "/nonexistent", **(environment or {})}
    return Transport(given, Trust(given, verify=verify), Meter(), timeout=timeout)


def get(url: str, **options: float) -> Answer:
    return transport(**options).send("GET", url, {})  # type: ignore[arg-type]


def trouble(url: str, to: Transport | None = None) -> NetworkTrouble:
    with pytest.raises(NetworkTrouble) as caught:
        (to or transport()).send("GET", url, {})
    return caught.value


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[str, str]:
    """Paths of a certificate for no name that is asked for here, signed by itself, and of its key."""
    paths = tmp_path / "certificate.pem", tmp_path / "key.pem"
    for path, text in zip(paths, (CERTIFICATE, KEY), strict=True):
        path.write_text(text)
    return str(paths[0]), str(paths[1])


@pytest.fixture
def tls_port(certificate: tuple[str, str]) -> Iterator[int]:
    """A port that speaks TLS and answers each request with two bytes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)

    def talk(raw: socket.socket) -> None:
        try:
            with context.wrap_socket(raw, server_side=True) as tls:
                while tls.recv(65536):
                    tls.sendall(OK)
        except OSError:
            raw.close()

    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                raw, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(raw,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield int(listener.getsockname()[1])
    listener.close()


# Requests and answers


def test_an_answer_has_status_headers_and_body() -> None:
    with talking(says(b"HTTP/1.1 403 Forbidden\r\nX-One: a\r\nx-one: b\r\nContent-Length: 2\r\n\r\nno")) as server:
        answer = get(server.url)
    assert (answer.status, answer.reason, answer.headers["x-one"], answer.body) == (403, "Forbidden", "a, b", b"no")


def test_the_target_goes_out_as_it_is_given() -> None:
    with talking(says(OK)) as server:
        get(f"{server.url}/b/a%2Fb%20c?uploads&prefix=x%2Fy")
    assert server.heard[0].startswith(b"GET /b/a%2Fb%20c?uploads&prefix=x%2Fy HTTP/1.1\r\n")


def test_a_host_of_the_callers_is_sent_once() -> None:
    with talking(says(OK)) as server:
        transport().send("GET", server.url, {"Host": "bucket.example"})
    assert server.heard[0].lower().count(b"host:") == 1


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_host_header_has_no_port_where_the_url_has_none(scheme: str) -> None:
    proxy = Proxies({f"{scheme.upper()}_PROXY": "http://p"}).proxy_for(scheme, "s3.test", 80)
    connection = HTTPConnection("s3.test", 443 if scheme == "https" else 80)
    sent: list[bytes] = []
    connection.send = sent.append  # type: ignore[assignment,method-assign]
    put_request(connection, proxy if scheme == "http" else None, "GET", f"{scheme}://s3.test/b", {}, b"")
    assert b"\r\nHost: s3.test\r\n" in sent[0]


def test_an_empty_put_has_a_length() -> None:
    with talking(says(OK)) as server:
        transport().send("PUT", server.url, {})
    assert b"content-length: 0" in server.heard[0].lower()


def test_a_redirect_is_an_answer() -> None:
    with talking(says(b"HTTP/1.1 301 Moved\r\nLocation: http://elsewhere/\r\nContent-Length: 0\r\n\r\n")) as server:
        assert get(server.url).status == 301


def test_connections_are_kept() -> None:
    sender = transport()
    with talking(says(OK)) as server:
        for _ in range(3):
            sender.send("GET", server.url, {})
        assert server.connections == 1


def test_a_kept_connection_that_died_is_replaced() -> None:
    sender = transport()
    with talking(says(OK, closes=True)) as server:
        assert [sender.send("GET", server.url, {}).status for _ in range(3)] == [200] * 3


def test_warm_connections_are_used() -> None:
    sender = transport()
    with talking(says(OK)) as server:
        sender.warm(server.url, 1)
        until = time.monotonic() + 30
        while server.connections < 1 or not sender._idle:
            assert time.monotonic() < until
            time.sleep(0.01)
        sender.send("GET", server.url, {})
        assert server.connections == 1


def test_spare_connections_are_begun_once_the_first_stands() -> None:
    sender = Transport({}, Trust({}), Meter(), spare=3)
    with talking(says(OK)) as server:
        sender.send("GET", server.url, {})
        sender.send("GET", server.url, {})
        until = time.monotonic() + 30
        while server.connections < 4:
            assert time.monotonic() < until
            time.sleep(0.01)


def test_the_date_of_an_answer_is_a_sample_of_the_servers_clock() -> None:
    sender = transport()
    with talking(
        says(b"HTTP/1.1 403 No\r\nDate: Mon, 23 Nov 2026 14:58:10 GMT\r\nContent-Length: 0\r\n\r\n")
    ) as server:
        answer = sender.send("GET", server.url, {})
    assert answer.date == 1795445890.0
    assert [(sample.before <= sample.after, sample.date) for sample in sender.meter.samples] == [(True, answer.date)]


def test_requests_and_bytes_are_counted() -> None:
    def once(connection: socket.socket, said: bytes) -> None:
        if said.endswith(b"x."):
            connection.sendall(OK)

    sender = transport()
    with talking(once) as server:
        sender.send("PUT", server.url, {}, b"x" * 999 + b".")
        head = server.heard[0].partition(b"\r\n\r\n")[0]
    sent = len(head) + 4 + 1000
    assert (sender.meter.count, sender.meter.bytes_sent, sender.meter.bytes_received) == (1, sent, len(OK))


def test_a_failed_request_is_counted_with_its_trouble() -> None:
    sender = transport()
    trouble("http://127.0.0.1:1/", sender)
    assert [(one.method, one.status, one.trouble) for one in sender.meter.requests] == [("GET", 0, "refused")]


def test_the_record_of_a_request_shows_no_query() -> None:
    sender = transport()
    with talking(says(OK)) as server:
        sender.send("GET", f"{server.url}/k?X-Amz-Signature=abc", {})
    assert sender.meter.requests[0].url == f"{server.url}/k"


# Bounds


def test_a_body_is_cut_at_the_limit() -> None:
    def endless(connection: socket.socket, said: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 4096)

    with talking(endless) as server:
        answer = transport().send("GET", server.url, {}, limit=10_000)
    assert (len(answer.body), answer.complete) == (10_000, False)


def test_headers_without_end_are_a_trouble() -> None:
    def endless(connection: socket.socket, said: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"X: y\r\n" * 100)

    with talking(endless) as server:
        assert trouble(server.url).kind == "too-large"


def test_a_body_that_drips_ends_with_the_time_for_the_request() -> None:
    def drip(connection: socket.socket, said: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            connection.sendall(b"x")
            time.sleep(0.01)

    with talking(drip) as server:
        assert trouble(server.url, transport(timeout=0.3)).kind == "timeout"


def test_a_server_that_reads_nothing_ends_with_the_time_for_the_request() -> None:
    with talking(lambda connection, said: time.sleep(60)) as server, pytest.raises(NetworkTrouble) as caught:
        transport(timeout=0.3).send("PUT", server.url, {}, b"x" * (32 << 20))
    assert caught.value.kind == "timeout"


def test_an_early_refusal_is_the_answer_though_the_body_was_not_taken() -> None:
    def refuse(connection: socket.socket, said: bytes) -> None:
        connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(1 << 20):
            pass

    with talking(refuse) as server:
        assert transport().send("PUT", server.url, {}, b"x" * (8 << 20)).status == 403


# Faults


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert trouble(f"http://127.0.0.1:{port}").kind == "refused"


def test_a_name_without_address() -> None:
    assert trouble("http://no-such-host.invalid").kind == "name"


def test_a_name_that_can_be_none() -> None:
    assert trouble(f"http://{'a' * 64}.invalid").kind == "name"


def test_silence() -> None:
    with talking(lambda connection, said: None) as server:
        assert trouble(server.url, transport(timeout=0.2)).kind == "timeout"


def test_a_connection_closed_without_an_answer() -> None:
    with talking(says(b"", closes=True)) as server:
        assert trouble(server.url).kind == "reset"


def test_a_body_that_breaks_off() -> None:
    with talking(says(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi", closes=True)) as server:
        assert trouble(server.url).kind == "truncated"


def test_headers_that_break_off() -> None:
    with talking(says(b"HTTP/1.1 200 OK\r\nContent-Type: text", closes=True)) as server:
        assert trouble(server.url).kind == "truncated"


def test_what_is_no_http() -> None:
    with talking(says(b"220 mail ESMTP\r\n", closes=True)) as server:
        assert trouble(server.url).kind == "not-http"


def test_a_header_that_can_not_be_sent() -> None:
    with talking(says(OK)) as server, pytest.raises(NetworkTrouble) as caught:
        transport().send("GET", server.url, {"Authorization": "AWS a\nb"})
    assert caught.value.kind == "unsendable"


def test_tls_to_a_port_without() -> None:
    with talking(says(b"HTTP/1.1 400 Bad Request\r\n\r\n", closes=True)) as server:
        assert trouble(f"https://127.0.0.1:{server.port}").kind == "tls-on-plain"


def test_plain_http_to_a_port_with_tls(tls_port: int) -> None:
    assert trouble(f"http://127.0.0.1:{tls_port}").kind == "plain-on-tls"


def test_plain_http_to_a_web_server_that_says_so() -> None:
    said = b"The plain HTTP request was sent to HTTPS port"
    with talking(says(b"HTTP/1.1 400 Bad Request\r\nContent-Length: %d\r\n\r\n%s" % (len(said), said))) as server:
        assert trouble(server.url).kind == "plain-on-tls"


def test_a_certificate_that_nobody_signed(tls_port: int) -> None:
    found = trouble(f"https://127.0.0.1:{tls_port}")
    assert (found.kind, found.certificates) == ("tls-untrusted", (("registry.test", "registry.test"),))


def test_a_certificate_for_another_name(tls_port: int, certificate: tuple[str, str]) -> None:
    assert trouble(f"https://127.0.0.1:{tls_port}", transport({"SSL_CERT_FILE": certificate[0]})).kind == "tls-name"


def test_skipverify_takes_any_certificate(tls_port: int) -> None:
    assert get(f"https://127.0.0.1:{tls_port}", verify=False).status == 200


def test_tls_connections_are_kept(tls_port: int) -> None:
    sender = transport(verify=False)
    for _ in range(3):
        sender.send("GET", f"https://127.0.0.1:{tls_port}", {})
    assert [one.fresh for one in sender.meter.requests] == [True, False, False]


def test_every_file_of_a_certificate_directory_is_read(tls_port: int, tmp_path: Path) -> None:
    (tmp_path / "roots").mkdir()
    (tmp_path / "roots" / "no-hash.pem").write_text(CERTIFICATE)
    sender = transport({"SSL_CERT_FILE": "/nonexistent", "SSL_CERT_DIR": str(tmp_path / "roots")})
    assert trouble(f"https://127.0.0.1:{tls_port}", sender).kind == "tls-name"


# Proxies


def through(proxy: Talker, url: str, **more: str) -> Transport:
    given = {"HTTP_PROXY": f"http://me:pw@127.0.0.1:{proxy.port}", "HTTPS_PROXY": f"127.0.0.1:{proxy.port}", **more}
    return Transport(given, Trust(given), Meter(), proxies=Proxies(given))


def test_a_proxy_fetches_a_plain_url() -> None:
    with talking(says(OK)) as proxy:
        through(proxy, "").send("GET", "http://s3.invalid/b?x", {"Host": "s3.invalid"})
    assert proxy.heard[0].startswith(b"GET http://s3.invalid/b?x HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic bWU6cHc=" in proxy.heard[0]


def test_a_proxy_that_refuses_a_tunnel() -> None:
    with talking(says(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")) as proxy:
        found = trouble("https://s3.invalid", through(proxy, ""))
    assert (found.kind, "407" in found.text) == ("proxy", True)


def test_a_proxy_that_is_not_there() -> None:
    given = {"HTTPS_PROXY": "http://127.0.0.1:1"}
    found = trouble("https://s3.invalid", Transport(given, Trust(given), Meter()))
    assert (found.kind, found.port) == ("proxy", 1)


def test_a_kind_of_proxy_that_is_not_spoken() -> None:
    given = {"HTTPS_PROXY": "socks5://127.0.0.1:1"}
    assert trouble("https://s3.invalid", Transport(given, Trust(given), Meter())).kind == "unsupported"
