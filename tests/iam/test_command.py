"""`--iam-policy`, `--iam-principal` and `policy` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from registry_preflight.cli import main

from .proving import CLONE, ENOUGH, USER, allow, document, s3

LACKING = document(*ENOUGH["Statement"][:1])


class Said:
    """What a call answered."""

    def __init__(self, arguments: tuple[str, ...], capture: pytest.CaptureFixture[str]) -> None:
        try:
            self.code = main(("check", "--offline", "--no-env", *arguments) if arguments[0] != "policy" else arguments)
        except SystemExit as leaving:  # argparse
            self.code = int(str(leaving.code))
        self.out, self.err = capture.readouterr()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a config and policies, which is the current one."""
    files = {
        "config.yml": s3(),
        "clone.yml": CLONE,
        "filesystem.yml": "version: 0.1\nstorage: {filesystem: {}}\n",
        "enough.json": json.dumps(ENOUGH),
        "lacking.json": json.dumps(LACKING),
        "bucket.json": json.dumps(document(*({**one, "Principal": {"AWS": USER}} for one in ENOUGH["Statement"]))),
        "limit.json": json.dumps(document(allow("s3:Get*", "*"))),
        "broken.json": "{",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("--iam-policy enough.json config.yml", 0),
        ("--iam-policy identity=enough.json config.yml", 0),
        ("--iam-policy=bucket=bucket.json --iam-principal=" + USER + " config.yml", 0),
        ("--iam-policy lacking.json config.yml", 1),
        ("--iam-policy lacking.json --iam-policy enough.json config.yml", 0),
        ("--iam-policy enough.json --iam-policy boundary=limit.json config.yml", 1),
        ("--iam-policy enough.json --iam-policy scp=limit.json config.yml", 1),
        ("--iam-policy enough.json --iam-policy session=limit.json config.yml", 1),
        ("--iam-policy bucket=bucket.json config.yml", 3),
        ("--iam-policy broken.json config.yml", 1),
        ("--iam-policy none.json config.yml", 2),
        ("--iam-policy . config.yml", 2),
        ("--iam-policy - config.yml", 2),
        ("--iam-policy boundary=limit.json --iam-policy boundary=limit.json config.yml", 2),
        ("--iam-policy enough.json --iam-principal bob config.yml", 2),
        ("--iam-policy enough.json filesystem.yml", 0),
    ],
)
@pytest.mark.usefixtures("home")
def test_exit_codes(arguments: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert Said(tuple(arguments.split()), capsys).code == code


@pytest.mark.usefixtures("home")
def test_what_could_not_be_read_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(("--iam-policy", "none.json", "config.yml"), capsys)
    assert said.out == ""
    assert said.err == "registry-preflight: none.json: there is no such file; give the path of a policy's JSON.\n"


@pytest.mark.usefixtures("home")
def test_a_file_may_be_called_as_a_kind_is(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bucket=x.json").write_text(json.dumps(ENOUGH))
    assert Said(("--iam-policy", "./bucket=x.json", "config.yml"), capsys).code == 0


@pytest.mark.usefixtures("home")
def test_the_report_tells_the_documents(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(("--json", "-", "--iam-policy", "enough.json", "--iam-principal", USER, "config.yml"), capsys)
    options = json.loads(said.out)["run"]["options"]
    assert (options["iam_policies"], options["iam_principal"]) == (["identity=enough.json"], USER)


@pytest.mark.usefixtures("home")
def test_what_policy_writes_is_proved(capsys: pytest.CaptureFixture[str]) -> None:
    written = Said(("policy", "config.yml", "--for", "registry-3"), capsys)
    assert written.code == 0
    Path("written.json").write_text(written.out)
    assert Said(("--iam-policy", "written.json", "--for", "registry-3", "config.yml"), capsys).code == 0


@pytest.mark.usefixtures("home")
def test_standard_output_holds_the_policy_alone(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(("policy", "config.yml"), capsys)
    assert json.loads(said.out)["Version"] == "2012-10-17"
    assert said.err.startswith("s3:ListBucket: to ")


@pytest.mark.parametrize("format", ["iam", "terraform", "aws-cli", "all"])
@pytest.mark.usefixtures("home")
def test_every_format_is_written(format: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "s3:AbortMultipartUpload" in Said(("policy", "config.yml", "--format", format), capsys).out


@pytest.mark.usefixtures("home")
def test_another_driver_has_none_yet(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(("policy", "filesystem.yml"), capsys)
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "registry-preflight: filesystem.yml: no policy can be written for the filesystem driver; it can for azure, s3, swift.\n"
    )
