"""`s3.bucket-acceleration`, on scripted answers: no store but Amazon's has a host of its own for it."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures.scripted import Rule
from registry_preflight.fixtures.scripted_s3 import scripted_aws

from registry_preflight import Options, Report, check_config, load_config

CONFIG = """\
version: 0.1
storage:
  s3: {accesskey: AKIA2PREFLIGHT000001, secretkey: forty/characters/that+open+no/door000001, region: us-east-1,
       bucket: acme-images, secure: false, accelerate: true}
http: {addr: ':5000', secret: forty}
"""
NOT_CONFIGURED = "s3/accelerate-not-configured"
EMPTY = {"operation": "*", "body": "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"}


def _report(answer: str | Rule, target: str) -> Report:
    """The host's name is Amazon's, so the answers come from where a proxy would be."""
    options = Options(min_free=0, select=("s3.bucket-acceleration", "s3.bucket-exists"))
    with scripted_aws(answer) as store:
        return check_config(load_config(CONFIG.encode(), {"HTTP_PROXY": store.url}, target, options=options))


def _status(report: Report, id: str) -> str:
    return next(str(result.status) for result in report.results if result.id == id)


@pytest.mark.parametrize("target", ["registry-3.0", "registry-3.1"])
def test_a_scripted_host_that_refuses_an_ordinary_bucket_is_the_root_cause(target: str) -> None:
    report = _report(NOT_CONFIGURED, target)
    assert report.root_causes == ("s3.bucket-acceleration",)
    assert _status(report, "s3.bucket-exists") == "skipped"


def test_a_scripted_host_that_answers_is_accelerated() -> None:
    assert _status(_report(EMPTY, "registry-3.1"), "s3.bucket-acceleration") == "passed"


def test_a_release_that_does_not_read_it_does_not_meet_a_scripted_refusal_for_its_sake() -> None:
    assert _status(_report(NOT_CONFIGURED, "registry-2.8"), "s3.bucket-acceleration") == "passed"
