"""What an account and a container tell of themselves, and what is in it already: read once, and never changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, cast

from registry_preflight.storage import probe_names
from registry_preflight.storage.azure_address import LAYOUT
from registry_preflight.storage.azure_answers import AzureRefusal, Blob, Listing
from registry_preflight.storage.network import Answer
from registry_preflight.storage.s3_answers import S3Refusal
from registry_preflight.storage.steps import Step, Steps

if TYPE_CHECKING:
    from registry_preflight.storage.azure import AzureStorage

#: Blobs that one look at each part of the store takes in, and how many of a kind are read.
_LOOK = 500
_SAMPLES = 2


class Account(NamedTuple):
    """What Get Account Information says: such as `StorageV2`, `Standard_LRS`."""

    kind: str
    sku: str
    hierarchical: bool


class Read(NamedTuple):
    """A blob of the user that was read, or not."""

    name: str
    error: S3Refusal | None


class Survey:
    """The facts of one run. A fact that the service keeps to itself is `None`."""

    def __init__(self, storage: AzureStorage) -> None:
        self._storage = storage
        other = LAYOUT if storage.root == "/" else f"/{LAYOUT}"
        work: dict[str, Callable[[], object]] = {
            "account": storage.account_information,
            "container": storage.container_properties,
            "kept": storage.days_kept,
            "blobs": lambda: self._listed(storage.place("blobs")),
            "repositories": lambda: self._listed(storage.place("repositories")),
            "other layout": lambda: self._listed(f"{other}/"),
            "samples": self._read_samples,
        }
        self._steps = Steps(work, "azure survey")

    def begin(self, *names: str) -> None:
        """See to it that these are under way."""
        self._steps.begin(*names)

    def step(self, name: str) -> Step:
        """What became of a question."""
        return self._steps.result(name)

    @property
    def account(self) -> Account | None:
        """What the account says of itself."""
        answer = self._answer("account")
        if answer is None or not answer.headers.get("x-ms-account-kind"):
            return None
        given = answer.headers
        hierarchical = given.get("x-ms-is-hns-enabled", "").lower() == "true"
        return Account(given["x-ms-account-kind"], given.get("x-ms-sku-name", ""), hierarchical)

    @property
    def hierarchical(self) -> bool | None:
        """Whether names are directories."""
        return self.account.hierarchical if self.account else None

    @property
    def container(self) -> Answer | None:
        """The properties of the container, as headers."""
        return self._answer("container")

    @property
    def locked(self) -> str:
        """What keeps blobs of the container from being deleted; empty where nothing is known to."""
        given = self.container.headers if self.container else {}
        if given.get("x-ms-has-legal-hold", "").lower() == "true":
            return "the container has a legal hold"
        if given.get("x-ms-has-immutability-policy", "").lower() == "true":
            return "the container has a policy of immutability"
        if given.get("x-ms-immutable-storage-with-versioning-enabled", "").lower() == "true":
            return "the container keeps its versions immutable"
        return ""

    @property
    def days_kept(self) -> int | None:
        """For how many days what is deleted is kept; 0 where it is not."""
        step = self._steps.result("kept")
        return cast("int", step.value) if step.ok else None

    def blobs(self, name: str) -> tuple[Blob, ...]:
        """A look at a part of the store: `blobs`, `repositories` or `other layout`; raises where it can't be listed."""
        return tuple(blob for blob in self._look(name) if not blob.snapshot)

    def held(self, name: str) -> dict[str, str]:
        """The blobs of such a part that can't be deleted, each with what holds it: a snapshot or a lease."""
        found = self._look(name)
        return {
            blob.name: "a snapshot" if blob.snapshot else "a lease" for blob in found if blob.snapshot or blob.leased
        }

    def _look(self, name: str) -> tuple[Blob, ...]:
        step = self._steps.result(name)
        if step.error is not None:
            raise step.error
        return cast("Listing", step.value).blobs

    @property
    def samples(self) -> list[Read]:
        """A few layers and links of the user, read as a pull reads them."""
        step = self._steps.result("samples")
        if step.error is not None:
            raise step.error
        return cast("list[Read]", step.value)

    def _listed(self, prefix: str) -> Listing:
        found = self._storage.list(prefix, _LOOK, container=self._storage.container, snapshots=True)
        mine = f"/{probe_names.MARK}"
        return found._replace(blobs=tuple(blob for blob in found.blobs if mine not in blob.name))

    def _read_samples(self) -> list[Read]:
        self._steps.begin("blobs", "repositories")
        chosen = [blob for blob in self.blobs("blobs") if blob.name.endswith("/data") and blob.size][:_SAMPLES]
        chosen += [blob for blob in self.blobs("repositories") if blob.name.endswith("/link")][:_SAMPLES]
        return [self._one(blob) for blob in chosen]

    def _one(self, blob: Blob) -> Read:
        try:
            self._storage.get(blob.name, self._storage.container, last=min(blob.size, 64) - 1)
        except AzureRefusal as refused:
            # A registry that runs may have removed it since it was listed.
            return Read(blob.name, None if refused.missing else refused)
        return Read(blob.name, None)

    def _answer(self, name: str) -> Answer | None:
        step = self._steps.result(name)
        return cast("Answer", step.value) if step.ok else None
