"""What a backend said, in lines for a report."""

from __future__ import annotations

from registry_preflight.evidence import as_evidence
from registry_preflight.storage.network import NetworkTrouble


def test_what_python_raises_has_its_name() -> None:
    assert as_evidence(PermissionError(13, "Permission denied")) == ("PermissionError: [Errno 13] Permission denied",)


def test_the_projects_own_say_all_themselves() -> None:
    trouble = NetworkTrouble("timeout", "connect", "store.example", 443, "no answer within 5 s")
    assert as_evidence(trouble) == (str(trouble),)


def test_several_are_in_order() -> None:
    assert as_evidence([b"one\ntwo", "three", 4]) == ("one", "two", "three", "4")
