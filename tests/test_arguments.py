"""What is read without argparse is what argparse would read: it stays the judge."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry_preflight.arguments import Options
from registry_preflight.cli import COMMANDS, _plainly_read, build_parser

PLAIN = [
    "check a.yml",
    "check --offline --for registry-2.5 a.yml b.yml",
    "check a.yml b.yml --quiet --no-color",
    "check - --json - --html page.html",
    "check --select s3 --select storage.driver --skip clock a.yml",
    "check --deadline 2.5 --fail-on warning --min-free=500MiB a.yml",
    "check --env REGISTRY_HTTP_ADDR=:5000 --env A=--b --env-file .env --no-env a.yml",
    "check --ntp time.example --as-user 1000:1000 --read-only a.yml",
    "check --iam-policy enough.json --iam-policy=bucket=b.json --iam-principal arn:aws:iam::1:user/x a.yml",
    "policy a.yml --format all --for registry-3 --principal arn:aws:iam::1:user/x",
    "list",
    "explain s3.region",
    "effective --defaults --for dtr a.yml",
    "cleanup a.yml --as-user 1000",
    "schema report",
    "schema --for dtr config",
]


def _by_argparse(arguments: list[str]) -> dict[str, object] | None:
    """The same arguments by argparse; nothing where it ends the program, with help or an error."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            return vars(build_parser(arguments).parse_args(arguments))
        except SystemExit:
            return None


@pytest.mark.parametrize("line", PLAIN)
def test_a_plain_command_line_is_read_as_by_argparse(line: str) -> None:
    read = _plainly_read(line.split())
    assert read is not None
    assert vars(read) == _by_argparse(line.split())


@pytest.mark.parametrize(
    "line",
    [
        "",
        "--version",
        "--help",
        "check",
        "check --help",
        "check --offline",
        "check --off a.yml",
        "check --deadline soon a.yml",
        "check --fail-on note a.yml",
        "check --json --quiet a.yml",
        "check --offline=yes a.yml",
        "check a.yml --offline b.yml",
        "check -- a.yml",
        "check --deadline -1 a.yml",
        "check --json= a.yml",
        "check -q a.yml",
        "chek a.yml",
        "list a.yml",
        "explain",
        "explain one two",
        "schema neither",
        "--offline check a.yml",
    ],
)
def test_what_is_not_plain_is_left_to_argparse(line: str) -> None:
    assert _plainly_read(line.split()) is None


def _words() -> st.SearchStrategy[str]:
    options: list[str] = []
    for _, add in COMMANDS.values():
        seen = Options()
        add(seen)  # type: ignore[arg-type]
        options.extend(option.name for option in seen._options if not option.positional)
    odd = [
        "",
        "-",
        "--",
        "-h",
        "--help",
        "--version",
        "-1",
        "--for=dtr",
        "--json=-",
        "--env=",
        "a b",
        "--a b",
        "--offl",
    ]
    usual = ["a.yml", "warning", "report", "config", "1", "A=b", "dtr"]
    return st.sampled_from([*options, *options, *odd, *usual, *usual, *usual]) | st.text(max_size=4)


@given(st.sampled_from([*COMMANDS, *["check"] * 6]), st.lists(_words(), max_size=7))
@settings(max_examples=1500, deadline=None)
def test_nothing_is_read_otherwise_than_by_argparse(command: str, words: list[str]) -> None:
    read = _plainly_read([command, *words])
    if read is not None:
        assert vars(read) == _by_argparse([command, *words])


@pytest.mark.parametrize(
    "told",
    [
        {"nargs": "?"},
        {"action": "count"},
        {"const": 1},
        {"required": True},
        {"type": int, "default": "1"},
    ],
)
def test_an_option_of_another_kind_is_left_to_argparse(told: dict[str, object]) -> None:
    options = Options()
    options.add_argument("--some", **told)
    assert options.read("check", []) is None


def test_a_default_list_is_not_shared() -> None:
    first, second = (_plainly_read(["check", "--skip", name, "a.yml"]) for name in ("s3", "gcs"))
    assert first is not None and second is not None
    assert (first.skip, second.skip) == (["s3"], ["gcs"])
