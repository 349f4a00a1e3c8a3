"""Keys that are handed out over the network: by the EC2 metadata service, container roles and web identities."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from registry_preflight.storage.aws_credentials import MAX_FILE, Found, Refused
from registry_preflight.storage.network import Answer, NetworkTrouble, Transport
from registry_preflight.storage.s3_address import domain_of
from registry_preflight.storage.s3_answers import NotXml, parsed
from registry_preflight.storage.s3_signing import Credentials, Request, signed_4

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config

EC2 = "http://169.254.169.254"
EC2_IPV6 = "http://[fd00:ec2::254]"
CONTAINER = "http://169.254.170.2"
STS = "https://sts.amazonaws.com"
#: Hosts beside this machine that the library lets a full URI name: ECS, and EKS Pod Identity.
_PODS = frozenset({"169.254.170.2", "169.254.170.23", "fd00:ec2::23"})
#: Seconds for a service that is a hop away, or not there.
PATIENCE = 2.0
CALLER_PATIENCE = 5.0
_ROLES = "/latest/meta-data/iam/security-credentials/"


def ec2(config: Config, transport: Transport) -> Found:
    """The role of the EC2 instance; 3.x asks for a token first (IMDSv2), 2.x does not know how. Raises `Refused`.

    Debian's build of 2.8 has a newer library, which does (seen).
    """
    given = config.environment
    if given.get("AWS_EC2_METADATA_DISABLED", "").lower() == "true":
        raise Refused("AWS_EC2_METADATA_DISABLED keeps the library from asking the EC2 metadata service")
    newer = config.release.fact("instance_metadata_v2") is True
    base = _ec2_endpoint(given) if newer else EC2
    headers = _token(transport, base, given) if newer else {}
    role = _get(transport, base + _ROLES, headers)
    if role.status == 401 and not headers:
        speaker = "the token was refused" if newer else f"{config.release.name} speaks the first version alone"
        raise Refused(f"the EC2 metadata service demands its second version (IMDSv2), and {speaker}")
    name = role.body.decode("utf-8", "replace").partition("\n")[0].strip()
    if role.status != 200 or not name:
        raise Refused(f"the EC2 metadata service knows no role of this instance ({role.status})")
    answer = _get(transport, base + _ROLES + quote(name), headers)
    return Found(_keys(answer, f"the role {name}"), f"the EC2 instance's role {name}")


def _ec2_endpoint(given: Mapping[str, str]) -> str:
    if endpoint := given.get("AWS_EC2_METADATA_SERVICE_ENDPOINT"):
        return endpoint.rstrip("/")
    return EC2_IPV6 if given.get("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "").lower() == "ipv6" else EC2


def _token(transport: Transport, base: str, given: Mapping[str, str]) -> dict[str, str]:
    """The header with a token of IMDSv2; none where the service does not give one, as the library goes on without."""
    headers = {"X-aws-ec2-metadata-token-ttl-seconds": "21600"}
    try:
        answer = transport.send("PUT", f"{base}/latest/api/token", headers, timeout=PATIENCE)
    except NetworkTrouble as trouble:
        # From inside a container the answer to this request may be a hop too far, and only to this one.
        if trouble.layer != "http" or given.get("AWS_EC2_METADATA_V1_DISABLED", "").lower() == "true":
            raise Refused(f"the EC2 metadata service: {trouble.text}") from None
        return {}
    if answer.status == 200:
        return {"X-aws-ec2-metadata-token": answer.body.decode("ascii", "replace").strip()}
    return {}


def container(config: Config, transport: Transport) -> Found:
    """The role of an ECS task or of an EKS pod. Raises `Refused`."""
    given = config.environment
    if url := given.get("AWS_CONTAINER_CREDENTIALS_FULL_URI"):
        host = urlsplit(url).hostname or ""
        if host not in _PODS and host != "localhost" and not host.startswith("127.") and host != "::1":
            raise Refused(f"the library refuses the host of AWS_CONTAINER_CREDENTIALS_FULL_URI, {host}", ends=True)
        name = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
    elif uri := given.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"):
        url, name = CONTAINER + uri, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
    else:
        raise Refused("the environment names no container role (AWS_CONTAINER_CREDENTIALS_...)")
    try:
        answer = _get(transport, url, _authorization(given))
    except NetworkTrouble as trouble:
        # The library asks the instance no more; the address may be one that only the registry's container reaches.
        raise Refused(f"{name}: {trouble.text}", ends=True, unknown=True) from None
    return Found(_keys(answer, name), f"the container role of {name}")


def _authorization(given: Mapping[str, str]) -> dict[str, str]:
    if path := given.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"):
        return {"Authorization": _read(path, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").strip()}
    token = given.get("AWS_CONTAINER_AUTHORIZATION_TOKEN")
    return {"Authorization": token} if token else {}


def web_identity(config: Config, transport: Transport) -> Found:
    """The role that a web identity token stands for (EKS service accounts). Raises `Refused`."""
    given = config.environment
    path, role = given.get("AWS_WEB_IDENTITY_TOKEN_FILE", ""), given.get("AWS_ROLE_ARN", "")
    if not path:
        raise Refused("the environment names no web identity (AWS_WEB_IDENTITY_TOKEN_FILE)")
    if not role:
        raise Refused("AWS_WEB_IDENTITY_TOKEN_FILE is set without AWS_ROLE_ARN", at_start=True)
    if config.parameter("regionendpoint").text:
        text = "the library sends the request for the role to the config's endpoint, which this program does not try"
        raise Refused(text, ends=True, unknown=True)
    token = _read(path, "AWS_WEB_IDENTITY_TOKEN_FILE").strip()
    fields = {
        "Action": "AssumeRoleWithWebIdentity",
        "RoleArn": role,
        "RoleSessionName": given.get("AWS_ROLE_SESSION_NAME") or "registry-preflight",
        "Version": "2011-06-15",
        "WebIdentityToken": token,
    }
    body = "&".join(f"{name}={quote(value, safe='-_.~')}" for name, value in fields.items()).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    answer = transport.send("POST", f"{_sts(given, config.parameter('region').text)}/", headers, body)
    return Found(_assumed(answer, role), f"the web identity's role {role}")


def _sts(given: Mapping[str, str], region: str) -> str:
    regional = given.get("AWS_STS_REGIONAL_ENDPOINTS", "").lower() == "regional"
    return STS.replace("sts.", f"sts.{region}.", 1) if regional and region else STS


def _assumed(answer: Answer, role: str) -> Credentials:
    try:
        root = parsed(answer.body)
    except NotXml:
        raise Refused(f"STS answered {answer.status} and no XML for the role {role}", ends=True) from None
    if answer.status != 200:
        said = f"{root.get('Error/Code')}: {root.get('Error/Message')}"
        raise Refused(f"STS does not give the role {role}: {said}", ends=True)
    at = "AssumeRoleWithWebIdentityResult/Credentials"
    return Credentials(root.get(f"{at}/AccessKeyId"), root.get(f"{at}/SecretAccessKey"), root.get(f"{at}/SessionToken"))


def caller_of(config: Config, keys: Credentials | None, transport: Transport) -> str:
    """The ARN that STS knows these keys by, which takes no right; empty where it gives no answer."""
    if keys is None:
        return ""
    region = config.parameter("region").text
    base = STS.replace("sts.amazonaws.com", f"sts.{region}.{domain_of(region)}")
    body = b"Action=GetCallerIdentity&Version=2011-06-15"
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    request = Request("POST", urlsplit(base).netloc, "/", (), headers)
    signed = signed_4(request, sha256(body).hexdigest(), keys, region, time.time(), "sts")
    with suppress(NetworkTrouble, NotXml):
        answer = transport.send("POST", f"{base}/", signed, body, timeout=CALLER_PATIENCE)
        return parsed(answer.body).get("GetCallerIdentityResult/Arn") if answer.status == HTTPStatus.OK else ""
    return ""


def _read(path: str, name: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(MAX_FILE)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Refused(f"{name} names {path}: {reason} on this machine", ends=True, unknown=True) from None


def _get(transport: Transport, url: str, headers: Mapping[str, str]) -> Answer:
    return transport.send("GET", url, headers, timeout=PATIENCE)


def _keys(answer: Answer, name: str) -> Credentials:
    """The keys in a service's JSON."""
    try:
        said = json.loads(answer.body)
    except ValueError:
        said = None
    if answer.status != 200 or not isinstance(said, dict) or not said.get("AccessKeyId"):
        code = said.get("code") or said.get("Code") if isinstance(said, dict) else ""
        raise Refused(f"{name} gives no keys: {answer.status} {code or ''}".rstrip(), ends=True)
    parts = (str(said.get(field) or "") for field in ("AccessKeyId", "SecretAccessKey", "Token"))
    return Credentials(*parts)
