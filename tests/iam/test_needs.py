"""The table of rights, applied to configs."""

from __future__ import annotations

from typing import Any, cast

import pytest

from registry_preflight import S3Facts, Stage, load_config, s3_needs
from registry_preflight.config.tables import VERSIONS, load
from registry_preflight.iam.kleene import Unknown

from .proving import CLONE, s3


def _facts(text: str, version: str = "2.8", **more: Any) -> S3Facts:
    return S3Facts(load_config(text.encode(), {}, f"registry-{version}"), **more)


def _actions(text: str, version: str = "2.8", **more: Any) -> set[str]:
    return {need.action for need in s3_needs(_facts(text, version, **more))}


def _breaks(action: str, text: str, version: str, **more: Any) -> str:
    needs = [need for need in s3_needs(_facts(text, version, **more)) if need.action == action]
    return " ".join(stage.value for stage in Stage if any(stage in need.breaks for need in needs))


PLAIN = {
    "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:GetObject", "s3:PutObject", "s3:DeleteObject",
    "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload",
}  # fmt: skip


@pytest.mark.parametrize("version", VERSIONS)
def test_a_plain_config_needs_seven_actions(version: str) -> None:
    assert _actions(s3(), version) == PLAIN


@pytest.mark.parametrize(
    ("version", "store", "breaks"),
    [
        ("2.5", "amazon", "gc"), ("2.7", "amazon", "gc"), ("2.8", "amazon", "gc"),
        ("3.0", "amazon", "push delete gc"), ("3.1", "amazon", "push delete gc"),
        ("2.5", "ceph", "gc"), ("2.8", "ceph", "push delete gc"), ("3.1", "ceph", "push delete gc"),
        ("2.8", "other", "gc"), ("3.1", "other", "push delete gc"),
    ],
)  # fmt: skip
def test_what_a_refused_delete_breaks(version: str, store: str, breaks: str) -> None:
    assert _breaks("s3:DeleteObject", s3() if store == "amazon" else CLONE, version, ceph=store == "ceph") == breaks


def test_at_other_stores_it_is_unsure_what_a_refused_delete_breaks() -> None:
    needs = [need for need in s3_needs(_facts(CLONE)) if need.action == "s3:DeleteObject"]
    assert {stage.value for need in needs for stage in need.unsure} == {"push", "delete", "gc"}


@pytest.mark.parametrize(("version", "breaks"), [("2.8", "push pull delete gc"), ("3.1", "push delete gc")])
def test_what_a_refused_listing_breaks(version: str, breaks: str) -> None:
    assert _breaks("s3:ListBucket", s3(), version) == breaks


def test_an_abort_breaks_nothing() -> None:
    assert _breaks("s3:AbortMultipartUpload", s3(), "2.8") == ""


@pytest.mark.parametrize("version", VERSIONS)
def test_keys_lie_below_the_root_directory(version: str) -> None:
    resources = {need.resource for need in s3_needs(_facts(s3(), version))} - {"arn:aws:s3:::images"}
    assert all(resource.startswith("arn:aws:s3:::images/reg/docker/registry/v2/") for resource in resources)


def test_without_a_root_directory_keys_begin_with_docker() -> None:
    text = s3().replace("    rootdirectory: /reg\n", "")
    resources = {need.resource for need in s3_needs(_facts(text))} - {"arn:aws:s3:::images"}
    assert all(resource.startswith("arn:aws:s3:::images/docker/registry/v2/") for resource in resources)


