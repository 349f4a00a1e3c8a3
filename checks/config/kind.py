"""`config.kind`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, Where, blocker, check

from .._tree import below, keys_of, kind_of, text

_RENDERED = "Give the config that the chart renders: the Secret or the ConfigMap that the registry mounts has it."
#: What each kind of file is called, and where the registry's config is to be had instead.
_KINDS = {
    "compose": (
        "a Compose file",
        "Give the file that the registry's service mounts, and that service's environment with --env-file.",
    ),
    "configmap": ("a Kubernetes manifest", "Give what stands below `data` under the config's own file name."),
    "manifest": (
        "a Kubernetes manifest",
        "Give the config that the container mounts, and its environment with --env-file.",
    ),
    "operator": (
        "the configuration of OpenShift's registry operator",
        "Give the registry's own environment with --env-file, and the config of its image.",
    ),
    "harbor-chart": ("the values of Harbor's chart", _RENDERED),
    "harbor": (
        "Harbor's own harbor.yml",
        "Run Harbor's prepare and give common/config/registry/config.yml.",
    ),
    "chart": ("the values of a Helm chart", _RENDERED),
    "omnibus": (
        "GitLab's gitlab.rb",
        "Run gitlab-ctl reconfigure and give /var/opt/gitlab/registry/config.yml.",
    ),
    "daemon": (
        "the configuration of the Docker daemon",
        "Give the registry's config, such as /etc/distribution/config.yml.",
    ),
    "v1": (
        "a config of the first registry, written in Python",
        "Write a new config: this registry shares no setting with that one.",
    ),
}


@check("config.kind", when=("!driverless", "!unread"), stages=(START, GC))
def kind(config: Config) -> Iterator[Finding]:
    """The file is a registry's config and not one of its neighbours.

    Compose files, Kubernetes manifests, values of Helm charts and the settings of operators hold some of the same
    words. They configure whatever starts the registry; the registry itself refuses them.
    """
    found = kind_of(config)
    if not found:
        return
    name, fix = _KINDS[found]
    yield blocker(
        what=f"This is {name}, not a registry's config.",
        why="A registry that is given this file exits; what it leads to is up to the program that it is for.",
        fix=fix,
        where=Where(line=1, column=1),
        breaks=EVERY_STAGE,
    )
    if found == "operator":
        yield from _two_storages(config)
        yield from _swift_without_address(config)
    if found == "harbor-chart":
        yield from _gcs_key(config)


def _two_storages(config: Config) -> Iterator[Finding]:
    storage = below(config.reading.root, "spec", "storage")
    kinds = sorted(keys_of(storage) - {"managementState"})
    if storage is not None and len(kinds) > 1:
        yield blocker(
            what=f"spec.storage names {len(kinds)} storages: {', '.join(kinds)}.",
            why="The operator takes exactly one, and reports itself degraded instead of deploying the registry.",
            fix="Keep one of them.",
            where=Where(path="spec.storage", line=storage.line, column=storage.column),
            breaks=EVERY_STAGE,
        )


def _swift_without_address(config: Config) -> Iterator[Finding]:
    swift = below(config.reading.root, "spec", "storage", "swift")
    if swift is not None and not text(swift, "authURL"):
        yield blocker(
            what="spec.storage.swift has no authURL.",
            why="The operator gives the registry an empty address, and the start fails at the first request to it.",
            fix="Set authURL to the identity service's address, for example https://keystone.example:5000/v3.",
            where=Where(path="spec.storage.swift", line=swift.line, column=swift.column),
            breaks=EVERY_STAGE,
        )


def _gcs_key(config: Config) -> Iterator[Finding]:
    root = config.reading.root
    gcs = below(root, "persistence", "imageChartStorage", "gcs") or below(root, "imageChartStorage", "gcs")
    key = text(gcs, "encodedkey")
    if gcs is not None and key and not _is_key_in_base64(key):
        yield blocker(
            what="imageChartStorage.gcs.encodedkey is not the base64 of a service account's key.",
            why="The chart puts it into a Secret as it is, and the registry can't read the key file that comes of it.",
            fix="Give the output of `base64 -w0 key.json` for the service account's JSON key.",
            where=Where(path="imageChartStorage.gcs.encodedkey", line=gcs.line, column=gcs.column),
            breaks=EVERY_STAGE,
        )


def _is_key_in_base64(value: str) -> bool:
    import base64
    import json

    try:
        key = json.loads(base64.b64decode("".join(value.split()), validate=True))
    except ValueError:
        return False
    return isinstance(key, dict) and {"type", "private_key", "client_email"} <= key.keys()
