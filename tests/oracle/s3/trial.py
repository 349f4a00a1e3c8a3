"""Makes a fault of faults.yml on a real gateway: the config that meets it, and the good one that fills the store before."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from registry_preflight.fixtures.backend import free_port
from registry_preflight.fixtures.buckets import Bucket
from registry_preflight.fixtures.certificates import Certificates
from registry_preflight.fixtures.referee import LARGE_LAYER, SMALL_LAYER, Trial
from registry_preflight.fixtures.rgw import Cluster, Gateway
from registry_preflight.fixtures.rgw_admin import User

#: One row of the table.
Fault = dict[str, Any]


@lru_cache(maxsize=1)
def faults() -> tuple[Fault, ...]:
    """All rows, in their order."""
    return tuple(yaml.safe_load(Path(__file__).with_name("faults.yml").read_text()))


@contextlib.contextmanager
def made(fault: Fault, rgw: Cluster, certificates: Certificates) -> Iterator[Trial]:
    """What to ask the referee; the store is there until the block ends.

    The fault comes into force when the trial's `fault` is called, after the store has been filled.
    """
    gateway = _gateway(fault, rgw, certificates)
    create = {"ObjectLockEnabledForBucket": True} if fault.get("lock") else {}
    with rgw.bucket(fault["name"][:40], **create) as bucket:
        other = rgw.user("client") if _needs_another(fault) else None
        seed = bucket.config(**fault.get("seed_parameters", {}))
        names = _names(bucket.at(gateway.url), other or bucket.owner, gateway, certificates)
        parameters = _filled(fault.get("parameters", {}), names)
        config = bucket.at(gateway.url).config(other, fault.get("storage"), **parameters)
        yield Trial(
            config,
            _filled(fault.get("environment", {}), names),
            seed,
            layers=(SMALL_LAYER,) if fault.get("small") else (SMALL_LAYER, LARGE_LAYER),
            settle=fault.get("settle", 0),
            fault=_breaker(fault, rgw, bucket, other or bucket.owner),
        )


def _needs_another(fault: Fault) -> bool:
    return not fault.get("owner") and any(key in fault for key in ("allow", "deny", "other_user"))


def _gateway(fault: Fault, rgw: Cluster, certificates: Certificates) -> Gateway:
    how = fault.get("gateway", {})
    leaf = certificates.leaf() if how.get("tls") else None
    return rgw.variant(how.get("options"), how.get("ahead", 0), leaf)


def _names(bucket: Bucket, user: User, gateway: Gateway, certificates: Certificates) -> dict[str, object]:
    return {
        "url": bucket.url,
        "port": gateway.port,
        "free_port": free_port(),
        "bucket": bucket.name,
        "access_key": user.access_key,
        "secret_key": user.secret_key,
        "authority": certificates.authority,
    }


def _filled(values: Mapping[str, Any], names: Mapping[str, object]) -> dict[str, Any]:
    return {key: value.format_map(names) if isinstance(value, str) else value for key, value in values.items()}


def _breaker(fault: Fault, rgw: Cluster, bucket: Bucket, user: User) -> Callable[[], None]:
    """What does to the store what the row says."""

    def break_it() -> None:
        statements = list(_statements(fault, bucket, user))
        if statements:
            bucket.set_policy(*statements)
        if status := fault.get("versioning"):
            bucket.client().put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": status})
        if fault.get("lock"):
            _retain(bucket)
        if quota := fault.get("quota"):
            rgw.admin.limit_bucket(bucket.name, bucket.owner, **quota)
        if quota := fault.get("user_quota"):
            rgw.admin.limit_user(bucket.owner, **quota)
        if mask := fault.get("op_mask"):
            rgw.admin.restrict(user, mask)
        if fault.get("suspended"):
            rgw.admin.suspend(user)

    return break_it


def _statements(fault: Fault, bucket: Bucket, user: User) -> Iterator[dict[str, object]]:
    everywhere = ("", "/*")
    allow = fault.get("allow", ["s3:*"] if "deny" in fault and not fault.get("owner") else [])
    if allow:
        yield bucket.statement("Allow", user, *allow, on=tuple(fault.get("resources", everywhere)))
    if deny := fault.get("deny"):
        denied = bucket.statement("Deny", user, *deny, on=tuple(fault.get("deny_resources", everywhere)))
        if unless := fault.get("deny_unless"):
            denied["Condition"] = {operator.replace("String", "StringNot"): keys for operator, keys in unless.items()}
        yield denied


def _retain(bucket: Bucket) -> None:
    retention = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}}
    bucket.client().put_object_lock_configuration(Bucket=bucket.name, ObjectLockConfiguration=retention)
