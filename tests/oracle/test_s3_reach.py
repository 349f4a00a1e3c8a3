"""What stands between a registry and its bucket, broken one at a time: the prediction against a real registry, in all five stages.

The bucket is good, and was filled by a registry that reaches it; the registry that is judged does not, or does by a way
of its own.
"""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest
from registry_preflight.fixtures import referee
from registry_preflight.fixtures.buckets import Bucket
from registry_preflight.fixtures.certificates import Certificates
from registry_preflight.fixtures.faults import Faults, Way
from registry_preflight.fixtures.proxy import Proxy
from registry_preflight.fixtures.relay import Relay
from registry_preflight.fixtures.rgw import Cluster
from registry_preflight.fixtures.rgw_admin import User
from registry_preflight.fixtures.scripted import Rule
from registry_preflight.fixtures.scripted_s3 import scripted_aws

from registry_preflight import Options, Report, Status, check_config, load_config

from ..storage.talkers import talking

Environment = Mapping[str, str]
NOWHERE = {"SSL_CERT_DIR": "/nonexistent"}


class Way_(NamedTuple):
    """A way to the bucket: the parameters that lead there, and the environment."""

    parameters: Mapping[str, object]
    environment: Environment = MappingProxyType({})


class Setting(NamedTuple):
    """What a case is made of."""

    rgw: Cluster
    bucket: Bucket
    certificates: Certificates
    relay: Callable[..., Relay]
    proxy: Callable[..., Proxy]


@pytest.fixture
def setting(rgw: Cluster, rgw_bucket: Bucket, certificates: Certificates) -> Iterator[Setting]:
    open_ones: list[Relay | Proxy] = []

    def relay(faults: Faults | None = None, **options: object) -> Relay:
        made = Relay(rgw.gateway.port, **options)
        open_ones.append(made)
        if faults is not None:
            made.faults = faults
        return made

    def proxy(port: int, **options: object) -> Proxy:
        made = Proxy(hosts={"store.test": port}, **options)
        open_ones.append(made)
        return made

    yield Setting(rgw, rgw_bucket, certificates, relay, proxy)
    for made in open_ones:
        made.close()


def at(url: str, **parameters: object) -> Way_:
    return Way_({"regionendpoint": url, **parameters})


def tls(setting: Setting, kind: str, **parameters: object) -> Way_:
    return at(setting.relay(tls=setting.certificates.context(kind)).url, **parameters)


def trusted(setting: Setting, kind: str, **options: object) -> Way_:
    """TLS whose root the registry is told of."""
    context = setting.certificates.context(kind, **options)
    return Way_(
        {"regionendpoint": setting.relay(tls=context).url},
        {**NOWHERE, "SSL_CERT_FILE": str(setting.certificates.authority)},
    )


def fetched(setting: Setting, url: str = "http://store.test", **options: object) -> Way_:
    """A store that only a proxy knows, by plain HTTP."""
    proxy = setting.proxy(setting.rgw.gateway.port, **options)
    return Way_({"regionendpoint": url}, {"HTTP_PROXY": proxy.url_with_credentials})


def tunnelled(setting: Setting, host: str = "store.test", **options: object) -> Way_:
    """The same with TLS."""
    relay = setting.relay(tls=setting.certificates.context(names=("store.test",)))
    proxy = setting.proxy(relay.port, **options)
    known = {**NOWHERE, "SSL_CERT_FILE": str(setting.certificates.authority)}
    return Way_({"regionendpoint": f"https://{host}"}, {**known, "HTTPS_PROXY": proxy.url_with_credentials})


def without_login(way: Way_) -> Way_:
    """The same proxies, without user and password."""
    stripped = {name: re.sub("//.*@", "//", value) for name, value in way.environment.items()}
    return way._replace(environment=stripped)


def suspended(setting: Setting) -> Way_:
    user = setting.rgw.user("suspended")
    setting.bucket.allow(user, "s3:*")
    setting.rgw.administrate("user", "suspend", f"--uid={user.name}")
    return Way_({"accesskey": user.access_key, "secretkey": user.secret_key})


def through_sts(setting: Setting, **parameters: object) -> Way_:
    """A gateway that says AccessDenied to whatever is wrong with the keys."""
    options = {"rgw s3 auth use sts": "true", "rgw sts key": "abcdefghijklmnop"}
    return at(setting.rgw.variant(options).url, **parameters)


