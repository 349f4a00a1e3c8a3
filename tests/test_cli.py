"""The command line: arguments, files, streams and signals, each with its exit code; no traceback, nothing half written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

from registry_preflight import Severity, Verdict
from registry_preflight.checking import EXIT_CODES
from registry_preflight.cli import main

READY = "version: 0.1\nstorage: {inmemory: {}}\nhttp: {secret: a-secret-of-length}\n"
NOT_READY = "version: 0.1\nstorage: {floppy: {}}\n"
#: Seconds that any process here may take; a slow machine is no failure.
PATIENCE = 60.0
BOMB = "version: 0.1\nstorage: inmemory\nlog: {fields: {a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]" + "".join(
    f", {name}: &{name} [{', '.join([f'*{before}'] * 10)}]" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
) + "}}\n"  # fmt: skip


class Said(NamedTuple):
    """What a call answered."""

    code: int
    out: str
    err: str


class Home:
    """A folder with configs in it, from which the command line is called."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capture = capture

    def put(self, name: str, content: str | bytes) -> str:
        (self.folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return name

    def files(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}

    def call(self, *arguments: str) -> Said:
        """Call it in this process: whatever it raises is the test's failure."""
        try:
            code = main(arguments)
        except SystemExit as leaving:  # argparse
            code = int(str(leaving.code))
        captured = self._capture.readouterr()
        return Said(code, captured.out, captured.err)

    def check(self, *arguments: str) -> Said:
        return self.call("check", "--offline", "--no-env", *arguments)


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.chdir(tmp_path)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGALRM)}
    made = Home(tmp_path, capsys)
    made.put("ready.yml", READY)
    made.put("bad.yml", NOT_READY)
    yield made
    for number, handler in handlers.items():
        signal.signal(number, handler)


def process(
    *arguments: str, stdin: bytes = b"", cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "registry_preflight", *arguments],
        input=stdin,
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


class TestExitCodes:
    def test_each_verdict_has_one(self) -> None:
        assert EXIT_CODES == {Verdict.READY: 0, Verdict.NOT_READY: 1, Verdict.UNDETERMINED: 3}

    def test_ready_is_nought(self, home: Home) -> None:
        assert home.check("ready.yml").code == 0

    def test_not_ready_is_one(self, home: Home) -> None:
        assert home.check("bad.yml").code == 1

    def test_a_warning_is_one_where_the_user_says_so(self, home: Home) -> None:
        name = home.put("warned.yml", READY.replace("http", "htpp"))
        assert (home.check(name).code, home.check(name, "--fail-on", "warning").code) == (0, 1)

    def test_undetermined_is_three(self, home: Home) -> None:
        assert home.call("check", "--no-env", "--skip", "config", "ready.yml").code == 3

    @pytest.mark.parametrize(
        ("configs", "code"),
        [
            (["ready.yml", "ready.yml"], 0),
            (["ready.yml", "bad.yml"], 1),
            (["bad.yml", "missing.yml", "ready.yml"], 2),
            (["missing.yml", "also-missing.yml"], 2),
        ],
    )
    def test_of_several_configs_the_worst_counts(self, home: Home, configs: list[str], code: int) -> None:
        assert home.check(*configs).code == code

    @pytest.mark.parametrize(
        "arguments", [[], ["chek"], ["check"], ["check", "--nothing", "c"], ["schema", "x"], ["explain"]]
    )
    def test_arguments_that_make_no_sense_are_two(self, home: Home, arguments: list[str]) -> None:
        assert home.call(*arguments).code == 2

    @pytest.mark.parametrize(
        "arguments", [["--help"], ["--version"], ["check", "--help"], ["list"], ["schema", "report"]]
    )
    def test_help_is_nought(self, home: Home, arguments: list[str]) -> None:
        assert home.call(*arguments).code == 0


