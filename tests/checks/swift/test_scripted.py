"""What a cluster may say that none of ours does: told right, each by the check that is about it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from registry_preflight import Status

from .scripted import INFO, Cluster, cluster, failing, found, outcomes, report


@pytest.fixture
def swift() -> Iterator[Cluster]:
    """A cluster where all is well."""
    with cluster() as made:
        yield made


def test_all_is_well(swift: Cluster) -> None:
    assert set(outcomes(report(swift)).values()) == {"works"}


@pytest.mark.parametrize("release", ["registry-2.5", "registry-2.7", "registry-2.8"])
@pytest.mark.parametrize("version", [1, 3])
def test_all_is_well_by_each_release(swift: Cluster, release: str, version: int) -> None:
    assert set(outcomes(report(swift, version=version, target=release)).values()) == {"works"}


def test_a_blob_is_fetched_as_a_client_does(swift: Cluster) -> None:
    swift.container["X-Container-Meta-Temp-Url-Key"] = "theirs"
    assert set(outcomes(report(swift)).values()) == {"works"}
    assert any("/blobs/" in place for method, place in swift.heard if method == "HEAD")


def test_nothing_is_left(swift: Cluster) -> None:
    report(swift)
    assert not swift.objects and not swift.others


def test_nothing_is_posted(swift: Cluster) -> None:
    report(swift)
    assert "POST" not in {method for method, _ in swift.heard}


def test_read_only_writes_nothing(swift: Cluster) -> None:
    report(swift, read_only=True)
    assert {method for method, _ in swift.heard} <= {"GET", "HEAD"}


def test_offline_asks_nobody(swift: Cluster) -> None:
    report(swift, offline=True)
    assert not swift.heard


def test_requests_are_counted(swift: Cluster) -> None:
    assert report(swift).requests.count == len(swift.heard)


def test_the_token_is_masked(swift: Cluster) -> None:
    swift.said["HEAD", "/v1/AUTH_a/registry"] = (500, {}, b"the token a-token-of-theirs is bad")
    assert "a-token-of-theirs" not in str(report(swift))


class TestLogin:
    def test_the_root_of_a_keystone(self, swift: Cluster) -> None:
        swift.said["GET", "/auth/v1.0"] = (300, {}, json.dumps({"versions": {"values": []}}).encode())
        (finding,) = found(report(swift), "swift.auth-answers")
        assert "the root of a Keystone" in finding.what

    def test_a_page_for_people(self, swift: Cluster) -> None:
        swift.said["GET", "/auth/v1.0"] = (200, {}, b"<html>Welcome</html>")
        (finding,) = found(report(swift), "swift.auth-answers")
        assert (finding.what, len(failing(report(swift)))) == ("The answer to the login has no token.", 5)

    def test_a_service_that_is_ill(self, swift: Cluster) -> None:
        swift.said["GET", "/auth/v1.0"] = (503, {}, b"")
        (finding,) = found(report(swift), "swift.auth-answers")
        assert "503" in finding.what

    def test_a_redirect_is_followed_as_go_does(self, swift: Cluster) -> None:
        swift.said["GET", "/auth/v1.0"] = (302, {"Location": "/elsewhere"}, b"")
        swift.said["GET", "/elsewhere"] = (200, {"X-Auth-Token": "t", "X-Storage-Url": f"{swift.url}/v1/AUTH_a"}, b"")
        assert set(outcomes(report(swift)).values()) == {"works"}

    def test_no_address_of_the_storage(self, swift: Cluster) -> None:
        swift.said["GET", "/auth/v1.0"] = (200, {"X-Auth-Token": "t"}, b"")
        (finding,) = found(report(swift), "swift.catalog")
        assert "X-Storage-Url" in finding.what


class TestAccountKey:
    """A version that is older by its text: 2.10 to 2.29, and Ceph's."""

    @pytest.fixture(autouse=True)
    def old(self, swift: Cluster) -> None:
        swift.info = {**INFO, "swift": {**INFO["swift"], "version": "2.17.1"}}

    def test_who_may_not_ask_for_the_account_does_not_start(self, swift: Cluster) -> None:
        swift.said["HEAD", "/v1/AUTH_a"] = (403, {}, b"")
        assert len(failing(report(swift))) == 5

    def test_its_owner_starts(self, swift: Cluster) -> None:
        assert set(outcomes(report(swift)).values()) == {"works"}

    def test_a_key_will_be_written_there(self, swift: Cluster) -> None:
        (finding,) = found(report(swift), "swift.account-key")
        assert finding.severity == "warning"

    def test_newer_ones_keep_it_at_the_container(self, swift: Cluster) -> None:
        swift.info = INFO
        swift.said["HEAD", "/v1/AUTH_a"] = (403, {}, b"")
        assert failing(report(swift)) == ["pull"]


