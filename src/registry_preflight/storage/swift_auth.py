"""How the driver logs in: its client's requests (github.com/ncw/swift, version 1), and what becomes of the answers.

Seen on the wire with 2.8.2. The client knows three protocols, guesses which from the address, sends no scope but the one
it was given, and compares region and interface with the catalogue letter by letter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config
    from registry_preflight.storage.network import Answer, Transport

#: So much of a token's answer is read: a catalogue of a large cloud has some hundred kilobytes.
LIMIT = 8 << 20
#: How often Go follows a redirect.
_HOPS = 10
SERVICE = "object-store"
#: Passwords of this length the client takes for a key of Rackspace's, in version 2.
_KEY_LENGTH = 32
_INTERFACES = {"public": "publicURL", "internal": "internalURL", "admin": "adminURL"}


class SwiftRefusal(Exception):
    """An answer that the driver takes for an error. `request` is method and place, `said` the beginning of the body."""

    def __init__(self, status: int, reason: str, request: str, said: str = "") -> None:
        self.status = status
        self.reason = reason
        self.request = request
        self.said = said
        super().__init__(f"{request}: {self.short}" + (f": {said}" if said else ""))

    @property
    def short(self) -> str:
        """Status and reason, for a sentence."""
        return f"{self.status} {self.reason}".strip()


class Endpoint(NamedTuple):
    """An address that a catalogue has for object storage. `interface` is public, internal or admin."""

    interface: str
    region: str
    url: str


class SwiftLogin(NamedTuple):
    """A login that went well; `storage_url` is empty where the driver finds none. `roles` and `project` are names.

    `expires` is as the server wrote it, empty where it wrote nothing.
    """

    version: int
    token: str
    storage_url: str
    expires: str = ""
    endpoints: tuple[Endpoint, ...] = ()
    roles: tuple[str, ...] = ()
    project: str = ""
    user_id: str = ""
    project_id: str = ""
    services: tuple[str, ...] = ()


def version_of(config: Config) -> int:
    """The version of the protocol that the driver uses; 0 where it finds none."""
    given = config.parameter("authversion").value
    if isinstance(given, int) and given:
        return given
    address = config.parameter("authurl").text
    return next((number for number in (3, 2, 1) if f"v{number}" in address), 0)


def refusal(answer: Answer, request: str) -> SwiftRefusal:
    """An answer as a refusal."""
    said = " ".join(answer.body[:300].decode("utf-8", "replace").split())
    return SwiftRefusal(answer.status, answer.reason, request, said)


def login_url(config: Config) -> str:
    """Where the driver sends its login."""
    address, version = config.parameter("authurl").text, version_of(config)
    if version == 1:
        return address
    return f"{address.removesuffix('/')}/{'auth/tokens' if version == 3 else 'tokens'}"


def log_in(config: Config, transport: Transport) -> SwiftLogin:
    """Log in as the driver does. Raises `SwiftRefusal` and `NetworkTrouble`."""
    version, url = version_of(config), login_url(config)
    if version == 1:
        headers = {"X-Auth-User": config.parameter("username").text, "X-Auth-Key": config.parameter("password").text}
        answer = _sent(transport, "GET", url, headers)
        if not 200 <= answer.status < 300:
            raise refusal(answer, f"GET {url}")
        return _learned(
            config, SwiftLogin(1, answer.headers.get("x-auth-token", ""), answer.headers.get("x-storage-url", ""))
        )
    answer = _sent(transport, "POST", url, _JSON, body_of(config))
    if version == 2 and answer.status in (400, 401, 403):
        answer = _sent(transport, "POST", url, _JSON, body_of(config, other_kind=True))
    if not 200 <= answer.status < 300:
        raise refusal(answer, f"POST {url}")
    return (_read_v3 if version == 3 else _read_v2)(config, answer, url)


_JSON = {"Content-Type": "application/json"}


def body_of(config: Config, *, other_kind: bool = False) -> bytes:
    """What the driver posts, by version 2 or 3; version 2 tries a password and a key, in an order that it guesses."""

    def text(name: str) -> str:
        return config.parameter(name).text if config.parameters.reads(name) else ""

    if version_of(config) == 2:
        key = (len(text("password")) >= _KEY_LENGTH) is not other_kind
        who = {"username": text("username"), "apiKey" if key else "password": text("password")}
        auth: dict[str, object] = {"RAX-KSKEY:apiKeyCredentials" if key else "passwordCredentials": who}
        auth |= {
            name: text(from_) for name, from_ in (("tenantId", "tenantid"), ("tenantName", "tenant")) if text(from_)
        }
        return json.dumps({"auth": auth}).encode()
    user: dict[str, object] = {"name": text("username"), "password": text("password")}
    domain = _domain(text("domain"), text("domainid"))
    if domain:
        user["domain"] = domain
    wanted: dict[str, object] = {"identity": {"methods": ["password"], "password": {"user": user}}}
    if text("trustid"):
        wanted["scope"] = {"OS-TRUST:trust": {"id": text("trustid")}}
    elif text("tenantid"):
        wanted["scope"] = {"project": {"id": text("tenantid")}}
    elif text("tenant"):
        within = _domain(text("tenantdomain"), text("tenantdomainid")) or domain or {"name": "Default"}
        wanted["scope"] = {"project": {"name": text("tenant"), "domain": within}}
    return json.dumps({"auth": wanted}).encode()


def _domain(name: str, id: str) -> dict[str, str]:
    return {"name": name} if name else {"id": id} if id else {}


def _sent(transport: Transport, method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
    """Send it, and follow redirects as Go does: a POST that is redirected becomes a GET, but for 307 and 308."""
    for _ in range(_HOPS):
        answer = transport.send(method, url, headers, body, limit=LIMIT)
        to = answer.headers.get("location", "")
        if answer.status not in (301, 302, 303, 307, 308) or not to:
            break
        url = urljoin(url, to)
        if answer.status in (301, 302, 303):
            method, body = "GET", b""
    return answer


def _learned(config: Config, login: SwiftLogin) -> SwiftLogin:
    """Have the token masked from now on."""
    config.secrets.learn((login.token,))
    return login


def _read_v3(config: Config, answer: Answer, url: str) -> SwiftLogin:
    body = _body_of(answer, "token", url)
    services = _dicts(body["token"].get("catalog"))
    found = [
        Endpoint(*(str(one.get(key) or "") for key in ("interface", "region", "url")))
        for service in services
        if service.get("type") == SERVICE
        for one in _dicts(service.get("endpoints"))
    ]
    return _login(config, 3, body, answer.headers.get("x-subject-token", ""), found, services)


def _read_v2(config: Config, answer: Answer, url: str) -> SwiftLogin:
    body = _body_of(answer, "access", url)
    services = _dicts(body["access"].get("serviceCatalog"))
    found = [
        Endpoint(interface, str(one.get("region") or ""), str(one[key]))
        for service in services
        if service.get("type") == SERVICE
        for one in _dicts(service.get("endpoints"))
        for interface, key in _INTERFACES.items()
        if one.get(key)
    ]
    token = body["access"].get("token")
    return _login(config, 2, body, str(token.get("id", "")) if isinstance(token, dict) else "", found, services)


def _login(
    config: Config,
    version: int,
    body: dict[str, Any],
    token: str,
    found: list[Endpoint],
    services: list[dict[str, Any]],
) -> SwiftLogin:
    from keystoneauth1 import access

    said = access.create(body=body, auth_token=token)
    login = SwiftLogin(
        version=version,
        token=token,
        storage_url=_chosen(config, found),
        expires=str(body.get("token", {}).get("expires_at", "")),
        endpoints=tuple(found),
        roles=tuple(said.role_names or ()),
        project=said.project_name or "",
        user_id=said.user_id or "",
        project_id=said.project_id or "",
        services=tuple(str(service.get("type", "")) for service in services),
    )
    return _learned(config, login)


def _chosen(config: Config, endpoints: list[Endpoint]) -> str:
    region, interface = config.parameter("region").text, config.parameter("endpointtype").text or "public"
    found = (one.url for one in endpoints if one.interface == interface and region in ("", one.region))
    return next(found, "")


def _body_of(answer: Answer, key: str, url: str) -> dict[str, Any]:
    """An answer about a token. Raises `SwiftRefusal` for one that is no such thing."""
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or not isinstance(said.get(key), dict):
        raise refusal(answer, f"POST {url}")
    return said


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
