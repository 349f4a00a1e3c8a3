"""README.md and docs/ cannot drift: what they show is what the program prints."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT, Program

README = (ROOT / "README.md").read_text()
CONFIG = (
    "version: 0.1\nstorage: {s3: {bucket: images, region: eu-west-1, accesskey: key, secretkey: word, encrypt: %s}}\n"
)
WIDTH, LINES = 80, 10


def _block(before: str) -> str:
    """The fenced block right after a line."""
    found = re.search(re.escape(before) + r"\n+```\w*\n(.*?)```\n", README, re.DOTALL)
    assert found, f"README.md has no block after {before!r}"
    return found[1]


def _commands() -> list[str]:
    """The two commands: of the blocks before the first heading."""
    return re.findall(r"```\n(.*?)\n```", README.partition("\n## ")[0])


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with the README's check, installed as a plugin."""
    (tmp_path / "house-1.dist-info").mkdir()
    (tmp_path / "house-1.dist-info/entry_points.txt").write_text("[registry_preflight.checks]\nhouse = house\n")
    (tmp_path / "house.py").write_text(_block("<!-- tests/test_readme.py loads it -->"))
    return tmp_path


def test_the_help_is_the_programs(program: Program) -> None:
    assert _block("<!-- output of: registry-preflight check --help -->") == program("check", "--help").stdout


def test_the_help_fits_into_80_columns() -> None:
    lines = _block("<!-- output of: registry-preflight check --help -->").splitlines()
    assert [line for line in lines if len(line) > WIDTH] == []


def test_docs_and_outputs_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/make-docs", "--check"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_commands_are_one_to_check_and_one_to_test() -> None:
    assert [command.split()[0] for command in _commands()] == ["python3", "scripts/test"]


def test_the_first_command_checks_a_config_that_is_ready(program: Program) -> None:
    check = _commands()[0].partition("bin/registry-preflight ")[2]
    assert program(*check.split(), cwd=ROOT).returncode == 0


def test_the_second_command_is_a_program_of_the_tree() -> None:
    assert shutil.which(str(ROOT / _commands()[1].split()[0]))


def test_ci_runs_the_second_command() -> None:
    assert _commands()[1] in (ROOT / ".ci/run").read_text()


def test_the_ten_lines_are_ten_lines() -> None:
    lines = _block("<!-- tests/test_readme.py loads it -->").splitlines()
    assert len([line for line in lines if line.strip()]) <= LINES


def test_the_ten_lines_are_a_check(program: Program, house: Path) -> None:
    assert "house.encrypted" in program("list", plugins=[house]).stdout


@pytest.mark.parametrize(("encrypt", "found"), [("false", True), ("true", False)])
def test_the_ten_lines_find_what_they_say(
    program: Program, house: Path, tmp_path: Path, encrypt: str, found: bool
) -> None:
    (tmp_path / "config.yml").write_text(CONFIG % encrypt)
    said = program("check", "--offline", str(tmp_path / "config.yml"), plugins=[house]).stdout
    assert ("stores images unencrypted" in said) is found


@pytest.mark.parametrize("name", [path.name for path in sorted((ROOT / "fixtures/configs").glob("*.yml"))])
def test_a_bundled_config_is_shown(name: str) -> None:
    assert f"fixtures/configs/{name}" in README


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`((?:registry-[\d.]+(?:-debian)?|dtr))`", README))))
def test_a_release_of_the_readme_is_a_target(program: Program, target: str) -> None:
    assert program("schema", "config", "--for", target).returncode == 0


@pytest.mark.parametrize("link", re.findall(r"\]\((?!http)([^)#]+)\)", README))
def test_a_link_leads_to_a_file(link: str) -> None:
    assert (ROOT / link).exists()
