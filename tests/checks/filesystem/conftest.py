"""A store on a real disk that a test breaks, and the two who say what will happen on it: the prediction and the registry."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from registry_preflight.fixtures import referee
from registry_preflight.fixtures.backend import BackendMissing

from registry_preflight import Finding, Options, Report, Stage, Status, check_config, load_config
from registry_preflight.storage import filesystem
from registry_preflight.storage.mounts import read_mounts

NOBODY = 65534
STAGES = ("start", "push", "pull", "delete", "gc")


class Outcome(NamedTuple):
    """What was foretold and what the registry did, both by stage."""

    foretold: dict[str, str]
    real: dict[str, str]
    report: Report

    @property
    def failing(self) -> set[str]:
        """The stages in which the real registry failed."""
        return {stage for stage, said in self.real.items() if said != "works"}

    def agree(self) -> bool:
        """Whether the prediction is right in every stage."""
        return self.foretold == {stage: "works" if said == "works" else "fails" for stage, said in self.real.items()}

    def wrong(self) -> set[str]:
        """The stages in which the prediction is wrong; not to know is not wrong."""
        real = {stage: "works" if said == "works" else "fails" for stage, said in self.real.items()}
        return {stage for stage, said in self.foretold.items() if said not in ("unknown", real[stage])}

    def failed_checks(self) -> set[str]:
        """Ids of the checks that found blockers."""
        return {result.id for result in self.report.results if result.status is Status.FAILED}


class Store:
    """One rootdirectory below a folder that everybody may search, with the config that names it."""

    def __init__(self, folder: Path, release: str = "registry-2.8") -> None:
        self.folder = folder
        self.root = folder / "root"
        self.root.mkdir()
        self.release = release
        self.min_free = 1
        self.read_only = False
        self.seeds: referee.Seeds | None = None

    def place(self, *names: str) -> Path:
        """A path below the registry's directory in the root."""
        return self.root.joinpath("docker", "registry", "v2", *names)

    def chmod(self, mode: str) -> None:
        """Change the modes of everything, in the words of chmod(1)."""
        subprocess.run(["chmod", "-R", mode, str(self.root)], check=True)

    def push_more(self) -> None:
        """Push one more image, into the repository `damaged`: to be damaged, so that the seeds stay whole."""
        with referee.serving(self.config()) as client:
            client.push(referee.image("damaged", [100]))

    def config(self, root: Path | None = None) -> Path:
        """The config file; of another root directory where one is given."""
        path = self.folder / "config.yml"
        path.write_text(
            "version: 0.1\nlog: {accesslog: {disabled: true}}\nhttp: {addr: '127.0.0.1:0', secret: s}\n"
            f"storage:\n  delete: {{enabled: true}}\n  filesystem: {{rootdirectory: '{root or self.root}'}}\n"
        )
        path.chmod(0o644)
        return path

    def seed(self, user: int | None = None) -> None:
        """Push images through a registry that works."""
        self.seeds = referee.seed(self.config(), user)

    def give_to(self, user: int) -> None:
        """Make this user the owner of everything."""
        for path in (self.root, *self.root.rglob("*")):
            os.lchown(path, user, user)

    def foretell(self, user: int | None = None, root: Path | None = None) -> Report:
        """Run the checks, and see that they leave the disk as it was."""
        options = Options(
            min_free=self.min_free, as_user=None if user is None else (user, user), read_only=self.read_only
        )
        config = load_config(self.config(root).read_bytes(), {}, self.release, options=options)
        before = snapshot(self.folder)
        report = check_config(config)
        assert snapshot(self.folder) == before
        assert report.left_behind == ()
        return report

    def judge(self, user: int | None = None, root: Path | None = None) -> Outcome:
        """Foretell, then ask the registry."""
        report = self.foretell(user, root)
        foretold = {stage.value: prediction.outcome.value for stage, prediction in report.predictions.items()}
        return Outcome(foretold, referee.judge(self.config(root), self.seeds, user), report)

    def judge_under(self, before: list[str]) -> tuple[dict[str, str], dict[str, str], list[str]]:
        """Both with a program in front of them that makes system calls fail: foretold, real, and the checks that failed."""
        program = (
            "import json, sys; from registry_preflight import Finding, Options, check_config, load_config;"
            "config = load_config(open(sys.argv[1], 'rb').read(), {}, sys.argv[2], options=Options(min_free=1));"
            "report = check_config(config);"
            "failed = [result.id for result in report.results if result.status == 'failed'];"
            "print(json.dumps([{s: p.outcome for s, p in report.predictions.items()}, failed]))"
        )
        said = subprocess.run(
            [*before, sys.executable, "-c", program, str(self.config()), self.release],
            capture_output=True,
            text=True,
            check=True,
        )
        foretold, failed = json.loads(said.stdout)
        return foretold, referee.judge(self.config(), self.seeds, before=before), failed


def snapshot(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Everything below a folder: mode, owner and size."""
    found = {}
    for place, directories, files in os.walk(folder):
        for name in (*directories, *files):
            path = os.path.join(place, name)
            status = os.lstat(path)
            found[path] = (status.st_mode, status.st_uid, 0 if name in directories else status.st_size)
    return found


def status_of(report: Report, check: str) -> Status:
    """How one check ended."""
    return next(result.status for result in report.results if result.id == check)


def breaks_of(report: Report, check: str) -> set[Stage]:
    """The stages that a check's findings break."""
    return {
        stage for result in report.results if result.id == check for found in result.findings for stage in found.breaks
    }


def findings_of(report: Report, check: str) -> list[Finding]:
    """What one check found."""
    return [found for result in report.results if result.id == check for found in result.findings]


def mount_table(monkeypatch: pytest.MonkeyPatch, store: Store, line: str) -> None:
    """Lay a line of the kernel's table under, for a store on a disk that cannot be had here: type, source, options."""
    path = store.folder / "table"
    path.write_text(f"20 1 0:1 / / rw - ext4 /dev/sda1 rw\n30 20 0:99 / {store.root} rw,relatime - {line}\n")
    monkeypatch.setattr(filesystem, "read_mounts", lambda: read_mounts(str(path)))


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store in a folder whose parents other users may search; what a test made there is gone afterwards."""
    import shutil
    import tempfile

    if os.geteuid() != 0:
        raise BackendMissing("tests of disks take root: they mount, and act as other users")
    folder = Path(tempfile.mkdtemp(prefix="store-"))
    folder.chmod(0o755)
    yield Store(folder)
    shutil.rmtree(folder)
