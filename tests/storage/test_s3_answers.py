"""Answers of a store are read safely, whatever they hold."""

from __future__ import annotations

import pytest

from registry_preflight.storage.s3_answers import NotXml, parsed, refusal

BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Error><Code>&b;</Code></Error>'


@pytest.mark.parametrize("body", [b"", b"<html>", b"plain", BOMB, b"<a>" * 10_000, b"\xff\xfe<\x00a\x00/\x00"])
def test_what_is_no_answer_of_s3_is_told(body: bytes) -> None:
    with pytest.raises(NotXml):
        parsed(body)


def test_names_come_without_their_space() -> None:
    root = parsed(b'<A xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><B>1</B><B>2</B><C><D> x </D></C></A>')
    assert (root.name, [b.text for b in root.each("B")], root.get("C/D"), root.get("C/E")) == ("A", ["1", "2"], "x", "")


@pytest.mark.parametrize(
    ("status", "body", "short", "denied"),
    [
        (403, b"<Error><Code>AccessDenied</Code></Error>", "403 AccessDenied", True),
        (403, b"<Error><Code>QuotaExceeded</Code></Error>", "403 QuotaExceeded", False),
        (403, b"", "403 Forbidden", True),
        (404, b"", "404 NotFound", False),
        (503, b"<html>busy</html>", "503 NotS3", False),
    ],
)
def test_a_refusal_has_a_code(status: int, body: bytes, short: str, denied: bool) -> None:
    refused = refusal(status, {}, body, "GET key")
    assert (refused.short, refused.denied) == (short, denied)
