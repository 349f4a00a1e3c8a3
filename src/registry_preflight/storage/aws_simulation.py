"""What IAM itself says of an identity's rights: iam:SimulatePrincipalPolicy, asked with the registry's own keys."""

from __future__ import annotations

import time
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from registry_preflight.storage.s3_address import domain_of
from registry_preflight.storage.s3_answers import NotXml, parsed
from registry_preflight.storage.s3_signing import Credentials, Request, signed_4

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config
    from registry_preflight.storage.network import Transport

IAM = "https://iam.amazonaws.com"
#: IAM is in one place for a whole part of Amazon's world, and signs for that place.
_REGIONS = {"amazonaws.com": "us-east-1", "amazonaws.com.cn": "cn-north-1"}
PATIENCE = 5.0


def source_of(caller: str) -> str:
    """The ARN of the user or role that a caller's ARN stands for; a role's path is not in it, and taken for `/`."""
    parts = caller.split(":", 5)
    if len(parts) < 6 or not parts[5].startswith("assumed-role/"):
        return caller
    return f"{parts[0]}:{parts[1]}:iam::{parts[4]}:role/{parts[5].split('/')[1]}"


def simulate(
    config: Config, keys: Credentials, transport: Transport, source: str, actions: Sequence[str], resource: str
) -> dict[str, bool] | None:
    """Whether IAM would allow each action on a resource; `None` where it gives no answer, such as without the right.

    Raises `NetworkTrouble`.
    """
    domain = domain_of(config.parameter("region").text)
    base = IAM if domain == "amazonaws.com" else f"https://iam.{domain}"
    fields = {"Action": "SimulatePrincipalPolicy", "Version": "2010-05-08", "PolicySourceArn": source}
    fields |= {f"ActionNames.member.{number}": action for number, action in enumerate(actions, 1)}
    fields["ResourceArns.member.1"] = resource
    body = "&".join(f"{name}={quote(value, safe='-_.~')}" for name, value in fields.items()).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    request = Request("POST", urlsplit(base).netloc, "/", (), headers)
    region = _REGIONS.get(domain, config.parameter("region").text)
    signed = signed_4(request, sha256(body).hexdigest(), keys, region, time.time(), "iam")
    answer = transport.send("POST", f"{base}/", signed, body, timeout=PATIENCE)
    if answer.status != 200:
        return None
    try:
        root = parsed(answer.body)
    except NotXml:
        return None
    results = [one for result in root.each("SimulatePrincipalPolicyResult") for one in result.each("EvaluationResults")]
    members = [member for one in results for member in one.each("member")]
    return {one.get("EvalActionName"): one.get("EvalDecision") == "allowed" for one in members}
