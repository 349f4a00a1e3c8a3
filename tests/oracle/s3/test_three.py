"""What 3.1 does by its source where 2.8 does something else, foretold on a real gateway.

No 3.x can be run beside these tests. The expectations come from the source of the driver and of the storage layer (3.1),
and were compared once with a build of Debian's 2.8.2 into which the differences had been put by hand, after it had done
what the records of the real 3.1.1 in rights.yml say, in every row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest
from registry_preflight.fixtures.rgw import Cluster
from registry_preflight.fixtures.scripted import Rule
from registry_preflight.fixtures.scripted_s3 import scripted_s3

from ..s3_faults import MANIFESTS, V2, _at
from ..s3_proof import STAGES, Statements, denied, foretell, listing, seed_with, unlisted

_HEALTH = {"REGISTRY_HEALTH_STORAGEDRIVER_ENABLED": "true"}
_LAYER = f"{V2[1:]}/repositories/seeded/before/_layers/sha256/{'a' * 64}/link"


class Row(NamedTuple):
    """A fault, the stages that 3.1 fails, and those that cannot be foretold."""

    name: str
    fails: set[str]
    policy: Statements | None = None
    environment: Mapping[str, str] = {}
    link: bytes | None = None  # what the link of a layer holds
    rules: tuple[Rule, ...] = ()
    unknown: frozenset[str] = frozenset()


def _denied(action: str, place: str) -> Statements:
    return denied(action, on=_at(place))


ROWS = (
    # handlers/manifests.go: what went wrong with tags is noted down, and the answer is 202 all the same.
    Row("tags may not be deleted", set(), _denied("DeleteObject", "repositories/*/_manifests/tags/*")),
    Row("links of manifests may not be deleted", {"delete"}, _denied("DeleteObject", "repositories/*/_manifests/revisions/*")),
    # garbagecollect.go: the links of all layers are read, and those to layers that are gone removed.
    Row("links of layers may not be read", {"pull", "gc"}, _denied("GetObject", "repositories/*/_layers/*"), unknown=frozenset({"push"})),
    Row("links of layers may not be deleted", {"gc"}, _denied("DeleteObject", "repositories/*/_layers/*")),
    Row("a link of a layer without content", {"gc"}, link=b""),
    Row("a link of a layer with a line end", {"gc"}, link=b"sha256:" + b"a" * 64 + b"\n"),
    Row("a link to a layer that is not there", set(), link=b"sha256:" + b"a" * 64),
    # s3.go, Walk: keys are listed without a delimiter. Stat: HEAD first, then a list.
    Row("lists of directories denied", {"push", "delete"}, unlisted("StringEquals", delimiter="/")),
    Row("lists of manifests' links denied", {"delete", "gc"}, unlisted(prefix=[f"{V2[1:]}/{place}" for place in MANIFESTS])),
    Row("lists of single keys denied", {"push"}, unlisted("NumericEquals", max_keys="1")),
    Row("the root directory may not be listed", {"push", "pull", "delete"}, listing("reg/docker/*"), _HEALTH),
    Row("HEAD is not known", set(), rules=({"operation": "HeadObject", "status": 501},)),
    Row("the second kind of lists is not known", {"push", "delete", "gc"}, rules=({"operation": "ListObjectsV2", "status": 501, "code": "NotImplemented", "message": "no"},), unknown=frozenset({"pull"})),
    Row("the second kind of lists is empty", {"push", "delete", "gc"}, rules=({"operation": "ListObjectsV2", "body": "<ListBucketResult></ListBucketResult>"},)),
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_3_1_is_foretold_as_its_source_says(row: Row, rgw: Cluster) -> None:
    with rgw.bucket() as bucket:
        user = rgw.user()
        seed_with(bucket.config())
        policy = row.policy or denied("GetObject", on=("/nothing",))
        bucket.set_policy(*policy(bucket, user))
        if row.link is not None:
            bucket.client().put_object(Bucket=bucket.name, Key=_LAYER, Body=row.link)
        with scripted_s3(bucket, *row.rules) as (place, _):
            report = foretell(place.config(user, forcepathstyle=True), row.environment, "registry-3.1")
    foretold = {stage.value: prediction.outcome.value for stage, prediction in report.predictions.items()}
    expected = {
        stage: "unknown" if stage in row.unknown else "fails" if stage in row.fails else "works" for stage in STAGES
    }
    assert foretold == expected, report.predictions
