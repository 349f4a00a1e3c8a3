"""What a check says of a config: the handle that its tests share."""

from __future__ import annotations

from collections.abc import Mapping

from registry_preflight import Finding, foretell


def found(
    check: str, text: str, environment: Mapping[str, str] | None = None, target: str = "registry-2.8"
) -> tuple[Finding, ...]:
    """The findings of one check about a config; the check must have run."""
    results = {result.id: result for result in foretell(text, environment or {}, target).results}
    assert results[check].status.value not in ("broken", "skipped"), results[check]
    return results[check].findings


def s3(*lines: str, beside: str = "", top: str = "") -> str:
    """A config for s3 with these lines in the driver's section, `beside` under storage and `top` at the top level."""
    body = "".join(f"    {line}\n" for line in ("region: us-east-1", "bucket: images", *lines))
    return f"version: 0.1\n{top}storage:\n  s3:\n{body}{beside}"


#: A store that a real registry fills, to be formatted with its directory.
STORED = """\
version: 0.1
http: {{secret: s}}
storage:
  filesystem: {{rootdirectory: {0}}}
  delete: {{enabled: true}}
"""
FILESYSTEM = "version: 0.1\nstorage: {filesystem: {rootdirectory: /srv/registry}}\n"