class TestConfigsThatCannotBeRead:
    """One sentence on standard error, 2, and nothing written."""

    def refused(self, home: Home, *arguments: str) -> str:
        before = home.files()
        said = home.check(*arguments, "--json", "out.json")
        assert (said.code, said.out, home.files()) == (2, "", before)
        assert said.err.startswith("registry-preflight: ") and said.err.count("\n") == 1
        return said.err

    def test_a_missing_file(self, home: Home) -> None:
        assert "missing.yml: there is no such file" in self.refused(home, "missing.yml")

    def test_a_directory(self, home: Home) -> None:
        (home.folder / "folder").mkdir()
        assert "folder: this is a directory" in self.refused(home, "folder")

    def test_a_file_that_cannot_be_read(self, home: Home) -> None:
        # Root may read every file of a disk; this one gives nobody its first byte.
        assert "can't be read (input/output error)" in self.refused(home, "/proc/self/mem")

    def test_a_path_through_a_file(self, home: Home) -> None:
        assert "ready.yml/x: it can't be read" in self.refused(home, "ready.yml/x")

    def test_a_name_that_is_too_long(self, home: Home) -> None:
        assert "can't be read" in self.refused(home, "x" * 5000)

    def test_a_pipe_that_nobody_writes_to(self, home: Home) -> None:
        os.mkfifo(home.folder / "pipe")
        assert "nothing came within the deadline" in self.refused(home, "pipe", "--deadline", "0.2")


class TestConfigsThatTheRegistryCannotRead:
    """A blocker, and 1: the registry would not start either."""

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "no version"),
            (b"\x7fELF\x02\x01\x01\x00\x00\x00", "not YAML"),
            (b"version: 0.1\nx: \xff\n", "not YAML"),
            (b"#" * (2 << 20), "larger than 1 MiB"),
            (BOMB.encode(), "Aliases"),
            (b"- a\n- b\n", "a list, where a map"),
            (b"version: 0.1\nstorage: 5\n", "5"),
            (b"version: 0.1\nstorage: [\n", "not YAML"),
            (b"[" * 5000, "deeper than 100"),
            (b"&a [*a]", ""),
        ],
        ids=["empty", "binary", "no UTF-8", "2 MiB", "bomb", "list", "number", "open bracket", "deep", "circle"],
    )
    def test_it_is_told_what_is_wrong(self, home: Home, content: bytes, said: str) -> None:
        answer = home.check(home.put("c.yml", content))
        assert (answer.code, answer.err) == (1, "")
        assert said in " ".join(answer.out.split())

    def test_the_line_and_the_column_are_told(self, home: Home) -> None:
        assert "c.yml:3:5" in home.check(home.put("c.yml", "version: 0.1\nstorage:\n    @s3: {}\n")).out


class TestBadOptions:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--for", "harbor"], "--for harbor"),
            (["--for", "registry-2,8"], "Did you mean registry-2.8?"),
            (["--select", "nothing"], "--select nothing"),
            (["--skip", "s3.nothing"], "--skip s3.nothing"),
            (["--deadline", "0"], "--deadline 0"),
            (["--deadline", "-1"], "--deadline -1"),
            (["--deadline", "nan"], "--deadline nan"),
            (["--deadline", "1e9"], "--deadline 1e+09"),
            (["--min-free", "much"], "--min-free much"),
            (["--as-user", "root"], "--as-user root"),
            (["--env-file", "missing"], "--env-file missing"),
            (["--env", "NOBODY_HAS_THIS"], "--env NOBODY_HAS_THIS"),
            (["--json", "missing/out.json"], "the directory"),
            (["--json", "."], "this is a directory"),
            (["--json", "ready.yml"], "this is the config itself"),
            (["--json", "./../%s/ready.yml"], "this is the config itself"),
            (["--json", "a.out", "--html", "a.out"], "--json writes there already"),
            (["--json", "-", "--html", "-"], "--json writes there already"),
            (["--json", "a.out", "--html", "./a.out"], "--json writes there already"),
            (["--json", "/proc/out.json"], "--json /proc/out.json"),
            (["--json", ""], "--json"),
        ],
    )
    def test_is_said_before_anything_is_done(self, home: Home, arguments: list[str], said: str) -> None:
        before = home.files()
        answer = home.check("ready.yml", *(argument.replace("%s", home.folder.name) for argument in arguments))
        assert (answer.code, answer.out, home.files()) == (2, "", before)
        assert said in answer.err and answer.err.count("\n") == 1

    def test_a_place_that_may_not_be_written_to_is_told_before_the_config_is_read(self, home: Home) -> None:
        answer = home.check("missing.yml", "--json", "/proc/out.json")
        assert "missing.yml" not in answer.err

    def test_a_link_to_the_config_is_the_config(self, home: Home) -> None:
        (home.folder / "link.json").symlink_to("ready.yml")
        assert "the config itself" in home.check("ready.yml", "--json", "link.json").err

    def test_a_line_of_an_env_file_that_docker_refuses_is_told(self, home: Home) -> None:
        answer = home.check("ready.yml", "--env-file", home.put("env", "A=b\nexport C=d\n"))
        assert (answer.code, "env:2" in answer.err) == (2, True)


