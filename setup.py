"""Lists the packages, and compiles what would take too long at every start while a wheel is built.

That is the tables (TOML to a Python module), the index of the checks (so that only those are imported that run), the
regular expressions, and then all modules into one file (see bundle.py). An editable install has none of these: it reads
the TOML, imports all checks, and opens each module. Everything else is in pyproject.toml.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

#: Folders at the top of the tree that install inside the package: generic names must not land in site-packages.
INSIDE = ("checks", "fixtures", "reports")


def packages() -> list[str]:
    """Every package below src/ and the folders above; one that is left out would work here and miss in the wheel."""
    inside = [f"registry_preflight.{top}{'.' * bool(sub)}{sub}" for top in INSIDE for sub in ("", *find_packages(top))]
    return [*find_packages("src"), *inside]


MAKE_TABLES = """
import registry_preflight.config.effective
from registry_preflight.config.tables import compiled_source

print(compiled_source(), end="")
"""

MAKE_INDEX = """
import registry_preflight.checks
from registry_preflight.deferred import index_source
from registry_preflight.plan import ordered
from registry_preflight.plugins import located

found = {check.id: (check, module, name) for check, module, name in located(registry_preflight.checks)}
print(index_source(tuple(found[check.id] for check in ordered({id: row[0] for id, row in found.items()}))), end="")
"""


MAKE_PATTERNS = """
import sys
from importlib import import_module
from registry_preflight.pattern import patterns_source

for name in sys.argv[1:]:
    try:
        import_module(name)
    except ImportError:  # it needs what is not there while a wheel is built: its patterns are compiled when they are used
        pass
print(patterns_source(), end="")
"""

MAKE_BUNDLE = """
import sys
from registry_preflight.bundle import file_name
from registry_preflight.bundling import pack

with open(f"{sys.argv[1]}/{file_name()}", "wb") as file:
    file.write(pack(sys.argv[1], sys.argv[2:], sys.stdin.read().split()))
"""

#: What every `check` imports, and what it reads of the files above.
FIRST = """
import registry_preflight.cli, registry_preflight.commands, registry_preflight.arguments, registry_preflight.checking
import registry_preflight.config.reads, registry_preflight.config.libyaml, registry_preflight.reports.terminal
import registry_preflight._patterns, registry_preflight.config._compiled, registry_preflight.checks._index
"""


class BuildCompiled(build_py):
    def run(self) -> None:
        if not self.editable_mode:
            # A module that the tree no longer has must not come back from an earlier build.
            shutil.rmtree(Path(self.build_lib, "registry_preflight"), ignore_errors=True)
        super().run()
        if self.editable_mode:
            return
        built = Path(self.build_lib, "registry_preflight")
        (built / "config/_compiled.py").write_text(self._made_by(MAKE_TABLES), "utf-8")
        (built / "checks/_index.py").write_text(self._made_by(MAKE_INDEX), "utf-8")
        (built / "_patterns.py").write_text(self._made_by(MAKE_PATTERNS, *self._modules()), "utf-8")
        self._made_by(MAKE_BUNDLE, str(built.resolve()), *self._modules(), given=self._first())

    def _first(self) -> str:
        """The modules of every `check`, each after those that it imports: in the order in which Python reports them."""
        said = subprocess.run([sys.executable, "-X", "importtime", "-c", FIRST], **self._running).stderr
        names = (line.rpartition("|")[2].strip() for line in said.splitlines() if line.startswith("import time:"))
        return "\n".join(name for name in names if name.startswith("registry_preflight."))

    def _modules(self) -> list[str]:
        """Every module of the package but the fixtures, which no command needs."""
        found = []
        for path in sorted(Path(self.build_lib, "registry_preflight").rglob("*.py")):
            parts = path.relative_to(self.build_lib).with_suffix("").parts
            if parts[1] not in ("fixtures", "__main__"):
                found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
        return found

    @property
    def _running(self) -> dict[str, Any]:
        """How programs are run that import the package as it has been built so far."""
        environment = {**os.environ, "PYTHONPATH": self.build_lib, "PYTHONDONTWRITEBYTECODE": "1"}
        return {"env": environment, "check": True, "capture_output": True, "text": True}

    def _made_by(self, program: str, *arguments: str, given: str = "") -> str:
        """What a program prints."""
        command = [sys.executable, "-c", program, *arguments]
        return str(subprocess.run(command, input=given, **self._running).stdout)


setup(packages=packages(), cmdclass={"build_py": BuildCompiled})
