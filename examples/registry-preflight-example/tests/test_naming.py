"""The plugin as its users have it: installed, and found by registry-preflight."""

from __future__ import annotations

import csv

from registry_preflight import Report, Reports, foretell, load_checks, load_formats

CONFIG = "version: 0.1\nstorage: {{s3: {{bucket: {bucket}, region: eu-west-1, accesskey: key, secretkey: word}}}}\n"


def _foretell(bucket: str) -> Report:
    return foretell(CONFIG.format(bucket=bucket).encode(), {}, "registry-2.8")


def _found(report: Report) -> list[str]:
    return [found.what for result in report.results if result.id == "naming.environment" for found in result.findings]


def test_the_check_is_installed() -> None:
    checks, _ = load_checks()
    assert "naming.environment" in {check.id for check in checks}


def test_a_bucket_without_its_environment_is_named() -> None:
    assert _found(_foretell("images")) == ["The bucket images does not say which environment it belongs to."]


def test_a_bucket_that_names_its_environment_is_left_alone() -> None:
    assert _found(_foretell("images-staging")) == []


def test_the_table_holds_the_finding() -> None:
    formats, _ = load_formats()
    rows = list(csv.DictReader("".join(formats["csv"].render(Reports([_foretell("images")]))).splitlines()))
    assert [row["path"] for row in rows if row["check"] == "naming.environment"] == ["storage.s3.bucket"]


def test_a_cell_is_no_formula() -> None:
    formats, _ = load_formats()
    config = "version: 0.1\nstorage: {inmemory: {}}\n'=HYPERLINK(1)': 1\n"
    table = "".join(formats["csv"].render(Reports([foretell(config.encode(), {}, "registry-2.8")])))
    assert not any(cell.startswith("=") for row in csv.reader(table.splitlines()) for cell in row)
