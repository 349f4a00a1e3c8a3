"""Random bucket policies put in force on a real Ceph gateway, and what it answers to whom they are about."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import NamedTuple

import pytest
from registry_preflight.fixtures.buckets import Bucket
from registry_preflight.fixtures.rgw import Cluster
from registry_preflight.fixtures.rgw_admin import User

from registry_preflight.iam.conditions import Values
from registry_preflight.iam.documents import Kind
from registry_preflight.iam.evaluate import Access, Documents, Request, evaluate
from registry_preflight.iam.principals import principal_of

from .asking import policy
from .making import KEYS, random_bucket_policy

#: Policies in all, parts that they are tried in, each with a seed of its own, and requests that each policy is asked.
POLICIES, PARTS, REQUESTS = 500, 20, 6
#: Requests of which the answer may depend on Ceph's version, as a share of all.
MOST_IN_DOUBT = 0.1


class Asked(NamedTuple):
    """A request and how to send it."""

    request: Request
    send: Callable[[], object]


def _asked(bucket: Bucket, user: User, who: str) -> Iterator[Asked]:
    """The requests of a registry, whose answers are those of the policy alone: the objects are the owner's."""
    client, name = bucket.client(user), bucket.name
    arn, principal = f"arn:aws:s3:::{name}", principal_of(who)

    def asked(
        action: str, resource: str, send: Callable[[], object], context: dict[str, Values] | None = None
    ) -> Asked:
        return Asked(Request(action, resource, context or {}, principal, complete=True), send)

    for prefix, most in (("", 1000), ("reg/", 1), ("reg/docker", 1000)):
        # To Ceph an empty prefix is none.
        keys: dict[str, Values] = {"s3:prefix": (prefix,) if prefix else None, "s3:max-keys": (str(most),)}
        yield asked("s3:ListBucket", arn, partial(client.list_objects, Bucket=name, Prefix=prefix, MaxKeys=most), keys)
    yield asked("s3:ListBucketMultipartUploads", arn, partial(client.list_multipart_uploads, Bucket=name))
    yield asked("s3:GetBucketLocation", arn, partial(client.get_bucket_location, Bucket=name))
    for key in KEYS:
        yield asked("s3:GetObject", f"{arn}/{key}", partial(client.get_object, Bucket=name, Key=key))
        new, none = f"{key}-new", f"{key}-none"
        yield asked("s3:PutObject", f"{arn}/{new}", partial(client.put_object, Bucket=name, Key=new, Body=b"x"))
        yield asked("s3:DeleteObject", f"{arn}/{none}", partial(client.delete_object, Bucket=name, Key=none))


def _allowed(send: Callable[[], object]) -> bool:
    from botocore.exceptions import ClientError

    try:
        send()
    except ClientError as refusal:
        assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 403, refusal
        return False
    return True


@pytest.mark.parametrize("part", range(PARTS))
def test_the_gateway_answers_as_foretold(part: int, rgw: Cluster, rgw_bucket: Bucket) -> None:
    user, owner = rgw.user("asking"), rgw_bucket.client()
    who = f"arn:aws:iam:::user/{user.name}"
    for key in KEYS:
        owner.put_object(Bucket=rgw_bucket.name, Key=key, Body=b"x")
    all_asked = list(_asked(rgw_bucket, user, who))
    random = Random(part)
    in_doubt = 0
    for number in range(POLICIES // PARTS):
        document = random_bucket_policy(
            random, who, bucket=rgw_bucket.name, negations=number % 3 == 0, with_conditions=number % 2 == 0
        )
        rgw_bucket.set_policy(*document["Statement"])
        documents = Documents([policy(document, Kind.BUCKET)], ceph=True)
        for request, send in random.sample(all_asked, REQUESTS):
            foretold = evaluate(request, documents).access
            in_doubt += foretold is Access.DEPENDS
            if foretold is not Access.DEPENDS:
                assert _allowed(send) == (foretold is Access.ALLOWED), (request, json.dumps(document))
    assert in_doubt < MOST_IN_DOUBT * POLICIES // PARTS * REQUESTS
