"""The registry's environment: the process, Docker's env-files, single variables, and which of them wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry_preflight.config.environment import BadEnvironment, gather, parse_env_file

PROCESS = {"REGISTRY_HTTP_ADDR": ":1", "HOME": "/root", "TOKEN": "t"}


def read(text: str) -> dict[str, str]:
    return parse_env_file(text, PROCESS)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=b", "b"),
        ("A=", ""),
        ("A=b=c", "b=c"),
        ("A='b'", "'b'"),
        ('A="b"', '"b"'),
        ("A=b ", "b "),
        ("A= b", " b"),
        ("A=b # c", "b # c"),
        ("  A=b", "b"),
        ("\tA=b", "b"),
        ("A=b\r", "b"),
        ("A=$HOME", "$HOME"),
        ("A=\\n", "\\n"),
        ("A=größe", "größe"),
    ],
)
def test_a_value_is_taken_to_the_letter(line: str, value: str) -> None:
    assert read(line) == {"A": value}


@pytest.mark.parametrize("line", ["", "   ", "# A=b", "  # A=b", "\r"])
def test_blank_lines_and_comments_are_passed_over(line: str) -> None:
    assert read(line) == {}


def test_a_name_alone_takes_the_value_of_this_process() -> None:
    assert read("TOKEN") == {"TOKEN": "t"}


def test_a_name_alone_that_this_process_lacks_is_left_out() -> None:
    assert read("NOBODY") == {}


def test_of_two_lines_the_last_counts() -> None:
    assert read("A=b\nA=c\n") == {"A": "c"}


@pytest.mark.parametrize("line", ["=b", "export A=b", "A B=c", "A =b"])
def test_a_line_that_docker_refuses_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(BadEnvironment, match=":2: "):
        read(f"A=b\n{line}\n")


def test_a_refused_line_shows_no_value() -> None:
    with pytest.raises(BadEnvironment) as refused:
        read("export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI\n")
    assert "wJalr" not in str(refused.value)


class TestGather:
    def file(self, folder: Path, content: bytes) -> str:
        path = folder / "env"
        path.write_bytes(content)
        return str(path)

    def test_of_this_process_only_the_registrys_variables_count(self) -> None:
        assert gather(PROCESS) == {"REGISTRY_HTTP_ADDR": ":1"}

    def test_they_may_be_left_out(self) -> None:
        assert gather(PROCESS, inherit=False) == {}

    def test_a_file_wins_over_the_process(self, tmp_path: Path) -> None:
        assert gather(PROCESS, files=[self.file(tmp_path, b"REGISTRY_HTTP_ADDR=:2\n")]) == {"REGISTRY_HTTP_ADDR": ":2"}

    def test_a_single_variable_wins_over_a_file(self, tmp_path: Path) -> None:
        path = self.file(tmp_path, b"REGISTRY_HTTP_ADDR=:2\n")
        assert gather(PROCESS, files=[path], variables=["REGISTRY_HTTP_ADDR=:3"]) == {"REGISTRY_HTTP_ADDR": ":3"}

    def test_a_single_name_takes_the_value_of_this_process(self) -> None:
        assert gather(PROCESS, inherit=False, variables=["TOKEN"]) == {"TOKEN": "t"}

    def test_a_single_name_that_this_process_lacks_is_refused(self) -> None:
        with pytest.raises(BadEnvironment, match="NOBODY"):
            gather(PROCESS, variables=["NOBODY"])

    def test_a_value_without_a_name_is_refused(self) -> None:
        with pytest.raises(BadEnvironment):
            gather(PROCESS, variables=["=secret-word"])

    def test_and_is_not_shown(self) -> None:
        with pytest.raises(BadEnvironment) as refused:
            gather(PROCESS, variables=["=secret-word"])
        assert "secret-word" not in str(refused.value)

    def test_a_byte_order_mark_is_passed_over(self, tmp_path: Path) -> None:
        assert gather({}, files=[self.file(tmp_path, b"\xef\xbb\xbfA=b\n")]) == {"A": "b"}

    def test_a_missing_file_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BadEnvironment, match="no such file"):
            gather({}, files=[str(tmp_path / "nowhere")])

    def test_a_directory_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BadEnvironment, match="directory"):
            gather({}, files=[str(tmp_path)])

    def test_bytes_that_are_no_utf_8_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BadEnvironment, match="UTF-8"):
            gather({}, files=[self.file(tmp_path, b"A=\xff\n")])

    def test_more_than_a_mebibyte_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BadEnvironment, match="larger"):
            gather({}, files=[self.file(tmp_path, b"#" * (1 << 20) + b"\n")])