class TestOutputs:
    def test_a_report_is_written(self, home: Home) -> None:
        assert home.check("ready.yml", "--json", "out.json").code == 0
        assert json.loads((home.folder / "out.json").read_text())["verdict"] == "ready"

    def test_nothing_else_is(self, home: Home) -> None:
        before = home.files()
        home.check("ready.yml", "--json", "out.json", "--html", "out.html")
        assert home.files() - before == {"out.json", "out.html"}

    def test_an_older_report_is_replaced(self, home: Home) -> None:
        home.put("out.json", "x" * 1_000_000)
        home.check("ready.yml", "--json", "out.json")
        assert json.loads((home.folder / "out.json").read_text())["schema_version"] == 1

    def test_a_link_leads_to_where_the_report_is_put(self, home: Home) -> None:
        (home.folder / "link.json").symlink_to("out.json")
        home.check("ready.yml", "--json", "link.json")
        assert (home.folder / "link.json").is_symlink() and (home.folder / "out.json").stat().st_size > 0

    def test_standard_output_holds_the_report_alone(self, home: Home) -> None:
        answer = home.check("ready.yml", "--json", "-")
        assert json.loads(answer.out)["verdict"] == "ready"
        assert "Ready" in answer.err

    def test_several_configs_make_an_array(self, home: Home) -> None:
        answer = home.check("ready.yml", "missing.yml", "bad.yml", "--json", "-")
        assert [report["verdict"] for report in json.loads(answer.out)] == ["ready", "not-ready"]
        assert "missing.yml" in answer.err

    def test_quiet_is_a_line_or_two(self, home: Home) -> None:
        assert home.check("ready.yml", "--quiet").out.count("\n") == 1

    def test_piped_output_has_no_colours(self, home: Home) -> None:
        assert "\x1b" not in home.check("bad.yml").out

    def test_a_full_device_is_told(self, home: Home) -> None:
        answer = home.check("ready.yml", "--json", "/dev/full")
        assert answer.code == 2 and "could not be written" in answer.err and "Traceback" not in answer.err

    def test_the_null_device_takes_a_report(self, home: Home) -> None:
        assert home.check("ready.yml", "--json", "/dev/null").code == 0


