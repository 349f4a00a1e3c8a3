"""From a text to a report."""

from __future__ import annotations

import hashlib
import threading
import time

import pytest

import registry_preflight
from registry_preflight import Mode, Options, Stage, Status, Verdict, check_config, foretell, load_config

S3 = "version: 0.1\nstorage: {s3: {region: us-east-1, bucket: b, accesskey: a, secretkey: b}}\n"


def test_every_public_name_is_there() -> None:
    assert [name for name in registry_preflight.__all__ if getattr(registry_preflight, name, None) is None] == []


def test_what_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        getattr(registry_preflight, "nothing")  # noqa: B009


def test_the_same_name_gives_the_same_thing() -> None:
    assert registry_preflight.Config is registry_preflight.Config


def test_text_and_bytes_are_read_the_same() -> None:
    assert foretell(S3, {}).sha256 == foretell(S3.encode(), {}).sha256


def test_a_report_names_the_file_by_its_digest() -> None:
    assert foretell(S3, {}).sha256 == hashlib.sha256(S3.encode()).hexdigest()


def test_text_that_came_from_bad_bytes_is_told_as_such() -> None:
    assert foretell(b"a: \xff".decode("utf-8", "surrogateescape"), {}).verdict is Verdict.NOT_READY


def test_an_unknown_target_is_an_error() -> None:
    with pytest.raises(KeyError):
        foretell(S3, {}, "registry-9")


def test_an_alias_of_a_target_is_shown_by_its_name() -> None:
    assert foretell(S3, {}, "dtr").run.target == "registry-2.5"


def test_nothing_is_looked_at_but_the_file() -> None:
    made = foretell(S3, {})
    assert made.run.mode is Mode.OFFLINE
    assert made.requests.count == 0


def test_the_same_text_gives_the_same_answer() -> None:
    one, other = foretell(S3, {}), foretell(S3, {})
    assert [result._replace(seconds=0, started=0) for result in one.results] == [
        result._replace(seconds=0, started=0) for result in other.results
    ]


def test_two_runs_have_two_ids() -> None:
    assert foretell(S3, {}).run.id != foretell(S3, {}).run.id


@pytest.mark.parametrize(
    "text", ["", "a: [", "- a", "5", "storage: 5", "\x00", "version: 0.1\nstorage: floppy\n", "&a [*a]"]
)
@pytest.mark.parametrize("target", ["registry-2.5", "registry-2.8", "registry-3.1"])
def test_no_text_breaks_a_check(text: str, target: str) -> None:
    made = foretell(text, {}, target)
    assert [result for result in made.results if result.status is Status.BROKEN] == []
    assert made.predictions[Stage.START].outcome == "fails"


def test_a_secret_in_the_files_name_is_masked() -> None:
    assert (
        "wJalrXUtnFEMI"
        not in foretell(S3.replace(": b}}", ": wJalrXUtnFEMI}}"), {}, source="/tmp/wJalrXUtnFEMI.yml").source
    )


def test_options_are_told() -> None:
    config = load_config(
        S3.encode(), {}, "registry-2.8", options=Options(offline=True, min_free=5, skip=("clock",), as_user=(1, 2))
    )
    assert check_config(config).run.options == {"min_free": 5, "as_user": "1:2", "skip": ("clock",)}


def test_a_config_may_be_checked_in_any_thread() -> None:
    made: list[Verdict] = []
    thread = threading.Thread(target=lambda: made.append(foretell(S3, {}).verdict))
    thread.start()
    thread.join(30)
    assert made == [foretell(S3, {}).verdict]


def test_thousands_of_unknown_keys_take_no_minutes() -> None:
    text = S3 + "".join(f"key{number}: 1\n" for number in range(20_000))
    began = time.process_time()
    assert foretell(text, {}).predictions[Stage.START].outcome == "works"
    assert time.process_time() - began < 10
