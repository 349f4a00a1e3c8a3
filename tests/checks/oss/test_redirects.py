"""`oss.redirects`."""

from __future__ import annotations

import pytest

from ..drivers import oss
from ..findings import found

ID = "oss.redirects"


@pytest.mark.parametrize("line", ["internal: true", "endpoint: images.oss-cn-beijing-internal.aliyuncs.com"])
def test_clients_are_sent_inside(line: str) -> None:
    (finding,) = found(ID, oss(line))
    assert finding.severity == "warning"


def test_the_registry_hands_the_layers_out() -> None:
    assert found(ID, oss("internal: true", beside="  redirect: {disable: true}\n")) == ()


def test_a_public_host() -> None:
    assert found(ID, oss()) == ()
