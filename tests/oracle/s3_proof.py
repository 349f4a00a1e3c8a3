"""Faults of S3 configs and buckets, each judged by the real registry on a real gateway and foretold by the checks."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from registry_preflight.fixtures.client import image
from registry_preflight.fixtures.referee import Trial, outcomes, seed, serving
from registry_preflight.fixtures.referee import judge as judge_seeded
from registry_preflight.fixtures.scripted_s3 import scripted_s3

from registry_preflight import Options, Report, check_config, load_config

if TYPE_CHECKING:
    from registry_preflight.fixtures.buckets import Bucket
    from registry_preflight.fixtures.rgw import Cluster, User

#: The Debian build that judges: 2.8.2 with a newer library.
TARGET = "registry-2.8-debian"
STAGES = ("start", "push", "pull", "delete", "gc")

Statements = Callable[["Bucket", "User"], list[dict[str, object]]]
Prepare = Callable[["Cluster", "Bucket", "User"], None]


class Fault(NamedTuple):
    """A fault. The config's user is a stranger to the bucket with these statements of its policy.

    `policy` gives the statements (None: everything is allowed); `owner` uses the bucket's owner instead, `seeded_by_user`
    lets the stranger push the images that are there. `parameters` and `storage` go into the config, `environment` into
    the registry's; `options`, `ahead` and `tls` make a gateway of its own; `prepare` comes last.
    """

    name: str
    policy: Statements | None = None
    owner: bool = False
    seeded_by_user: bool = False
    parameters: Mapping[str, object] = {}
    storage: Mapping[str, object] = {}
    environment: Mapping[str, str] = {}
    options: Mapping[str, str] = {}
    ahead: float = 0
    prepare: Prepare | None = None
    bucket: Mapping[str, object] = {}
    root: str = "/reg"
    layers: tuple[int, ...] = (4096, 40 << 20)
    unknown: tuple[str, ...] = ()  # stages that nobody could foretell
    script: str = ""  # a store's peculiarity, played before the gateway (fixtures/answers)
    late: bool = False  # the images that are there must be there before `prepare`


class Judged(NamedTuple):
    """A fault with what was foretold and what came."""

    fault: Fault
    report: Report
    truth: Mapping[str, str]
    told: str

    @property
    def foretold(self) -> dict[str, str]:
        """The outcome of each stage, as foretold."""
        return {stage.value: prediction.outcome.value for stage, prediction in self.report.predictions.items()}

    @property
    def wrong(self) -> list[str]:
        """Stages that were foretold wrongly, or not at all."""
        truth = self.truth
        expected = {stage: "unknown" if stage in self.fault.unknown else truth[stage] for stage in STAGES}
        return [
            f"{stage}: {self.foretold[stage]}, not {truth[stage]}"
            for stage in STAGES
            if self.foretold[stage] != expected[stage]
        ]

    def __str__(self) -> str:
        findings = [
            f"{r.id}: {f.severity} {f.what} {f.breaks}"
            for r in self.report.results
            for f in r.findings
            if f.severity == "blocker"
        ]
        silent = [f"{r.id}: {r.reason}" for r in self.report.results if r.reason and not r.requested]
        return "\n".join([self.fault.name, *self.wrong, *findings, *silent, self.told])


def judge(cluster: Cluster, faults: Sequence[Fault], workers: int = 3) -> list[Judged]:
    """Foretell each fault, and then let the registry show it."""
    with ExitStack() as stack:
        early = [fault for fault in faults if not fault.late]
        made = [(fault, *_made(cluster, fault, stack)) for fault in early]
        truths = outcomes([trial for _, _, trial in made], workers)
        judged = [
            Judged(fault, report, truth.stages, str(truth))
            for (fault, report, _), truth in zip(made, truths, strict=True)
        ]
        return judged + [_late(cluster, fault, stack) for fault in faults if fault.late]


def _late(cluster: Cluster, fault: Fault, stack: ExitStack) -> Judged:
    bucket = stack.enter_context(cluster.bucket(**fault.bucket))
    user = bucket.owner if fault.owner else cluster.user()
    if not fault.owner:
        bucket.allow(user, "s3:*")
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    path = Path(folder, "config.yml")
    path.write_text(bucket.config(user, **dict(fault.parameters)))
    seeds = seed(path)
    assert fault.prepare is not None
    fault.prepare(cluster, bucket, user)
    report = foretell(path.read_text())
    told = judge_seeded(path, seeds)
    return Judged(fault, report, {k: v if v == "works" else "fails" for k, v in told.items()}, str(told))


def _made(cluster: Cluster, fault: Fault, stack: ExitStack) -> tuple[Report, Trial]:
    gateway = cluster.variant(fault.options, fault.ahead) if fault.options or fault.ahead else cluster.gateway
    bucket = stack.enter_context(cluster.bucket(**fault.bucket))
    stranger = cluster.user()
    user = bucket.owner if fault.owner else stranger
    all_of_it = bucket.statement("Allow", stranger, "s3:*")
    bucket.set_policy(all_of_it)
    good = bucket.config(stranger if fault.seeded_by_user else None, rootdirectory=fault.root)
    seed_with(good)
    if fault.policy is not None:
        bucket.set_policy(*fault.policy(bucket, user), *([all_of_it] if fault.owner else []))
    if fault.prepare:
        fault.prepare(cluster, bucket, user)
    place = bucket.at(gateway.url)
    if fault.script:
        place, _ = stack.enter_context(scripted_s3(place, fault.script))
    config = place.config(user, dict(fault.storage), **{"rootdirectory": fault.root} | dict(fault.parameters))
    report = foretell(config, fault.environment)
    return report, Trial(config, fault.environment, good, {}, fault.layers)


def seed_with(good: str) -> None:
    """An image that is there before anybody looks."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "config.yml")
        path.write_text(good)
        with serving(path) as client:
            client.push(image("seeded/before", (4096,)))


