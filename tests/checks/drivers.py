"""Whole configs for the drivers that keep their data elsewhere, to which a test adds the lines that it is about."""

from __future__ import annotations


def _config(driver: str, preset: tuple[str, ...], lines: tuple[str, ...], beside: str) -> str:
    given = {line.partition(":")[0] for line in lines}
    kept = [line for line in preset if line.partition(":")[0] not in given]
    body = "".join(f"    {line}\n" for line in (*kept, *(line for line in lines if not line.endswith(": -"))))
    return f"version: 0.1\nstorage:\n  {driver}:\n{body}{beside}"


def s3(*lines: str, beside: str = "", driver: str = "s3") -> str:
    """A config of s3 at Amazon, with a pair of keys; a line such as `region: -` leaves the preset one out."""
    keys = ("accesskey: AKIAQQQQWWWWEEEERRRR", f"secretkey: {'s' * 40}")
    return _config(driver, ("region: us-east-1", "bucket: images", *keys), lines, beside)


def clone(*lines: str, beside: str = "") -> str:
    """A config of s3 at a store that is not Amazon's."""
    return s3("regionendpoint: https://s3.example.com", "accesskey: store", *lines, beside=beside)


def azure(*lines: str, beside: str = "") -> str:
    """A config of azure with an account key."""
    return _config("azure", ("accountname: images", f"accountkey: {'A' * 86}==", "container: registry"), lines, beside)


def azure3(*lines: str, beside: str = "") -> str:
    """The same as 3.x wants it."""
    return azure("credentials: {type: shared_key}", *lines, beside=beside)


def swift(*lines: str, beside: str = "") -> str:
    """A config of swift with a login by version 3."""
    login = (
        "authurl: https://keystone.example.com:5000/v3",
        "username: registry",
        "password: hunter22222",
        "domain: Default",
    )
    return _config("swift", (*login, "tenant: images", "container: registry"), lines, beside)


def gcs(*lines: str, beside: str = "") -> str:
    """A config of gcs without credentials."""
    return _config("gcs", ("bucket: images",), lines, beside)


def oss(*lines: str, beside: str = "") -> str:
    """A config of oss with a pair of keys."""
    keys = ("accesskeyid: LTAI5tQQQQWWWWEEEERRRR", f"accesskeysecret: {'s' * 30}")
    return _config("oss", ("region: oss-cn-beijing", "bucket: images", *keys), lines, beside)
