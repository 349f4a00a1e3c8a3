"""`gcs.unread-credentials`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import gcs
from ..findings import found


def test_encodedkey_is_harbors() -> None:
    (finding,) = found("gcs.unread-credentials", gcs("encodedkey: '{}'"), {"GOOGLE_APPLICATION_CREDENTIALS": ""})
    assert (finding.severity, finding.where.path) == ("warning", "storage.gcs.encodedkey")
    assert not finding.breaks


def test_keyfile_hides_credentials() -> None:
    (finding,) = found(
        "gcs.unread-credentials", gcs("keyfile: /nowhere/key.json", "credentials: {type: service_account}")
    )
    assert (finding.severity, finding.where.path) == ("warning", "storage.gcs.credentials")
    assert not finding.breaks


def test_one_of_the_two_is_fine() -> None:
    assert not found("gcs.unread-credentials", gcs("keyfile: /nowhere/key.json"))