class TestEnvironment:
    @pytest.mark.parametrize(
        "arguments", [["--env", "REGISTRY_STORAGE=floppy"], ["--env-file", "env"]], ids=["variable", "file"]
    )
    def test_it_counts(self, home: Home, arguments: list[str]) -> None:
        home.put("env", "REGISTRY_STORAGE=floppy\n")
        assert home.check("ready.yml", *arguments).code == 1

    def test_this_processs_variables_count(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REGISTRY_STORAGE", "floppy")
        assert home.call("check", "--offline", "ready.yml").code == 1

    def test_unless_they_are_left_out(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REGISTRY_STORAGE", "floppy")
        assert home.check("ready.yml").code == 0


class TestOtherCommands:
    def test_list_shows_every_check_on_a_line(self, home: Home) -> None:
        lines = home.call("list").out.splitlines()
        assert lines == sorted(lines) and any(line.startswith("config.yaml ") for line in lines)

    def test_explain_shows_a_page(self, home: Home) -> None:
        assert "config.yaml" in home.call("explain", "config.yaml").out

    @pytest.mark.parametrize(
        ("id", "hint"), [("config.yml", "config.yaml"), ("s3.chunksiz", "s3.chunksize"), ("x.y", "list")]
    )
    def test_explain_knows_what_was_meant(self, home: Home, id: str, hint: str) -> None:
        answer = home.call("explain", id)
        assert answer.code == 2 and hint in answer.err and answer.err.count("\n") == 1

    def test_effective_shows_where_a_value_came_from(self, home: Home) -> None:
        answer = home.call("effective", "--no-env", "ready.yml")
        assert answer.code == 0 and "ready.yml:" in answer.out and "a-secret-of-length" not in answer.out

    def test_effective_of_what_cannot_be_read_is_one(self, home: Home) -> None:
        answer = home.call("effective", "--no-env", home.put("c.yml", "a: [\n"))
        assert (answer.code, answer.out) == (1, "") and "c.yml:" in answer.err

    @pytest.mark.parametrize("of", ["report", "config"])
    def test_schema_is_json(self, home: Home, of: str) -> None:
        assert json.loads(home.call("schema", of).out)["$schema"]


class TestProcess:
    """What only a process of its own can show."""

    def test_standard_input_is_read(self, tmp_path: Path) -> None:
        said = process("check", "-", "--offline", "--no-env", stdin=READY.encode(), cwd=tmp_path)
        assert (said.returncode, b"standard input" in said.stdout) == (0, True)

    def test_an_empty_standard_input_is_a_config_without_version(self, tmp_path: Path) -> None:
        assert process("check", "-", "--offline", "--no-env", cwd=tmp_path).returncode == 1

    def test_a_closed_standard_input_is_told(self, tmp_path: Path) -> None:
        said = subprocess.run(
            f"{sys.executable} -m registry_preflight check - --offline <&-",
            shell=True,  # only a shell can close it
            capture_output=True,
            cwd=tmp_path,
            timeout=PATIENCE,
            check=False,
        )
        assert said.returncode == 2 and b"Traceback" not in said.stderr

    def test_a_closed_standard_output_leaves_the_exit_code(self, tmp_path: Path) -> None:
        (tmp_path / "c.yml").write_text(NOT_READY)
        said = subprocess.run(
            f"{sys.executable} -m registry_preflight check c.yml --offline >&- 2>&-",
            shell=True,  # only a shell can close it
            cwd=tmp_path,
            timeout=PATIENCE,
            check=False,
        )
        assert said.returncode == 1

    def test_a_standard_output_that_is_full_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "c.yml").write_text(READY)
        with open("/dev/full", "wb") as full:
            said = subprocess.run(
                [sys.executable, "-m", "registry_preflight", "check", "c.yml", "--offline", "--json", "-"],
                stdout=full,
                stderr=subprocess.PIPE,
                cwd=tmp_path,
                timeout=PATIENCE,
                check=False,
            )
        assert said.returncode == 2 and b"Traceback" not in said.stderr

    def test_a_reader_that_has_seen_enough_is_no_error(self, tmp_path: Path) -> None:
        (tmp_path / "c.yml").write_text(READY)
        begun = subprocess.Popen(
            [sys.executable, "-m", "registry_preflight", "check", "c.yml", "--offline", "--html", "-"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
        )
        assert begun.stdout is not None and begun.stderr is not None
        begun.stdout.close()
        said = begun.stderr.read()
        begun.stderr.close()
        begun.wait(PATIENCE)
        assert b"Traceback" not in said and b"Exception ignored" not in said

    def test_an_output_without_unicode_is_no_error(self, tmp_path: Path) -> None:
        (tmp_path / "c.yml").write_text(NOT_READY.replace("floppy", "größe"))
        said = process("check", "c.yml", "--offline", cwd=tmp_path, environment={"PYTHONIOENCODING": "ascii"})
        assert said.returncode == 1 and b"Traceback" not in said.stderr


SLOW = """
    import time
    from pathlib import Path
    from registry_preflight import check

    class Storage:
        def __init__(self, config, ledger, run_id):
            self.ledger = ledger

    @check("slow.check", storage=Storage, needs=(), touches="%(touches)s")
    def slow(storage):
        \"\"\"It is slow.\"\"\"
        mark = Path("mark")
        with storage.ledger.creating("file", "mark", mark.unlink):
            mark.touch()
        Path("begun").write_bytes(b".")  # a pipe, so that the test knows
        time.sleep(600)
        yield
"""
SLEEPY = """
    import time
    from registry_preflight import check

    @check("slow.check", needs=())
    def slow(config):
        \"\"\"It is slow.\"\"\"
        time.sleep(600)
        yield
"""


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[Path]:
    """A folder where a stranger's package is put, and from which the program is run."""
    facts = tmp_path / "stranger-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text("[registry_preflight.checks]\nown = stranger\n")
    (tmp_path / "c.yml").write_text(READY)
    return tmp_path  # type: ignore[return-value]


class TestInterrupts:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "TERM"])
    def test_the_run_cleans_up_and_says_so(self, stranger: Path, number: int) -> None:
        (stranger / "stranger.py").write_text(dedent(SLOW % {"touches": "writes"}))
        os.mkfifo(stranger / "begun")
        begun = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "registry_preflight",
                "check",
                "c.yml",
                "--no-env",
                "--select",
                "slow",
                "--json",
                "out.json",
            ],
            cwd=stranger,
            env={**os.environ, "PYTHONPATH": str(stranger)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # a shell's & ignores it
        )
        try:
            assert (stranger / "begun").read_bytes() == b"."
            assert (stranger / "mark").exists()
            begun.send_signal(number)
            out, err = begun.communicate(timeout=PATIENCE)
        finally:
            begun.kill()
        assert (begun.returncode, out) == (130, b"")
        assert b"interrupted" in err and err.count(b"\n") == 1
        assert not (stranger / "mark").exists()
        assert not list(stranger.glob("out.json*"))

    def test_a_check_that_sleeps_for_ever_ends_at_the_deadline(self, stranger: Path) -> None:
        (stranger / "stranger.py").write_text(dedent(SLEEPY))
        said = process(
            "check", "c.yml", "--no-env", "--offline", "--deadline", "2", "--json", "-", cwd=stranger,
            environment={"PYTHONPATH": str(stranger)},
        )  # fmt: skip
        assert said.returncode == 3
        broken = {
            result["id"]: result["reason"]
            for result in json.loads(said.stdout)["results"]
            if result["status"] == "broken"
        }
        assert broken["slow.check"] == "it did not finish in time"

    def test_a_thread_that_hangs_does_not_hold_the_process(self, stranger: Path) -> None:
        (stranger / "stranger.py").write_text(dedent(SLOW % {"touches": "writes"}))
        (stranger / "begun").write_bytes(b"")
        said = process(
            "check",
            "c.yml",
            "--no-env",
            "--select",
            "slow",
            "--deadline",
            "0.5",
            cwd=stranger,
            environment={"PYTHONPATH": str(stranger)},
        )
        assert said.returncode == 3 and not (stranger / "mark").exists()

    def test_a_broken_plugin_is_named_and_the_verdict_stands(self, stranger: Path) -> None:
        (stranger / "stranger.py").write_text("raise RuntimeError('no licence')\n")
        said = process(
            "check",
            "c.yml",
            "--no-env",
            "--offline",
            "--json",
            "-",
            cwd=stranger,
            environment={"PYTHONPATH": str(stranger)},
        )
        plugins = {plugin["name"]: plugin["error"] for plugin in json.loads(said.stdout)["tool"]["plugins"]}
        assert (said.returncode, plugins["stranger"]) == (0, "RuntimeError: no licence")

    def test_a_broken_plugin_is_named_by_list(self, stranger: Path) -> None:
        (stranger / "stranger.py").write_text("raise RuntimeError('no licence')\n")
        said = process("list", cwd=stranger, environment={"PYTHONPATH": str(stranger)})
        assert (said.returncode, b"stranger 1.0 could not be loaded" in said.stderr) == (0, True)


def test_severities_have_the_names_of_the_contract() -> None:
    assert [severity.value for severity in Severity] == ["blocker", "warning", "note"]


def test_a_fault_of_the_program_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(arguments: object) -> int:
        raise RuntimeError("it holds hunter2")

    monkeypatch.setattr("registry_preflight.commands.list", broken)
    code, said = main(["list"]), capsys.readouterr().err
    assert (code, said.count("\n"), "RuntimeError at test_cli.py:" in said, "hunter2" in said) == (2, 1, True, False)
