"""Signatures are those that botocore makes of the same requests."""

from __future__ import annotations

import datetime
import hashlib

import pytest
from botocore import auth, awsrequest
from botocore import credentials as boto

from registry_preflight.storage.s3_signing import (
    Credentials,
    Request,
    encoded,
    encoded_path,
    presigned_4,
    signed_2,
    signed_4,
)

NOW = 1_700_000_000.0
BY = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
REQUESTS = [
    Request("GET", "127.0.0.1:7480", "/bucket", [("prefix", "a b/ü&="), ("max-keys", "1")], {}),
    Request("PUT", "s3.test", encoded_path("/bucket/with blank/ü+~.txt"), [], {"X-Amz-Acl": "private", "Content-Type": "x/y"}),
    Request("POST", "s3.test", "/bucket/key", [("uploads", "")], {"X-Amz-Storage-Class": "STANDARD"}),
    Request("DELETE", "s3.test", "/bucket/key", [("uploadId", "2~a/b")], {}),
]  # fmt: skip


@pytest.fixture(autouse=True)
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """botocore takes the time from its own module."""
    then = datetime.datetime.fromtimestamp(NOW, datetime.UTC)
    monkeypatch.setattr(auth, "get_current_datetime", lambda *_, **__: then.replace(tzinfo=None))


def _theirs(request: Request, token: str = "") -> awsrequest.AWSRequest:
    query = f"?{encoded(request.query)}" if request.query else ""
    url = f"http://{request.host}{request.path}{query}"
    made = awsrequest.AWSRequest(request.method, url, headers=dict(request.headers), data=b"")
    made.context["payload_signing_enabled"] = True
    return made


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request.method)
@pytest.mark.parametrize("token", ["", "a-session-token"])
def test_version_4(request_: Request, token: str) -> None:
    theirs = _theirs(request_)
    auth.S3SigV4Auth(boto.Credentials(BY.access_key, BY.secret_key, token or None), "s3", "mars-1").add_auth(theirs)

    ours = signed_4(request_, hashlib.sha256(b"").hexdigest(), BY._replace(token=token), "mars-1", NOW)

    assert ours["Authorization"] == theirs.headers["Authorization"]


@pytest.mark.parametrize("token", ["", "a-session-token"])
def test_presigned(token: str) -> None:
    request = Request("GET", "s3.test", "/bucket/a%20b", [], {})
    theirs = _theirs(request)
    keys = boto.Credentials(BY.access_key, BY.secret_key, token or None)
    auth.S3SigV4QueryAuth(keys, "s3", "mars-1", expires=1200).add_auth(theirs)

    ours = presigned_4(request, BY._replace(token=token), "mars-1", NOW, 1200)

    assert sorted(ours.split("&")) == sorted(str(theirs.url).partition("?")[2].split("&"))


def test_version_2() -> None:
    request = Request("PUT", "s3.test", "/bucket/key", [("partNumber", "1"), ("uploadId", "2~a")], {"Content-Md5": "x"})
    ours = signed_2(request, BY, NOW)
    signer = auth.HmacV1Auth(boto.Credentials(BY.access_key, BY.secret_key))
    signer._get_date = lambda: ours["Date"]
    theirs = signer.get_signature(
        "PUT",
        awsrequest.urlsplit("http://s3.test/bucket/key?partNumber=1&uploadId=2~a"),
        {"Content-Md5": "x", "Date": ours["Date"]},
    )
    assert ours["Authorization"] == f"AWS {BY.access_key}:{theirs}"
