"""`azure.token`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import AzureStorage, CannotTell, Finding, TokenTrouble, Where, blocker, check, note

from .._shell import unshared
from ._account import REQUESTS
from ._contact import ADDRESS, at_authority, consequence, contact

#: What Entra ID's numbers say, what to do, and the setting.
CODES = {
    "7000215": ("the secret is wrong", "Give the secret's value, not its id; the portal shows it once.", "credentials.secret"),
    "7000222": ("the secret has expired", "Make a new secret for the application.", "credentials.secret"),
    "700016": ("the tenant does not know the application", "Compare clientid and tenantid with the portal's page of the application.", "credentials.clientid"),
    "90002": ("there is no such tenant", "Compare tenantid with the portal; for another cloud set AZURE_AUTHORITY_HOST.", "credentials.tenantid"),
    "900023": ("the tenant's id is none", "Compare tenantid with the portal.", "credentials.tenantid"),
    "7000112": ("the application is disabled", "Enable the application, or take another.", "credentials.clientid"),
    "700027": ("the certificate does not belong to the application", "Register the certificate with the application.", "credentials.type"),
    "50049": ("nobody knows that authority", "Mend AZURE_AUTHORITY_HOST.", "credentials.type"),
    "50034": ("the tenant does not know the application", "Compare clientid and tenantid with the portal.", "credentials.clientid"),
    "700213": ("no federated credential fits the pod", "Add a federated credential for this issuer and service account.", "credentials.type"),
}  # fmt: skip
VARIABLES = (
    "AZURE_CLIENT_ID",
    "AZURE_TENANT_ID",
    "AZURE_CLIENT_SECRET",
    "AZURE_FEDERATED_TOKEN_FILE",
    "IDENTITY_ENDPOINT",
)


@check(
    "azure.token",
    storage=AzureStorage,
    needs=ADDRESS,
    touches="reads",
    drivers=["azure"],
    stages=REQUESTS,
    when=("storage.azure.credentials",),
)
def token(storage: AzureStorage) -> Iterator[Finding]:
    """Somebody gives the registry a token.

    With `client_secret` Entra ID does, at AZURE_AUTHORITY_HOST or else at the public cloud's, whatever the realm. With
    `default_credentials` it is the first that can: the environment (AZURE_CLIENT_ID with a secret or a certificate), a
    workload identity of Kubernetes, the managed identity of the machine, the logged-in `az`. A link that is there and
    refuses ends the search for a secret or a federated token. The registry starts without any; each request fails.
    """
    if not storage.by_token:
        return
    heard = contact(storage)
    if heard.trouble is not None and at_authority(storage, heard.trouble):
        yield blocker(
            what=f"The place that gives tokens can't be reached: {heard.trouble.text}.",
            why=consequence(storage.config),
            fix=f"Let the registry's host through to {heard.trouble.host}; for another cloud than the public one set"
            f" AZURE_AUTHORITY_HOST.{unshared(storage.config, 'HTTPS_PROXY', 'AZURE_AUTHORITY_HOST')}",
            where=Where(path=storage.config.parameter("credentials.type").path),
            breaks=REQUESTS,
            evidence=heard.trouble,
        )
    elif heard.token is not None:
        yield _refused(storage, heard.token)
    elif storage.config.parameter("credentials.type").text == "default_credentials" and heard.trouble is None:
        yield note(
            what=f"The registry's token comes from {storage.identity}.",
            why=f"Asked before: {'; '.join(storage.tokens.tried)}." if storage.tokens.tried else "",
            fix="Nothing, if that is who was meant; on another machine it may be somebody else.",
            where=storage.config.parameter("credentials.type").path,
        )


def _refused(storage: AzureStorage, trouble: TokenTrouble) -> Finding:
    if trouble.code == "unknown":
        raise CannotTell(trouble.text)
    other = "Look the AADSTS number up; see who was meant to log in."
    if not trouble.code:
        other = "Mend what is said there. The registry's process needs the files and variables; this run had its own."
    told, fix, setting = CODES.get(trouble.code, (trouble.text if not trouble.code else "", other, "credentials.type"))
    by_config = storage.config.parameter("credentials.type").text == "client_secret"
    place = storage.config.parameter(setting if by_config else "credentials.type").path
    if not trouble.link:
        return blocker(
            what="Nobody gives the registry a token.",
            why=consequence(storage.config),
            fix="Give the registry's host a managed identity, or set AZURE_CLIENT_ID, AZURE_TENANT_ID and"
            f" AZURE_CLIENT_SECRET in its environment.{unshared(storage.config, *VARIABLES)}",
            where=place,
            breaks=REQUESTS,
            evidence=list(storage.tokens.tried),
        )
    return blocker(
        what=f"{trouble.link[0].upper()}{trouble.link[1:]} gets no token{': ' + told.rstrip('.') if told else ''}"
        f"{' (AADSTS' + trouble.code + ')' if trouble.code else ''}.",
        why=consequence(storage.config),
        fix=fix,
        where=place,
        breaks=REQUESTS,
        evidence=trouble,
    )
