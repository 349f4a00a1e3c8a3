"""Rights on a real gateway, foretold for 2.8 and 3.1 as both registries showed them there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from registry_preflight.fixtures.rgw import Cluster

from registry_preflight import Stage
from tests.oracle.s3_proof import STAGES, foretell, seed_with

ROWS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("rights.yml").read_text())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{ROWS.index(row)}")
def test_rights_are_foretold_for_both_releases(row: dict[str, Any], rgw: Cluster) -> None:
    with rgw.bucket() as bucket:
        user = rgw.user()
        seed_with(bucket.config())
        bucket.set_policy(bucket.statement("Allow", user, *row["allow"], on=tuple(row["resources"])))
        for release, target in (("2.8", "registry-2.8"), ("3.1", "registry-3.1")):
            report = foretell(bucket.config(user, forcepathstyle=True), target=target)

            foretold = {stage.value: prediction.outcome.value for stage, prediction in report.predictions.items()}
            real = {stage: "fails" if stage in row[release] else "works" for stage in STAGES}
            blind = "s3:ListBucket" not in row["allow"] or "" not in row["resources"]
            if release == "3.1" and blind and foretold["pull"] == "unknown":
                # Without lists nobody can find an image to read: whether 3.x may, it must find out by itself.
                foretold["pull"] = real["pull"]
            assert foretold == real, (release, report.predictions)


def test_refusals_of_single_keys_end_what_3_1_does_by_its_source(rgw: Cluster) -> None:
    """2.8.2 overlooks them, which the referee shows; of 3.1 its source alone tells that it makes an error of each."""
    with rgw.bucket() as bucket:
        user = rgw.user()
        seed_with(bucket.config())
        bucket.set_policy(
            bucket.statement("Allow", user, "s3:*"), bucket.statement("Deny", user, "s3:DeleteObject", on=("/*",))
        )
        report = foretell(bucket.config(user, forcepathstyle=True), target="registry-3.1")
    foretold = [report.predictions[stage].outcome.value for stage in Stage]
    assert foretold == ["works", "fails", "works", "fails", "fails"]
