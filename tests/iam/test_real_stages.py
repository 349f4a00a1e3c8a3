"""Foretold from a bucket policy alone, against what 2.8.2 and 3.1.1 did with it: random policies, put on Ceph's gateway.

The images that were pulled and deleted had been pushed by the bucket's owner.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from registry_preflight import EVERY_STAGE, Outcome, stages_by_rights

from .proving import allow, document, proof, report, s3

RESTR = "arn:aws:iam:::user/restr"
ROWS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("real-stages-s3.json").read_text("utf-8"))
RELEASES = {"2.8.2": "registry-2.8-debian", "3.1.1": "registry-3.1"}
CASES = [(number, release) for number in range(len(ROWS)) for release in RELEASES]
BESIDE = "  delete: {enabled: true}\n  redirect: {disable: true}\n"


def _config(release: str) -> str:
    path_style = ("forcepathstyle: true",) if release.startswith("3") else ()
    return s3("regionendpoint: http://127.0.0.1:7480", "secure: false", *path_style, beside=BESIDE)


def _policy(row: dict[str, Any]) -> dict[str, Any]:
    resources = [resource.replace("BUCKET", "images") for resource in row["on"]]
    return document(allow(row["allow"], resources, Principal={"AWS": [RESTR]}))


@pytest.mark.parametrize(("number", "release"), CASES)
def test_every_stage_is_foretold_as_it_went(number: int, release: str) -> None:
    row = ROWS[number]
    proved = proof(_config(release), target=RELEASES[release], principal=RESTR, bucket=_policy(row))
    foretold = stages_by_rights(proved.answers)
    assert " ".join(foretold[stage].value for stage in EVERY_STAGE) == row["real"][release]


@pytest.mark.parametrize(("number", "release"), CASES)
def test_the_report_says_the_same(number: int, release: str) -> None:
    """What failed is foretold to fail; of what worked the documents alone say that they do not stand in its way."""
    row = ROWS[number]
    predictions = report(_config(release), target=RELEASES[release], principal=RESTR, bucket=_policy(row)).predictions
    failing = [stage.value for stage in EVERY_STAGE if predictions[stage].outcome is Outcome.FAILS]
    real = dict(zip((stage.value for stage in EVERY_STAGE), row["real"][release].split(), strict=True))
    assert failing == [stage for stage, outcome in real.items() if outcome == "fails"]


def test_there_are_36_policies() -> None:
    assert len(ROWS) == 36
