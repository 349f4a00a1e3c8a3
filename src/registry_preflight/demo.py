"""The `demo` command: two configs with three mistakes, and then without, against storage that lives as long as it does.

The storage is S3, by moto in a thread of this process, and a directory of this disk. The checks run as a user runs
them: `registry-preflight check` in a process of its own, which sees nothing of this one's environment.
"""

from __future__ import annotations

import json
import logging
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, NamedTuple

from registry_preflight.inputs import CannotBegin

if TYPE_CHECKING:
    from registry_preflight.fixtures.moto_s3 import Moto
    from registry_preflight.fixtures.rgw_admin import User

BUCKET = "acme-images"
ARN = f"arn:aws:s3:::{BUCKET}"
CONFIGS = ("s3.yml", "disk.yml")
#: Who the registry runs as where root may say so: nobody.
NOBODY = 65534
UPLOADS = ("ListMultipartUploadParts", "AbortMultipartUpload")
#: The mistake in the rights: nobody thought of the right to list uploads, which each push needs.
TOO_LITTLE = (
    {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": ARN},
    {
        "Effect": "Allow",
        "Action": [f"s3:{right}" for right in ("GetObject", "PutObject", "DeleteObject", *UPLOADS)],
        "Resource": f"{ARN}/*",
    },
)
#: moto asks for this right on the bucket too; Amazon asks for it on the objects alone.
OF_MOTO = {"Effect": "Allow", "Action": "s3:DeleteObject", "Resource": ARN}
#: The mistake in the YAML, and how it is mended.
QUOTED, PLAIN = 'enabled: "true"', "enabled: true"
#: Seconds that a check gets, which takes two: twice its own deadline.
PATIENCE = 120.0


class Stage(NamedTuple):
    """Where the demo plays: the folder with the configs, the storage, and its user."""

    folder: Path
    moto: Moto
    user: User
    output: Path
    no_color: bool


def show(output: str, *, no_color: bool = False) -> int:
    """Run both checks, and answer 0 when they came out as they must.

    Raises `CannotBegin` without the extra, or where the reports can't be written.
    """
    if not os.path.isdir(output) or not os.access(output, os.W_OK):
        raise CannotBegin(f"--output {output}: this is no directory that can be written to; make it, or name another.")
    _end_politely()
    _forget_the_environment()
    with _stage(Path(output).resolve(), no_color) as stage:
        _say(f"S3 for this demo: {stage.moto.url}. A disk: {stage.folder}. Three mistakes have been made.\n")
        broken = _check(stage, "demo-broken.html")
        _mend(stage)
        mended = _check(stage, "demo-mended.html")
    for report in ("demo-broken.html", "demo-mended.html"):
        _say(f"Written: {os.path.normpath(os.path.join(output, report))}")
    if (broken, mended) != (1, 0):
        _say(f"This is not what the demo shows elsewhere (exit codes {broken} and {mended}, not 1 and 0).")
        return 2
    return 0


@contextmanager
def _stage(output: Path, no_color: bool) -> Iterator[Stage]:
    """Start the storage, make the mistakes, and remove everything at the end."""
    from registry_preflight.fixtures.backend import BackendMissing

    try:
        from registry_preflight.fixtures.buckets import client
        from registry_preflight.fixtures.moto_s3 import REGION, in_process

        with tempfile.TemporaryDirectory(prefix="registry-preflight-", dir=_place()) as name, in_process() as moto:
            logging.getLogger("werkzeug").setLevel(logging.CRITICAL)  # what it refuses is what is shown
            folder = Path(name)
            folder.chmod(0o755)  # whoever the registry runs as gets through
            client(moto.url, moto.administrator, REGION).create_bucket(Bucket=BUCKET)
            user = moto.user("registry", *TOO_LITTLE, OF_MOTO)
            (folder / "images").mkdir(mode=0o555)
            values = {
                "endpoint": moto.url,
                "folder": name,
                "access_key": user.access_key,
                "secret_key": user.secret_key,
            }
            for config in CONFIGS:
                text = resources.files("registry_preflight.fixtures").joinpath("demo", config).read_text()
                (folder / config).write_text(Template(text).substitute(values))
            yield Stage(folder, moto, user, output, no_color)
    except (ImportError, BackendMissing):
        raise CannotBegin("the demo needs a little more; install it: pip install 'registry-preflight[demo]'") from None


def _place() -> str | None:
    """Where a folder may be made that the registry's user reaches too; None for the usual place."""
    for place in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):
        if os.getuid() != 0 or all(above.stat().st_mode & 0o001 for above in (place, *place.parents)):
            return str(place)
    return None


def _check(stage: Stage, report: str) -> int:
    """`check` both configs; its exit code."""
    options = ["--min-free", "100MiB", "--skip", "s3.leftover-endpoint"]
    if os.getuid() == 0:
        options += ["--as-user", str(NOBODY)]
    _say(f"$ registry-preflight check {shlex.join(options)} --html {report} {' '.join(CONFIGS)}")
    done = _run(stage, "check", *options, "--html", str(stage.output / report), *CONFIGS)
    _say("")
    return done.returncode


def _mend(stage: Stage) -> None:
    """Do what the report advised."""
    from registry_preflight.fixtures.buckets import client
    from registry_preflight.fixtures.moto_s3 import REGION

    config = stage.folder / "s3.yml"
    config.write_text(config.read_text().replace(QUOTED, PLAIN))
    _say(f"s3.yml: {QUOTED} becomes {PLAIN}")
    policy = json.loads(_run(stage, "policy", "s3.yml", capture=True).stdout)
    iam = client(stage.moto.url, stage.moto.administrator, REGION, service="iam")
    for name, document in (("of-the-test", policy), ("of-moto", policy | {"Statement": [OF_MOTO]})):
        iam.put_user_policy(UserName=stage.user.name, PolicyName=name, PolicyDocument=json.dumps(document))
    _say("rights on the bucket: as `registry-preflight policy s3.yml` writes them")
    images = stage.folder / "images"
    images.chmod(0o755)
    if os.getuid() == 0:
        os.chown(images, NOBODY, NOBODY)
        _say(f"directory: chown {NOBODY} {images}\n")
    else:
        _say(f"directory: chmod 755 {images}\n")


def _run(stage: Stage, *arguments: str, capture: bool = False) -> subprocess.CompletedProcess[str]:
    """The program itself, beside the configs. Ctrl-C reaches it too, and it cleans up before this process does."""
    environment = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "TERM", "LANG") if name in os.environ}
    if stage.no_color or "NO_COLOR" in os.environ:
        environment["NO_COLOR"] = "1"
    done = subprocess.run(
        [sys.executable, "-m", "registry_preflight", *arguments],
        cwd=stage.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if capture else None,
        stderr=subprocess.DEVNULL if capture else None,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode == 130:
        raise KeyboardInterrupt
    return done


def _forget_the_environment() -> None:
    """No proxy, certificate or credential of the user's belongs between this process and its own servers."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith("AWS_"):
            del os.environ[name]


def _end_politely() -> None:
    """Make a request to end the same as Ctrl-C: everything is stopped and removed."""

    def interrupt(signum: int, frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()  # before the program that runs next writes there
