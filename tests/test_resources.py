"""Files beside the package are found, wherever its modules came from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

READ = "from importlib.resources import files; print(len(files('registry_preflight.config').joinpath('sections.toml').read_text()))"


def test_the_bundle_gives_the_files_beside_a_package(installed: Path) -> None:
    code = f"import registry_preflight.cli; {READ}"
    environment = {"PYTHONPATH": str(installed)}
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert said.stderr == "" and int(said.stdout) > 10_000
