"""The layers between the registry and its bucket: one root cause each, and a real registry that fails where that is foretold."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from registry_preflight.fixtures.certificates import Certificates
from registry_preflight.fixtures.clock import TimeServer
from registry_preflight.fixtures.relay import Relay

from registry_preflight import Options, check_config, load_config
from registry_preflight.storage import aws_metadata, reach
from registry_preflight.storage.clock import Told

from ...storage.talkers import says, talking
from .reach import EMPTY, REQUESTS, answer, both, config, date, error, failed, report, store

HTML = b"<!DOCTYPE html><html><head><title>Console</title></head><body>log in</body></html>"
NOBODY = "http://127.0.0.1:1"


def causes(said: bytes, *lines: str, target: str = "registry-2.8") -> list[str]:
    """The checks that fail where a store says this to everything."""
    with store(said) as server:
        return list(failed(report(config(server.url, *lines), target=target)))


def lead_here(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let a name stand for this machine."""
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *rest, **named: real("127.0.0.1" if host == name.encode() else host, *rest, **named),
    )


# With the real registry


def cause(text: str, folder: Path) -> str:
    """The one root cause, after a real registry has started and failed the push, as foretold."""
    did = both(text, folder)
    assert (did.push != "works", did.failing) == (True, REQUESTS)
    (found,) = failed(did.report)
    return found


def test_a_name_without_an_address(tmp_path: Path) -> None:
    assert cause(config("http://no-such-host.invalid"), tmp_path) == "s3.endpoint-resolves"


def test_a_port_on_which_nobody_listens(tmp_path: Path) -> None:
    assert cause(config(NOBODY), tmp_path) == "s3.endpoint-connects"


def test_a_web_console(tmp_path: Path) -> None:
    with store(answer(200, HTML, Content_Type="text/html")) as server:
        assert cause(config(server.url), tmp_path) == "s3.endpoint-speaks-s3"


def test_a_gateway_without_a_server(tmp_path: Path) -> None:
    with store(answer(502, HTML)) as server:
        assert cause(config(server.url), tmp_path) == "s3.endpoint-answers"


def test_a_service_that_is_no_web_server(tmp_path: Path) -> None:
    with talking(says(b"-ERR unknown command\r\n", closes=True)) as server:
        assert cause(config(server.url), tmp_path) == "s3.endpoint-answers"


def test_tls_to_a_port_without(tmp_path: Path) -> None:
    with talking(says(answer(400, HTML), closes=True)) as server:
        url = server.url.replace("http", "https")
        assert cause(config(url), tmp_path) == "s3.endpoint-protocol"


def test_secure_false_to_a_port_with_tls(tmp_path: Path, certificates: Certificates) -> None:
    relay = Relay(tls=certificates.context())
    try:
        text = config(f"127.0.0.1:{relay.port}", "secure: false")
        assert cause(text, tmp_path) == "s3.endpoint-protocol"
    finally:
        relay.close()


@pytest.mark.parametrize(
    "kind",
    [
        "expired", "not-yet-valid", "wrong-name", "unknown-authority", "missing-intermediate", "self-signed",
        "common-name-only",
    ],
)  # fmt: skip
def test_a_certificate_that_go_does_not_take(kind: str, tmp_path: Path, certificates: Certificates) -> None:
    relay = Relay(tls=certificates.context(kind))
    try:
        assert cause(config(relay.url), tmp_path) == "s3.certificate"
    finally:
        relay.close()


def test_a_server_that_demands_a_client_s_certificate(tmp_path: Path, certificates: Certificates) -> None:
    relay = Relay(tls=certificates.context(versions="1.2", clients=True))
    try:
        assert cause(config(relay.url, "skipverify: true"), tmp_path) == "s3.endpoint-protocol"
    finally:
        relay.close()


def test_versions_of_tls_that_are_too_old(tmp_path: Path, certificates: Certificates) -> None:
    relay = Relay(tls=certificates.context(versions="1.0-1.1"))
    try:
        assert cause(config(relay.url, "skipverify: true"), tmp_path) == "s3.endpoint-protocol"
    finally:
        relay.close()


