"""`environment.replaced`."""

from __future__ import annotations

from ..findings import FILESYSTEM, found, s3

ID = "environment.replaced"
S3 = {"REGISTRY_STORAGE": "s3", "REGISTRY_STORAGE_S3_REGION": "us-east-1", "REGISTRY_STORAGE_S3_BUCKET": "images"}


def test_what_the_file_had_beside_the_driver_is_lost() -> None:
    (finding,) = found(ID, s3(beside="  delete: {enabled: true}\n"), S3)
    assert ("storage.delete.enabled" in finding.what, finding.severity) == (True, "warning")


def test_parameters_that_no_variable_gives_are_lost() -> None:
    (finding,) = found(ID, s3("encrypt: true"), S3)
    assert "storage.s3.encrypt" in finding.what


def test_another_driver_is_what_it_is_for() -> None:
    (finding,) = found(ID, FILESYSTEM, S3)
    assert finding.severity == "note"


def test_any_section_can_be_replaced() -> None:
    (finding,) = found(ID, FILESYSTEM + "http: {secret: s}\n", {"REGISTRY_HTTP": "{addr: ':5000'}"})
    assert "http.secret" in finding.what


def test_all_given_again_is_fine() -> None:
    assert found(ID, s3(), S3) == ()


def test_one_value_replaces_nothing_else() -> None:
    assert found(ID, s3("encrypt: true"), {"REGISTRY_STORAGE_S3_BUCKET": "b"}) == ()
