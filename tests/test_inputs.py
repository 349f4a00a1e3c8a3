"""What the user hands in: sizes, users, targets and files."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry_preflight.config.document import MAX_BYTES
from registry_preflight.inputs import CannotBegin, size_in_bytes, source_text, target_release, user_and_group


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("0", 0), ("10", 10), ("10B", 10), ("1K", 1024), ("1KiB", 1024), ("1kB", 1000), ("10GiB", 10 << 30), ("10gib", 10 << 30),
        ("1.5TB", 1_500_000_000_000), (" 5 M ", 5 << 20), ("1P", 1 << 50), (".5G", 1 << 29),
    ],
)  # fmt: skip
def test_a_size(text: str, size: int) -> None:
    assert size_in_bytes(text) == size


@pytest.mark.parametrize("text", ["", "G", "-1", "1X", "1 2", "ten", "1e400", "nan", "inf", "1.2.3G", "10GiBs", "0x10"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(CannotBegin, match="no size"):
        size_in_bytes(text)


@pytest.mark.parametrize(
    ("text", "pair"), [(None, None), ("0", (0, 0)), ("1000", (1000, 1000)), ("1000:50", (1000, 50))]
)
def test_a_user(text: str | None, pair: tuple[int, int] | None) -> None:
    assert user_and_group(text) == pair


@pytest.mark.parametrize("text", ["", "root", "1000:", ":1000", "-1", "1:2:3", "4294967295", "1.5", "9" * 5000])
def test_what_is_no_user(text: str) -> None:
    with pytest.raises(CannotBegin, match="--as-user"):
        user_and_group(text)


def test_a_near_target_is_named() -> None:
    with pytest.raises(CannotBegin, match=r"Did you mean registry-2\.8\?"):
        target_release("registry-2,8")


def test_for_a_far_one_all_are_named() -> None:
    with pytest.raises(CannotBegin, match=r"registry-2\.5, registry-2\.7"):
        target_release("harbor")


def test_of_a_large_file_no_more_is_read_than_tells_that_it_is_large(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"#" * (MAX_BYTES + 1000))
    assert len(source_text(str(path))) == MAX_BYTES + 1
