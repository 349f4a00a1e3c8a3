"""`azure.service-answers`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import AzureStorage, CannotTell, Finding, blocker, check

from ._account import REQUESTS, broken
from ._contact import at_service, consequence, contact, fails, place

KINDS = ("timeout", "reset", "not-http", "too-large", "truncated")
#: What an answer is called that is none of Azure's.
STRANGE = "NotAzure"
BUSY = ("ServerBusy", "OperationTimedOut", "InternalError")


@check(
    "azure.service-answers",
    storage=AzureStorage,
    needs=["azure.certificate"],
    touches="reads",
    drivers=["azure"],
    stages=REQUESTS,
)
def service_answers(storage: AzureStorage) -> Iterator[Finding]:
    """A blob service answers there.

    A connection is not an answer: proxies and portals answer with pages of their own, and an account may be over its
    limits. The check asks three times, as the libraries do, before it says that the service is busy.
    """
    found, refusal = at_service(storage), contact(storage).refusal
    if found is not None and found.kind in KINDS and found.layer in ("http", "tls"):
        yield blocker(
            what=f"The service gives no proper answer: {found.text}.",
            why=consequence(storage.config),
            fix="See what stands in front of it, and that the address is a blob service's.",
            where=place(storage),
            breaks=broken(storage.config),
            evidence=found,
        )
    elif refusal is not None and refusal.code in BUSY:
        raise CannotTell(f"the service is busy: {refusal.short}: {refusal.message}")
    elif refusal is not None and (refusal.code == STRANGE or (refusal.code == "Unknown" and refusal.status < 500)):
        yield blocker(
            what=f"What answers at {storage.address.host} is no blob service: {refusal.short}.",
            why=consequence(storage.config, refusal),
            fix="Give the address of the account's blob service; see what stands in front of it.",
            where=place(storage),
            breaks=fails(storage.config, refusal),
            evidence=refusal,
        )
    elif refusal is not None and refusal.code == "Unknown":
        raise CannotTell(f"something in front of the service answers {refusal.status}")
