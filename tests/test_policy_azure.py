"""`policy` for Azure: the roles of an identity, and none for a key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from registry_preflight.cli import main

TOKEN = """version: 0.1
storage:
  azure:
    accountname: images
    container: registry
    credentials: {type: client_secret, clientid: 11111111-2222-3333-4444-555555555555, tenantid: contoso.com, secret: s3cr3t-of-it}
"""
KEY = "version: 0.1\nstorage: {azure: {accountname: images, accountkey: bWFkZXVw, container: registry, credentials: {type: shared_key}}}\n"
READ = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"


def policy(tmp_path: Path, text: str, *arguments: str) -> int:
    """The exit code of `policy` on a config."""
    path = tmp_path / "config.yml"
    path.write_text(text)
    return main(("policy", str(path), "--no-env", "--for", "registry-3.1", *arguments))


def test_the_data_role_is_on_the_container(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert policy(tmp_path, TOKEN) == 0
    first = capsys.readouterr().out.split("az role assignment create")[1]
    assert "'Storage Blob Data Contributor'" in first
    assert first.rstrip().endswith("/storageAccounts/images/blobServices/default/containers/registry")


def test_the_delegator_is_on_the_account(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy(tmp_path, TOKEN)
    second = capsys.readouterr().out.split("az role assignment create")[2]
    assert "'Storage Blob Delegator'" in second
    assert second.rstrip().endswith("/storageAccounts/images")


def test_the_application_of_the_config_gets_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy(tmp_path, TOKEN)
    assert capsys.readouterr().out.count("--assignee 11111111-2222-3333-4444-555555555555") == 2


def test_a_role_of_ones_own_has_the_least_actions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy(tmp_path, TOKEN, "--format", "role")
    role = json.loads(capsys.readouterr().out)
    assert READ in role["DataActions"]
    assert len(role["DataActions"]) == 4
    assert role["Actions"] == ["Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action"]


def test_nobody_delegates_where_redirects_are_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy(tmp_path, TOKEN.replace("storage:", "storage:\n  redirect: {disable: true}"), "--format", "all")
    assert "elegat" not in capsys.readouterr().out


def test_no_secret_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy(tmp_path, TOKEN, "--format", "all")
    said = capsys.readouterr()
    assert "s3cr3t-of-it" not in said.out + said.err


def test_a_key_takes_no_roles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert policy(tmp_path, KEY) == 2
    assert "has every right" in capsys.readouterr().err