#: By the check that is the root cause.
BROKEN: dict[str, tuple[str, Callable[[Setting], Way_]]] = {
    "no such name": ("s3.endpoint-resolves", lambda s: at("http://no-such-host.invalid")),
    "nobody listens": ("s3.endpoint-connects", lambda s: at("http://127.0.0.1:1")),
    "the port is closed": ("s3.endpoint-connects", lambda s: at(s.relay(Faults(at_the_door="refuse")).url)),
    "reset before an answer": ("s3.endpoint-answers", lambda s: at(s.relay(Faults(answer=Way(reset_at=0))).url)),
    "closed before an answer": ("s3.endpoint-answers", lambda s: at(s.relay(Faults(answer=Way(truncate_at=0))).url)),
    "cut in the headers": ("s3.endpoint-answers", lambda s: at(s.relay(Faults(answer=Way(truncate_at=40))).url)),
    "https to a port with http": ("s3.endpoint-protocol", lambda s: at(s.rgw.gateway.url.replace("http", "https"))),
    "secure to a port with http": ("s3.endpoint-protocol", lambda s: at(f"127.0.0.1:{s.rgw.gateway.port}", secure=True)),
    "http to a port with https": (
        "s3.endpoint-protocol",
        lambda s: at(s.relay(tls=s.certificates.context()).url.replace("https", "http")),
    ),
    "old TLS": (
        "s3.endpoint-protocol",
        lambda s: at(s.relay(tls=s.certificates.context(versions="1.0-1.1")).url, skipverify=True),
    ),
    "a client's certificate is demanded": (
        "s3.endpoint-protocol",
        lambda s: at(s.relay(tls=s.certificates.context(versions="1.2", clients=True)).url, skipverify=True),
    ),
    "a private authority": ("s3.certificate", lambda s: tls(s, "good")),
    "a self-signed certificate": ("s3.certificate", lambda s: tls(s, "self-signed")),
    "an expired certificate": ("s3.certificate", lambda s: trusted(s, "expired")),
    "a certificate of tomorrow": ("s3.certificate", lambda s: trusted(s, "not-yet-valid")),
    "a certificate for another name": ("s3.certificate", lambda s: trusted(s, "wrong-name")),
    "a common name alone": ("s3.certificate", lambda s: trusted(s, "common-name-only")),
    "a missing intermediate": ("s3.certificate", lambda s: trusted(s, "missing-intermediate")),
    "an unknown authority": ("s3.certificate", lambda s: trusted(s, "unknown-authority")),
    "20 minutes fast": ("s3.clock", lambda s: at(s.rgw.variant(ahead=1200).url)),
    "20 minutes slow": ("s3.clock", lambda s: at(s.rgw.variant(ahead=-1200).url)),
    "an hour fast": ("s3.clock", lambda s: at(s.rgw.variant(ahead=3600).url)),
    "a wrong access key": ("s3.identity", lambda s: Way_({"accesskey": "NOBODYSACCESSKEY0000"})),
    "a wrong secret": ("s3.identity", lambda s: Way_({"secretkey": "of-nobody"})),
    "a suspended user": ("s3.identity", suspended),
    "no keys": ("s3.identity", lambda s: Way_({"accesskey": None, "secretkey": None}, {"HOME": "/nonexistent"})),
    "a wrong key in the environment": (
        "s3.identity",
        lambda s: Way_(
            {"accesskey": None, "secretkey": None}, {"AWS_ACCESS_KEY_ID": "NOBODYSACCESSKEY0000", "AWS_SECRET_ACCESS_KEY": "x"}
        ),
    ),
    "an access key with a line break": ("s3.access-key", lambda s: Way_({"accesskey": f"{s.bucket.owner.access_key}\n"})),
    "a proxy that is not there": (
        "s3.proxy",
        lambda s: Way_({"regionendpoint": "http://store.invalid"}, {"HTTP_PROXY": "http://127.0.0.1:1"}),
    ),
    "a tunnel without a login": ("s3.proxy", lambda s: without_login(tunnelled(s, user="me", password="p@ss"))),
    "a tunnel that is forbidden": ("s3.proxy", lambda s: tunnelled(s, forbidden=("store.test",))),
    "a tunnel to a name that the proxy does not know": ("s3.proxy", lambda s: tunnelled(s, "other.test")),
    "a proxy without a login": ("s3.proxy", lambda s: without_login(fetched(s, user="me", password="p@ss"))),
    "a name that the proxy does not know": ("s3.endpoint-answers", lambda s: fetched(s, "http://other.test")),
    "a proxy for the other scheme": (
        "s3.endpoint-resolves",
        lambda s: Way_(fetched(s).parameters, {"HTTPS_PROXY": fetched(s).environment["HTTP_PROXY"]}),
    ),
    "skipverify knows no proxy": (
        "s3.endpoint-resolves",
        lambda s: Way_({**tunnelled(s).parameters, "skipverify": True}, tunnelled(s).environment),
    ),
    "NO_PROXY names the store": (
        "s3.endpoint-resolves",
        lambda s: fetched(s)._replace(environment={**fetched(s).environment, "NO_PROXY": ".test"}),
    ),
    "a bucket that is not there": ("s3.bucket-exists", lambda s: Way_({"bucket": "there-is-no-such-bucket"})),
}  # fmt: skip