def foretell(config: str, environment: Mapping[str, str] | None = None, target: str = TARGET) -> Report:
    """What a full run says of a config."""
    return check_config(load_config(config.encode(), environment or {}, target, options=Options(min_free=0)))


def denied(*actions: str, on: tuple[str, ...] = ("", "/*")) -> Statements:
    """Everything is allowed, but for these actions in these places."""
    return lambda bucket, user: [
        bucket.statement("Allow", user, "s3:*"),
        bucket.statement("Deny", user, *(f"s3:{action}" for action in actions), on=on),
    ]


def client(name: str) -> Statements:
    """Everything is allowed to a client that calls itself so."""
    condition = {"Condition": {"StringNotLike": {"aws:UserAgent": name}}}
    return lambda bucket, user: [
        bucket.statement("Allow", user, "s3:*"),
        bucket.statement("Deny", user, "s3:*") | condition,
    ]


def allowed(*actions: str, on: tuple[str, ...] = ("", "/*")) -> Statements:
    """These actions alone, in these places."""
    return lambda bucket, user: [bucket.statement("Allow", user, *(f"s3:{action}" for action in actions), on=on)]


def listing(*prefixes: str) -> Statements:
    """Everything is allowed, but to list only what begins so."""

    def statements(bucket: Bucket, user: User) -> list[dict[str, object]]:
        condition = {"Condition": {"StringLike": {"s3:prefix": list(prefixes)}}}
        others = [action for action in NEEDED if action != "ListBucket"]
        return [
            bucket.statement("Allow", user, *(f"s3:{action}" for action in others)),
            bucket.statement("Allow", user, "s3:ListBucket", on=("",)) | condition,
        ]

    return statements


def unlisted(operator: str = "StringLike", **values: object) -> Statements:
    """Everything is allowed, but for lists by what they ask for, such as `prefix=[...]`."""
    condition = {"Condition": {operator: {f"s3:{key.replace('_', '-')}": value for key, value in values.items()}}}
    return lambda bucket, user: [
        bucket.statement("Allow", user, "s3:*"),
        bucket.statement("Deny", user, "s3:ListBucket", on=("",)) | condition,
    ]


#: The rights that suffice (backend-rgw.md 8).
NEEDED = (
    "ListBucket",
    "ListBucketMultipartUploads",
    "GetObject",
    "PutObject",
    "DeleteObject",
    "ListMultipartUploadParts",
)
EVERY = (*NEEDED, "AbortMultipartUpload", "GetBucketLocation")
