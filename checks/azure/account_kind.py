"""`azure.account-kind`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import AzureStorage, Finding, Stage, blocker, check

from ._account import REQUESTS
from ._rights import CONTAINER

#: Kinds of general accounts: with a premium SKU they hold page blobs and nothing else.
GENERAL = ("Storage", "StorageV2")


@check("azure.account-kind", storage=AzureStorage, needs=[CONTAINER], touches="reads", drivers=["azure"])
def account_kind(storage: AzureStorage) -> Iterator[Finding]:
    """The account has block blobs and append blobs.

    A registry needs both. Standard accounts have them, and so have premium accounts for block blobs (the kind is
    BlockBlobStorage). A general account with a premium SKU holds the disks of virtual machines, page blobs alone; a
    premium account for files has no blobs at all. The account tells its kind to a key, and to a token with a right to
    ask; the rehearsal finds the rest.
    """
    account = storage.survey.account
    if account is None:
        return
    breaks: tuple[Stage, ...]
    premium = account.sku.startswith("Premium")
    if premium and account.kind in GENERAL:
        what, breaks = f"The account {storage.account} holds page blobs alone", REQUESTS[:1]
    elif account.kind == "FileStorage":
        what, breaks = f"The account {storage.account} is for file shares", REQUESTS
    else:
        return
    yield blocker(
        what=f"{what}: {account.kind}, {account.sku}.",
        why="The registry starts and looks well; the first push fails.",
        fix="Make a general-purpose v2 account with a Standard SKU, or a premium account for block blobs; the kind of an"
        " account can't be changed.",
        where=storage.config.parameter("accountname").path,
        breaks=breaks,
        evidence=f"Get Account Information: {account.kind}, {account.sku}",
    )
