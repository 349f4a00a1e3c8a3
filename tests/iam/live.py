"""A real store's own decisions under a bucket policy: one question for each action, asked by a user who owns nothing.

Requests are signed once and sent again under each policy, so that a decision costs about a millisecond.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from registry_preflight.fixtures.buckets import Bucket
from registry_preflight.fixtures.rgw import Cluster
from registry_preflight.fixtures.rgw_admin import User

from registry_preflight.iam.conditions import Values
from registry_preflight.iam.evaluate import Request
from registry_preflight.iam.principals import principal_of

from .making import KEYS

Document = dict[str, Any]


class Question(NamedTuple):
    """A request, as the evaluator is asked and as the store is."""

    request: Request
    key: str
    method: str
    target: str
    headers: Mapping[str, str]


class Live:
    """A bucket with an object and an upload under each key, and the user that asks."""

    def __init__(self, rgw: Cluster, bucket: Bucket) -> None:
        self.bucket = bucket
        self.user = rgw.user("asking")
        self.arn = f"arn:aws:iam:::user/{self.user.name}"
        self._chief = rgw.administrator
        self._s3 = bucket.client(self._chief)
        self._link = http.client.HTTPConnection("127.0.0.1", rgw.gateway.port, timeout=60)
        for key in KEYS:
            self._put(key)
        uploads = {key: self._s3.create_multipart_upload(Bucket=bucket.name, Key=key)["UploadId"] for key in KEYS}
        self.of_the_bucket = list(self._about_the_bucket())
        self.of_keys = {key: list(self._about(key, upload)) for key, upload in uploads.items()}

    def enforce(self, document: Document) -> None:
        """Put a policy in force."""
        self._s3.put_bucket_policy(Bucket=self.bucket.name, Policy=json.dumps(document))

    def allows(self, question: Question) -> bool:
        """What the store decides."""
        self._link.request(question.method, question.target, headers=dict(question.headers))
        answer = self._link.getresponse()
        answer.read()
        if question.method == "DELETE" and answer.status == 204:
            self._put(question.key)
        return answer.status != 403

    def _put(self, key: str) -> None:
        self._s3.put_object(Bucket=self.bucket.name, Key=key, Body=b"")

    def _about_the_bucket(self) -> Iterator[Question]:
        yield self._question("GetBucketLocation", "", "GET", "?location=")
        for query, context in (
            ("", {}),
            ("prefix=reg%2Fdocker%2F&max-keys=1", {"s3:prefix": ("reg/docker/",), "s3:max-keys": ("1",)}),
        ):
            yield self._question("ListBucket", "", "GET", f"?{query}" if query else "", context)
        yield self._question("ListBucketMultipartUploads", "", "GET", "?uploads=")

    def _about(self, key: str, upload: str) -> Iterator[Question]:
        yield self._question("GetObject", key, "GET")
        # Its digest is none: who may write is told so, and nothing is written.
        yield self._question("PutObject", key, "PUT", headers={"Content-MD5": "none"})
        yield self._question("ListMultipartUploadParts", key, "GET", f"?uploadId={upload}")
        yield self._question("AbortMultipartUpload", key, "DELETE", "?uploadId=there-is-none")
        yield self._question("DeleteObject", key, "DELETE")

    def _question(
        self,
        action: str,
        key: str,
        method: str,
        query: str = "",
        context: Mapping[str, Values] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Question:
        resource = f"{self.bucket.name}/{key}" if key else self.bucket.name
        asked = Request(
            f"s3:{action}", f"arn:aws:s3:::{resource}", context or {}, principal_of(self.arn), complete=True
        )
        target = f"/{resource}{query}"
        return Question(asked, key, method, target, _signed(self.bucket.url, self.user, method, target, headers or {}))


def _signed(url: str, user: User, method: str, target: str, headers: Mapping[str, str]) -> Mapping[str, str]:
    from botocore.auth import S3SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    request = AWSRequest(method, url + target, data=b"", headers=dict(headers))
    S3SigV4Auth(Credentials(user.access_key, user.secret_key), "s3", "default").add_auth(request)
    return dict(request.headers.items())