WORKING: dict[str, Callable[[Setting], Way_]] = {
    "plain": lambda s: Way_({}),
    "skipverify": lambda s: tls(s, "self-signed", skipverify=True),
    "SSL_CERT_FILE": lambda s: trusted(s, "good"),
    "SSL_CERT_FILE with the server's own": lambda s: Way_(
        {"regionendpoint": s.relay(tls=s.certificates.context("self-signed")).url},
        {**NOWHERE, "SSL_CERT_FILE": str(s.certificates.leaf("self-signed").certificate)},
    ),
    "TLS 1.2": lambda s: trusted(s, "good", versions="1.2"),
    "TLS 1.3": lambda s: trusted(s, "good", versions="1.3"),
    "10 minutes fast": lambda s: at(s.rgw.variant(ahead=600).url),
    "keys in the environment": lambda s: Way_(
        {"accesskey": None, "secretkey": None},
        {"AWS_ACCESS_KEY_ID": s.bucket.owner.access_key, "AWS_SECRET_ACCESS_KEY": s.bucket.owner.secret_key},
    ),
    "a proxy that is not asked for this machine": lambda s: Way_({}, {"HTTP_PROXY": "http://127.0.0.1:1"}),
    "a proxy": fetched,
    "a proxy with a login": lambda s: fetched(s, user="me", password="p@ss"),
    "a tunnel": tunnelled,
    "a tunnel with a login": lambda s: tunnelled(s, user="me", password="p@ss"),
    "any region": lambda s: Way_({"region": "mars-1"}),
    "STS": through_sts,
    "two connections are reset": lambda s: at(s.relay(Faults(answer=Way(reset_at=0), times=2)).url),
}


# Keys from elsewhere: for Debian's build, whose library is newer than that of the release


def instance(keys: User, *, second_version: bool = False, role: bool = True) -> list[Rule]:
    """A metadata service that hands out these keys, or has no role."""
    shown: dict[str, object] = {"header": {"x-aws-ec2-metadata-token": "TOKEN"}} if second_version else {}
    given = {
        "Code": "Success", "LastUpdated": "2026-01-01T00:00:00Z", "Type": "AWS-HMAC", "Token": "",
        "AccessKeyId": keys.access_key, "SecretAccessKey": keys.secret_key, "Expiration": "2036-01-01T00:00:00Z",
    }  # fmt: skip
    token = {"body": "TOKEN", "headers": {"x-aws-ec2-metadata-token-ttl-seconds": "21600"}}
    return [
        {"method": "PUT", "path": "^/latest/api/token", **(token if second_version else {"status": 404})},
        {
            "method": "GET",
            "path": "security-credentials/?$",
            **({"body": "node"} if role else {"status": 404}),
            **shown,
        },
        {"method": "GET", "path": "security-credentials/node$", "body": json.dumps(given), **shown},
        {"method": "GET", "status": 401},
    ]


NO_KEYS = {"accesskey": None, "secretkey": None}


def profile(folder: Path, text: str) -> dict[str, str]:
    (folder / ".aws").mkdir()
    (folder / ".aws" / "credentials").write_text(text)
    return {"HOME": str(folder), "AWS_EC2_METADATA_DISABLED": "true"}


@pytest.mark.parametrize("options", [{}, {"second_version": True}])
def test_the_role_of_the_instance_works(options: dict[str, bool], setting: Setting) -> None:
    with scripted_aws(*instance(setting.bucket.owner, **options)) as service:
        way = Way_(NO_KEYS, {"HTTP_PROXY": service.url, "HOME": "/nonexistent"})
        with tried(setting, way, "registry-2.8-debian") as (report, truth):
            assert foretold(report) == truth.stages, str(truth)
            assert truth.failing == set()


def test_an_instance_without_a_role_gives_no_keys(setting: Setting) -> None:
    with scripted_aws(*instance(setting.bucket.owner, role=False)) as service:
        way = Way_(NO_KEYS, {"HTTP_PROXY": service.url, "HOME": "/nonexistent"})
        with tried(setting, way, "registry-2.8-debian") as (report, truth):
            assert foretold(report) == truth.stages, str(truth)
            assert list(failed(report)) == ["s3.identity"]


