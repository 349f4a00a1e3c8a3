"""Where 3.x gets its tokens: an application with its secret, or the first link of a chain that has something to offer.

The chain is that of Microsoft's Go library, `NewDefaultAzureCredential`: the environment, a workload identity, a managed
identity, and the logged-in `az`. Python's library has other links and reads this process's own environment, so only
its single credentials are used here, and the managed identity is asked by hand.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from registry_preflight.storage.network import NetworkTrouble, Transport

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config

RESOURCE = "https://storage.azure.com"
SCOPE = f"{RESOURCE}/.default"
PUBLIC_AUTHORITY = "https://login.microsoftonline.com"
#: Where virtual machines and Kubernetes pods ask for their identity, and the seconds that this gets.
IMDS = "http://169.254.169.254"
IMDS_PATIENCE = 2.0
#: Seconds before its end at which a token is no longer used.
_MARGIN = 60.0
_ANSWER = 256 * 1024


class TokenTrouble(Exception):
    """No token: `code` is the number of an AADSTS error, or empty; `link` is what was asked for one."""

    def __init__(self, link: str, code: str, text: str) -> None:
        super().__init__(text)
        self.link = link
        self.code = code
        self.text = text


class Token(NamedTuple):
    """A token, when it ends in seconds since 1970, and who gave it."""

    text: str
    until: float
    link: str


class Tokens:
    """The tokens of one config. Raises `TokenTrouble`, and `NetworkTrouble` where a place can't be reached."""

    def __init__(self, config: Config, transport: Transport) -> None:
        self._config = config
        self._environment = config.environment
        self._transport = transport
        self._lock = threading.Lock()
        self._token: Token | TokenTrouble | NetworkTrouble | None = None
        #: What the links before said, in their order.
        self.tried: list[str] = []

    @property
    def authority(self) -> str:
        """Where applications get their tokens; the realm has no say in it."""
        named = self._environment.get("AZURE_AUTHORITY_HOST", "")
        return named.rstrip("/") or PUBLIC_AUTHORITY

    def token(self) -> Token:
        """A token, asked for once for all; what went wrong is raised again each time."""
        with self._lock:
            if isinstance(self._token, Exception):
                raise self._token
            if self._token is None or self._token.until < time.time() + _MARGIN:
                try:
                    self._token = self._ask()
                except (TokenTrouble, NetworkTrouble) as trouble:
                    self._token = trouble
                    raise
            return self._token

    def _ask(self) -> Token:
        if self._config.parameter("credentials.type").text == "client_secret":
            names = ("credentials.tenantid", "credentials.clientid", "credentials.secret")
            tenant, client, secret = (self._config.parameter(name).text for name in names)
            return self._by_secret("the application of the config", tenant, client, secret)
        for link in self._chain():
            found = link()
            if found is not None:
                return found
        raise TokenTrouble("", "", "; ".join(self.tried))

    def _chain(self) -> list[Callable[[], Token | None]]:
        # AZURE_TOKEN_CREDENTIALS, which later libraries read, means nothing to azidentity 1.8.2 of 3.0.0 and 3.1.1.
        return [self._of_environment, self._of_workload, self._of_machine, self._of_az]

    def _unusable(self, tenant: str) -> str:
        """Why the library leaves out a link that would log an application in; empty where it does not."""
        if not self.authority.lower().startswith("https://"):
            return "AZURE_AUTHORITY_HOST does not begin with https://"
        if not self.authority.isprintable():
            return "AZURE_AUTHORITY_HOST holds a control character"
        return "" if tenant.replace("-", "").replace(".", "").isalnum() else "AZURE_TENANT_ID is none"

    # The links of the chain: None where one has nothing to offer

    def _of_environment(self) -> Token | None:
        given = self._environment
        tenant, client = given.get("AZURE_TENANT_ID", ""), given.get("AZURE_CLIENT_ID", "")
        secret, file = given.get("AZURE_CLIENT_SECRET", ""), given.get("AZURE_CLIENT_CERTIFICATE_PATH", "")
        if tenant and client and not (secret or file) and given.get("AZURE_USERNAME") and given.get("AZURE_PASSWORD"):
            raise TokenTrouble("", "unknown", "a login with AZURE_USERNAME and AZURE_PASSWORD is not tried")
        if not (tenant and client and (secret or file)):
            self.tried.append("the environment has no AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET")
            return None
        unread = "" if secret or os.access(file, os.R_OK) else f"{file} can't be read"
        if why := self._unusable(tenant) or unread:
            self.tried.append(f"the environment's application is left out: {why}")
            return None
        if secret:
            return self._by_secret("the environment", tenant, client, secret)
        return self._by("the environment", "CertificateCredential", tenant, client, certificate_path=file,
                        password=given.get("AZURE_CLIENT_CERTIFICATE_PASSWORD") or None)  # fmt: skip

    def _of_workload(self) -> Token | None:
        given = self._environment
        file = given.get("AZURE_FEDERATED_TOKEN_FILE", "")
        tenant, client = given.get("AZURE_TENANT_ID", ""), given.get("AZURE_CLIENT_ID", "")
        if not (file and tenant and client):
            self.tried.append("there is no AZURE_FEDERATED_TOKEN_FILE of a workload identity")
            return None
        if why := self._unusable(tenant):
            self.tried.append(f"the workload identity is left out: {why}")
            return None
        link = "the workload identity"
        return self._by(link, "WorkloadIdentityCredential", tenant_id=tenant, client_id=client, token_file_path=file)

    def _of_machine(self) -> Token | None:
        given, link = self._environment, "the managed identity"
        client = {"client_id": given["AZURE_CLIENT_ID"]} if given.get("AZURE_CLIENT_ID") else {}
        endpoint, header = given.get("IDENTITY_ENDPOINT", ""), given.get("IDENTITY_HEADER", "")
        if endpoint and header:
            query = {"api-version": "2019-08-01", "resource": RESOURCE} | client
            return self._managed(link, f"{endpoint}?{urlencode(query)}", {"X-IDENTITY-HEADER": header})
        if other := next((name for name in ("IDENTITY_ENDPOINT", "MSI_ENDPOINT") if given.get(name)), ""):
            raise TokenTrouble(link, "unknown", f"{other} names a kind of managed identity that this program can't ask")
        # Go's library has this address alone: AZURE_POD_IDENTITY_AUTHORITY_HOST is for those of other languages.
        query = {"api-version": "2018-02-01", "resource": RESOURCE} | client
        try:
            url = f"{IMDS}/metadata/identity/oauth2/token?{urlencode(query)}"
            return self._managed(link, url, {"Metadata": "true"}, IMDS_PATIENCE)
        except NetworkTrouble as trouble:
            self.tried.append(f"this machine has no managed identity ({trouble.text})")
        except TokenTrouble as trouble:
            self.tried.append(f"the managed identity gives no token ({trouble.text})")
        return None

    def _of_az(self) -> Token | None:
        if shutil.which("az") is None:
            self.tried.append("there is no az")
            return None
        return self._by("the logged-in az", "AzureCliCredential", plain=True)

    # How a link is asked

    def _managed(self, link: str, url: str, headers: Mapping[str, str], patience: float | None = None) -> Token:
        answer = self._transport.send("GET", url, headers, limit=_ANSWER, timeout=patience)
        try:
            said = json.loads(answer.body)
            if answer.status == 200:
                return Token(str(said["access_token"]), float(said.get("expires_on") or time.time() + 3600), link)
            text = str(said.get("error_description") or said.get("message") or said)
        except (ValueError, KeyError, AttributeError):
            text = answer.body[:200].decode("utf-8", "replace")
        raise TokenTrouble(link, "", f"{answer.status}: {text}")

    def _by_secret(self, link: str, tenant: str, client: str, secret: str) -> Token:
        return self._by(link, "ClientSecretCredential", tenant, client, secret)

    def _by(self, link: str, kind: str, *given: str, plain: bool = False, **more: str | None) -> Token:
        """Ask one of the library's credentials, which sends its requests on the registry's way."""
        import azure.identity
        from azure.core.exceptions import ClientAuthenticationError

        from registry_preflight.storage.azure_pipe import pipe

        sending: dict[str, Any] = {} if plain else {
            "transport": pipe(self._transport), "retry_total": 0, "authority": self.authority,
        }  # fmt: skip
        logging.getLogger("azure").addHandler(logging.NullHandler())  # what goes wrong is told once, by a finding
        make: Callable[..., Any] = getattr(azure.identity, kind)
        try:
            given_out = make(*given, **more, **sending).get_token(SCOPE)
        except (ClientAuthenticationError, ValueError, OSError) as trouble:  # a bad id, a file that can't be read
            if heard := _on_the_way(trouble):
                raise heard from trouble
            text = " ".join(str(trouble).split("Trace ID")[0].split())
            raise TokenTrouble(link, _code(text), text) from trouble
        return Token(given_out.token, float(given_out.expires_on), link)


def _code(text: str) -> str:
    _, found, rest = text.partition("AADSTS")
    digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    return digits if found else ""


def _on_the_way(trouble: BaseException) -> NetworkTrouble | None:
    """The trouble on the way to the authority, which the library tells as a failed login."""
    cause: BaseException | None = trouble
    while cause is not None and not isinstance(cause, NetworkTrouble):
        cause = cause.__cause__ or cause.__context__
    return cause
