"""Reports to render: one for each thing that a format must cope with."""

from __future__ import annotations

from registry_preflight import (
    DELETE,
    EVERY_STAGE,
    GC,
    PULL,
    PUSH,
    START,
    EffectiveValue,
    Finding,
    Mode,
    Origin,
    Outcome,
    Plugin,
    Prediction,
    Report,
    Requests,
    Result,
    RunFacts,
    Stage,
    Status,
    Verdict,
    Where,
    blocker,
    note,
    warning,
)

#: What a hostile config, backend or plugin may put into any text.
HOSTILE = (
    "<script>alert(1)</script>\"' onload=x {{ 7*7 }} </style>"
    "\x1b[31mred\x1b]0;title\x07\x9b2J\r\b\x00 rlo\u202eevil\u2066 zero\u200bwidth\ufeff sep\u2028arator \udcff"
    " 記録簿 " + "x" * 300
)

NO_REQUESTS = Requests()
_WORKS = Prediction(Outcome.WORKS)
_UNKNOWN = Prediction(Outcome.UNKNOWN, reason="--offline: only a run with the network can tell")
_EFFECTIVE = (
    EffectiveValue("storage.s3.accesskey", "****************WXYZ", Origin("file", 4, 16)),
    EffectiveValue("storage.s3.secretkey", "********", Origin("environment", name="REGISTRY_STORAGE_S3_SECRETKEY")),
    EffectiveValue("storage.s3.region", "us-east-11", Origin("file", 6, 13)),
    EffectiveValue("storage.s3.secure", True, Origin("default")),
    EffectiveValue("storage.s3.chunksize", 10485760, Origin("default"), note="at least 5242880"),
    EffectiveValue("storage.redirect.disable", None, Origin("file", 9, 14), note="null counts as false"),
)


def passed(number: int, *, started: float = 0.0) -> Result:
    """One of many checks that have nothing to say."""
    titles = ("The file is YAML that the registry reads", "Exactly one driver is given", "No key is written twice")
    id = f"config.fact-{number}"
    return Result(id, titles[number % 3], Status.PASSED, seconds=0.0004, started=started)


def found(id: str, title: str, status: Status, started: float, seconds: float, finding: Finding) -> Result:
    """A check that has something to say."""
    return Result(id, title, status, seconds, findings=(finding,), started=started)


def skipped(id: str, title: str, cause: str) -> Result:
    """A check whose need is not met."""
    return Result(id, title, Status.SKIPPED, 0.0, f"{cause} did not pass", (cause,))


def report(
    *results: Result,
    verdict: Verdict = Verdict.READY,
    predictions: dict[Stage, Prediction] | None = None,
    roots: tuple[str, ...] = (),
    source: str = "storage.yml",
    effective: tuple[EffectiveValue, ...] = _EFFECTIVE,
    left_behind: tuple[str, ...] = (),
    plugins: tuple[Plugin, ...] = (Plugin("registry-preflight", "0.1.0"),),
    mode: Mode = Mode.OFFLINE,
    requests: Requests = NO_REQUESTS,
    seconds: float = 0.0312,
) -> Report:
    """A report around some results, the same at each call."""
    return Report(
        tool_version="0.1.0",
        plugins=plugins,
        run=RunFacts(
            id="b7k2m9",
            started="2024-05-02T08:15:30Z",
            seconds=seconds,
            host="registry-host",
            target="registry-2.8",
            mode=mode,
            deadline=60.0,
            options={"offline": mode is Mode.OFFLINE, "min_free": 10 * 1024**3, "skip": ()},
        ),
        source=source,
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        driver="s3",
        effective=effective,
        verdict=verdict,
        predictions=predictions or dict.fromkeys(EVERY_STAGE, _WORKS),
        results=results or tuple(passed(number) for number in range(5)),
        root_causes=roots,
        left_behind=left_behind,
        requests=requests,
    )


def ready() -> Report:
    """Nothing to say at all."""
    return report(*(passed(number) for number in range(100)), source="ready.yml")


REGION = blocker(
    what="The region `us-east-11` is not one that registry-2.8 knows.",
    why="The S3 driver compares the region with a list that is built into the release, and refuses to start.",
    fix="Write a region of the list, for example `us-east-1`, or set `regionendpoint` where the store is not Amazon's.",
    where=Where("storage.s3.region", 6, 13, None, "    region: us-east-11"),
    breaks=[START, GC],
    releases=["registry-2.5", "registry-2.7", "registry-2.8"],
)