@pytest.mark.parametrize(
    ("text", "variables", "works"),
    [
        ("[default]\naws_access_key_id = {0}\naws_secret_access_key = {1}\n", {}, True),
        ("[default]\naws_access_key_id={0}\naws_secret_access_key={1} ; a comment\n", {}, True),
        ("[other]\naws_access_key_id = {0}\naws_secret_access_key = {1}\n", {"AWS_PROFILE": "other"}, True),
        ("[other]\naws_access_key_id = {0}\naws_secret_access_key = {1}\n", {}, False),
        ("[default]\naws_access_key_id = {0}\n", {}, False),
        ("[default]\nAWS_ACCESS_KEY_ID = {0}\nAWS_SECRET_ACCESS_KEY = {1}\n", {}, False),
        ("[profile default]\naws_access_key_id = {0}\naws_secret_access_key = {1}\n", {}, False),
    ],
)
def test_the_shared_credentials_file(
    text: str, variables: Mapping[str, str], works: bool, setting: Setting, tmp_path: Path
) -> None:
    keys = setting.bucket.owner
    given = profile(tmp_path, text.format(keys.access_key, keys.secret_key))
    with tried(setting, Way_(NO_KEYS, given | dict(variables)), "registry-2.8-debian") as (report, truth):
        assert foretold(report) == truth.stages, str(truth)
        assert (truth.failing == set()) is works


@contextmanager
def tried(setting: Setting, way: Way_, target: str = "registry-2.8") -> Iterator[tuple[Report, referee.Outcome]]:
    """The prediction first, since the referee deletes what it pulled; then the truth."""
    text = setting.bucket.config(**way.parameters)
    config = load_config(text.encode(), way.environment, target, options=Options(min_free=0))
    report = check_config(config)
    yield report, referee.outcome(text, way.environment, setting.bucket.config(), layers=(4096,))


def foretold(report: Report) -> dict[str, str]:
    return {stage.value: said.outcome.value for stage, said in report.predictions.items()}


def failed(report: Report) -> dict[str, list[str]]:
    """What each check that found a blocker says."""
    failing = [result for result in report.results if result.status is Status.FAILED]
    return {result.id: [finding.what for finding in result.findings] for result in failing}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_foretold_with_its_one_cause(name: str, setting: Setting) -> None:
    cause, way = BROKEN[name]
    with tried(setting, way(setting)) as (report, truth):
        assert foretold(report) == truth.stages, str(truth)
        assert truth.failing == {"push", "pull", "delete", "gc"}
    assert list(failed(report)) == [cause]
    assert report.left_behind == ()


@pytest.mark.parametrize("name", WORKING)
def test_what_works_is_foretold(name: str, setting: Setting) -> None:
    with tried(setting, WORKING[name](setting)) as (report, truth):
        assert failed(report) == {}
        assert foretold(report) == truth.stages, str(truth)
        assert truth.failing == set()


@pytest.mark.parametrize("parameters", [{"accesskey": "NOBODYSACCESSKEY0000"}, {"secretkey": "of-nobody"}])
def test_a_store_that_hides_what_is_wrong_with_the_keys(parameters: Mapping[str, object], setting: Setting) -> None:
    with tried(setting, through_sts(setting, **parameters)) as (report, truth):
        assert foretold(report) == truth.stages, str(truth)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_said_to_work(status: int, setting: Setting) -> None:
    """What Go does with one depends on its version, so much of it stays unknown; a wrong word would be worse."""
    relay = setting.relay(tls=setting.certificates.context())

    def elsewhere(connection: socket.socket, said: bytes) -> None:
        if b" HTTP/1." not in said:
            return  # the rest of a body, whose request is answered
        path = said.split(b" ")[1].decode()
        head = (
            f"HTTP/1.1 {status} Moved\r\nLocation: {relay.url}{path}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
        connection.sendall(head.encode())
        connection.shutdown(socket.SHUT_WR)

    known = {**NOWHERE, "SSL_CERT_FILE": str(setting.certificates.authority)}
    with talking(elsewhere) as server, tried(setting, Way_({"regionendpoint": server.url}, known)) as (report, truth):
        wrong = {stage for stage, said in foretold(report).items() if said not in ("unknown", truth.stages[stage])}
        assert not wrong, str(truth)


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_what_stands_in_the_way_of_some_requests(method: str, setting: Setting) -> None:
    faults = Faults(only=lambda line: line.startswith(method), answer=Way(reset_at=0))
    with tried(setting, at(setting.relay(faults).url)) as (report, truth):
        wrong = {stage for stage, said in foretold(report).items() if said not in ("unknown", truth.stages[stage])}
        assert not wrong, f"{failed(report)}\n{truth}"
        assert method != "PUT" or foretold(report)["push"] == "fails"


def test_garbage_collection_takes_the_bundle_that_stops_the_start(setting: Setting) -> None:
    relay = setting.relay(tls=setting.certificates.context())
    way = Way_({"regionendpoint": relay.url}, {**NOWHERE, "AWS_CA_BUNDLE": str(setting.certificates.authority)})
    with tried(setting, way) as (report, truth):
        assert foretold(report) == truth.stages, str(truth)
        assert truth.failing == {"start", "push", "pull", "delete"}
