"""A Swift whose answers a test writes: for what no real one can be made to say here."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from registry_preflight import Finding, Options, Report, check_config, load_config

#: What a cluster of today says of itself.
INFO: dict[str, dict[str, Any]] = {
    "swift": {
        "version": "2.33.0",
        "max_file_size": 5 << 30,
        "container_listing_limit": 10000,
        "max_object_name_length": 1024,
    },
    "tempurl": {"methods": ["GET", "HEAD", "PUT"], "allowed_digests": ["sha1", "sha256"]},
}


class Cluster:
    """Takes every login, and keeps objects in memory. `said` are answers that are different: (method, path) to status and headers."""

    def __init__(self) -> None:
        self.info: Any = INFO
        self.said: dict[tuple[str, str], tuple[int, dict[str, str], bytes]] = {}
        self.container: dict[str, str] = {}
        self.ahead = 0.0
        self.lagging = False  # objects that join segments never get their size
        self.expires = "2100-01-01T00:00:00.000000Z"
        self.others: dict[str, dict[str, str]] = {}
        self.objects: dict[str, tuple[bytes, str]] = {}
        self.heard: list[tuple[str, str]] = []
        cluster = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one_request(self) -> None:
                self.raw_requestline = self.rfile.readline(65537)
                if not self.raw_requestline or not self.parse_request():
                    self.close_connection = True
                    return
                status, headers, body = cluster.answer(self.command, self.path, dict(self.headers), self._body())
                self.send_response_only(status, "Said")
                date = formatdate(time.time() + cluster.ahead, usegmt=True)
                for name, value in {"Date": date, "Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(b"" if self.command == "HEAD" else body)

            def _body(self) -> bytes:
                if "chunked" not in self.headers.get("Transfer-Encoding", ""):
                    return self.rfile.read(int(self.headers.get("Content-Length", 0)))
                whole = b""
                while size := int(self.rfile.readline(), 16):
                    whole += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
                return whole

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()

    def answer(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        """What is said to a request."""
        place, _, query = path.partition("?")
        self.heard.append((method, place))
        if (different := self.said.get((method, place))) is not None:
            return different
        if place == "/auth/v1.0":
            return 200, {"X-Auth-Token": "a-token-of-theirs", "X-Storage-Url": f"{self.url}/v1/AUTH_a"}, b""
        if place == "/v3/auth/tokens":
            return 201, {"X-Subject-Token": "a-token-of-theirs"}, json.dumps({"token": self._token()}).encode()
        if place == "/info":
            return (200, {}, json.dumps(self.info).encode()) if self.info is not None else (403, {}, b"")
        if place in ("/v1/AUTH_a", "/v1/AUTH_a/registry"):
            return self._above(method, query)
        if place.startswith("/v1/AUTH_a/") and place.count("/") == 3:
            return self._another(method, place, headers)
        return self._object(method, place.removeprefix("/v1/AUTH_a/registry/"), headers, body)

    def _token(self) -> dict[str, Any]:
        endpoint = {"interface": "public", "region": "R", "url": f"{self.url}/v1/AUTH_a"}
        catalog = [{"type": "object-store", "endpoints": [endpoint]}]
        who = {"project": {"id": "p", "name": "proj"}, "user": {"id": "u", "name": "registry"}}
        return {"expires_at": self.expires, "catalog": catalog, "roles": [{"id": "r", "name": "member"}], **who}

    def _another(self, method: str, place: str, headers: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        """A container of a run's own: its owner may set a key."""
        if method == "PUT":
            self.others[place] = {name: value for name, value in headers.items() if "-meta-" in name.lower()}
            return 201, {}, b""
        if place not in self.others:
            return 404, {}, b""
        return (204, self.others.pop(place) if method == "DELETE" else self.others[place], b"")

    def _above(self, method: str, query: str) -> tuple[int, dict[str, str], bytes]:
        asked = parse_qs(query)
        prefix, after = asked.get("prefix", [""])[0], asked.get("marker", [""])[0]
        names = [
            {"name": name, "bytes": len(self.objects[name][0])}
            for name in sorted(self.objects)
            if name.startswith(prefix) and name > after
        ]
        return (204, dict(self.container), b"") if method == "HEAD" else (200, {}, json.dumps(names).encode())

    def _object(
        self, method: str, name: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        if method == "PUT":
            self.objects[name] = (body, headers.get("X-Object-Manifest", "").partition("/")[2])
            return 201, {}, b""
        if method == "COPY":
            self.objects[headers["Destination"].partition("/")[2]] = self.objects[name]
            return 201, {}, b""
        if name not in self.objects:
            return 404, {}, b""
        if method == "DELETE":
            del self.objects[name]
            return 204, {}, b""
        content, parts = self.objects[name]
        if parts and not self.lagging:
            content = b"".join(self.objects[one][0] for one in sorted(self.objects) if one.startswith(parts))
        return 200, {}, content


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster for one test."""
    made = Cluster()
    try:
        yield made
    finally:
        made.close()


def report(
    of: Cluster, *lines: str, beside: str = "", version: int = 1, target: str = "registry-2.8", **options: Any
) -> Report:
    """What is foretold of a config for it."""
    login: tuple[str, ...] = (
        f"authurl: {of.url}/auth/v1.0",
        "username: 'a:registry'",
        "password: hunter22222",
        "container: registry",
    )
    if version == 3:
        login = (f"authurl: {of.url}/v3", "domain: Default", "tenant: proj", *login[1:])
    body = "".join(f"    {line}\n" for line in (*login, *lines))
    text = f"version: 0.1\nstorage:\n  delete: {{enabled: true}}\n  swift:\n{body}{beside}"
    return check_config(load_config(text.encode(), {}, target, options=Options(**options)))


def outcomes(of: Report) -> dict[str, str]:
    """Each stage's."""
    return {stage.value: said.outcome.value for stage, said in of.predictions.items()}


def found(of: Report, check: str) -> tuple[Finding, ...]:
    """What a check found."""
    return next(result.findings for result in of.results if result.id == check)


def failing(of: Report) -> list[str]:
    """The stages that are foretold to fail."""
    return [stage for stage, said in outcomes(of).items() if said == "fails"]
