"""Lists the packages, and compiles the tables (TOML) to one Python module while a wheel is built.

Everything else is in pyproject.toml. Parsing TOML takes longer than a whole offline run may. An editable install has no compiled tables and reads the TOML.
"""

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


class BuildWithTables(build_py):
    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        tables = {
            path.relative_to(CONFIG).with_suffix("").as_posix(): tomllib.loads(path.read_text("utf-8"))
            for path in sorted(CONFIG.rglob("*.toml"))
        }
        target = Path(self.build_lib, "registry_preflight/config/_compiled.py")
        target.write_text(f'"""The tables beside this file; made by setup.py."""\n\nTABLES = {tables!r}\n', "utf-8")


setup(packages=packages(), cmdclass={"build_py": BuildWithTables})
