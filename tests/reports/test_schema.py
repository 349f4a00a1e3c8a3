"""The JSON Schema of the report: true for every report, and false for what is none."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from registry_preflight import Report
from registry_preflight.schema import report_schema

from .conftest import Render
from .samples import every_report, not_ready, ready


def validate(document: object) -> None:
    Draft202012Validator(report_schema()).validate(document)


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(report_schema())


@pytest.mark.parametrize("sample", every_report(), ids=["ready", "not-ready", "undetermined", "hostile"])
def test_every_report_is_valid(render: Render, sample: Report) -> None:
    validate(json.loads(render("json", sample)))


def test_an_array_of_reports_is_valid(render: Render) -> None:
    validate(json.loads(render("json", *every_report())))


@pytest.mark.parametrize("sample", every_report(), ids=["ready", "not-ready", "undetermined", "hostile"])
def test_no_report_has_a_field_that_the_schema_lacks(render: Render, sample: Report) -> None:
    strict = report_schema()
    for definition in strict["$defs"].values():  # type: ignore[attr-defined]
        definition["additionalProperties"] = False
    Draft202012Validator(strict).validate(json.loads(render("json", sample)))


@pytest.mark.parametrize("field", ["schema_version", "verdict", "predictions", "results", "requests"])
def test_a_report_without_a_field_is_invalid(render: Render, field: str) -> None:
    document = json.loads(render("json", ready()))
    del document[field]
    with pytest.raises(ValidationError):
        validate(document)


@pytest.mark.parametrize(("field", "wrong"), [("verdict", "fine"), ("schema_version", 2), ("left_behind", [1])])
def test_a_wrong_value_is_invalid(render: Render, field: str, wrong: object) -> None:
    document = json.loads(render("json", ready()))
    document[field] = wrong
    with pytest.raises(ValidationError):
        validate(document)


def test_a_stage_that_is_missing_is_invalid(render: Render) -> None:
    document = json.loads(render("json", not_ready()))
    del document["predictions"]["gc"]
    with pytest.raises(ValidationError):
        validate(document)


def test_every_type_is_described() -> None:
    definitions = report_schema()["$defs"]
    assert isinstance(definitions, dict)
    assert [name for name, definition in definitions.items() if not definition["description"]] == []
