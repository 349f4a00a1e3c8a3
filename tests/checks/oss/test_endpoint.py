"""`oss.endpoint`."""

from __future__ import annotations

import pytest

from ..drivers import oss
from ..findings import found

ID = "oss.endpoint"


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        (
            "endpoint: http://images.oss-cn-beijing.aliyuncs.com",
            "Set storage.oss.endpoint: images.oss-cn-beijing.aliyuncs.com",
        ),
        ("endpoint: oss-cn-beijing.aliyuncs.com", "Set storage.oss.endpoint: images.oss-cn-beijing.aliyuncs.com"),
        ("endpoint: https://layers.example.com/", "Set storage.oss.endpoint: layers.example.com"),
        ("region: cn-beijing", "Set storage.oss.region: oss-cn-beijing"),
    ],
)
def test_another_host_than_the_buckets(line: str, fix: str) -> None:
    (finding,) = found(ID, oss(line))
    assert (finding.severity, finding.breaks[0], finding.fix.startswith(fix)) == ("blocker", "start", True)


@pytest.mark.parametrize(
    "line", ["endpoint: images.oss-cn-beijing-internal.aliyuncs.com", "endpoint: layers.example.com", "internal: true"]
)
def test_the_buckets_host(line: str) -> None:
    assert found(ID, oss(line)) == ()
