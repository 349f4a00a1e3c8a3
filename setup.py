"""Lists the packages, and compiles what would take too long at every start while a wheel is built.

That is the tables (TOML to a Python module) and the index of the checks (so that only those are imported that run). An
editable install has neither: it reads the TOML and imports all checks. Everything else is in pyproject.toml.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

CONFIG = Path("src/registry_preflight/config")
#: Folders at the top of the tree that install inside the package: generic names must not land in site-packages.
INSIDE = ("checks", "fixtures", "reports")


def packages() -> list[str]:
    """Every package below src/ and the folders above; one that is left out would work here and miss in the wheel."""
    inside = [f"registry_preflight.{top}{'.' * bool(sub)}{sub}" for top in INSIDE for sub in ("", *find_packages(top))]
    return [*find_packages("src"), *inside]


MAKE_INDEX = """
import registry_preflight.checks
from registry_preflight.deferred import index_source
from registry_preflight.plan import ordered
from registry_preflight.plugins import located

found = {check.id: (check, module, name) for check, module, name in located(registry_preflight.checks)}
print(index_source(tuple(found[check.id] for check in ordered({id: row[0] for id, row in found.items()}))), end="")
"""


class BuildCompiled(build_py):
    def run(self) -> None:
        if not self.editable_mode:
            # A module that the tree no longer has must not come back from an earlier build.
            shutil.rmtree(Path(self.build_lib, "registry_preflight"), ignore_errors=True)
        super().run()
        if self.editable_mode:
            return
        tables = {
            path.relative_to(CONFIG).with_suffix("").as_posix(): tomllib.loads(path.read_text("utf-8"))
            for path in sorted(CONFIG.rglob("*.toml"))
        }
        built = Path(self.build_lib, "registry_preflight")
        text = f'"""The tables beside this file; made by setup.py."""\n\nTABLES = {tables!r}\n'
        (built / "config/_compiled.py").write_text(text, "utf-8")
        index = built / "checks/_index.py"
        index.unlink(missing_ok=True)
        environment = {**os.environ, "PYTHONPATH": self.build_lib, "PYTHONDONTWRITEBYTECODE": "1"}
        made = subprocess.run(
            [sys.executable, "-c", MAKE_INDEX], env=environment, check=True, capture_output=True, text=True
        )
        index.write_text(made.stdout, "utf-8")


setup(packages=packages(), cmdclass={"build_py": BuildCompiled})
