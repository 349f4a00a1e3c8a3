"""Packages that bring checks and reports: found by their entry points, named where they are broken, hiding no other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from registry_preflight import Check, Plugin, api, load_checks, load_formats, plugins
from registry_preflight.plugins import BrokenInstallation

Install = Callable[..., None]

GOOD = """
    from registry_preflight import check, warning

    @check("stranger.fact", needs=())
    def fact(config):
        \"\"\"The stranger's fact holds.\"\"\"
        yield warning(what="a", why="b", fix="c")
"""
REPORT = """
    from registry_preflight import report

    @report("lines", title="a line each")
    def lines(reports):
        yield from (f"{each.verdict}\\n" for each in reports)
"""


def forget() -> None:
    for cached in (plugins.installed, plugins.entry_points, plugins.load_checks, plugins.load_formats, api._plan):
        cached.cache_clear()


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install a package of one module: its code and its entry points."""

    def put(name: str, code: str, entry: str = "", group: str = plugins.CHECKS) -> None:
        (tmp_path / f"{name}.py").write_text(dedent(code))
        facts = tmp_path / f"{name}-1.2.dist-info"
        facts.mkdir()
        (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
        (facts / "entry_points.txt").write_text(f"[{group}]\nown = {entry or name}\n")
        forget()

    monkeypatch.syspath_prepend(str(tmp_path))
    loaded = set(sys.modules)
    yield put
    for module in set(sys.modules) - loaded:
        if module.startswith("stranger"):
            del sys.modules[module]
    forget()


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    yield
    forget()


def ids() -> set[str]:
    return {check.id for check in load_checks()[0]}


def plugin(name: str = "stranger") -> Plugin:
    (found,) = (found for found in load_checks()[1] if found.name == name)
    return found


def test_a_strangers_check_is_there(install: Install) -> None:
    install("stranger", GOOD)
    assert "stranger.fact" in ids()


def test_it_is_known_whose_it_is(install: Install) -> None:
    install("stranger", GOOD)
    assert {check.plugin for check in load_checks()[0] if check.id == "stranger.fact"} == {"stranger"}


def test_a_plugin_has_a_name_and_a_version(install: Install) -> None:
    install("stranger", GOOD)
    assert plugin() == Plugin("stranger", "1.2", "")


def test_an_entry_point_may_name_one_check(install: Install) -> None:
    install("stranger", GOOD, "stranger:fact")
    assert "stranger.fact" in ids()


def test_an_entry_point_may_name_a_package(install: Install, tmp_path: Path) -> None:
    install("stranger", "", "strangers")
    (tmp_path / "strangers" / "area").mkdir(parents=True)
    (tmp_path / "strangers" / "__init__.py").touch()
    (tmp_path / "strangers" / "area" / "__init__.py").touch()
    (tmp_path / "strangers" / "area" / "fact.py").write_text(dedent(GOOD))
    assert "stranger.fact" in ids()


@pytest.mark.parametrize(
    ("code", "entry", "said"),
    [
        ("raise RuntimeError('no licence')", "", "RuntimeError: no licence"),
        ("raise SystemExit(3)", "", "SystemExit: 3"),
        ("import nothing_like_it", "", "nothing_like_it"),
        ("def (", "", "SyntaxError"),
        (GOOD, "stranger:absent", "absent"),
        (GOOD, "strange", "strange"),
        (GOOD, "stranger:fact.id", "no check"),
        ("x = 1", "", "no check"),
        (GOOD.replace("stranger.fact", "fact"), "", "fact"),
        (GOOD.replace("needs=()", "needs=['stranger.fact']"), "", "circle"),
        (GOOD.replace("needs=()", "needs=['nobody.has']"), "", "nobody.has"),
        (GOOD.replace("needs=()", "touches='everything'"), "", "everything"),
        (GOOD.replace("stranger.fact", "config.yaml"), "", "config.yaml"),
        (GOOD.replace("needs=()", "aliases=['config.yaml']"), "", "config.yaml"),
        (GOOD + GOOD.replace("def fact", "def other"), "", "twice"),
    ],
)  # fmt: skip
def test_a_broken_plugin_is_named_and_hides_no_other(install: Install, code: str, entry: str, said: str) -> None:
    before = ids()
    install("stranger", code, entry)
    assert said in plugin().error
    assert ids() == before


def test_of_two_plugins_with_the_same_check_the_first_by_name_has_it(install: Install) -> None:
    install("stranger_b", GOOD)
    install("stranger_a", GOOD)
    assert (plugin("stranger-a").error, "another package" in plugin("stranger-b").error) == ("", True)


def test_a_check_may_need_one_of_another_plugin_that_comes_before(install: Install) -> None:
    install("stranger_a", GOOD)
    install(
        "stranger_b", GOOD.replace("stranger.fact", "stranger.other").replace("needs=()", "needs=['stranger.fact']")
    )
    order = [check.id for check in load_checks()[0]]
    assert order.index("stranger.fact") < order.index("stranger.other")


def test_a_strangers_report_is_there(install: Install) -> None:
    install("stranger", REPORT, group=plugins.REPORTS)
    assert "lines" in load_formats()[0]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise RuntimeError('x')", "RuntimeError: x"),
        ("x = 1", "no report"),
        (REPORT.replace("lines", "json"), "json"),
        (REPORT.replace('"lines"', '"Lines!"'), "Lines!"),
    ],
)
def test_a_broken_report_is_named_and_hides_no_other(install: Install, code: str, said: str) -> None:
    before = set(load_formats()[0])
    install("stranger", code, group=plugins.REPORTS)
    formats, brought = load_formats()
    assert set(formats) == before
    assert said in next(found.error for found in brought if found.name == "stranger")


def test_a_package_without_entry_points_is_none_of_ours(install: Install, tmp_path: Path) -> None:
    (tmp_path / "bystander-1.0.dist-info").mkdir()
    install("stranger", GOOD)
    assert [found.name for found in load_checks()[1]] == ["registry-preflight", "stranger"]


def test_an_entry_point_file_that_is_no_text_is_passed_over(install: Install, tmp_path: Path) -> None:
    (tmp_path / "bystander-1.0.dist-info").mkdir()
    (tmp_path / "bystander-1.0.dist-info" / "entry_points.txt").write_bytes(b"\xff\xfe\x00")
    install("stranger", GOOD)
    assert "stranger.fact" in ids()


def test_an_installation_without_our_own_checks_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(BrokenInstallation):
        load_checks()


def test_every_check_is_frozen() -> None:
    one: Check = load_checks()[0][0]
    with pytest.raises(AttributeError):
        one.id = "x"  # type: ignore[misc]