class TestClock:
    @pytest.mark.parametrize(("ahead", "broken"), [(1500, ["pull"]), (600, []), (-1500, [])])
    def test_an_address_that_has_ended(self, swift: Cluster, ahead: float, broken: list[str]) -> None:
        swift.ahead = ahead
        assert failing(report(swift)) == broken

    def test_it_does_not_matter_where_nobody_is_redirected(self, swift: Cluster) -> None:
        swift.ahead = 1500
        assert failing(report(swift, beside="  redirect: {disable: true}\n")) == []

    def test_a_small_offset_is_told(self, swift: Cluster) -> None:
        swift.ahead = 600
        (finding,) = found(report(swift), "swift.clock")
        assert (finding.severity, "ahead of" in finding.what) == ("warning", True)


class TestContainer:
    @pytest.mark.parametrize("name", ["X-Versions-Location", "X-History-Location", "X-Versions-Enabled"])
    def test_old_versions_are_kept(self, swift: Cluster, name: str) -> None:
        swift.container[name] = "true"
        (finding,) = found(report(swift), "swift.versions")
        assert finding.severity == "warning"

    def test_quota_of_bytes(self, swift: Cluster) -> None:
        swift.container |= {"X-Container-Meta-Quota-Bytes": "50000000", "X-Container-Bytes-Used": "20000000"}
        assert failing(report(swift)) == ["push"]

    def test_quota_that_will_do(self, swift: Cluster) -> None:
        swift.container |= {"X-Container-Meta-Quota-Bytes": "90000000", "X-Container-Bytes-Used": "20000000"}
        assert failing(report(swift)) == []

    def test_quota_by_a_hair(self, swift: Cluster) -> None:
        swift.container |= {"X-Container-Meta-Quota-Bytes": str((40 << 20) + 5000), "X-Container-Bytes-Used": "0"}
        assert outcomes(report(swift))["push"] == "unknown"

    def test_it_is_not_there_and_nothing_may_be_written(self, swift: Cluster) -> None:
        swift.said["HEAD", "/v1/AUTH_a/registry"] = (404, {}, b"")
        assert outcomes(report(swift, read_only=True))["start"] == "unknown"


class TestClosedInfo:
    def test_a_segment_is_tried(self, swift: Cluster) -> None:
        swift.info = None
        assert set(outcomes(report(swift)).values()) == {"works"}

    def test_read_only_it_is_unknown(self, swift: Cluster) -> None:
        swift.info = None
        said = report(swift, read_only=True)
        assert next(result.status for result in said.results if result.id == "swift.segment-size") is Status.SKIPPED


def test_long_prefixes_leave_no_room_for_names(swift: Cluster) -> None:
    assert failing(report(swift, f"prefix: {'p' * 900}")) == ["push"]


def test_longer_prefixes_leave_little_room(swift: Cluster) -> None:
    (finding,) = found(report(swift, f"prefix: {'p' * 300}"), "swift.object-names")
    assert finding.severity == "warning"


def test_a_key_that_would_be_overwritten(swift: Cluster) -> None:
    swift.container["X-Container-Meta-Temp-Url-Key"] = "theirs"
    (finding,) = found(report(swift, "secretkey: ours"), "swift.redirected-pulls")
    assert finding.severity == "note"


LEFT = "files/docker/registry/v2/repositories/registry-preflight-20260101000000-0badcafe/_uploads/u/startedat"


def test_what_an_earlier_run_left_is_told(swift: Cluster) -> None:
    swift.objects[LEFT] = (b"", "")
    swift.said["GET", "/v1/AUTH_a"] = (200, {}, b"[]")
    (finding,) = found(report(swift), "swift.leftovers")
    assert finding.evidence == (f"registry/{LEFT}",)


def test_it_is_left_alone_by_a_check(swift: Cluster) -> None:
    swift.objects[LEFT] = (b"", "")
    report(swift)
    assert list(swift.objects) == [LEFT]


class TestStrayObjects:
    def test_one_that_none_names(self, swift: Cluster) -> None:
        swift.objects["files/docker/registry/v2/blobs/sha256/00/junk/data"] = (b"x", "")
        (said,) = found(report(swift), "swift.stray-objects")
        assert [stage.value for stage in said.breaks] == ["gc"]

    def test_a_blob_that_a_digest_names_is_fine(self, swift: Cluster) -> None:
        swift.objects[f"files/docker/registry/v2/blobs/sha256/00/{'0' * 64}/data"] = (b"x", "")
        assert not found(report(swift), "swift.stray-objects")
