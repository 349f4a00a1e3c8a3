"""`gcs.credentials`: what it finds, and what it leaves alone."""

from __future__ import annotations

from registry_preflight import EVERY_STAGE, START, foretell

from ..drivers import gcs
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_a_file_that_is_not_there_stops_the_start() -> None:
    (finding,) = found("gcs.credentials", gcs("keyfile: /nowhere/key.json"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.gcs.keyfile")
    assert finding.breaks == EVERY_STAGE


def test_a_key_of_another_type_stops_the_start() -> None:
    (finding,) = found("gcs.credentials", gcs("credentials: {type: authorized_user}"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.gcs.credentials")
    assert finding.breaks == EVERY_STAGE


def test_a_number_for_text_stops_the_start_of_3_1() -> None:
    (finding,) = found(
        "gcs.credentials",
        gcs("credentials: {type: service_account, client_email: a@b, private_key: x, token_uri: x, client_id: 12}"),
        target="registry-3.1",
    )
    assert (finding.severity, finding.where.path) == ("blocker", "storage.gcs.credentials")
    assert finding.breaks == EVERY_STAGE


def test_a_key_without_its_parts_fails_every_request() -> None:
    (finding,) = found("gcs.credentials", gcs("credentials: {type: service_account}"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.gcs.credentials")
    assert finding.breaks == REQUESTS


def test_a_variable_that_names_no_file_stops_the_start() -> None:
    (finding,) = found("gcs.credentials", gcs(), {"GOOGLE_APPLICATION_CREDENTIALS": "/nowhere/adc.json"})
    assert (finding.severity, finding.where.variable) == ("blocker", "GOOGLE_APPLICATION_CREDENTIALS")
    assert finding.breaks == EVERY_STAGE


def test_a_whole_key_is_fine() -> None:
    assert not found(
        "gcs.credentials",
        gcs("credentials: {type: service_account, client_email: a@b, private_key: x, token_uri: https://t}"),
    )


def test_without_a_key_the_start_is_unknown() -> None:
    assert foretell(gcs(), {}).predictions[START].outcome == "unknown"


def test_2_5_does_not_look_at_credentials() -> None:
    report = foretell(gcs("credentials: {type: service_account}"), {}, "registry-2.5")
    assert report.predictions[START].outcome == "unknown"
