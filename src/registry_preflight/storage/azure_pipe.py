"""Microsoft's libraries sending on the registry's way: its proxies, its trust, its deadlines, and counted."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from azure.core.pipeline.transport import HttpRequest, HttpResponse, HttpTransport

from registry_preflight.storage.network import Answer, Transport

_LIMIT = 1 << 20


class _Response(HttpResponse):
    """An answer, as the library reads it."""

    def __init__(self, request: HttpRequest, answer: Answer) -> None:
        super().__init__(request, None)
        self.status_code = answer.status
        self.reason = answer.reason
        self.headers = dict(answer.headers)
        self.content_type = answer.headers.get("content-type", "")
        self._answer = answer

    def body(self) -> bytes:
        """The bytes of the answer."""
        return self._answer.body

    def stream_download(self, pipeline: Any, **_: Any) -> Any:
        """The same in one piece."""
        return iter([self._answer.body])


class _Pipe(HttpTransport[HttpRequest, HttpResponse]):
    """Passes requests on to a `Transport`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def send(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Send one request. Raises `NetworkTrouble`."""
        data = request.data
        body = urlencode(data).encode() if isinstance(data, dict) else data.encode() if isinstance(data, str) else data
        answer = self._transport.send(request.method, request.url, dict(request.headers), body or b"", limit=_LIMIT)
        return _Response(request, answer)

    def open(self) -> None:
        """Nothing: the transport is open."""

    def close(self) -> None:
        """Nothing: the transport belongs to the run."""

    def __enter__(self) -> _Pipe:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def pipe(transport: Transport) -> HttpTransport[HttpRequest, HttpResponse]:
    """A transport as azure-core takes it."""
    return _Pipe(transport)
