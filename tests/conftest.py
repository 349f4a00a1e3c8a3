"""The wheel, built once for a whole run, and the program as installed from there."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from registry_preflight.fixtures.registry import Registry

ROOT = Path(__file__).parent.parent
#: What a build reads; the tree may hold environments and caches beside it.
SOURCES = ("LICENSE", "README.md", "checks", "fixtures", "pyproject.toml", "reports", "setup.py", "src")
#: The first setuptools that knows the licence field of pyproject.toml.
SETUPTOOLS = 77
LITTER = shutil.ignore_patterns("__pycache__", "*.egg-info", "build", ".*_cache")

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def registry() -> Registry:
    """Debian's registry 2.8.2."""
    return Registry()


def build_wheel(source: Path, into: Path) -> Path:
    """Build the wheel of a source tree; without the network where this environment has a setuptools that can."""
    try:
        at_hand = int(re.match(r"\d+", version("setuptools"))[0]) >= SETUPTOOLS  # type: ignore[index]
    except PackageNotFoundError:
        at_hand = False
    offline = ["--no-index", "--no-build-isolation"] if at_hand else []
    _pip("wheel", "--no-deps", *offline, "--wheel-dir", str(into), str(source))
    return next(into.glob("*.whl"))


def install(wheel: Path, into: Path) -> Path:
    """Install a wheel alone into a folder that PYTHONPATH may name."""
    _pip("install", "--no-deps", "--no-index", "--target", str(into), str(wheel))
    return into


def _pip(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree."""
    return _built(tmp_path_factory) / "wheel" / "registry.whl"


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the program as it is installed from the wheel, and nothing else."""
    return _built(tmp_path_factory) / "installed"


@pytest.fixture(scope="session")
def program(installed: Path) -> Program:
    """Run the installed program with arguments, plugins from further folders, and no environment of this process."""

    def run(*arguments: str, plugins: Iterable[Path] = (), cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": os.defpath,
            "PYTHONPATH": os.pathsep.join(map(str, (installed, *plugins))),
            "LANG": "C.UTF-8",
        }
        script = str(installed / "bin" / "registry-preflight")
        return subprocess.run(
            [sys.executable, script, *arguments],
            env=environment,
            cwd=cwd,
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


def _built(factory: pytest.TempPathFactory) -> Path:
    """Build and install once, whichever of the run's processes comes first."""
    base = factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "from-wheel"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            part = shared.with_suffix(".part")
            shutil.rmtree(part, ignore_errors=True)
            for name in SOURCES:
                _copy(ROOT / name, part / "tree" / name)
            built = build_wheel(part / "tree", part / "wheel")
            install(built, part / "installed")
            (part / "wheel" / "registry.whl").symlink_to(built.name)
            part.rename(shared)
    return shared


def _copy(source: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, to, ignore=LITTER)
    else:
        shutil.copy2(source, to)