@pytest.mark.parametrize(
    ("region", "partition"),
    [("eu-west-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("us-iso-east-1", "aws-iso"),
     ("us-isob-east-1", "aws-iso-b")],
)  # fmt: skip
def test_the_partition_is_the_regions(region: str, partition: str) -> None:
    assert _facts(s3().replace("eu-west-1", region), "3.1").partition == partition


def _written(text: str, version: str = "2.8") -> dict[str, object]:
    """The condition keys of a write that it has, by name."""
    need = next(need for need in s3_needs(_facts(text, version)) if need.action == "s3:PutObject")
    return {key: need.context[key] for key in need.context if key.startswith("s3:x-amz-") and need.context[key]}


def test_a_write_sends_acl_and_storage_class() -> None:
    assert _written(s3()) == {"s3:x-amz-acl": ("private",), "s3:x-amz-storage-class": ("STANDARD",)}


def test_storage_class_none_sends_none() -> None:
    assert _written(s3("storageclass: NONE")) == {"s3:x-amz-acl": ("private",)}


def test_2_5_always_sends_private() -> None:
    assert _written(s3("objectacl: public-read"), "2.5")["s3:x-amz-acl"] == ("private",)


def test_encrypt_alone_sends_aes256() -> None:
    assert _written(s3("encrypt: true"))["s3:x-amz-server-side-encryption"] == ("AES256",)


def test_a_key_without_encrypt_is_sent_alone() -> None:
    written = _written(s3("keyid: k"))
    assert written["s3:x-amz-server-side-encryption-aws-kms-key-id"] == ("k",)
    assert "s3:x-amz-server-side-encryption" not in written


def test_an_encrypting_key_needs_rights_on_itself() -> None:
    assert _actions(s3("encrypt: true", "keyid: alias/a")) - PLAIN == {"kms:GenerateDataKey", "kms:Decrypt"}


def test_an_acl_needs_a_right_of_its_own() -> None:
    assert _actions(s3("objectacl: bucket-owner-full-control")) - PLAIN == {"s3:PutObjectAcl"}


def test_a_resumed_upload_leaves_the_key_out() -> None:
    needs = [need for need in s3_needs(_facts(s3("encrypt: true", "keyid: k"))) if need.action == "s3:PutObject"]
    keys = [need.context["s3:x-amz-server-side-encryption-aws-kms-key-id"] for need in needs if not need.breaks]
    assert keys == [None]


def test_a_read_only_registry_pushes_nothing() -> None:
    beside = "  maintenance: {readonly: {enabled: true}}\n"
    assert _actions(s3(beside=beside)) == {"s3:ListBucket", "s3:GetObject", "s3:DeleteObject"}


def test_without_delete_no_right_is_for_deleting() -> None:
    assert not any(Stage.DELETE in need.breaks for need in s3_needs(_facts(s3(beside=""))))


def test_the_health_check_lists_the_root() -> None:
    text = s3(top="health: {storagedriver: {enabled: true}}\n")
    assert any(need.context.get("s3:prefix") == ("reg/",) for need in s3_needs(_facts(text)))


def test_2_5_lists_the_root_with_a_delimiter() -> None:
    text = s3(top="health: {storagedriver: {enabled: true}}\n")
    (need,) = (need for need in s3_needs(_facts(text, "2.5")) if need.context.get("s3:prefix") == ("reg/",))
    assert need.context["s3:delimiter"] == ("/",)


def test_a_cache_waits_for_its_schedule_at_the_start() -> None:
    text = s3(top="proxy: {remoteurl: 'https://registry-1.docker.io'}\n")
    assert _breaks("s3:ListBucket", text, "2.8").startswith("start")


@pytest.mark.parametrize(
    ("lines", "secure"),
    [((), "true"), (("secure: false",), "false"), (("secure: false", "regionendpoint: https://h"), "true"),
     (("regionendpoint: http://s3.eu-west-1.amazonaws.com",), "false"), (("regionendpoint: h",), "true")],
)  # fmt: skip
def test_the_transport_is_the_endpoints(lines: tuple[str, ...], secure: str) -> None:
    assert {need.context["aws:securetransport"] for need in s3_needs(_facts(s3(*lines)))} == {(secure,)}


def test_a_redirected_pull_is_asked_for_with_an_address() -> None:
    kinds = {need.context["s3:authtype"] for need in s3_needs(_facts(s3())) if need.action == "s3:GetObject"}
    assert ("REST-QUERY-STRING",) in kinds


def test_without_redirects_nothing_is() -> None:
    needs = s3_needs(_facts(s3(beside="  redirect: {disable: true}\n")))
    assert {need.context["s3:authtype"] for need in needs} == {("REST-HEADER",)}


def test_every_entry_of_the_table_names_files_and_stages_that_there_are() -> None:
    table = cast("dict[str, Any]", load("rights/s3"))
    for entry in table["rights"]:
        assert set(entry["on"]) <= {"bucket", "key", *table["files"]}
        assert {asked[0] for asked in entry.get("asks", [])} <= {"", *table["files"]}
        assert set(entry.get("sends", ())) <= set(table["keys"])
        assert entry["purpose"].startswith(("to ", "for "))


def test_plain_http_carries_no_key_for_it_with_ceph() -> None:
    assert {need.context["aws:securetransport"] for need in s3_needs(_facts(CLONE, ceph=True))} == {None}


def test_of_other_stores_that_is_unknown() -> None:
    (value,) = {need.context["aws:securetransport"] for need in s3_needs(_facts(CLONE))}
    assert isinstance(value, Unknown)
