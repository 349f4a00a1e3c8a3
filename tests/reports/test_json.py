"""JSON: the contract, field by field, and that it needs no memory for many."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from registry_preflight import Chain, EffectiveValue, Origin, Report, Reports, Stage, load_formats

from .conftest import Render
from .samples import HOSTILE, every_report, hostile, not_ready, ready, report, undetermined

#: The fields of the contract, in its order; a report may hold more between them.
CONTRACT = {
    "": "schema_version tool run config verdict predictions counts results left_behind requests",
    "tool": "name version plugins",
    "tool.plugins.0": "name version",
    "run": "id started seconds host target mode deadline options",
    "config": "source sha256 driver effective",
    "config.effective.0": "path value origin",
    "config.effective.0.origin": "kind line column name",
    "predictions": "start push pull delete gc",
    "predictions.start": "outcome because",
    "counts": "passed warned failed skipped broken",
    "results.24": "id title status seconds reason blocked_by findings",
    "results.24.findings.0": "severity what why fix where breaks evidence waived",
    "results.24.findings.0.where": "path line column variable",
    "requests": "count bytes_sent bytes_received",
    "requests.chain": "length seconds",
}


def at(document: object, path: str) -> dict[str, object]:
    for part in path.split(".") if path else ():
        document = document[int(part)] if isinstance(document, list) else document[part]  # type: ignore[index]
    assert isinstance(document, dict)
    return document


@pytest.mark.parametrize("path", CONTRACT)
def test_the_fields_of_the_contract_are_there_in_order(render: Render, path: str) -> None:
    fields = list(at(json.loads(render("json", not_ready())), path))
    assert [field for field in fields if field in CONTRACT[path].split()] == CONTRACT[path].split()


def test_schema_version_is_one(render: Render) -> None:
    assert json.loads(render("json", ready()))["schema_version"] == 1


def test_the_longest_chain_of_requests_is_told(render: Render) -> None:
    requests = json.loads(render("json", report()._replace(chain=Chain(7, 0.35))))["requests"]
    assert requests["chain"] == {"length": 7, "seconds": 0.35}


def test_the_verdict_has_its_word(render: Render) -> None:
    assert json.loads(render("json", not_ready()))["verdict"] == "not-ready"


def test_checks_are_counted_by_status(render: Render) -> None:
    counts = json.loads(render("json", not_ready()))["counts"]
    assert counts == {"passed": 25, "warned": 1, "failed": 2, "skipped": 4, "broken": 1}


def test_root_causes_are_named(render: Render) -> None:
    assert json.loads(render("json", not_ready()))["root_causes"] == ["s3.region", "disk.free-space"]


def test_a_finding_is_whole(render: Render) -> None:
    finding = at(json.loads(render("json", not_ready())), "results.24.findings.0")
    assert finding["breaks"] == ["start", "gc"] and finding["waived"] is None


def test_the_offending_line_is_there(render: Render) -> None:
    finding = at(json.loads(render("json", not_ready())), "results.24.findings.0")
    assert at(finding, "where")["excerpt"] == "    region: us-east-11"


def test_every_stage_is_there_in_order(render: Render) -> None:
    assert list(json.loads(render("json", ready()))["predictions"]) == [stage.value for stage in Stage]


def test_one_report_is_an_object(render: Render) -> None:
    assert render("json", ready()).startswith("{")


def test_several_reports_are_an_array_in_order(render: Render) -> None:
    made = json.loads(render("json", ready(), not_ready(), undetermined()))
    assert [each["config"]["source"] for each in made] == ["ready.yml", "storage.yml", "unknown.yml"]


def test_one_report_of_several_configs_is_an_array(render: Render) -> None:
    assert len(json.loads(render("json", ready(), many=True))) == 1


def test_no_report_of_several_configs_is_an_empty_array(render: Render) -> None:
    assert json.loads(render("json", many=True)) == []


def test_an_array_has_one_report_a_line(render: Render) -> None:
    assert len(render("json", ready(), not_ready()).splitlines()) == 4


def test_reports_are_asked_for_one_at_a_time() -> None:
    asked: list[int] = []

    def endless() -> Iterator[Report]:
        while True:
            asked.append(1)
            yield ready()

    chunks = iter(load_formats()[0]["json"].render(Reports(endless(), many=True)))
    next(chunks)
    assert len(asked) == 1


def test_it_is_ascii_whatever_it_holds(render: Render) -> None:
    assert render("json", hostile()).isascii()


def test_hostile_text_survives_as_it_is(render: Render) -> None:
    assert json.loads(render("json", hostile()))["config"]["source"] == HOSTILE


@pytest.mark.parametrize(("value", "shown"), [(float("nan"), ".nan"), (float("inf"), ".inf"), (-float("inf"), "-.inf")])
def test_what_json_cannot_say_is_said_as_yaml_does(render: Render, value: float, shown: str) -> None:
    sample = report(effective=(EffectiveValue("http.drain", value, Origin("file", 1, 1)),))
    assert json.loads(render("json", sample))["config"]["effective"][0]["value"] == shown


def test_seconds_are_rounded_to_microseconds(render: Render) -> None:
    assert json.loads(render("json", report(seconds=0.1 + 0.2)))["run"]["seconds"] == 0.3


def test_an_option_may_be_anything(render: Render) -> None:
    sample = ready()
    sample = sample._replace(run=sample.run._replace(options={"at": 1j}))
    assert json.loads(render("json", sample))["run"]["options"] == {"at": "1j"}


def test_it_is_the_same_each_time(render: Render) -> None:
    assert render("json", *every_report()) == render("json", *every_report())
