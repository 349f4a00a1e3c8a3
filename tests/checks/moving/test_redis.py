"""`moving.redis`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..findings import found


def test_addr_is_not_read() -> None:
    (finding,) = found("moving.redis", "version: 0.1\nstorage: {inmemory: {}}\nredis: {addr: redis:6379}\n")
    assert (finding.severity, finding.where.path) == ("note", "redis.addr")
    assert not finding.breaks


def test_no_redis_is_fine() -> None:
    assert not found("moving.redis", "version: 0.1\nstorage: {inmemory: {}}\n\n")