DISK = blocker(
    what="/var/lib/registry has 3.1 GiB free, less than the 10 GiB of --min-free.",
    why="A push that fills the disk fails half-way, and so does everything else that writes there.",
    fix="Give it a volume of its own, or lower --min-free if that is enough.",
    where="storage.filesystem.rootdirectory",
    evidence="statvfs: 812,646 free blocks of 4,096 bytes",
)
TYPO = warning(
    what="`REGISTRY_STORAGE_S3_ACCESS_KEY` sets nothing; `REGISTRY_STORAGE_S3_ACCESSKEY` was meant.",
    why="The registry builds the name of a variable from the key without underscores, and ignores any other.",
    fix="Rename the variable to `REGISTRY_STORAGE_S3_ACCESSKEY`.",
    where=Where("storage.s3.access", variable="REGISTRY_STORAGE_S3_ACCESS_KEY"),
)
OFF = note(
    what="Deleting is off, so DELETE answers 405.",
    why="`storage.delete.enabled` is not true.",
    fix="Set it to true if images should be deleted over the API.",
    where=Where("storage.delete", 11, 3, None, "  delete: {enabled: false}"),
    breaks=[DELETE],
)


def not_ready() -> Report:
    """Every status, every severity, root causes, blocked checks, a broken one, and things left behind."""
    fails = Prediction(Outcome.FAILS, ("s3.region",))
    return report(
        *(passed(number, started=number * 0.004) for number in range(24)),
        found("s3.region", "The region is one that the release knows", Status.FAILED, 0.0, 0.012, REGION),
        found("disk.free-space", "There is room on the disk", Status.FAILED, 0.012, 0.201, DISK),
        found("environment.names", "Every variable sets something", Status.WARNED, 0.21, 0.05, TYPO),
        found("delete.enabled", "Deleting is on", Status.PASSED, 0.21, 0.05, OFF),
        skipped("s3.credentials", "The credentials are accepted", "s3.region"),
        skipped("s3.bucket", "The bucket is there", "s3.credentials"),
        skipped("s3.write-object", "Objects can be written", "s3.bucket"),
        Result("clock.skew", "The clock is right", Status.SKIPPED, 0.0, "--offline", requested=True),
        Result("tls.chain", "The certificate is trusted", Status.BROKEN, 0.6, "ran out of its 0.6 s", started=0.02),
        verdict=Verdict.NOT_READY,
        predictions={START: fails, PUSH: fails, PULL: fails, DELETE: fails, GC: fails},
        roots=("s3.region", "disk.free-space"),
        left_behind=("docker/registry/v2/repositories/registry-preflight-b7k2m9/_uploads/1",),
        plugins=(Plugin("registry-preflight", "0.1.0"), Plugin("acme-checks", "2.0", "ImportError: no module named x")),
        mode=Mode.FULL,
        requests=Requests(41, 120_331, 88_210),
        seconds=0.642,
    )


def undetermined() -> Report:
    """No blocker, and a check that the verdict needs broke."""
    return report(
        passed(1),
        Result("s3.bucket", "The bucket is there", Status.BROKEN, 5.0, "TimeoutError: no answer after 5 s"),
        Result("s3.write-object", "Objects can be written", Status.SKIPPED, 0.0, "s3.bucket broke", ("s3.bucket",)),
        verdict=Verdict.UNDETERMINED,
        predictions={START: _WORKS} | dict.fromkeys(EVERY_STAGE[1:], _UNKNOWN),
        source="unknown.yml",
    )


def hostile() -> Report:
    """Hostile text in every field that can come from outside."""
    finding = blocker(
        what=HOSTILE,
        why=HOSTILE,
        fix=HOSTILE,
        where=Where(HOSTILE, 3, 40, HOSTILE, "    " + HOSTILE),
        breaks=[START],
        evidence=[HOSTILE],
        releases=[HOSTILE],
    )
    return report(
        Result(HOSTILE, HOSTILE, Status.FAILED, 0.1, HOSTILE, (), (finding,)),
        Result("a." + HOSTILE, HOSTILE, Status.SKIPPED, 0.0, HOSTILE, (HOSTILE,)),
        Result("b." + HOSTILE, HOSTILE, Status.BROKEN, 0.0, HOSTILE),
        verdict=Verdict.NOT_READY,
        predictions={stage: Prediction(Outcome.UNKNOWN, (HOSTILE,), HOSTILE) for stage in EVERY_STAGE},
        roots=(HOSTILE,),
        source=HOSTILE,
        effective=(EffectiveValue(HOSTILE, HOSTILE, Origin("environment", name=HOSTILE), HOSTILE),),
        left_behind=(HOSTILE,),
        plugins=(Plugin(HOSTILE, HOSTILE, HOSTILE),),
    )


def every_report() -> list[Report]:
    """All of the above."""
    return [ready(), not_ready(), undetermined(), hostile()]