@pytest.mark.parametrize(
    "code",
    ["InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "UserSuspended"],
)
def test_keys_that_the_store_refuses(code: str, tmp_path: Path) -> None:
    with store(error(403, code)) as server:
        assert cause(config(server.url), tmp_path) == "s3.identity"


def test_a_clock_that_is_too_far_off(tmp_path: Path) -> None:
    with store(error(403, "RequestTimeTooSkewed", Date=date(1200))) as server:
        assert cause(config(server.url), tmp_path) == "s3.clock"


@pytest.mark.parametrize(
    "said",
    [
        error(301, "PermanentRedirect", "<Endpoint>images.s3.eu-west-1.amazonaws.com</Endpoint>"),
        error(301, "PermanentRedirect", x_amz_bucket_region="eu-west-1"),
        error(400, "AuthorizationHeaderMalformed", "<Region>eu-west-1</Region>"),
    ],
)
def test_a_bucket_of_another_region(said: bytes, tmp_path: Path) -> None:
    with store(said) as server:
        assert cause(config(server.url), tmp_path) == "s3.bucket-region"


def test_a_line_break_in_the_access_key_of_the_environment() -> None:
    keys = {"AWS_ACCESS_KEY_ID": "AKIAQQQQWWWWEEEERRRR\n", "AWS_SECRET_ACCESS_KEY": "s" * 40}
    with store(answer(200, EMPTY)) as server:
        given = report(config(server.url, "accesskey: -", "secretkey: -"), keys)
    assert list(failed(given)) == ["s3.endpoint-answers"]


# What is told


def test_nothing_is_found_where_a_store_answers() -> None:
    assert causes(answer(200, EMPTY)) == []


def test_an_empty_refusal_without_a_sign_of_s3() -> None:
    assert causes(answer(404)) == ["s3.endpoint-speaks-s3"]


def test_a_refusal_for_want_of_rights_says_that_all_this_is_well() -> None:
    assert causes(error(403, "AccessDenied"))[:1] != ["s3.identity"]


def test_a_list_of_buckets_means_that_the_bucket_was_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    lead_here(monkeypatch, "images.store.test")
    with store(answer(200, b"<ListAllMyBucketsResult/>")) as server:
        url = f"http://store.test:{server.port}"
        findings = failed(report(config(url), target="registry-3.1"))
    assert "forcepathstyle" in findings["s3.endpoint-speaks-s3"][0].fix


def test_a_name_with_the_bucket_in_front_asks_for_path_style() -> None:
    (finding,) = failed(report(config("http://store.invalid"), target="registry-3.1"))["s3.endpoint-resolves"]
    assert ("images.store.invalid" in finding.what, "forcepathstyle: true" in finding.fix) == (True, True)


def test_the_health_check_is_told_of() -> None:
    text = config(NOBODY) + "health: {storagedriver: {enabled: true}}\n"
    (finding,) = failed(report(text))["s3.endpoint-connects"]
    assert "503" in finding.why


def test_a_proxy_that_is_not_there() -> None:
    given = report(config("https://store.invalid"), {"HTTPS_PROXY": NOBODY})
    (finding,) = failed(given)["s3.proxy"]
    assert finding.where.variable == "HTTPS_PROXY"


def test_a_proxy_that_refuses() -> None:
    with talking(says(answer(403))) as proxy:
        given = report(config("https://store.invalid"), {"HTTPS_PROXY": proxy.url})
    assert list(failed(given)) == ["s3.proxy"]


def test_a_proxy_that_fetches() -> None:
    with talking(says(answer(200, EMPTY))) as proxy:
        assert failed(report(config("http://store.invalid"), {"HTTP_PROXY": proxy.url})) == {}


def test_a_proxy_of_this_shell_is_pointed_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", NOBODY)
    (finding,) = failed(report(config("http://store.invalid")))["s3.endpoint-resolves"]
    assert "--env HTTP_PROXY" in finding.fix


def test_ssl_cert_file_makes_a_private_authority_known(certificates: Certificates) -> None:
    relay = Relay(tls=certificates.context())
    try:
        given = report(config(relay.url), {"SSL_CERT_FILE": str(certificates.authority)})
        assert "s3.certificate" not in failed(given)
    finally:
        relay.close()


def test_2_7_takes_a_common_name(certificates: Certificates) -> None:
    relay = Relay(tls=certificates.context("common-name-only", names=("localhost",)))
    try:
        url = relay.url.replace("127.0.0.1", "localhost")
        trusted = {"SSL_CERT_FILE": str(certificates.authority)}
        assert "s3.certificate" not in failed(report(config(url), trusted, "registry-2.7"))
        assert "s3.certificate" in failed(report(config(url), trusted))
    finally:
        relay.close()


def test_a_missing_intermediate_is_told_from_a_strange_root(certificates: Certificates) -> None:
    relay = Relay(tls=certificates.context("missing-intermediate"))
    try:
        given = report(config(relay.url), {"SSL_CERT_FILE": str(certificates.authority)})
        (finding,) = failed(given)["s3.certificate"]
        assert "An intermediate for tests" in finding.fix
    finally:
        relay.close()


# Clocks


def test_half_the_limit_is_a_warning() -> None:
    with store(answer(200, EMPTY, Date=date(-600))) as server:
        results = {result.id: result for result in report(config(server.url)).results}
    (finding,) = results["s3.clock"].findings
    assert (finding.severity, finding.breaks, "ahead of the store's" in finding.what) == ("warning", (), True)


def test_a_small_offset_is_nothing() -> None:
    with store(answer(200, EMPTY, Date=date(300))) as server:
        results = {result.id: result for result in report(config(server.url)).results}
    assert results["s3.clock"].status == "passed"


@pytest.mark.parametrize("offset", [7200, -19800, 20700])
def test_a_time_zone_is_named(offset: int) -> None:
    with store(error(403, "RequestTimeTooSkewed", Date=date(offset))) as server:
        (finding,) = failed(report(config(server.url)))["s3.clock"]
    assert f"{abs(offset) / 3600:g} h" in finding.what


@pytest.mark.parametrize(("ntp", "whose"), [(0.0, "the store's is wrong"), (1200.0, "this machine's clock is wrong")])
def test_a_time_server_tells_whose_clock_is_wrong(ntp: float, whose: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "ask_time", lambda server: Told(ntp, 0.2, 2))
    monkeypatch.setattr(reach, "_is_here", lambda host: False)
    with store(error(403, "RequestTimeTooSkewed", Date=date(1200))) as server:
        (finding,) = failed(report(config(server.url)))["s3.clock"]
    assert whose in finding.why


def test_the_time_server_of_ntp_is_believed(time_server: TimeServer) -> None:
    with store(error(403, "RequestTimeTooSkewed", Date=date(1200))) as server:
        given = report(config(server.url), ntp=time_server.address)
    (finding,) = failed(given)["s3.clock"]
    assert "the store's is wrong" in finding.why
    assert finding.fix.startswith("Set the clock of the store's servers")


def test_no_public_time_server_is_asked_for_a_store_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(reach, "ask_time", asked.append)
    with store(error(403, "RequestTimeTooSkewed", Date=date(1200))) as server:
        report(config(server.url))
    assert asked == []


# Identity


def refusal(code: str, *lines: str, environment: dict[str, str] | None = None, said: str = "") -> str:
    with store(error(400 if code.startswith("Auth") else 403, code, said)) as server:
        (finding,) = failed(report(config(server.url, *lines), environment))["s3.identity"]
    return f"{finding.what} {finding.fix}"


def test_a_secret_in_a_url_s_encoding_is_suspected() -> None:
    assert "percent-encoded" in refusal("SignatureDoesNotMatch", "secretkey: abc%2Fdefghijklmnopqrstuvwxyz0123456789")


def test_a_secret_of_39_characters_is_suspected() -> None:
    assert "39 characters" in refusal("SignatureDoesNotMatch", f"secretkey: {'s' * 39}")


def test_temporary_keys_without_their_token() -> None:
    keys = {"AWS_ACCESS_KEY_ID": "ASIAQQQQWWWWEEEERRRR", "AWS_SECRET_ACCESS_KEY": "s" * 40}
    told = refusal("InvalidAccessKeyId", "accesskey: -", "secretkey: -", environment=keys)
    assert "AWS_SESSION_TOKEN" in told


def test_no_keys_anywhere() -> None:
    nowhere = {"HOME": "/nonexistent", "AWS_EC2_METADATA_DISABLED": "true"}
    with store(answer(200, EMPTY)) as server:
        (finding,) = failed(report(config(server.url, "accesskey: -", "secretkey: -"), nowhere))["s3.identity"]
    assert "NoCredentialProviders" in finding.what


def test_no_keys_where_not_everything_could_be_seen() -> None:
    with store(answer(200, EMPTY)) as server:
        text = config(server.url, "accesskey: -", "secretkey: -")
        given = report(text, {"AWS_EC2_METADATA_DISABLED": "true"})
    assert "s3.identity" not in failed(given)
    assert given.predictions["push"].outcome == "unknown"  # type: ignore[index]


def test_keys_from_the_environment_are_named() -> None:
    keys = {"AWS_ACCESS_KEY_ID": "AKIAQQQQWWWWEEEERRRR", "AWS_SECRET_ACCESS_KEY": "s" * 40}
    with store(answer(200, EMPTY)) as server:
        results = {r.id: r for r in report(config(server.url, "accesskey: -", "secretkey: -"), keys).results}
    (finding,) = results["s3.identity"].findings
    assert (finding.severity, "AWS_ACCESS_KEY_ID" in finding.what) == ("note", True)


def test_a_malformed_header_that_names_no_region_is_the_key() -> None:
    assert "access key breaks" in refusal("AuthorizationHeaderMalformed")


def test_minio_names_its_region_in_the_message() -> None:
    body = b"<Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; the region is wrong; expecting 'cdf-lan'.</Message></Error>"
    with store(answer(400, body)) as server:
        (finding,) = failed(report(config(server.url)))["s3.bucket-region"]
    assert "region: cdf-lan" in finding.fix


def test_a_store_that_knows_version_2_alone() -> None:
    def talk(connection: socket.socket, said: bytes) -> None:
        old = b"Authorization: AWS " in said
        connection.sendall(answer(200, EMPTY) if old else error(403, "SignatureDoesNotMatch"))

    with talking(talk) as server:
        (finding,) = failed(report(config(server.url)))["s3.identity"]
    assert finding.fix.startswith("Set storage.s3.v4auth: false")


def test_a_store_that_gives_no_reason_is_asked_for_its_buckets() -> None:
    with store(error(403, "AccessDenied")) as server:
        results = {result.id: result for result in report(config(server.url)).results}
    (finding,) = results["s3.identity"].findings
    assert (finding.severity, "Look at both keys" in finding.fix) == ("warning", True)


def test_keys_that_may_list_their_buckets_are_known() -> None:
    def talk(connection: socket.socket, said: bytes) -> None:
        of_service = said.startswith(b"GET / ")
        connection.sendall(answer(200, b"<ListAllMyBucketsResult/>") if of_service else error(403, "AccessDenied"))

    with talking(talk) as server:
        results = {result.id: result for result in report(config(server.url)).results}
    assert results["s3.identity"].findings == ()


def test_amazon_tells_whose_keys_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    arn = "arn:aws:iam::123456789012:user/registry"
    name = "GetCallerIdentity"
    said = f"<{name}Response><{name}Result><Arn>{arn}</Arn></{name}Result></{name}Response>".encode()
    lead_here(monkeypatch, "s3.us-east-1.amazonaws.com")
    with store(answer(200, EMPTY)) as server, store(answer(200, said)) as sts:
        monkeypatch.setattr(aws_metadata, "STS", sts.url)
        given = report(config(f"http://s3.us-east-1.amazonaws.com:{server.port}"))
    (finding,) = next(result for result in given.results if result.id == "s3.caller").findings
    assert (finding.severity, arn in finding.what) == ("note", True)
    assert b"/us-east-1/sts/aws4_request" in sts.heard[0]


# Redirects


def test_a_public_name_that_leads_to_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    lead_here(monkeypatch, "store.example.com")
    with store(answer(200, EMPTY)) as server:
        given = report(config(f"http://store.example.com:{server.port}"))
    (finding,) = next(result for result in given.results if result.id == "s3.redirect-address").findings
    assert (finding.severity, "127.0.0.1" in finding.what) == ("warning", True)


def test_nobody_is_sent_there_without_redirects(monkeypatch: pytest.MonkeyPatch) -> None:
    lead_here(monkeypatch, "store.example.com")
    with store(answer(200, EMPTY)) as server:
        given = report(config(f"http://store.example.com:{server.port}", beside="  redirect: {disable: true}\n"))
    assert next(result for result in given.results if result.id == "s3.redirect-address").findings == ()


@pytest.mark.parametrize("target", ["registry-2.5", "registry-2.7", "registry-3.0", "registry-3.1"])
def test_every_release_is_asked_alike(target: str) -> None:
    assert causes(error(403, "InvalidAccessKeyId"), "forcepathstyle: true", target=target) == ["s3.identity"]


def test_a_proxy_that_this_program_does_not_speak_to_leaves_the_stages_unknown() -> None:
    given = report(config("https://store.invalid"), {"HTTPS_PROXY": "socks5://127.0.0.1:1"})
    assert failed(given) == {}
    foretold = {stage.value: said.outcome.value for stage, said in given.predictions.items()}
    assert (foretold["start"], foretold["push"]) == ("works", "unknown")


def test_2_7_goes_through_http_proxy_for_https() -> None:
    with talking(says(answer(403))) as proxy:
        given = report(config("https://store.invalid"), {"HTTP_PROXY": proxy.url}, "registry-2.7")
    assert list(failed(given)) == ["s3.proxy"]


def test_nothing_is_asked_offline() -> None:
    with store(answer(200, EMPTY)) as server:
        check_config(load_config(config(server.url).encode(), {}, "registry-2.8", options=Options(offline=True)))
        assert server.connections == 0


def test_a_secret_is_in_no_finding() -> None:
    secret = "sEcReT" * 6 + "sEcR"
    inside = f"<StringToSign>{secret}</StringToSign>"
    with store(error(403, "SignatureDoesNotMatch", inside)) as server:
        given = report(config(server.url, f"secretkey: {secret}"))
    assert secret not in repr(given)
