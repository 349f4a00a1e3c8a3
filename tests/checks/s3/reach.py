"""Servers that answer every S3 request alike, and the two who say what a registry makes of them: the prediction and a real one."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from registry_preflight.fixtures import referee

from registry_preflight import Finding, Options, Report, Status, check_config, load_config

from ...storage.talkers import Talker, says, talking
from ..drivers import s3

#: What fails where no request succeeds.
REQUESTS = ("push", "pull", "delete", "gc")
#: Where a date goes.
_AT = re.compile(rb"@(-?[0-9.]+)@")
EMPTY = b'<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>images</Name></ListBucketResult>'


def answer(status: int, body: bytes = b"", **headers: str) -> bytes:
    """An answer of a server, with these headers (an underscore stands for a dash)."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} Said\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode() + body


def error(status: int, code: str, inside: str = "", **headers: str) -> bytes:
    """A refusal of an S3 store."""
    return answer(status, f"<Error><Code>{code}</Code><Message></Message>{inside}</Error>".encode(), **headers)


def store(said: bytes) -> AbstractContextManager[Talker]:
    """A store that says the same to everything; a `date` in it is that of the moment."""
    return talking(lambda connection, heard: says(_AT.sub(_now, said))(connection, heard))


def date(offset: float) -> str:
    """The `Date` of a store whose clock is so many seconds ahead."""
    return f"@{offset}@"


def _now(found: re.Match[bytes]) -> bytes:
    return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + float(found[1]))).encode()


def config(url: str, *lines: str, beside: str = "") -> str:
    """A config for a store at this address; lines replace and add parameters of the driver."""
    return s3(f"regionendpoint: '{url}'", *lines, beside=beside)


def report(
    text: str, environment: Mapping[str, str] | None = None, target: str = "registry-2.8", ntp: str | None = None
) -> Report:
    """What is foretold, with nothing written."""
    given = {"SSL_CERT_DIR": "/nonexistent", "SSL_CERT_FILE": "/nonexistent"} | dict(environment or {})
    return check_config(load_config(text.encode(), given, target, options=Options(read_only=True, ntp=ntp)))


def failed(given: Report) -> dict[str, tuple[Finding, ...]]:
    """The checks that found a blocker, with their findings."""
    return {result.id: result.findings for result in given.results if result.status is Status.FAILED}


class Both(NamedTuple):
    """The stages that are foretold to fail, and what the real registry said of start and push."""

    failing: tuple[str, ...]
    push: str
    report: Report


def both(text: str, folder: Path, environment: Mapping[str, str] | None = None) -> Both:
    """Foretell, and let a real registry start and push; raises where it does not start."""
    foretold = report(text, environment)
    failing = tuple(stage for stage, said in foretold.predictions.items() if said.outcome.value == "fails")
    path = folder / "config.yml"
    path.write_text(text + "http: {addr: '127.0.0.1:0', secret: s}\n")
    with referee.serving(path) as client:
        try:
            client.push(referee.image("tried/pushed", [4096]))
        except referee.StageFailed as refusal:
            return Both(failing, str(refusal), foretold)
    return Both(failing, "works", foretold)
